/**
 * Making, changing, archiving and restoring records: checks first, then one new version
 * with its history and events.
 */
import { HubSpotError, objectNotFound, type PropertyFault, wrongValues } from '../model/errors.ts';
import { DEAL, ENGAGEMENTS, TASK } from '../model/object-types.ts';
import { instant } from '../model/text.ts';
import type { HubRecord, ObjectType, Source, Values } from '../model/types.ts';
import type { Portal } from '../portal.ts';
import { checkValue } from '../properties/value.ts';
import { dealValues } from './deal-values.ts';

export interface WriteContext {
  /** The stamp of the write. */
  atMs: number;
  source: Source;
  /** History being loaded: seen by search at once, heard by nobody. */
  loading?: boolean;
}

/** Checked values; null clears. */
export type Changes = Record<string, string | null>;

/**
 * Checks what a client sends for a record. All faults of a record come in one
 * error, as HubSpot reports them.
 */
export function checkChanges(
  portal: Portal,
  type: ObjectType,
  record: HubRecord | null,
  sent: Record<string, unknown>,
): Changes {
  const changes: Changes = {};
  const faults: PropertyFault[] = [];
  for (const [name, value] of Object.entries(sent)) {
    const property = portal.catalog.find(type, name);
    if (property === null) {
      faults.push({
        name,
        message: `Property "${name}" does not exist`,
        error: 'PROPERTY_DOESNT_EXIST',
      });
      continue;
    }
    const checked = checkValue(
      property,
      value,
      property.externalOptions ? portal.externalValues(name) : null,
    );
    if ('fault' in checked) faults.push(checked.fault);
    else changes[name] = checked.value;
  }
  if (type.id === DEAL) faults.push(...checkStage(portal, record?.values ?? {}, changes));
  if (faults.length > 0) throw wrongValues(portal.settings.portalId, faults);
  checkUnique(portal, type, record, changes);
  return changes;
}

/**
 * The stage must be one of the deal's pipeline; a stage alone picks the
 * default pipeline of a new deal.
 */
function checkStage(portal: Portal, before: Values, changes: Changes): PropertyFault[] {
  const stageId = changes['dealstage'] ?? null;
  if (stageId === null && changes['pipeline'] === undefined) return [];
  const pipelineId = changes['pipeline'] ?? before['pipeline'] ?? 'default';
  const effective = stageId ?? before['dealstage'];
  const pipeline = portal.pipelines.list().find((one) => one.id === pipelineId);
  const live = pipeline?.stages.filter((one) => !one.archived) ?? [];
  if (
    pipeline === undefined ||
    effective === undefined ||
    live.some((one) => one.id === effective)
  ) {
    if (before['pipeline'] === undefined && changes['pipeline'] === undefined)
      changes['pipeline'] = pipelineId;
    return [];
  }
  return [
    {
      name: 'dealstage',
      error: 'INVALID_OPTION',
      message: `${effective} was not one of the allowed options: [${live.map((one) => one.id).join(', ')}]`,
    },
  ];
}

function checkUnique(
  portal: Portal,
  type: ObjectType,
  record: HubRecord | null,
  changes: Changes,
): void {
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || portal.catalog.find(type, name)?.hasUniqueValue !== true) continue;
    const holder = portal.table(type).lookup(name, value);
    if (holder === null || holder.id === record?.id) continue;
    if (name === 'email' && record === null)
      throw new HubSpotError(409, 'CONFLICT', `Contact already exists. Existing ID: ${holder.id}`);
    const coordinates = `PropertyValueCoordinates{portalId=${portal.settings.portalId}, objectTypeId=ObjectTypeId{legacyObjectType=${type.name.toUpperCase()}}, propertyName=${name}, value=${value}}`;
    throw wrongValues(portal.settings.portalId, [
      {
        name,
        error: 'CONFLICTING_UNIQUE_VALUE',
        message: `Cannot set ${coordinates} on ${record?.id ?? 'null'}. ${holder.id} already has that value.`,
      },
    ]);
  }
}

