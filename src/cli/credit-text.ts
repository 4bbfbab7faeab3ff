import type { Conflict, CreditRow } from '../model/credit.ts';
import type { ExplainedDeal, CreditView } from '../store/credit-views.ts';
import type { SyncSummary } from '../sync/run/flow.ts';
import { cents, heading, instant, plural, printable, table, whole } from './format.ts';

export type Credit = NonNullable<SyncSummary['credit']>;

/** A run's credit in three lines. */
export function creditText(credit: Credit): string {
  const { currency } = credit;
  return [
    `  ${cents(credit.won, currency)} won in ${plural(credit.deals, 'deal')} = ${cents(credit.sourced)} partner-sourced + ${cents(credit.direct)} direct\n`,
    `  of the direct part partners influenced ${cents(credit.influenced, currency)} (a mark, never added)\n`,
    credit.unknown === 0
      ? ''
      : `  ! ${plural(credit.unknown, 'won deal')} without an amount in ${currency}: in no sum\n`,
    credit.corrections === 0
      ? ''
      : `  ${plural(credit.corrections, 'correction')} booked with today's date; no total of the past changed\n`,
    credit.duplicates + credit.conflicts === 0
      ? ''
      : `  ${plural(credit.duplicates, 'registration repeats', 'registrations repeat')} an earlier one; ${plural(credit.conflicts, 'conflict')} between partners, ${whole(credit.openConflicts)} not decided\n`,
    namedText(credit),
    ...credit.differences.map(
      (one) =>
        `  ! FAILED CHECK: ${one.dimension} ${one.name || '(none)'}: credited ${cents(one.cents, currency)} and ${one.deals} deals more than were won\n`,
    ),
  ].join('');
}

/** Why a deal that names a partner is direct, in words that follow a number of deals. */
const WHY_DIRECT: Partial<Record<string, string>> = {
  unregistered: 'without a registration or lead',
  'linked-after-win': 'linked after the win',
  'registered-after-win': 'registered after the win',
  'not-first': 'registered when we were on it already',
  'too-old': 'by a registration that was too old',
  rejected: 'rejected',
  expired: 'with a protection that had run out',
  undecided: 'never decided',
};

/** How credit differs from what the CRM's own partner field would say. */
function namedText({ named, currency }: Credit): string {
  if (named === undefined || named.deals === 0) return '';
  const parts = Object.entries(named.differs)
    .sort(([, a], [, b]) => b.cents - a.cents)
    .map(
      ([why, one]) =>
        `${cents(one.cents)} of ${plural(one.deals, 'deal')} ${WHY_DIRECT[why] ?? why}`,
    );
  return [
    `  the CRM's own partner field would credit ${cents(named.named, currency)} of ${plural(named.deals, 'deal')}, of which ${cents(named.agreed)} is partner-sourced`,
    parts.length === 0 ? '' : `; direct are ${parts.join(', ')}`,
    named.unnamed === 0 ? '' : `; ${cents(named.unnamed)} is sourced though the deal names nobody`,
    '\n',
  ].join('');
}

/** Sourced + direct = won, by every dimension. */
export function reconcileText(credit: Credit): string {
  const { currency, totals } = credit;
  const parts = Object.entries(totals)
    .filter(([dimension]) => dimension !== 'all')
    .map(([dimension, byName]) =>
      [
        heading(`By ${dimension}`),
        table(
          [dimension, 'deals', 'sourced', '+ direct', '= won', 'influenced', 'difference'],
          Object.entries(byName)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([name, sums]) => [
              printable(name || '(none)', 30),
              whole(sums.wonDeals),
              cents(sums.sourced),
              cents(sums.direct),
              cents(sums.won),
              cents(sums.influenced),
              cents(sums.sourced + sums.direct - sums.won),
            ]),
          ['left', 'right', 'right', 'right', 'right', 'right', 'right'],
        ),
      ].join(''),
    );
  return [heading(`Credit in ${currency}`), creditText(credit), ...parts].join('');
}

type Names = ReadonlyMap<string, string>;

