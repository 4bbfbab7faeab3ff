import type { JudgedStatement, PartnerOptimism } from '../../model/record.ts';
import { exactSum } from '../math/exact-sum.ts';
import { RECORD_MIN_QUARTERS, RECORD_PARTNERS } from '../tuning.ts';
import { averageOf } from './estimate.ts';
import { unitsOf, type Unit } from './units.ts';

type Ended = JudgedStatement & { mean: number; amount: number };

const isEnded = (one: JudgedStatement): one is Ended =>
  one.kind === 'partner-forecast' &&
  one.mean !== null &&
  one.amount !== null &&
  // Of no width: all was decided when it was said.
  one.low !== one.high;

/** Sum over windows, each at the mean of what was said in it. */
const summed = (windows: readonly Unit<Ended>[], of: (one: Ended) => number): number =>
  exactSum(windows.map(({ said }) => averageOf(said.map((one) => ({ value: of(one) })))));

const over = (said: number, brought: number): number | null =>
  brought > 0 ? said / brought - 1 : null;

function optimismOf(partnerId: string, windows: readonly Unit<Ended>[]): PartnerOptimism {
  const said = summed(windows, (one) => one.mean);
  const brought = summed(windows, (one) => one.amount);
  const held = summed(windows, (one) =>
    Number(
      one.low !== null && one.high !== null && one.amount >= one.low && one.amount <= one.high,
    ),
  );
  const known = windows.every((window) => window.said.every((one) => one.beside.crm !== undefined));
  const crm = known ? summed(windows, (one) => one.beside.crm ?? 0) : null;
  return {
    partnerId,
    windows: windows.length,
    held,
    ...{ said, brought, optimism: over(said, brought) },
    ...{ crm, crmOptimism: crm === null ? null : over(crm, brought) },
    littleEvidence: windows.length < RECORD_MIN_QUARTERS,
  };
}

/**
 * How much more than it brought was expected of each partner: by us, and by the CRM's own weighted
 * pipeline; the largest gaps in money first.
 */
export function optimismByPartner(judged: readonly JudgedStatement[]): PartnerOptimism[] {
  const windows = Map.groupBy(unitsOf(judged.filter(isEnded)), (unit) => unit.subject);
  const gap = ({ said, brought }: PartnerOptimism): number => Math.abs(said - brought);
  return [...windows]
    .map(([partnerId, own]) => optimismOf(partnerId, own))
    .sort((a, b) => gap(b) - gap(a) || (a.partnerId < b.partnerId ? -1 : 1))
    .slice(0, RECORD_PARTNERS);
}
