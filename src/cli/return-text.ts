import type { Speech } from '../model/language/languages.ts';
import { say } from '../model/language/printed.ts';
import type { CostCoverage, PartnerReturn } from '../model/partner-return.ts';
import type { TraitRow } from '../sync/measure/trait-list.ts';
import { heading, printable } from './format.ts';
import { partnersText } from './partners-text.ts';

function returnLines(found: PartnerReturn, speech: Speech): string[] {
  const { value, why, won, margin, marginKnown, cost, costs, unknownCosts } = found;
  const kinds = costs.map(({ of }) => printable(of, 40)).join(', ');
  return [
    value === null
      ? say(speech, why === 'no cost' ? 'return.noCost' : 'return.noMargin', { p: marginKnown })
      : say(speech, 'return.value', { value, margin, cost }),
    say(speech, 'return.won', { won, p: marginKnown }),
    ...(kinds === '' ? [] : [say(speech, 'return.costs', { kinds, cost })]),
    ...(unknownCosts === 0 ? [] : [say(speech, 'return.unknown', { n: unknownCosts })]),
  ];
}

export const returnText = (
  rows: TraitRow<PartnerReturn>[],
  total: number,
  speech: Speech,
): string =>
  heading(say(speech, 'return.title')) +
  partnersText(rows, total, speech, ({ trait }) => returnLines(trait, speech));

export const coverageText = ({ known, missing }: CostCoverage, speech: Speech): string =>
  `  ${say(speech, 'return.coverage', {
    ...{ n: known.length, all: known.length + missing.length },
    kinds: missing.length === 0 ? '–' : missing.join(', '),
  })}\n`;
