/**
 * OpportunityHistory: a row on creation and whenever stage, amount, probability or close date
 * change. OpportunityFieldHistory: a row a tracked field.
 */
import type { FieldDefinition } from '../metadata/definition.ts';
import type { Cell, Row } from '../org-types.ts';
import { DEFAULT_TRACKED } from './core.ts';
import type { OrgCore } from './core.ts';
import { changes } from './saving.ts';
import type { Saving } from './saving.ts';

const WATCHED = ['StageName', 'Amount', 'Probability', 'CloseDate', 'ForecastCategory'] as const;

/**
 * Both kinds of history for a save of an opportunity; `row` already holds the new values,
 * `saving.previous` the old ones.
 */
export function writeHistory(saving: Saving, row: Row): void {
  if (saving.previous === null || WATCHED.some((name) => changes(saving, name)))
    writeStageHistory(saving, row);
  const tracked = saving.core.options.trackedFields ?? DEFAULT_TRACKED;
  if (tracked.length === 0) return;
  if (saving.previous === null) fieldHistory(saving, row, 'created', null, null, null);
  else for (const name of tracked) if (changes(saving, name)) writeFieldChange(saving, row, name);
}

function writeStageHistory(saving: Saving, row: Row): void {
  const { core, previous, atMs } = saving;
  const object = core.must('OpportunityHistory');
  const id = core.ids.next(object.keyPrefix);
  // Written as one literal: millions of these rows share one shape.
  const entry: Row = {
    Id: id,
    OpportunityId: row['Id'] ?? null,
    CreatedById: saving.user.id,
    CreatedDate: atMs,
    StageName: row['StageName'] ?? null,
    Amount: row['Amount'] ?? null,
    ExpectedRevenue: row['ExpectedRevenue'] ?? null,
    CloseDate: row['CloseDate'] ?? null,
    Probability: row['Probability'] ?? null,
    ForecastCategory: row['ForecastCategory'] ?? null,
    SystemModstamp: atMs,
    IsDeleted: false,
    PrevAmount: previous?.['Amount'] ?? null,
    PrevCloseDate: previous?.['CloseDate'] ?? null,
  };
  if (row['CurrencyIsoCode'] !== undefined) entry['CurrencyIsoCode'] = row['CurrencyIsoCode'];
  core.storage.insert(object, entry);
  if (previous === null) return;
  const latest: Row = {};
  if (changes(saving, 'Amount')) latest['LastAmountChangedHistoryId'] = id;
  if (changes(saving, 'CloseDate')) latest['LastCloseDateChangedHistoryId'] = id;
  if (Object.keys(latest).length > 0) core.storage.patch(saving.object, row, latest);
}

const DATA_TYPES: Partial<Record<FieldDefinition['type'], string>> = {
  currency: 'Currency',
  date: 'DateOnly',
  datetime: 'DateTime',
  double: 'Double',
  int: 'Double',
  percent: 'Percent',
  picklist: 'DynamicEnum',
  boolean: 'Boolean',
};

/** A changed lookup is kept twice, as Salesforce does: once by name and once by id. */
function writeFieldChange(saving: Saving, row: Row, name: string): void {
  const field = saving.core.schema.field(saving.object, name);
  if (!field) return;
  const before = saving.previous?.[field.name] ?? null;
  const now = row[field.name] ?? null;
  const label = field.type === 'reference' ? field.name.replace(/Id$/, '') : field.name;
  if (field.type !== 'reference')
    return fieldHistory(saving, row, label, DATA_TYPES[field.type] ?? 'Text', before, now);
  fieldHistory(saving, row, label, 'Text', nameOf(saving.core, before), nameOf(saving.core, now));
  fieldHistory(saving, row, label, 'EntityId', before, now);
}

function nameOf(core: OrgCore, id: Cell): Cell {
  return typeof id === 'string' ? (core.find(id)?.row['Name'] ?? null) : null;
}

function fieldHistory(
  saving: Saving,
  row: Row,
  name: string,
  dataType: string | null,
  before: Cell,
  now: Cell,
): void {
  const { core } = saving;
  const parent = saving.object.name;
  const object = core.must(
    parent === 'Opportunity' ? 'OpportunityFieldHistory' : `${parent}History`,
  );
  core.storage.insert(object, {
    Id: core.ids.next(object.keyPrefix),
    IsDeleted: false,
    [`${parent}Id`]: row['Id'] ?? null,
    CreatedById: saving.user.id,
    CreatedDate: saving.atMs,
    Field: name,
    DataType: dataType,
    OldValue: before,
    NewValue: now,
  });
}

/**
 * Tracked changes of an account, contact or lead; nothing unless the admin
 * tracks some of its fields.
 */
export function writeRecordHistory(saving: Saving, row: Row): void {
  const tracked = saving.core.options.tracked?.[saving.object.name] ?? [];
  if (tracked.length === 0) return;
  if (saving.previous === null) fieldHistory(saving, row, 'created', null, null, null);
  else for (const name of tracked) if (changes(saving, name)) writeFieldChange(saving, row, name);
}
