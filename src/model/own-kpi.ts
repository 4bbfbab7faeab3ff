import * as z from 'zod';
import { filterTerm } from './filter-term.ts';
import type { MetricShape, MetricUnit, TargetRule } from './metric-shape.ts';
import { METRICS, metricOfWords, targetRule } from './metrics.ts';
import { plainWords } from './plain-words.ts';
import { nearest } from './nearest.ts';

/** An organisation's own metrics, counted over what is known of each partner. */

type FieldType = 'text' | 'number' | 'datetime';
const time: FieldType = 'datetime';

/**
 * Records that can be counted, with the fields that each has; the first time says when it was,
 * unless the metric names another one. Money is in the reporting currency.
 */
export const OWN_KPI_RECORDS = {
  deal: {
    feed: 'deal',
    fields: {
      ...{ createdAt: time, registeredAt: time, provenAt: time, closedAt: time },
      ...{ outcome: 'text', stage: 'text', product: 'text', origin: 'text', industry: 'text' },
      ...{ region: 'text', competitor: 'text', amount: 'number', ageDays: 'number' },
    },
  },
  registration: {
    feed: 'registration',
    fields: {
      ...{ submittedAt: time, decidedAt: time, kind: 'text', status: 'text', amount: 'number' },
    },
  },
  certification: {
    feed: 'certification',
    fields: { issuedOn: time, expiresOn: time, name: 'text' },
  },
  cost: { feed: 'cost', fields: { at: time, kind: 'text', amount: 'number' } },
  signal: { feed: 'signal', fields: { at: time, kind: 'text', value: 'number' } },
  activity: { feed: 'activity', fields: { at: time, kind: 'text', by: 'text' } },
} as const satisfies Record<
  string,
  { feed: TargetRule['feed']; fields: Record<string, FieldType> }
>;
export type OwnKpiRecord = keyof typeof OWN_KPI_RECORDS;

export const fieldsOfRecord = (record: OwnKpiRecord): Readonly<Record<string, FieldType>> =>
  OWN_KPI_RECORDS[record].fields;

const UNITS = ['count', 'amount', 'share', 'days', 'hours', 'score', 'ratio'] as const;
/** Five years: beyond them little is on record anywhere. */
const MAX_WINDOW_DAYS = 1_830;
const MAX_OWN_KPIS = 100;

const ownKpi = z.strictObject({
  label: z.string().min(1).max(80),
  doc: z.string().max(500).optional(),
  unit: z.enum(UNITS),
  of: z.enum(Object.keys(OWN_KPI_RECORDS) as [OwnKpiRecord, ...OwnKpiRecord[]]),
  measure: z
    .enum(['count', 'sum', 'median', 'share', 'days'])
    .describe(
      'count of records, sum or median of `field`, share of the records that `part` holds of, or median days between `from` and `to`',
    ),
  where: z.array(filterTerm).default([]).describe('Records that count; all of it must hold'),
  field: z.string().optional(),
  part: z.array(filterTerm).min(1).optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  at: z.string().optional().describe('The time that must lie in the window'),
  window: z
    .union([z.literal('period'), z.int().min(1).max(MAX_WINDOW_DAYS)])
    .default('period')
    .describe('The current quarter, or so many trailing days; of a target, the period of its plan'),
  direction: z.enum(['up', 'down']).default('up'),
});
export type OwnKpi = z.infer<typeof ownKpi>;
export type OwnKpis = Readonly<Record<string, OwnKpi>>;

/** What is wrong with one, in the words of its fields. */
function* faultsOf(kpi: OwnKpi): Generator<{ path: (string | number)[]; message: string }> {
  const fields = fieldsOfRecord(kpi.of);
  const known = (name: string, type: FieldType | null) =>
    Object.hasOwn(fields, name) && (type === null || fields[name] === type);
  const wanted = (part: 'field' | 'from' | 'to' | 'at', type: FieldType, must: boolean) => {
    const name = kpi[part];
    if (name === undefined)
      return must ? { path: [part], message: `measure ${kpi.measure} needs ${part}` } : null;
    if (known(name, type)) return null;
    const ofType = Object.keys(fields).filter((one) => fields[one] === type);
    const near = nearest(name, ofType);
    const meant = near === null ? '' : `, did you mean ${near}`;
    return {
      path: [part],
      message: `a ${kpi.of} has no ${type} ${name}${meant} (${ofType.join(', ') || 'none'})`,
    };
  };
  const days = kpi.measure === 'days';
  const found = [
    wanted('at', 'datetime', false),
    wanted('field', 'number', kpi.measure === 'sum' || kpi.measure === 'median'),
    wanted('from', 'datetime', days),
    wanted('to', 'datetime', days),
  ];
  for (const one of found) if (one !== null) yield one;
  if (kpi.measure === 'share' && kpi.part === undefined)
    yield { path: ['part'], message: 'measure share needs part: which of the records count' };
  for (const name of ['where', 'part'] as const)
    for (const [i, term] of (kpi[name] ?? []).entries())
      if (!known(term.field, null))
        yield {
          path: [name, i, 'field'],
          message: `a ${kpi.of} has no field ${term.field} (${Object.keys(fields).join(', ')})`,
        };
}

