import {
  C3_NAMES,
  C3_PARTS,
  type C3,
  type C3Code,
  type C3Name,
  type C3Score,
} from '../../../model/c3.ts';
import type { KpiProof, LeadingId } from '../../../model/proof.ts';
import { exactSum } from '../../math/exact-sum.ts';
import { medianOf, normalCdf } from '../../math/numeric.ts';
import type { Known } from '../proofs.ts';
import { productCounts, winsAbove } from './expected-wins.ts';
import { COUNT, orderOf, SHARE, standings, type Scale } from './norm.ts';
import { provenSignals } from './signals.ts';

/** A promise kept leans on the share that all partners keep by so many promises. */
const LEAN_PROMISES = 2;

interface Measure {
  value: (one: Known) => number | null;
  scale: Scale;
  /** What cannot be had too much of only counts against a partner. */
  worst?: true;
  /** Standings that were found already. */
  found?: (number | null)[];
}

const now =
  (kpi: LeadingId) =>
  ({ now: values }: Known): number | null =>
    values[kpi] ?? null;

function promiseShare(all: readonly Known[]): (one: Known) => number | null {
  const kept = exactSum(all.map(({ promises }) => promises.kept));
  const due = exactSum(all.map(({ promises }) => promises.due));
  const usual = due === 0 ? 0 : kept / due;
  return ({ promises }) =>
    promises.due === 0
      ? null
      : (promises.kept + LEAN_PROMISES * usual) / (promises.due + LEAN_PROMISES);
}

function measuresOf(all: readonly Known[], proofs: readonly KpiProof[]): Record<C3Code, Measure> {
  const counts = productCounts(all);
  const sellers = medianOf(all.flatMap((one) => one.sellers ?? [])) ?? 1;
  const count = (value: Measure['value']): Measure => ({ value, scale: COUNT });
  const signals = provenSignals(all, proofs);
  const byId = new Map(all.map(({ id }, i) => [id, signals[i]!]));
  return {
    certificates: count(now('certified_people')),
    depth: count(now('certification_depth')),
    // Zero is what was to be expected: nobody else is needed to compare it with.
    wins: {
      ...count((one) => winsAbove(one, counts)),
      found: all.map((one) => orderOf(winsAbove(one, counts))),
    },
    sellers: count((one) => one.sellers),
    // Load within what is usual takes nothing away: deals are not held against a partner.
    load: {
      value: (one) => one.open / Math.max(1, one.sellers ?? sellers),
      ...{ scale: COUNT, worst: true },
    },
    throughput: count((one) => one.wins),
    plan: { value: ({ planned }) => (planned ? 1 : 0), scale: SHARE },
    sessions: count((one) => now('plan_participation')(one) ?? 0),
    promises: { value: promiseShare(all), scale: SHARE },
    progress: count(({ brought }) => brought.proven),
    signals: { value: (one) => byId.get(one.id) ?? null, scale: SHARE, found: signals },
  };
}

/** Standings of all partners in one part; null = nobody's record tells anything of it. */
function placed(all: readonly Known[], measure: Measure): (number | null)[] | null {
  const { value, scale, worst, found } = measure;
  if (found !== undefined) return found.some((one) => one !== null && one !== 0) ? found : null;
  const values = all.map(value);
  if (values.every((one) => one === null || one === 0)) return null;
  const own = standings(all, value, scale);
  return worst === undefined ? own : own.map((z) => (z === null ? null : -Math.max(0, z)));
}

function evidenceOf(name: C3Name, one: Known): number {
  const decided = exactSum(one.products.map(({ n }) => n));
  if (name === 'capability') return decided + (one.now.certified_people ?? 0);
  if (name === 'capacity') return one.open + one.wins + (one.sellers ?? 0);
  return one.promises.due + one.brought.n + (one.now.plan_participation ?? 0);
}

/** Capability, capacity and commitment of every partner, beside the others of its type. */
export function c3Of(all: readonly Known[], proofs: readonly KpiProof[]): Map<string, C3> {
  const measures = measuresOf(all, proofs);
  const places = new Map(
    C3_NAMES.flatMap((name) => C3_PARTS[name]).map((code) => [code, placed(all, measures[code])]),
  );
  const score = (name: C3Name, i: number): C3Score => {
    const codes: readonly C3Code[] = C3_PARTS[name];
    const told = codes.filter((code) => places.get(code) !== null);
    const zs = told.map((code) => places.get(code)![i] ?? 0);
    const sum = exactSum(zs);
    // What nobody tells anything of counts as usual, so that its first sign is no loss.
    const value = 100 * normalCdf(sum / codes.length);
    return {
      value,
      parts: told.map((code, k) => ({
        code,
        value: measures[code].value(all[i]!),
        points: sum === 0 ? 0 : ((value - 50) * zs[k]!) / sum,
      })),
      evidence: evidenceOf(name, all[i]!),
      missing: codes.filter((code) => places.get(code) === null),
    };
  };
  return new Map(
    all.map(({ id }, i) => [
      id,
      {
        capability: score('capability', i),
        capacity: score('capacity', i),
        commitment: score('commitment', i),
      },
    ]),
  );
}
