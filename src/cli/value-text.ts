import type { Speech } from '../model/language/languages.ts';
import { say } from '../model/language/printed.ts';
import type { Concentration, PartnerValue } from '../model/worth.ts';
import type { TraitRow } from '../sync/measure/trait-list.ts';
import { heading } from './format.ts';
import { partnersText } from './partners-text.ts';

function valueLines(value: PartnerValue, speech: Speech): string[] {
  const { value1y, value3y, active, lastYear, history } = value;
  const { months, wins } = history;
  return [
    say(speech, 'value.year', value1y),
    say(speech, 'value.threeYears', value3y),
    say(speech, 'value.active', { p: active, lastYear }),
    say(speech, 'value.history', { wins, months, ago: wins === 0 ? 0 : months - history.last }),
  ];
}

/** How few partners bring how much. */
export function concentrationText(found: Concentration | null, speech: Speech): string {
  if (found === null) return `  ${say(speech, 'value.nothingWon')}\n`;
  const { partners, topFifth, effective } = found;
  return [
    say(speech, 'value.topFifth', { p: topFifth.value, low: topFifth.low, high: topFifth.high }),
    say(speech, 'value.effective', { ...effective, n: effective.value, partners }),
  ]
    .map((line) => `  ${line}\n`)
    .join('');
}

/** Partners by what they are worth. */
export const valueText = (rows: TraitRow<PartnerValue>[], total: number, speech: Speech): string =>
  heading(say(speech, 'value.title')) +
  partnersText(rows, total, speech, ({ trait }) => valueLines(trait, speech));