/** Own metrics by name; in plans and outputs they are `own.NAME`. */
export const ownKpis = z
  .record(
    z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
    ownKpi.superRefine((kpi, context) => {
      for (const { path, message } of faultsOf(kpi))
        context.addIssue({ code: 'custom', path, message });
    }),
  )
  .refine((kpis) => Object.keys(kpis).length <= MAX_OWN_KPIS, {
    error: `more than ${MAX_OWN_KPIS} metrics of your own`,
  })
  .optional()
  .describe('Metrics of your own: shown with the others, and usable in plans as own.NAME');

const OWN = 'own.';
export type OwnMetricId = `${typeof OWN}${string}`;
export const ownId = (name: string): OwnMetricId => `${OWN}${name}`;
/** The name in such an id; null = it is none. */
export const ownName = (id: string): string | null =>
  id.startsWith(OWN) ? id.slice(OWN.length) : null;

/** What it counts, where nobody has put it into words. */
const madeOf = ({ of, measure, field, from, to, window }: OwnKpi): string =>
  `${measure}${field === undefined ? '' : ` of ${field}`}${measure === 'days' ? ` from ${from} to ${to}` : ''} over each ${of} of ${window === 'period' ? 'the current period' : `the trailing ${window} days`}.`;

/** Every metric of an organisation by id, its own last. */
export const dictionary = (own: OwnKpis = {}): ReadonlyMap<string, MetricShape> =>
  new Map<string, MetricShape>([
    ...Object.entries(METRICS),
    ...Object.entries(own).map(([name, kpi]): [string, MetricShape] => [
      ownId(name),
      {
        ...{ family: 'own', unit: kpi.unit, label: kpi.label, doc: kpi.doc ?? madeOf(kpi) },
        target: promisedMetric(ownId(name), own)!.rule,
      },
    ]),
  ]);

/** A metric that a plan may promise, built in or the organisation's own. */
export interface PromisedMetric {
  id: string;
  label: string;
  unit: MetricUnit;
  rule: TargetRule;
}

/** The metric of the organisation's own that somebody means: by its id, or by its label. */
const ownNameOf = (words: string, own: OwnKpis): string | null =>
  Object.keys(own).find(
    (one) =>
      ownId(one) === words.trim().toLowerCase() ||
      plainWords(own[one]!.label) === plainWords(words),
  ) ?? null;

/** What somebody means by these words; null = nothing that a plan may promise. */
export function promisedMetric(words: string, own: OwnKpis = {}): PromisedMetric | null {
  const builtIn = metricOfWords(words);
  if (builtIn !== null) {
    const { label, unit } = METRICS[builtIn];
    return { id: builtIn, label, unit, rule: targetRule(builtIn) };
  }
  const name = ownNameOf(words, own);
  if (name === null) return null;
  const { label, unit, measure, direction, of } = own[name]!;
  const accrual = measure === 'count' || measure === 'sum' ? 'flow' : 'rate';
  const { feed } = OWN_KPI_RECORDS[of];
  return {
    id: ownId(name),
    label,
    unit,
    rule: { direction, accrual, feed, version: 1, words: [] },
  };
}

/**
 * The definition that a plan is agreed with, where its metric is the organisation's own: with it a
 * later change of the mapping does not change what was promised.
 */
export function definitionOf(words: string, own: OwnKpis): OwnKpi | null {
  const id = promisedMetric(words, own)?.id;
  const found = id === undefined ? undefined : own[ownName(id) ?? ''];
  if (found === undefined) return null;
  const { doc: _, ...definition } = found;
  return definition;
}

/**
 * What a target's words mean: by the definition that it was agreed with, else by the present one.
 * A target that names a label keeps the id of that metric, and one whose metric is gone from the
 * mapping gets an id of its words.
 */
export function agreedMetrics(
  target: { metric: string; definition?: OwnKpi },
  own: OwnKpis | undefined,
): OwnKpis | undefined {
  const { metric, definition } = target;
  if (definition === undefined) return own;
  const name =
    ownName(metric.trim().toLowerCase()) ??
    ownNameOf(metric, own ?? {}) ??
    plainWords(metric).replaceAll(' ', '_');
  return { [name]: definition };
}
