/** A cell of a record page, in the way its type asks for and in the reader's locale. */
import type { FieldDefinition } from '../metadata/definition.ts';
import { escapeXml } from '../metadata-api/xml.ts';
import type { Cell } from '../org-types.ts';
import type { SandboxOrg } from '../org.ts';

/**
 * Whole numbers whose digits are a name or a place and no amount: `2026` is not `2,026`. An org has
 * no mark for them, so they are known by name; numbers of its own it groups, whatever they mean.
 */
const UNGROUPED = new Set([
  ...['FiscalYear', 'FiscalQuarter', 'FiscalYearStartMonth', 'SortOrder', 'Rank'],
  ...['RecurrenceDayOfWeekMask', 'RecurrenceDayOfMonth', 'RecurrenceInterval', 'DecimalPlaces'],
]);

export function cellText(
  { org, locale, currency }: { org: SandboxOrg; locale: string; currency: string },
  field: FieldDefinition,
  value: Cell,
): string {
  if (typeof value === 'boolean') return value ? '☑' : '☐';
  if (field.type === 'datetime' && typeof value === 'number') return momentText(value);
  if (typeof value === 'number') return escapeXml(numberText(field, value, locale, currency));
  const target = field.type === 'reference' ? org.find(String(value)) : undefined;
  if (target === undefined) return `<bdi>${escapeXml(String(value))}</bdi>`;
  const name = escapeXml(String(target.row.Name ?? value));
  return `<a href="/record/${encodeURIComponent(String(value))}"><bdi>${name}</bdi></a>`;
}

/** To the minute, in UTC. */
export const momentText = (ms: number): string =>
  new Date(ms).toISOString().slice(0, 16).replace('T', ' ');

/** Of a number whose definition names none. */
const DECIMALS = 6;

/** The decimals of the field are for pages: the API keeps what it was given. */
export function numberText(
  { name, type, scale }: Pick<FieldDefinition, 'name' | 'type' | 'scale'>,
  value: number,
  locale: string,
  currency: string,
): string {
  const options = { maximumFractionDigits: scale ?? DECIMALS, useGrouping: !UNGROUPED.has(name) };
  const plain = (style: Intl.NumberFormatOptions = {}): string =>
    new Intl.NumberFormat(locale, { ...options, ...style }).format(value);
  if (type === 'percent') return `${plain()}%`;
  if (type === 'currency' && /^[A-Z]{3}$/.test(currency))
    return plain({ style: 'currency', currency, minimumFractionDigits: scale ?? 0 });
  return plain();
}
