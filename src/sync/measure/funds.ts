import { costTypeOf } from '../../model/partner-return.ts';
import type { Fund, FundDecision, FundFinding, FundProposal, FundState } from '../../model/fund.ts';
import { activityOf, dayStart, fundProposals } from '../../predict/index.ts';
import { HeadwaterError } from '../../model/error.ts';
import { fundDecisionsOf, keepFundDecision } from '../../store/fund-decisions.ts';
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
  const decided = await fundDecisionsOf(store, place.rowsId);
  const stateOf = (startOn: string | null): FundState => {
    const startMs = dayStart(startOn, timeZone);
    if (startMs === null || startMs > asOfMs) return 'planned';
    return startMs + horizonDays * DAY_MS > asOfMs ? 'running' : 'done';
  };
  return rows.map((row) => ({
    ...row,
    state: stateOf(row.startOn),
    activity: activityOf(row.name),
    decided: decided.get(row.id)?.at(-1) ?? null,
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

/** Which decisions may follow which: what was refused is approved first, what is done stays done. */
const AFTER: Record<FundDecision['decision'], (FundDecision['decision'] | null)[]> = {
  approved: [null, 'refused'],
  refused: [null, 'approved'],
  done: ['approved'],
};

/**
 * Keeps what a person decided of a campaign, with who and why. Nothing is paid and nothing is written
 * into the CRM by it. Errors: `config` where there is no such campaign, or it is not its turn.
 */
export async function decideFund(
  store: Store,
  place: ScoredPlace,
  at: At,
  fundId: string,
  decision: FundDecision,
): Promise<Fund> {
  const fund = (await fundList(store, place, at)).find(({ id }) => id === fundId);
  if (fund === undefined)
    throw new HeadwaterError('config', `there is no campaign ${fundId} of a partner`, {
      code: 'NO_FUND',
      cure: '`headwater fund list --json` names them with their ids.',
    });
  const before = fund.decided?.decision ?? null;
  if (!AFTER[decision.decision].includes(before))
    throw new HeadwaterError(
      'config',
      `campaign ${fundId} is ${before ?? 'not decided'}, so it cannot be ${decision.decision}`,
      { code: 'FUND_ORDER', cure: 'It is approved or refused first, and done after an approval.' },
    );
  await keepFundDecision(store, place.rowsId, fundId, decision);
  return { ...fund, decided: decision };
}
