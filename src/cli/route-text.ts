import type { RoutedPartner, RoutingTerm } from '../model/routing.ts';
import type { Fairness } from '../sync/measure/routing-fairness.ts';
import type { Routed, RoutedOne } from '../sync/measure/routing.ts';
import { heading, plural, printable, table } from './format.ts';

const percent = (share: number): string => `${Math.round(share * 100)}%`;
/** Terms that move the odds by less are left out of the trace that people read. */
const FELT = 0.05;

function termText({ of, logOdds, n, won }: RoutingTerm, one: RoutedOne): string {
  const about = of === 'record' ? 'its record' : `${of} ${printable(one[of] ?? '', 40)}`;
  return `${about} ${logOdds < 0 ? '-' : '+'}${Math.abs(logOdds).toFixed(2)} (${won} of ${n} won)`;
}

function choiceLines(choice: RoutedPartner, rank: number, one: RoutedOne): string[] {
  const { probability, low, high, n, certificates, open } = choice;
  const behind = n === 0 ? 'no record on such deals' : `${plural(n, 'deal')} like it`;
  const terms = choice.terms.filter(({ logOdds }) => Math.abs(logOdds) >= FELT);
  return [
    `  ${rank}. ${printable(choice.name, 60)}: ${percent(probability)} (${percent(low)} to ${percent(high)}), ${behind}`,
    terms.length === 0
      ? '       as all partners win such deals'
      : `       log odds: ${terms.map((term) => termText(term, one)).join(', ')}`,
    `       ${plural(open, 'open deal')}${certificates.length === 0 ? '' : `; certificates: ${printable(certificates.join(', '), 120)}`}`,
  ];
}

function oneText(one: RoutedOne, top: number): string {
  const { ranked, refused, unknown } = one;
  const lines = [
    ...(unknown.length === 0
      ? []
      : [`  not known of it, so nothing is compared by it: ${unknown.join(', ')}`]),
    ...(ranked.length === 0 ? ['  no partner may have it; a person must decide'] : []),
    ...ranked.slice(0, top).flatMap((choice, i) => choiceLines(choice, i + 1, one)),
    ...(ranked.length > top ? [`  and ${plural(ranked.length - top, 'partner')} more`] : []),
    ...refused
      .slice(0, top)
      .map(
        ({ name, refusals }) =>
          `  not ${printable(name, 60)}: ${refusals.map(({ rule, why }) => `${rule}: ${printable(why, 160)}`).join('; ')}`,
      ),
    ...(refused.length > top
      ? [`  and ${refused.length - top} more whom a rule keeps from it`]
      : []),
  ];
  return `${heading(printable(one.name, 80))}${lines.join('\n')}\n`;
}

/** Proposals for deals and leads, each with what speaks for and against. */
export const routedText = ({ proposals, rulesOfNobody }: Routed, top: number): string =>
  [
    ...proposals.map((one) => oneText(one, top)),
    ...rulesOfNobody.map((name) => `\n  settings.routing names "${printable(name)}": nobody is\n`),
    '\n  Proposals alone: nothing was assigned.\n',
  ].join('');

/** How deals are spread, and what came of them. */
export function fairnessText({ partners, types, sizes, ...all }: Fairness, top: number): string {
  const block = (title: string, rows: { label: string; row: Fairness['types'][number] }[]) =>
    heading(title) +
    table(
      ['', 'deals', 'share', 'won', 'share of wins', 'by quarter'],
      rows.map(({ label, row }) => [
        printable(label || '(none)', 40),
        String(row.n),
        percent(row.share),
        String(row.won),
        percent(row.wonShare),
        row.quarters.join(' '),
      ]),
      ['left', 'right', 'right', 'right', 'right', 'left'],
    );
  const plain = (rows: Fairness['types']) => rows.map((row) => ({ label: row.of, row }));
  const shown = partners.slice(0, top).map((row) => ({ label: row.name, row }));
  const spread = all.concentration.map((one) => (one === null ? '-' : one.toFixed(3))).join(' ');
  return [
    block('By partner', shown),
    partners.length > top ? `  and ${plural(partners.length - top, 'partner')} more\n` : '',
    block('By type', plain(types)),
    block('By size', plain(sizes)),
    `\n  Concentration by quarter (1 = one partner has every deal): ${spread}\n`,
    all.maxShare === null
      ? '  Cap: no more concentrated than in these four quarters.\n'
      : `  Cap: ${percent(all.maxShare)} of the deals of a quarter, and no more concentrated than in these four.\n`,
  ].join('');
}
