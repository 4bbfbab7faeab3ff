import type { Fund, FundProposal } from '../../model/fund.ts';
import { exactSum } from '../math/exact-sum.ts';
import { medianOf } from '../math/numeric.ts';
import { spentOn, timesOf } from './funds.ts';

/** Who could be given money for a campaign. */
export interface FundedPartner {
  id: string;
  /** The account that campaigns name. */
  accountId: string;
  name: string;
  territory: string | null;
  segment: string | null;
  /** Whether it still sells, 0 to 1. */
  active: number;
}

/** Rather stopped than not: money brings nothing before somebody has talked to it. */
const STOPPED = 0.5;

/**
 * Partners with which the next campaign is expected to bring most for its cost: by their own
 * campaigns, leaning on those of their territory and on all. Nobody has decided anything by that.
 */
export function fundProposals(
  funds: readonly Fund[],
  partners: readonly FundedPartner[],
): FundProposal[] {
  const all = spentOn(funds);
  const amount = medianOf(all.map(({ cost }) => cost));
  if (amount === null) return [];
  const running = new Set(
    funds.filter(({ state }) => state !== 'done').map(({ partnerId }) => partnerId),
  );
  return (
    partners
      .filter((one) => one.active >= STOPPED && !running.has(one.accountId))
      .map(({ accountId, id, name, territory, segment }): FundProposal => {
        const own = all.filter((fund) => fund.partnerId === accountId);
        const there = all.filter((fund) => fund.territory === territory);
        const cost = exactSum(own.map((one) => one.cost));
        return {
          ...{ partnerId: id, partner: name, amount, territory, segment, own: own.length },
          ownTimes: cost === 0 ? null : exactSum(own.map(({ won }) => won)) / cost,
          times: timesOf(own, there.length > 0 ? there : all),
        };
      })
      // Where no campaign has brought anything, there is nothing to propose one by.
      .filter(({ times }) => times.mean > 0)
      .sort((a, b) => b.times.mean - a.times.mean || (a.partnerId < b.partnerId ? -1 : 1))
  );
}
