import { termHolds } from '../../model/filter.ts';
import type { MeasureContext } from '../../model/facts.ts';
import { fieldsOfRecord, ownName, type OwnKpi, type OwnKpiRecord } from '../../model/own-kpi.ts';
import { dayEnd, dayStart } from '../math/calendar.ts';
import { exactSum } from '../math/exact-sum.ts';
import { registrationKnownBy } from '../deal/registration-known.ts';
import { medianOf } from '../math/numeric.ts';
import { DAY_MS, daysBetween } from '../math/time.ts';
import { plain, unknown, type FactView, type Measured } from './kpi.ts';
import { noneDue } from './none-due.ts';

type Value = string | number | null;
type Row = Readonly<Record<string, Value>>;

/** Records of each kind as of the moment; times in epoch ms. */
const ROWS: Readonly<Record<OwnKpiRecord, (view: FactView, context: MeasureContext) => Row[]>> = {
  deal: ({ states }) =>
    states.map((s) => ({
      ...{ createdAt: s.createdMs, registeredAt: s.registeredMs, provenAt: s.provenMs },
      ...{ closedAt: s.closedMs, outcome: s.outcome, stage: s.stage, amount: s.amount },
      ...{ product: s.deal.product, origin: s.deal.origin ?? null, ageDays: s.ageDays },
      ...{ industry: s.deal.industry ?? null, region: s.deal.region ?? null },
      competitor: s.deal.competitor ?? null,
    })),
  registration: ({ partner }, { asOfMs }) =>
    partner.registrations
      .filter((one) => Math.max(one.submittedMs, one.knownMs ?? 0) <= asOfMs)
      .map((one) => {
        const { decidedMs, status } = registrationKnownBy(one, asOfMs);
        return {
          ...{ submittedAt: one.submittedMs, decidedAt: decidedMs, status },
          ...{ kind: one.kind ?? 'registration', amount: one.amount },
        };
      }),
  certification: ({ partner }, { timeZone }) =>
    partner.certifications.map((one) => ({
      issuedOn: dayStart(one.issuedOn, timeZone),
      expiresOn: dayEnd(one.expiresOn, timeZone),
      name: one.name,
    })),
  cost: ({ partner }, { timeZone }) =>
    partner.costs.map((one) => ({
      at: dayStart(one.at, timeZone),
      ...{ kind: one.kind, amount: one.amount },
    })),
  // A day's signals are one row of so many; it lies within its day, not at its end.
  signal: ({ partner }, { asOfMs }) =>
    partner.signals
      .filter((one) => Math.max(one.atMs, one.knownMs) <= asOfMs)
      .map((one) => ({ at: one.atMs - 1, kind: one.kind, value: one.value, n: one.n })),
  activity: ({ states }) =>
    states.flatMap((s) =>
      s.deal.activities.map((one) => ({ at: one.atMs, kind: one.kind, by: one.by ?? null })),
    ),
};

const holds = (terms: OwnKpi['where'], row: Row, of: OwnKpiRecord): boolean =>
  terms.every((term) => {
    const type = fieldsOfRecord(of)[term.field]!;
    const value = row[term.field] ?? null;
    const said = type === 'datetime' && value !== null ? new Date(value).toISOString() : value;
    return termHolds(term, said, { type });
  });

const numbers = (values: readonly (Value | undefined)[]): number[] =>
  values.filter((one): one is number => typeof one === 'number' && Number.isFinite(one));
/** How many records rows stand for. */
const weightOf = (rows: readonly Row[]): number =>
  exactSum(rows.map(({ n }) => (typeof n === 'number' ? n : 1)));

/** How each measure makes a number of the records that count; null = nothing to make it of. */
const MEASURES: Readonly<
  Record<OwnKpi['measure'], (kpi: OwnKpi, rows: readonly Row[]) => [number | null, number]>
> = {
  count: (_, rows) => [weightOf(rows), weightOf(rows)],
  sum: ({ field }, rows) => {
    const found = numbers(rows.map((row) => row[field!]));
    return [exactSum(found), found.length];
  },
  median: ({ field }, rows) => {
    const found = numbers(rows.map((row) => row[field!]));
    return [medianOf(found), found.length];
  },
  share: ({ part, of }, rows) => {
    const all = weightOf(rows);
    const those = weightOf(rows.filter((row) => holds(part!, row, of)));
    return [all === 0 ? null : those / all, all];
  },
  // One that has not come yet is no length, and one that came before says nothing.
  days: ({ from, to }, rows) => {
    const found = rows.flatMap((row) => {
      const [start, end] = [row[from!], row[to!]];
      return typeof start === 'number' && typeof end === 'number' && end >= start
        ? [daysBetween(start, end)]
        : [];
    });
    return [medianOf(found), found.length];
  },
};

/** One of the organisation's own metrics in [fromMs, toMs), up to the context's moment. */
export function ownMeasure(
  kpi: OwnKpi,
  view: FactView,
  fromMs: number,
  toMs: number,
  context: MeasureContext,
): { value: number | null; evidence: number } {
  const times = Object.entries(fieldsOfRecord(kpi.of)).filter(([, type]) => type === 'datetime');
  const at = kpi.at ?? times[0]![0];
  const rows = ROWS[kpi.of](view, context).filter((row) => {
    const ms = row[at];
    if (typeof ms !== 'number' || ms < fromMs || ms >= toMs || ms > context.asOfMs) return false;
    return holds(kpi.where, row, kpi.of);
  });
  const [value, evidence] = MEASURES[kpi.measure](kpi, rows);
  return { value, evidence };
}

/** The same as a metric of its own window. */
export function ownKpiValue(kpi: OwnKpi, view: FactView, context: MeasureContext): Measured {
  const { startMs, endMs } = context.period;
  const [fromMs, toMs] =
    kpi.window === 'period' ? [startMs, endMs] : [context.asOfMs - kpi.window * DAY_MS, Infinity];
  const { value, evidence } = ownMeasure(kpi, view, fromMs, toMs, context);
  return value === null
    ? unknown(noneDue('own', { fromMs }, context), evidence)
    : plain(value, evidence);
}

/**
 * The definition behind an id such as `own.demos`; null = the organisation has none of that name.
 */
export const ownKpiOf = (id: string, { ownKpis }: MeasureContext): OwnKpi | null =>
  ownKpis?.[ownName(id) ?? ''] ?? null;