/** What a new record must have. */
export function checkRequired(type: ObjectType, changes: Changes): void {
  const required = ENGAGEMENTS.includes(type.id)
    ? ['hs_timestamp']
    : (type.custom?.requiredProperties ?? []);
  const missing = required.filter((name) => (changes[name] ?? null) === null);
  if (missing.length > 0)
    throw new HubSpotError(
      400,
      'VALIDATION_ERROR',
      `Error creating ${type.name.toUpperCase()}. Some required properties were not set.`,
      { context: { properties: missing } },
    );
}

/** Makes a record out of checked values. */
export function createRecord(
  portal: Portal,
  type: ObjectType,
  changes: Changes,
  context: WriteContext,
): HubRecord {
  const number = portal.newNumber();
  const stamp = instant(context.atMs);
  const base: Record<string, string> = {
    hs_object_id: String(number),
    hs_createdate: stamp,
    ...('createdate' in changes || !hasCreateDate(portal, type) ? {} : { createdate: stamp }),
    hs_object_source: context.source.sourceType,
    ...(context.source.sourceId === null ? {} : { hs_object_source_id: context.source.sourceId }),
  };
  const values = settle(portal, type, null, apply(base, changes), context);
  const record: HubRecord = {
    id: String(number),
    number,
    values,
    createdMs: context.atMs,
    updatedMs: context.atMs,
    archivedMs: null,
    origin: context.source,
  };
  portal.table(type).put(record, context.loading ? null : portal.visibleAtMs());
  if (!context.loading) {
    portal.announce({
      kind: 'creation',
      atMs: context.atMs,
      typeId: type.id,
      id: record.id,
      source: context.source,
    });
    for (const [name, value] of Object.entries(changes))
      if (value !== null)
        portal.announce({
          kind: 'propertyChange',
          atMs: context.atMs,
          typeId: type.id,
          id: record.id,
          source: context.source,
          property: name,
          value,
        });
  }
  return record;
}

const hasCreateDate = (portal: Portal, type: ObjectType): boolean =>
  portal.catalog.find(type, 'createdate') !== null;

/**
 * The next version of a record with checked values; the stamp moves even when
 * every value was there already.
 */
export function updateRecord(
  portal: Portal,
  type: ObjectType,
  record: HubRecord,
  changes: Changes,
  context: WriteContext,
): HubRecord {
  const values = settle(portal, type, record.values, apply(record.values, changes), context);
  const table = portal.table(type);
  const calculated: Source = { sourceType: 'CALCULATED', sourceId: null, userId: null };
  for (const name of changedNames(record.values, values)) {
    if (name === type.modifiedProperty || name === 'hs_lastmodifieddate') continue;
    const source = name in changes ? context.source : calculated;
    table.remember(record, name, { value: values[name] ?? '', atMs: context.atMs, source });
    if (!context.loading)
      portal.announce({
        kind: 'propertyChange',
        atMs: context.atMs,
        typeId: type.id,
        id: record.id,
        source,
        property: name,
        value: values[name] ?? '',
      });
  }
  const next: HubRecord = { ...record, values, updatedMs: context.atMs };
  table.put(next, context.loading ? null : portal.visibleAtMs());
  runWorkflows(portal, type, next, changes, context);
  return next;
}

/** They run after the answer, which therefore still shows what the client sent. */
function runWorkflows(
  portal: Portal,
  type: ObjectType,
  record: HubRecord,
  changes: Changes,
  context: WriteContext,
): void {
  if (context.loading || context.source.sourceType === 'AUTOMATION_PLATFORM') return;
  const due = portal.workflows.filter((one) => one.typeId === type.id && one.when in changes);
  if (due.length === 0) return;
  updateRecord(portal, type, record, Object.fromEntries(due.map((one) => [one.set, one.to])), {
    ...context,
    source: { sourceType: 'AUTOMATION_PLATFORM', sourceId: null, userId: null },
  });
}

