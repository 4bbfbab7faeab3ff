/** The functions of the formula language that need nothing but their arguments. */
import {
  DAY_MS,
  arithmetic,
  asBoolean,
  asNumber,
  asText,
  equal,
  isBlank,
  isMoment,
  round,
} from './formula-value.ts';
import type { Moment, Value } from './formula-value.ts';

export interface FormulaFunction {
  min: number;
  max: number;
  apply(...args: Value[]): Value;
}

const of = (min: number, max: number, apply: (...args: Value[]) => Value): FormulaFunction => ({
  min,
  max,
  apply,
});
const calendar = (part: (date: Date) => number): FormulaFunction =>
  of(1, 1, (value = null) => (isMoment(value) ? part(new Date(value.ms)) : null));
const numeric = (apply: (value: number) => number): FormulaFunction =>
  of(1, 1, (value = null) => apply(asNumber(value)));

function dateValue(value: Value): Moment | null {
  if (isMoment(value)) return { kind: 'date', ms: Math.floor(value.ms / DAY_MS) * DAY_MS };
  const ms = Date.parse(`${asText(value)}T00:00:00Z`);
  return Number.isNaN(ms) ? null : { kind: 'date', ms };
}

/** CASE(expression, value1, result1, …, else). */
function caseOf(expression: Value, ...rest: Value[]): Value {
  for (let i = 0; i + 1 < rest.length; i += 2)
    if (equal(expression, rest[i] ?? null)) return rest[i + 1] ?? null;
  return rest.length % 2 === 1 ? (rest.at(-1) ?? null) : null;
}

export const FUNCTIONS: Readonly<Record<string, FormulaFunction>> = {
  NOT: of(1, 1, (value = null) => !asBoolean(value)),
  ISPICKVAL: of(2, 2, (value = null, text = null) => asText(value) === asText(text)),
  TEXT: of(1, 1, (value = null) => asText(value)),
  VALUE: of(1, 1, (value = null) => {
    const parsed = Number(asText(value).trim());
    return asText(value).trim() === '' || Number.isNaN(parsed) ? null : parsed;
  }),
  ISBLANK: of(1, 1, (value = null) => isBlank(value)),
  ISNULL: of(1, 1, (value = null) => isBlank(value)),
  BLANKVALUE: of(2, 2, (value = null, other = null) => (isBlank(value) ? other : value)),
  NULLVALUE: of(2, 2, (value = null, other = null) => (isBlank(value) ? other : value)),
  CASE: of(2, 99, (expression = null, ...rest) => caseOf(expression, ...rest)),
  ROUND: of(2, 2, (value = null, digits = null) => round(value, digits)),
  ABS: numeric(Math.abs),
  CEILING: numeric(Math.ceil),
  FLOOR: numeric(Math.floor),
  SQRT: numeric(Math.sqrt),
  LN: numeric(Math.log),
  EXP: numeric(Math.exp),
  MAX: of(1, 99, (...values) => Math.max(...values.map(asNumber))),
  MIN: of(1, 99, (...values) => Math.min(...values.map(asNumber))),
  MOD: of(2, 2, (value = null, by = null) => {
    const divisor = asNumber(by);
    return divisor === 0 ? null : asNumber(value) - divisor * Math.floor(asNumber(value) / divisor);
  }),
  LEFT: of(2, 2, (value = null, count = null) =>
    asText(value).slice(0, Math.max(0, asNumber(count))),
  ),
  RIGHT: of(2, 2, (value = null, count = null) => {
    const size = Math.max(0, asNumber(count));
    return size === 0 ? '' : asText(value).slice(-size);
  }),
  MID: of(3, 3, (value = null, start = null, count = null) =>
    asText(value).slice(asNumber(start) - 1, asNumber(start) - 1 + asNumber(count)),
  ),
  LEN: of(1, 1, (value = null) => asText(value).length),
  UPPER: of(1, 2, (value = null) => asText(value).toUpperCase()),
  LOWER: of(1, 2, (value = null) => asText(value).toLowerCase()),
  TRIM: of(1, 1, (value = null) => asText(value).trim()),
  SUBSTITUTE: of(3, 3, (value = null, old = null, other = null) =>
    asText(value).replaceAll(asText(old), asText(other)),
  ),
  CONTAINS: of(2, 2, (value = null, part = null) => asText(value).includes(asText(part))),
  BEGINS: of(2, 2, (value = null, part = null) => asText(value).startsWith(asText(part))),
  INCLUDES: of(2, 2, (value = null, part = null) =>
    asText(value).split(';').includes(asText(part)),
  ),
  CASESAFEID: of(1, 1, (value = null) => asText(value)),
  BR: of(0, 0, () => '\n'),
  YEAR: calendar((date) => date.getUTCFullYear()),
  MONTH: calendar((date) => date.getUTCMonth() + 1),
  DAY: calendar((date) => date.getUTCDate()),
  WEEKDAY: calendar((date) => date.getUTCDay() + 1),
  DATE: of(3, 3, (year = null, month = null, day = null) => ({
    kind: 'date',
    ms: Date.UTC(asNumber(year), asNumber(month) - 1, asNumber(day)),
  })),
  DATEVALUE: of(1, 1, (value = null) => dateValue(value)),
  ADDMONTHS: of(2, 2, (value = null, months = null) => addMonths(value, asNumber(months))),
};

function addMonths(value: Value, months: number): Value {
  if (!isMoment(value)) return null;
  const from = new Date(value.ms);
  const last = new Date(
    Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months + 1, 0),
  ).getUTCDate();
  const at = Date.UTC(
    from.getUTCFullYear(),
    from.getUTCMonth() + months,
    Math.min(from.getUTCDate(), last),
  );
  return arithmetic('+', { kind: value.kind, ms: at }, (value.ms % DAY_MS) / DAY_MS);
}
