import {
  PILLARS,
  type HealthPillar,
  type HealthSettings,
  type PartnerHealth,
  type PillarName,
} from '../../../model/partner-health.ts';
import type { KpiProof, LeadingId } from '../../../model/proof.ts';
import { exactSum } from '../../math/exact-sum.ts';
import { normalCdf } from '../../math/numeric.ts';
import { GATE_FLOOR, GATE_SPAN } from '../../tuning.ts';
import { COUNT, standings } from '../c3/norm.ts';
import { signalStandings } from '../c3/signals.ts';
import type { Known } from '../proofs.ts';
import { outcomeShares } from './outcomes.ts';

const points = (zs: readonly number[]): number | null =>
  zs.length === 0 ? null : 100 * normalCdf(exactSum(zs) / zs.length);

/** Every partner's standing in the outcomes: what it won in a year, and deals shown to be real. */
function outcomeStandings(all: readonly Known[]): (number | null)[][] {
  return [
    standings(all, ({ wins }) => wins, COUNT),
    standings(all, ({ brought }) => brought.proven, COUNT),
  ];
}

/**
 * Health of every partner: pillars by their weight, of which only outcomes and what is proven to
 * foretell them weigh anything; and never beyond what its outcomes allow.
 */
export function healthOf(
  all: readonly Known[],
  proofs: readonly KpiProof[],
  settings: HealthSettings,
): Map<string, PartnerHealth> {
  const verdicts = new Map(proofs.map(({ kpi, verdict }) => [kpi as string, verdict]));
  const metricsOf = (name: PillarName): string[] =>
    name === 'pipeline' ? [] : settings[name].metrics;
  const named = [...new Set(PILLARS.flatMap(metricsOf))].filter((kpi) => verdicts.has(kpi));
  const placed = new Map(named.map((kpi) => [kpi, signalStandings(all, kpi as LeadingId)]));
  const outcomes = outcomeStandings(all);
  const shares = outcomeShares(all);

  const pillarOf = (name: PillarName, i: number): HealthPillar => {
    const metrics = metricsOf(name).map((kpi) => ({
      kpi,
      verdict: verdicts.get(kpi) ?? ('unproven' as const),
      value: all[i]!.now[kpi as LeadingId] ?? null,
    }));
    const { weight } = settings[name];
    if (name === 'pipeline')
      return { pillar: name, metrics, weight, value: points(outcomes.map((one) => one[i] ?? 0)) };
    const zsOf = (of: typeof metrics): number[] =>
      of.flatMap(({ kpi }) => placed.get(kpi)?.[i] ?? []);
    const proven = metrics.filter(({ verdict }) => verdict === 'proven');
    const weighs = zsOf(proven).length > 0;
    const value = points(zsOf(weighs ? proven : metrics));
    return { pillar: name, metrics, weight: weighs ? weight : 0, value };
  };

  return new Map(
    all.map(({ id }, i) => {
      const pillars = PILLARS.map((name) => pillarOf(name, i));
      const weights = exactSum(pillars.map(({ weight }) => weight));
      const mean = exactSum(pillars.map(({ weight, value }) => (weight / weights) * (value ?? 0)));
      const most = GATE_FLOOR + GATE_SPAN * shares[i]!;
      const shown = pillars.map((one) => ({ ...one, weight: one.weight / weights }));
      return [id, { value: Math.min(mean, most), most, pillars: shown }];
    }),
  );
}
