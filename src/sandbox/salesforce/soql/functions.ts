/**
 * Date functions of SELECT, WHERE and GROUP BY. They read UTC unless the field is wrapped in
 * convertTimezone(). Source: SOQL date functions page.
 */
import type { FieldDefinition, FieldType } from '../metadata/definition.ts';
import type { Cell, Row } from '../org-types.ts';
import { civil, DAY_MS, dayNumber, isoDay, parseDay, wallMs } from './calendar.ts';
import type { SoqlContext } from './context.ts';
import type { Scope } from './scope.ts';
import type { Clause } from './statement.ts';

const HOUR_MS = 3_600_000;
const DAYS_PER_WEEK = 7;
const EPOCH_WEEKDAY = 4;

type DayFunction = (day: number, context: SoqlContext) => number | string;

function fiscalMonth(day: number, context: SoqlContext): number {
  return ((civil(day).month - context.fiscalYearStartMonth + 12) % 12) + 1;
}

function fiscalYear(day: number, context: SoqlContext): number {
  const { year, month } = civil(day);
  const startYear = month >= context.fiscalYearStartMonth ? year : year - 1;
  return context.fiscalYearNamedByEnd && context.fiscalYearStartMonth > 1
    ? startYear + 1
    : startYear;
}

function dayInYear(day: number): number {
  return day - dayNumber(civil(day).year, 1, 1) + 1;
}

const DAY_FUNCTIONS: Record<string, DayFunction> = {
  CALENDAR_MONTH: (day) => civil(day).month,
  CALENDAR_QUARTER: (day) => Math.ceil(civil(day).month / 3),
  CALENDAR_YEAR: (day) => civil(day).year,
  DAY_IN_MONTH: (day) => civil(day).day,
  DAY_IN_WEEK: (day) => ((day + EPOCH_WEEKDAY) % DAYS_PER_WEEK) + 1,
  DAY_IN_YEAR: dayInYear,
  DAY_ONLY: isoDay,
  FISCAL_MONTH: fiscalMonth,
  FISCAL_QUARTER: (day, context) => Math.ceil(fiscalMonth(day, context) / 3),
  FISCAL_YEAR: fiscalYear,
  WEEK_IN_MONTH: (day) => Math.ceil(civil(day).day / DAYS_PER_WEEK),
  WEEK_IN_YEAR: (day) => Math.ceil(dayInYear(day) / DAYS_PER_WEEK),
};
const HOUR_FUNCTION = 'HOUR_IN_DAY';

export function isDateFunction(name: string): boolean {
  return name.toUpperCase() in DAY_FUNCTIONS || name.toUpperCase() === HOUR_FUNCTION;
}

/** A function call as the parser gives it. */
export interface Call {
  functionName?: string;
  parameters?: (string | Call)[];
  rawValue?: string;
}

export interface ComputedColumn {
  field: FieldDefinition;
  get(row: Row): Cell;
  /** canonical text, to recognise the same expression in GROUP BY */
  key: string;
}

/** A field definition for the value of an expression. */
export function expressionField(name: string, type: FieldType): FieldDefinition {
  return {
    name,
    label: name,
    type,
    nillable: true,
    createable: false,
    updateable: false,
    filterable: true,
    sortable: true,
    groupable: true,
    permissionable: false,
    defaultedOnCreate: false,
    custom: false,
  };
}

/** Throws OrgFault MALFORMED_QUERY when the function does not take the field. */
export function dateColumn(call: Call, scope: Scope, clause: Clause): ComputedColumn {
  const name = (call.functionName ?? '').toUpperCase();
  const [parameter] = call.parameters ?? [];
  const converted =
    typeof parameter === 'object' && parameter.functionName?.toLowerCase() === 'converttimezone';
  const path = converted ? parameter.parameters?.[0] : parameter;
  if (typeof path !== 'string')
    throw scope.statement.fault(
      'MALFORMED_QUERY',
      `Date function ${name} must use a field as its argument`,
      call.functionName ?? '',
      clause,
    );
  const column = scope.column(path, clause);
  const { context } = scope;
  const isDate = column.field.type === 'date';
  if (
    (!isDate && column.field.type !== 'datetime') ||
    (isDate && (name === HOUR_FUNCTION || converted))
  ) {
    throw scope.statement.fault(
      'MALFORMED_QUERY',
      `field ${column.field.name} does not support date function ${converted ? 'convertTimezone' : name}`,
      path,
      clause,
    );
  }
  const zone = converted ? context.timeZone : 'UTC';
  const work = DAY_FUNCTIONS[name];
  const get = (row: Row): Cell => {
    const cell = column.get(row);
    if (cell === null) return null;
    if (isDate) return work?.(parseDay(String(cell)) ?? 0, context) ?? null;
    const wall = wallMs(Number(cell), zone);
    if (work === undefined) return Math.floor((((wall % DAY_MS) + DAY_MS) % DAY_MS) / HOUR_MS);
    return work(Math.floor(wall / DAY_MS), context);
  };
  const inner = converted ? `converttimezone(${column.path})` : column.path;
  return {
    field: expressionField(column.field.name, name === 'DAY_ONLY' ? 'date' : 'int'),
    get,
    key: `${name}(${inner})`.toLowerCase(),
  };
}