export function archiveRecord(
  portal: Portal,
  type: ObjectType,
  record: HubRecord,
  context: WriteContext,
): void {
  portal.table(type).put(
    {
      ...record,
      archivedMs: context.atMs,
      updatedMs: context.atMs,
      values: stamped(type, record.values, context.atMs),
    },
    context.loading ? null : portal.visibleAtMs(),
  );
  if (!context.loading)
    portal.announce({
      kind: 'deletion',
      atMs: context.atMs,
      typeId: type.id,
      id: record.id,
      source: context.source,
    });
}

/**
 * Deletes a record for good, archived or not (a privacy request, the end of the archive's 90 days);
 * its associations go with it.
 */
export function purgeRecord(portal: Portal, type: ObjectType, record: HubRecord): void {
  portal.table(type).purge(record.id, portal.visibleAtMs());
  portal.links.drop(type.id, record.id);
}

/**
 * Deletes a contact for good on a person's request, which is announced as a deletion and as what it
 * is (https://developers.hubspot.com/changelog/now-live-webhooks-now-support-privacy-compliant-contact-deletions).
 */
export function deleteForPrivacy(
  portal: Portal,
  type: ObjectType,
  record: HubRecord,
  context: WriteContext,
): void {
  purgeRecord(portal, type, record);
  for (const kind of ['deletion', 'privacyDeletion'] as const)
    portal.announce({
      ...{ kind, atMs: context.atMs, typeId: type.id, id: record.id, source: context.source },
    });
}

export function restoreRecord(
  portal: Portal,
  type: ObjectType,
  record: HubRecord,
  context: WriteContext,
): void {
  portal.table(type).put(
    {
      ...record,
      archivedMs: null,
      updatedMs: context.atMs,
      values: stamped(type, record.values, context.atMs),
    },
    context.loading ? null : portal.visibleAtMs(),
  );
  if (!context.loading)
    portal.announce({
      kind: 'restore',
      atMs: context.atMs,
      typeId: type.id,
      id: record.id,
      source: context.source,
    });
}

/** A live record by id. Throws 404 for archived, merged-away and unknown ones. */
export function liveRecord(portal: Portal, type: ObjectType, id: string): HubRecord {
  const record = portal.table(type).get(id);
  if (record === null || record.archivedMs !== null) throw objectNotFound();
  return record;
}

function apply(before: Values, changes: Changes): Record<string, string> {
  const values: Record<string, string> = { ...before };
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete values[name];
    else values[name] = value;
  }
  return values;
}

/** Adds what HubSpot sets by itself: calculated values and the stamp. */
function settle(
  portal: Portal,
  type: ObjectType,
  before: Values | null,
  after: Record<string, string>,
  context: WriteContext,
): Values {
  if (
    after['hubspot_owner_id'] !== before?.['hubspot_owner_id'] &&
    after['hubspot_owner_id'] !== undefined
  )
    after['hubspot_owner_assigneddate'] = instant(context.atMs);
  // Who made a record is said once, by the system.
  if (before === null && context.source.userId !== undefined && context.source.userId !== null)
    after['hs_created_by_user_id'] ??= String(context.source.userId);
  if (type.id === TASK)
    after['hs_task_completion_date'] =
      after['hs_task_status'] === 'COMPLETED'
        ? (before?.['hs_task_completion_date'] ?? instant(context.atMs))
        : '';
  if (after['hs_task_completion_date'] === '') delete after['hs_task_completion_date'];
  const settled =
    type.id === DEAL
      ? apply(after, dealValues(portal.settings, portal.pipelines, before, after, context.atMs))
      : after;
  return stamped(type, settled, context.atMs);
}

function stamped(type: ObjectType, values: Values, atMs: number): Values {
  return { ...values, [type.modifiedProperty]: instant(atMs) };
}

function changedNames(before: Values, after: Values): string[] {
  const names = Object.keys(after).filter((name) => after[name] !== before[name]);
  for (const name of Object.keys(before)) if (!(name in after)) names.push(name);
  return names;
}
