import { HeadwaterError } from '../../model/error.ts';
import type { MetricShape } from '../../model/metric-shape.ts';
import { METRICS } from '../../model/metrics.ts';
import {
  rollUp,
  systemicFindings,
  type RollUpGroup,
  type RollUpRange,
  type RollUpRow,
  type SystemicFinding,
} from '../../predict/index.ts';
import { partnerRows, type PartnerRow } from '../../store/partner-views.ts';
import { latestForecast } from '../../store/results.ts';
import type { Store } from '../../store/store.ts';

/** What partners are rolled up by; `programme` is all of them. */
export const ROLL_UP_DIMENSIONS = ['programme', 'type', 'tier', 'region', 'owner'] as const;
export type RollUpDimension = (typeof ROLL_UP_DIMENSIONS)[number];

/**
 * What a roll-up says beside the metrics: the share of partners on plan now, and the share that the
 * scores expect to reach what they stand for.
 */
const SHARES: Readonly<Record<string, { label: string; of: (row: PartnerRow) => number | null }>> =
  {
    on_plan: {
      label: 'On plan now',
      of: ({ score }) => {
        const pace = score.kpis.find((one) => one.kpi === 'attainment_pace')?.value ?? null;
        return pace === null ? null : Number(pace >= 1);
      },
    },
    reaches_goal: { label: 'Expected to reach the goal', of: ({ score }) => score.score / 100 },
  };

/** Metrics whose difference between groups is a programme's own doing, and can be mended by it. */
const SYSTEMIC = [
  ...['cohort_win_rate', 'registration_conversion', 'median_days_in_stage', 'phantom_share'],
  ...['time_to_first_deal', 'training_completion', 'learning_path', 'certified_share'],
  ...['decision_hours', 'sales_engineer_share', 'response_rate', 'partner_satisfaction'],
];
/** Dimensions in which something systemic is looked for; of a programme there is but one. */
const COMPARED = ROLL_UP_DIMENSIONS.filter((one) => one !== 'programme');

/** Partners that are read at once. */
const PAGE = 500;

export interface RollUps {
  asOfMs: number;
  groups: RollUpGroup[];
  findings: SystemicFinding[];
}

const YES_OR_NO = new Set(['on_plan', 'active']);

/** What the values of a metric can be; nobody knows it of an organisation's own. */
function rangeOf(metric: string): RollUpRange {
  if (YES_OR_NO.has(metric)) return 'yes or no';
  if (Object.hasOwn(SHARES, metric)) return 'share';
  const known = (METRICS as Record<string, MetricShape>)[metric];
  return known === undefined ? 'any' : known.unit === 'share' ? 'share' : 'from zero';
}

/** Words of what a roll-up counts. */
export const rollUpLabel = (metric: string): string =>
  SHARES[metric]?.label ?? (METRICS as Record<string, MetricShape>)[metric]?.label ?? metric;

const rowOf = (row: PartnerRow): RollUpRow => ({
  partnerId: row.id,
  groups: {
    programme: 'all partners',
    ...{ type: row.type, tier: row.tier, region: row.region },
    owner: row.ownerName ?? row.ownerId,
  },
  values: new Map([
    ...Object.entries(SHARES).flatMap(([id, { of }]): [string, number][] => {
      const value = of(row);
      return value === null ? [] : [[id, value]];
    }),
    ...row.score.kpis.flatMap(({ kpi, value }): [string, number][] =>
      value === null ? [] : [[kpi, value]],
    ),
  ]),
});

/**
 * The metrics of all partners by a dimension, and what is systemic in any of them, from the last
 * run. Errors: `config` where nothing has been scored yet.
 */
export async function rollUps(
  store: Store,
  connectionId: string,
  dimension: RollUpDimension,
): Promise<RollUps> {
  const latest = await latestForecast(store, connectionId);
  if (latest === null)
    throw new HeadwaterError('config', 'nothing has been scored yet', {
      code: 'NO_RUN',
      cure: 'Run `headwater sync run` first.',
    });
  const rows: RollUpRow[] = [];
  const everybody = { name: null, tier: null, region: null, ownerId: null };
  for (let skip = 0; ; skip += PAGE) {
    const page = { order: 'name', skip, limit: PAGE } as const;
    const found = await partnerRows(store, connectionId, latest.runId, everybody, page);
    rows.push(...found.map(rowOf));
    if (found.length < PAGE) break;
  }
  const metrics = new Set(rows.flatMap((row) => [...row.values.keys()]));
  return {
    asOfMs: latest.forecast.asOfMs,
    groups: rollUp(rows, dimension, new Map([...metrics].map((id) => [id, rangeOf(id)]))),
    findings: systemicFindings(rows, COMPARED, SYSTEMIC),
  };
}
