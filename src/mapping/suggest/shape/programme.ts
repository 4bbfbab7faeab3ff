import { median } from './column.ts';
import { comesFirst, comesLater, otherDays, type Judge } from './view.ts';
import { currency, kind, name, state, title } from './words.ts';

/** Shapes of what a partner programme keeps: certificates, payments, signals, campaigns. */

const NEARLY_ALL = 0.8;

const first: Judge = (view) =>
  view.column.filled === 0 ? 0 : comesFirst(view) ? 1 : comesLater(view) ? -1 : 0.7;
const later: Judge = (view) =>
  view.column.filled === 0 ? 0 : otherDays(view).length > 0 && comesLater(view) ? 1 : -0.5;
const always: Judge = ({ column: { filled } }) =>
  filled >= NEARLY_ALL ? 0.9 : filled > 0 ? -0.3 : 0;
const amount: Judge = (view) => {
  const { numbers, filled } = view.column;
  return numbers.length === 0
    ? 0
    : filled < NEARLY_ALL
      ? -0.3
      : view.field.type === 'money' || Math.abs(median(numbers)) >= 50
        ? 1
        : 0.4;
};

export const CERTIFICATION_SHAPES: Record<string, Judge> = {
  name: title,
  issuedOn: first,
  expiresOn: later,
};
export const COST_SHAPES: Record<string, Judge> = { kind, amount, currency, at: always };
export const SIGNAL_SHAPES: Record<string, Judge> = { kind, at: always, value: always };
export const CAMPAIGN_SHAPES: Record<string, Judge> = { name, cost: amount, startOn: first };
export const QUOTE_SHAPES: Record<string, Judge> = { state, at: always, amount, currency };
