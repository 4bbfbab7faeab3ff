/** Records in the form of replies. */
import { COMPANY, CONTACT, DEAL } from '../model/object-types.ts';
import { instant } from '../model/text.ts';
import type { HubRecord, ObjectType, Values } from '../model/types.ts';
import type { Portal } from '../portal.ts';
import { associationsOf } from './render-links.ts';

export interface RenderAsk {
  properties: readonly string[];
  history?: readonly string[];
  associations?: readonly ObjectType[];
}

/** Properties that come when none are asked for. */
const STANDARD: Record<string, readonly string[]> = {
  [CONTACT]: ['createdate', 'email', 'firstname', 'hs_object_id', 'lastmodifieddate', 'lastname'],
  [COMPANY]: ['createdate', 'domain', 'hs_lastmodifieddate', 'hs_object_id', 'name'],
  [DEAL]: [
    'amount',
    'closedate',
    'createdate',
    'dealname',
    'dealstage',
    'hs_lastmodifieddate',
    'hs_object_id',
    'pipeline',
  ],
};

/**
 * One record with the properties asked for (unset ones null, unknown ones left out)
 * beside those that always come.
 */
export function renderRecord(
  portal: Portal,
  type: ObjectType,
  record: HubRecord,
  ask: RenderAsk,
): Record<string, unknown> {
  const always =
    ask.properties.length > 0
      ? [
          'hs_object_id',
          type.modifiedProperty,
          portal.catalog.find(type, 'createdate') === null ? 'hs_createdate' : 'createdate',
        ]
      : [];
  const names =
    ask.properties.length > 0
      ? [...always, ...ask.properties]
      : (STANDARD[type.id] ?? ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id']);
  const properties: Record<string, string | null> = {};
  for (const name of names)
    if (portal.catalog.find(type, name) !== null)
      properties[name] = valueOf(portal, type, record, name);
  return {
    ...frame(portal, type, record, properties),
    ...historyOf(portal, type, record, ask.history),
    ...(ask.associations?.length
      ? { associations: associationsOf(portal, type, record, ask.associations) }
      : {}),
  };
}

/** A record after a write: everything that is set. */
export function renderWritten(
  portal: Portal,
  type: ObjectType,
  record: HubRecord,
): Record<string, unknown> {
  return frame(portal, type, record, record.values);
}

function frame(
  portal: Portal,
  type: ObjectType,
  record: HubRecord,
  properties: Values | Record<string, string | null>,
): Record<string, unknown> {
  return {
    id: record.id,
    properties,
    createdAt: instant(record.createdMs),
    updatedAt: instant(record.updatedMs),
    archived: record.archivedMs !== null,
    ...(record.archivedMs === null ? {} : { archivedAt: instant(record.archivedMs) }),
    url: `https://app.hubspot.com/contacts/${portal.settings.portalId}/record/${type.id}/${record.id}`,
  };
}

function historyOf(
  portal: Portal,
  type: ObjectType,
  record: HubRecord,
  names: readonly string[] | undefined,
): { propertiesWithHistory?: Record<string, unknown[]> } {
  if (!names?.length) return {};
  const all: Record<string, unknown[]> = {};
  for (const name of names) {
    if (portal.catalog.find(type, name) === null) continue;
    const versions = portal
      .table(type)
      .history(record, name)
      .slice(0, portal.settings.switches.historyVersions);
    all[name] = versions.map(({ value, atMs, source }) => ({
      value,
      timestamp: instant(atMs),
      sourceType: source.sourceType,
      ...(source.sourceId === null ? {} : { sourceId: source.sourceId }),
      ...(source.userId === null ? {} : { updatedByUserId: source.userId }),
    }));
  }
  return { propertiesWithHistory: all };
}

/**
 * A value as it reads now. Counts of associations are made when they are read:
 * they change without a stamp.
 */
export function valueOf(
  portal: Portal,
  type: ObjectType,
  record: HubRecord,
  name: string,
): string | null {
  return COUNTED[name]?.(portal, type, record) ?? record.values[name] ?? null;
}

type Count = (portal: Portal, type: ObjectType, record: HubRecord) => string | null;

const count =
  (toTypeId: string): Count =>
  (portal, type, record) =>
    String(portal.links.of(type.id, record.id, toTypeId).length);
const linkedAs =
  (toTypeId: string, label: string): Count =>
  (portal, type, record) =>
    portal.links
      .of(type.id, record.id, toTypeId)
      .find((link) =>
        link.types.some((kind) => kind.label === label && kind.category === 'HUBSPOT_DEFINED'),
      )?.toId ?? null;

const COUNTED: Record<string, Count> = {
  num_associated_contacts: count(CONTACT),
  num_associated_deals: count(DEAL),
  associatedcompanyid: linkedAs(COMPANY, 'Primary'),
  hs_parent_company_id: linkedAs(COMPANY, 'Parent Company'),
  hs_num_child_companies: (portal, type, record) =>
    String(
      portal.links
        .of(type.id, record.id, COMPANY)
        .filter((link) => link.types.some((kind) => kind.label === 'Child Company')).length,
    ),
};
