import { costTypeOf } from '../../model/partner-return.ts';
import type { Fund, FundFinding, FundProposal, FundState } from '../../model/fund.ts';
import { activityOf, dayStart, fundProposals } from '../../predict/index.ts';
import { fundRows } from '../../store/funds.ts';
import type { Store } from '../../store/store.ts';
import { worthRows } from '../../store/worth.ts';
import type { ScoredPlace } from './last-scored.ts';
import { planSettings } from './plan-import.ts';
import { DAY_MS } from '../../model/time.ts';

interface At {
  asOfMs: number;
  currency: string;
}

/** Campaigns of partners as of the last results. */
export async function fundList(
  store: Store,
  place: ScoredPlace,
  { asOfMs, currency }: At,
): Promise<Fund[]> {
  const { timeZone, horizonDays } = await planSettings(store, place.connectionId);
  const rows = await fundRows(store, place.rowsId, { reportingCurrency: currency, asOfMs });
  const stateOf = (startOn: string | null): FundState => {
    const startMs = dayStart(startOn, timeZone);
    if (startMs === null || startMs > asOfMs) return 'planned';
    return startMs + horizonDays * DAY_MS > asOfMs ? 'running' : 'done';
  };
  return rows.map((row) => ({
    ...row,
    state: stateOf(row.startOn),
    activity: activityOf(row.name),
  }));
}

/** With whom the next campaign is expected to bring most, the best first. */
export async function proposedFunds(
  store: Store,
  place: ScoredPlace,
  at: At,
): Promise<FundProposal[]> {
  const funds = await fundList(store, place, at);
  const territories = new Map(funds.map((fund) => [fund.partnerId, fund.territory]));
  const partners = (await worthRows(store, place)).map(({ id, name, accountId, worth }) => ({
    ...{ id, name, accountId },
    territory: territories.get(accountId) ?? null,
    segment: worth.profile?.segment ?? null,
    active: worth.value?.active ?? 0,
  }));
  return fundProposals(funds, partners);
}

/** What somebody should look at: money that brought nothing, or of which nobody knows enough. */
export async function fundFindings(
  store: Store,
  place: ScoredPlace,
  at: At,
): Promise<FundFinding[]> {
  const funds = await fundList(store, place, at);
  const having = new Set(funds.map(({ partnerId }) => partnerId));
  const spent = (await worthRows(store, place)).flatMap(({ accountId, name, worth }) => {
    const own = (worth.return?.costs ?? []).filter(({ of }) => costTypeOf(of) === 'funds');
    const cost = own.reduce((sum, { amount }) => sum + amount, 0);
    const alone = own.length > 0 && !having.has(accountId);
    return alone ? [{ finding: 'no campaign' as const, partner: name, fund: null, cost }] : [];
  });
  return [
    ...funds.flatMap(({ partner, name: fund, cost, state, leads }): FundFinding[] => {
      if (cost === null && state !== 'planned')
        return [{ finding: 'no cost', partner, fund, cost }];
      return state === 'done' && leads === 0
        ? [{ finding: 'nothing came', partner, fund, cost }]
        : [];
    }),
    ...spent,
  ];
}
