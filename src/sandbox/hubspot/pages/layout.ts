/** A record's properties as "View all properties" lays them out: by group, in their order. */
import type { HubRecord, ObjectType, PropertyDefinition, PropertyGroup } from '../model/types.ts';
import type { Portal } from '../portal.ts';

export interface ShownGroup {
  label: string;
  rows: { label: string; text: string }[];
}

/** -1 stands for "after all others" in HubSpot's orders. */
const LAST = Number.MAX_SAFE_INTEGER;
const place = ({ displayOrder }: { displayOrder: number }): number =>
  displayOrder < 0 ? LAST : displayOrder;
const inOrder = <T extends { displayOrder: number }>(all: readonly T[]): T[] =>
  [...all].sort((a, b) => place(a) - place(b));

export function groupsOf(portal: Portal, type: ObjectType, record: HubRecord): ShownGroup[] {
  const currency = record.values.deal_currency_code || portal.settings.companyCurrency;
  const properties = inOrder(portal.catalog.list(type, false).filter(({ hidden }) => !hidden));
  const rowsOf = ({ name }: PropertyGroup): ShownGroup['rows'] =>
    properties.flatMap((property) => {
      const value = property.groupName === name ? (record.values[property.name] ?? '') : '';
      return value === ''
        ? []
        : [{ label: property.label, text: shown(portal, property, value, currency) }];
    });
  return inOrder(portal.catalog.groups(type))
    .map((group) => ({ label: group.label, rows: rowsOf(group) }))
    .filter(({ rows }) => rows.length > 0);
}

/** A value in the words that the pages of HubSpot use. */
function shown(
  portal: Portal,
  property: PropertyDefinition,
  value: string,
  currency: string,
): string {
  const { name, type, options } = property;
  if (name === 'hubspot_owner_id') return ownerName(portal, value);
  const inOthers = labelElsewhere(portal, name, value);
  if (inOthers !== null) return inOthers;
  if (type === 'bool') return value === 'true' ? 'Yes' : 'No';
  if (type === 'enumeration')
    return value
      .split(';')
      .map((one) => options.find((option) => option.value === one)?.label ?? one)
      .join('; ');
  if (type === 'number') return numberText(property, Number(value), currency);
  if (type === 'date' || type === 'datetime') return momentText(value, type);
  return value;
}

const DECIMALS = 6;
const MINUTE_MS = 60_000;

/** By its display hint, which a property without one has as "formatted". */
function numberText(property: PropertyDefinition, value: number, currency: string): string {
  const { numberDisplayHint: hint, showCurrencySymbol } = property;
  if (hint === 'unformatted') return String(value);
  const text = (style: Intl.NumberFormatOptions = {}): string =>
    value.toLocaleString('en', { maximumFractionDigits: DECIMALS, ...style });
  if (hint === 'percentage' || hint === 'probability') return text({ style: 'percent' });
  if (hint === 'duration') return `${(value / MINUTE_MS).toFixed(1)} minutes`;
  if (hint === 'currency' || showCurrencySymbol === true)
    return text({ style: 'currency', currency, maximumFractionDigits: 2 });
  return text();
}

function ownerName(portal: Portal, id: string): string {
  const owner = portal.owners.get(id);
  return owner === undefined ? id : `${owner.firstName} ${owner.lastName}`;
}

/** Pipelines and stages keep their labels beside the property. */
function labelElsewhere(portal: Portal, name: string, value: string): string | null {
  const pipelines = portal.pipelines.list();
  if (name === 'pipeline') return pipelines.find(({ id }) => id === value)?.label ?? null;
  if (name !== 'dealstage') return null;
  const stages = pipelines.flatMap((pipeline) => pipeline.stages);
  return stages.find(({ id }) => id === value)?.label ?? null;
}

/** Moments are kept as epoch milliseconds or as ISO text. */
function momentText(value: string, type: 'date' | 'datetime'): string {
  const ms = /^-?\d+$/.test(value) ? Number(value) : Date.parse(value);
  if (Number.isNaN(ms)) return value;
  const iso = new Date(ms).toISOString();
  return type === 'date' ? iso.slice(0, 10) : iso.slice(0, 16).replace('T', ' ');
}
