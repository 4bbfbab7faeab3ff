import { inOrder, isDay, isNumber, median } from './column.ts';
import { column, comesFirst, comesLater, otherDays, type Judge, type View } from './view.ts';
import { name, metric, side, state, targetLabel, title } from './words.ts';
import { DAY_MS } from '../../../model/time.ts';

/** Shapes of a joint plan's fields. */

const NEARLY_ALL = 0.8;
const ALWAYS = 0.9;
/** Weights of one plan come to about one, or to a hundred. */
const WHOLES = [1, 100];
const ABOUT = 0.06;
/** Share of the plans whose weights come to a whole. */
const MOST_PLANS = 0.7;
const MONTH_DAYS = 27;

/** Sums a column by the record above; null without one. */
function sums(view: View): number[] {
  const { parent } = view;
  if (parent === null) return [];
  const sum = new Map<string, number>();
  view.column.cells.forEach((value, row) => {
    const above = parent.cells[row];
    if (above !== null && above !== undefined)
      sum.set(String(above), (sum.get(String(above)) ?? 0) + Number(value ?? 0));
  });
  return [...sum.values()];
}

function isShare(view: View): boolean {
  const whole = sums(view);
  return (
    whole.length > 0 &&
    whole.filter((sum) => WHOLES.some((one) => Math.abs(sum - one) <= one * ABOUT)).length >=
      whole.length * MOST_PLANS
  );
}

const weight: Judge = (view) => {
  const { numbers, filled } = view.column;
  if (numbers.length === 0) return 0;
  if (Math.max(...numbers) > 100 || Math.min(...numbers) < 0) return -1;
  return isShare(view) ? 1 : numbers.every((value) => value <= 1) && filled > 0.5 ? 0.5 : 0;
};
const goal: Judge = (view) =>
  view.column.numbers.length === 0
    ? 0
    : view.column.filled < NEARLY_ALL
      ? -1
      : isShare(view)
        ? -0.3
        : 0.9;
const above: Judge = ({ column: { filled, numbers } }) =>
  numbers.length === 0 ? 0 : filled >= NEARLY_ALL ? -1 : median(numbers) > 100 ? 0.8 : 0;

/** Days from the one to the other in the middle of the rows. */
function span(view: View, later: boolean): number {
  const days = otherDays(view).flatMap((other) =>
    view.column.cells.flatMap((value, row) => {
      const end = other.cells[row];
      if (value === null || end === null || end === undefined) return [];
      const apart = (Date.parse(String(end)) - Date.parse(String(value))) / DAY_MS;
      return [later ? -apart : apart];
    }),
  );
  return median(days);
}
const start: Judge = (view) =>
  view.column.filled < ALWAYS ? -0.5 : comesFirst(view) && span(view, false) >= MONTH_DAYS ? 1 : 0;
const end: Judge = (view) =>
  view.column.filled < ALWAYS ? -0.5 : comesLater(view) && span(view, true) >= MONTH_DAYS ? 1 : 0;

const due: Judge = (view) => {
  const fuller = otherDays(view).some(({ filled }) => filled > view.column.filled);
  return view.column.filled < 0.5 ? -1 : fuller ? -0.5 : 0.9;
};
const done: Judge = (view) =>
  view.column.filled === 0
    ? 0
    : otherDays(view).some(({ filled }) => filled > view.column.filled)
      ? 1
      : -0.5;

export const PLAN_SHAPES: Record<string, Judge> = {
  name,
  startOn: start,
  endOn: end,
  status: state,
};
export const TARGET_SHAPES: Record<string, Judge> = {
  side,
  metric,
  goal,
  weight,
  above,
  label: targetLabel,
};
export const MILESTONE_SHAPES: Record<string, Judge> = {
  label: title,
  side,
  dueOn: due,
  doneOn: done,
};

/** Of an object: has it two days that frame a period? */
export const framesPeriods = (view: Pick<View, 'evidence' | 'object'>): boolean => {
  const days = view.object.fields
    .filter((field) => field.custom && isDay(field))
    .map((field) => column(view, field))
    .filter(({ filled }) => filled >= ALWAYS);
  return days.some((a) => days.some((b) => a !== b && (inOrder(a, b) ?? 0) >= ALWAYS));
};

/** Own numbers of an object that nearly every row has. */
export const steadyNumbers = (view: Pick<View, 'evidence' | 'object'>): number[][] =>
  view.object.fields
    .filter((field) => field.custom && isNumber(field))
    .map((field) => column(view, field))
    .filter(({ filled }) => filled >= NEARLY_ALL)
    .map(({ numbers }) => numbers);
