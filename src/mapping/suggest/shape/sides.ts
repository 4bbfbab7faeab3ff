import type { CrmField, CrmObject } from '../../../model/connector.ts';
import { METRICS, metricOfWords } from '../../../model/metrics.ts';
import type { Evidence } from '../evidence.ts';
import { median } from './column.ts';

/** Which word of a plan stands for which side, by what is promised under it. */

interface TargetFields {
  object: CrmObject;
  side: CrmField;
  metric: CrmField | undefined;
  goal: CrmField | undefined;
}

interface Told {
  vendorMetrics: number;
  rows: number;
  goals: number[];
}

/**
 * Our own promises are hours to decide, people on deals and meetings; the partner promises money,
 * whose goals are by far the largest. Null where the two are alike.
 */
export function sidesOfWords(
  evidence: Evidence,
  fields: TargetFields,
): Record<string, string> | null {
  const side = evidence.column(fields.object, fields.side);
  const metric = fields.metric && evidence.column(fields.object, fields.metric);
  const goal = fields.goal && evidence.column(fields.object, fields.goal);
  const told = new Map<string, Told>();
  side.cells.forEach((word, row) => {
    if (typeof word !== 'string') return;
    const one = told.get(word) ?? { vendorMetrics: 0, rows: 0, goals: [] };
    const id = metricOfWords(String(metric?.cells[row] ?? ''));
    told.set(word, {
      vendorMetrics: one.vendorMetrics + Number(id !== null && METRICS[id].family === 'vendor'),
      rows: one.rows + 1,
      goals: [...one.goals, Number(goal?.cells[row] ?? 0)],
    });
  });
  const [a, b] = [...told];
  if (a === undefined || b === undefined || told.size !== 2) return null;
  const share = ({ vendorMetrics, rows }: Told): number => vendorMetrics / rows;
  const largest = ({ goals }: Told): number =>
    goals.toSorted((x, y) => y - x)[Math.floor(goals.length / 10)] ?? median(goals);
  const byMetric = share(a[1]) - share(b[1]);
  const byGoal = largest(b[1]) - largest(a[1]);
  const lead = byMetric === 0 ? byGoal : byMetric;
  if (lead === 0) return null;
  const [vendor, partner] = lead > 0 ? [a[0], b[0]] : [b[0], a[0]];
  return { [partner]: 'partner', [vendor]: 'vendor' };
}