export function showText(credit: Credit, view: CreditView, names: Names): string {
  const corrections = view.corrections.map((entry) => [
    instant(entry.onMs).slice(0, 10),
    entry.dealId,
    entry.kind,
    cents(entry.cents),
    entry.reason,
  ]);
  return [
    heading('Credit'),
    creditText(credit),
    heading('Partners, this fiscal year'),
    table(
      ['partner', 'sourced', 'influenced'],
      view.partners.map((partner) => [
        printable(partner.name ?? partner.partnerId, 40),
        cents(partner.sourced),
        cents(partner.influenced),
      ]),
      ['left', 'right', 'right'],
    ),
    ...(corrections.length === 0
      ? []
      : [
          heading('Corrections'),
          table(['date', 'deal', 'kind', 'amount', 'reason'], corrections, [
            'left',
            'left',
            'left',
            'right',
          ]),
        ]),
    ...view.conflicts
      .filter((conflict) => conflict.state !== 'decided')
      .map((conflict) => conflictText(conflict, names)),
    view.more ? '\n  … and more: --limit shows them\n' : '',
  ].join('');
}

/** Who claims it, time stamps side by side. */
export function conflictText(conflict: Conflict, names: Names): string {
  return [
    heading(`Conflict ${conflict.id} (${conflict.state}): ${printable(conflict.evidence, 80)}`),
    table(
      ['registration', 'partner', 'name', 'submitted', 'decided', 'status'],
      conflict.sides.map((side) => [
        side.registrationId,
        side.partnerId,
        printable(names.get(side.partnerId) ?? '', 40),
        instant(side.submittedMs),
        side.decidedMs === null ? '' : instant(side.decidedMs),
        side.status,
      ]),
    ),
  ].join('');
}

/** What each rule means, for who reads why a partner has credit or none. */
const RULES: Record<CreditRow['rule'], string> = {
  registration: 'registered it before we had it',
  lead: 'brought it as a lead before we had it',
  role: 'had a part on it before the win',
  meeting: 'was in a meeting about it',
  campaign: "had a campaign during the deal's life",
  'linked-after-win': 'linked after the win: earns nothing',
  'registered-after-win': 'registered after the win: earns nothing',
  'not-first': 'registered when we already had the opportunity',
  'too-old': 'registered too long before the deal began',
  rejected: 'registration rejected: counts nowhere',
  expired: 'registration no longer protected at the win',
  undecided: 'registration not decided',
  'parent-came-later': "became the customer's parent after the deal began",
};

export function explainText(deal: ExplainedDeal, names: Map<string, string>): string {
  const { credit } = deal;
  const who = (id: string): string => printable(names.get(id) ?? id, 36);
  const claims = deal.claims.map(
    (claim) =>
      `  registration ${claim.id} of ${who(claim.partnerId)}, ${instant(claim.submittedMs)}: ${claim.status}${claim.hoursToDecision === null ? '' : ` after ${claim.hoursToDecision.toFixed(1)} hours`}${claim.protectedUntilMs === null ? '' : `, protected until ${instant(claim.protectedUntilMs).slice(0, 10)}`}${claim.duplicateOf === null ? '' : `; repeats ${claim.duplicateOf.id} (${printable(claim.duplicateOf.evidence, 100)})`}\n`,
  );
  if (credit === null)
    return [heading(printable(deal.name)), '  not won, so nobody is credited\n', ...claims].join(
      '',
    );
  return [
    heading(printable(deal.name)),
    `  ${credit.kind === 'sourced' ? 'partner-sourced' : `direct${credit.influenced ? ', influenced by partners' : ''}`}; won ${instant(credit.wonMs)}; ${credit.cents === null ? 'amount not known in the reporting currency' : cents(credit.cents)}\n`,
    table(
      ['partner', 'credit', 'weight', 'amount', 'happened', 'first seen', 'why', 'evidence'],
      credit.rows.map((row) => [
        who(row.partnerId),
        row.kind,
        row.weight.toFixed(3),
        cents(row.cents),
        instant(row.happenedMs),
        instant(row.firstSeenMs),
        RULES[row.rule],
        printable(row.evidence, 24),
      ]),
      ['left', 'left', 'right', 'right'],
    ),
    ...Object.entries(credit.attribution).map(
      ([model, shares]) =>
        `  by ${model}: ${Object.entries(shares)
          .map(([partner, share]) => `${who(partner)} ${(100 * share).toFixed(1)}%`)
          .join(', ')}\n`,
    ),
    ...claims,
    ...deal.book.map(
      (entry) =>
        `  booked ${instant(entry.recordedMs)}: ${cents(entry.cents)} ${entry.kind}, counts on ${instant(entry.onMs).slice(0, 10)} (${entry.reason})\n`,
    ),
  ].join('');
}
