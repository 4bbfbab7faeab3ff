/**
 * Cells that no row stores: formula fields, activity flags, campaign totals, what a campaign
 * member copies from its person.
 */
import type { FieldDefinition, ObjectDefinition } from '../metadata/definition.ts';
import type { Cell, Row } from '../org-types.ts';
import { campaignTotal, memberField } from './campaign-fields.ts';
import { roundHalfUp } from './coerce.ts';
import { wholeSecond } from './core.ts';
import type { OrgCore } from './core.ts';
import { compileFormula } from './formula.ts';
import type { Formula, FormulaRecord } from './formula.ts';
import { asBoolean, asNumber, asText, isMoment } from './formula-value.ts';
import type { Value } from './formula-value.ts';

/** Formula fields may refer to each other this deep; a ring of them reads as null. */
const MAX_DEPTH = 10;
const formulas = new WeakMap<FieldDefinition, { source: string; formula: Formula }>();

function formulaOf(field: FieldDefinition): Formula {
  const source = field.formula ?? '';
  let known = formulas.get(field);
  if (known?.source !== source) {
    known = { source, formula: compileFormula(source) };
    formulas.set(field, known);
  }
  return known.formula;
}

type Computation = (core: OrgCore, row: Row) => Cell;

function openTasks(core: OrgCore, row: Row): Row[] {
  return core
    .rowsBy(core.must('Task'), 'WhatId', String(row['Id']))
    .filter((task) => task['IsClosed'] !== true);
}

function hasOpenActivity(core: OrgCore, row: Row): boolean {
  const nowMs = core.nowMs();
  return (
    openTasks(core, row).length > 0 ||
    core
      .rowsBy(core.must('Event'), 'WhatId', String(row['Id']))
      .some((event) => Number(event['EndDateTime'] ?? 0) > nowMs)
  );
}

function hasOverdueTask(core: OrgCore, row: Row): boolean {
  const today = new Date(core.nowMs()).toISOString().slice(0, 10);
  return openTasks(core, row).some(
    (task) => typeof task['ActivityDate'] === 'string' && task['ActivityDate'] < today,
  );
}

const COMPUTED: Readonly<Record<string, Readonly<Record<string, Computation>>>> = {
  Opportunity: { HasOpenActivity: hasOpenActivity, HasOverdueTask: hasOverdueTask },
  Campaign: Object.fromEntries(
    [
      'NumberOfLeads',
      'NumberOfConvertedLeads',
      'NumberOfContacts',
      'NumberOfResponses',
      'NumberOfOpportunities',
      'NumberOfWonOpportunities',
      'AmountAllOpportunities',
      'AmountWonOpportunities',
    ].map((name) => [name, campaignTotal(name)]),
  ),
  CampaignMember: Object.fromEntries(
    [
      'Salutation',
      'Name',
      'FirstName',
      'LastName',
      'Title',
      'Email',
      'Phone',
      'MobilePhone',
      'LeadSource',
      'CompanyOrAccount',
      'Type',
      'LeadOrContactId',
      'LeadOrContactOwnerId',
    ].map((name) => [name, memberField(name)]),
  ),
};

/** The stored row does not hold this field's value. */
export function isComputed(object: ObjectDefinition, field: FieldDefinition): boolean {
  return field.formula !== undefined || COMPUTED[object.name]?.[field.name] !== undefined;
}

/** A cell, computed when it is not stored. */
export function readCell(
  core: OrgCore,
  object: ObjectDefinition,
  row: Row,
  field: FieldDefinition,
  depth = 0,
): Cell {
  if (field.formula !== undefined)
    return depth > MAX_DEPTH
      ? null
      : cellOf(field, formulaOf(field).run(formulaRecord(core, object, row, null, depth + 1)));
  const computation = COMPUTED[object.name]?.[field.name];
  return computation
    ? computation(core, row)
    : (row[field.name] ?? (field.type === 'boolean' ? false : null));
}

export function cellOf(field: FieldDefinition, value: Value): Cell {
  switch (field.type) {
    case 'boolean':
      return asBoolean(value);
    case 'date':
      return isMoment(value) ? new Date(value.ms).toISOString().slice(0, 10) : null;
    case 'datetime':
      return isMoment(value) ? wholeSecond(value.ms) : null;
    case 'percent':
      return value === null ? null : roundHalfUp(asNumber(value) * 100, field.scale ?? 0);
    case 'double':
    case 'currency':
    case 'int':
      return value === null ? null : roundHalfUp(asNumber(value), field.scale ?? 0);
    default:
      return value === null || value === '' ? null : asText(value);
  }
}

function toValue(field: FieldDefinition, cell: Cell): Value {
  if (cell === null) return null;
  if (field.type === 'date' && typeof cell === 'string')
    return { kind: 'date', ms: Date.parse(cell) };
  if (field.type === 'datetime' && typeof cell === 'number') return { kind: 'datetime', ms: cell };
  // A percentage is stored as 60 and counts as 0.6 in formulas.
  return field.type === 'percent' && typeof cell === 'number' ? cell / 100 : cell;
}

/** A record as a formula sees it; `previous` is the row before the save, in validation rules. */
export function formulaRecord(
  core: OrgCore,
  object: ObjectDefinition,
  row: Row,
  previous: Row | null,
  depth: number,
): FormulaRecord {
  const follow = (from: Row, path: readonly string[]): Value => {
    const [name = '', ...rest] = path;
    if (rest.length === 0) {
      const field = core.schema.field(object, name);
      return field ? toValue(field, readCell(core, object, from, field, depth)) : null;
    }
    const link = object.fields.find(
      (field) => field.relationshipName?.toLowerCase() === name.toLowerCase(),
    );
    const parent =
      link && typeof from[link.name] === 'string' ? core.find(String(from[link.name])) : undefined;
    return parent
      ? formulaRecord(core, parent.object, parent.row, null, depth + 1).field(rest)
      : null;
  };
  return {
    field: (path) => follow(row, path),
    prior: (path) => follow(previous ?? row, path),
    isNew: previous === null,
    nowMs: core.nowMs(),
  };
}

/**
 * The first field of a formula that the object does not have, if any; parents are looked up
 * through each target of the link.
 */
export function unknownPath(
  core: OrgCore,
  object: ObjectDefinition,
  paths: readonly (readonly string[])[],
): string | undefined {
  const known = (at: ObjectDefinition, path: readonly string[]): boolean => {
    const [name = '', ...rest] = path;
    if (rest.length === 0) return core.schema.field(at, name) !== undefined;
    const link = at.fields.find(
      (field) => field.relationshipName?.toLowerCase() === name.toLowerCase(),
    );
    return (link?.referenceTo ?? []).some((target) => {
      const parent = core.schema.object(target);
      return parent !== undefined && known(parent, rest);
    });
  };
  return paths.find((path) => !known(object, path))?.join('.');
}
