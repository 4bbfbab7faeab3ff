import type { Cosell, CosellPair, OnDeal } from '../model/cosell.ts';
import { heading, plural, printable } from './format.ts';

const percent = (share: number): string => `${Math.round(share * 100)}%`;

const STATES: Record<Cosell['state'], string> = {
  direct: 'no partner stands on it',
  alone: 'one partner stands on it',
  shared: 'several partners stand on it',
};
const MISSING: Record<Cosell['missing'][number], string> = {
  customer: 'its customer is not on record, so nobody is known there',
  'nobody known': 'no partner that may have it has worked with its customer',
  'nobody strong': 'no partner wins more than the others at its stage or of its product',
};

function partnerLine({ partnerId, name, roles, credit }: OnDeal): string {
  const as = roles.length === 0 ? '' : ` (${printable(roles.join(', '), 80)})`;
  const earns =
    credit === null || credit.kind === 'none'
      ? `no credit${credit === null ? '' : `, ${credit.rule}`}`
      : credit.kind === 'sourced'
        ? `credited with ${percent(credit.share)} by its ${credit.rule}`
        : `counted as influence by its ${credit.rule}`;
  return `  ${printable(name ?? partnerId, 60)}${as}: ${earns}, if it were won now`;
}

function pairLines({ strong, known, joint }: CosellPair, rank: number): string[] {
  const { by, of, n, own, low, high, pool } = strong.strength;
  const mark = (onDeal: boolean): string => (onDeal ? ' (on the deal)' : '');
  const { record } = known;
  const open = record.open === 0 ? '' : `, ${record.open} open`;
  return [
    `  ${rank}. ${printable(strong.name, 60)}${mark(strong.onDeal)} with ${printable(known.name, 60)}${mark(known.onDeal)}`,
    `       ${printable(strong.name, 60)} wins ${percent(own)} (${percent(low)} to ${percent(high)}) ${by === 'stage' ? 'at' : 'of'} ${printable(of, 40)}, others ${percent(pool)}; ${plural(n, 'deal')}`,
    `       ${printable(known.name, 60)} is known there: ${plural(record.n, 'deal')}, ${record.won} won${open}`,
    joint === null
      ? '       nothing was decided yet on which both stood'
      : `       together: ${joint.won} of ${plural(joint.n, 'deal')} won`,
  ];
}

/** Pairs for a deal, and who stands on it. */
export const cosellText = (
  { name, state, partners, pairs, missing }: Cosell,
  top: number,
): string =>
  [
    heading(`${printable(name, 80)}: ${STATES[state]}`),
    ...partners.map((one) => `${partnerLine(one)}\n`),
    ...pairs.slice(0, top).flatMap((pair, i) => pairLines(pair, i + 1).map((line) => `${line}\n`)),
    pairs.length > top ? `  and ${plural(pairs.length - top, 'pair')} more\n` : '',
    ...missing.map((one) => `  ${MISSING[one]}\n`),
    '\n  Proposals alone: nobody was put on the deal.\n',
  ].join('');
