import type { FieldDefinition } from '../../../src/sandbox/salesforce/metadata/definition.ts';
import type { Cell, Row, SaveResult } from '../../../src/sandbox/salesforce/org-types.ts';
import type { SandboxOrg } from '../../../src/sandbox/salesforce/org.ts';
import { seedSalesforce } from '../../../src/sandbox/salesforce/seed.ts';
import type { Seeder } from '../../../src/sandbox/seed.ts';
import { openWorld } from '../../../src/sandbox/world/open-world.ts';

/**
 * The generated channel in an org whose admin chose other names: copies of all own objects and
 * fields under those names, the first ones out of sight.
 */

/**
 * Own name -> what this org calls it. Objects first, then `Object.Field`. Values of
 * picklists by `Object.Field` too.
 */
export interface Vocabulary {
  objects: Record<
    string,
    { name: string; label: string; fields: Record<string, [name: string, label: string]> }
  >;
  /** Fields added to standard objects. */
  standard: Record<string, Record<string, [name: string, label: string]>>;
  values: Record<string, Record<string, string>>;
  /** Other things of this org, made last. */
  extra?: (org: SandboxOrg, grant: (object: string, field: string) => void) => void;
}

function must(result: SaveResult, what: string): string {
  if (!result.ok) throw new Error(`${what}: ${JSON.stringify(result.faults)}`);
  return result.id;
}

export const liveRows = (org: SandboxOrg, object: string): Row[] =>
  [...org.table(object).values()].filter((row) => row['IsDeleted'] !== true);

/** A picklist keeps its own values; renamed values replace them. */
function renamedField(
  definition: FieldDefinition,
  [name, label]: [string, string],
  values: Record<string, string> | undefined,
  objects: Vocabulary['objects'],
): FieldDefinition {
  const copy = structuredClone(definition);
  const picklist = copy.picklist?.map((option) => ({
    ...option,
    value: values?.[option.value] ?? option.value,
    label: values?.[option.value] ?? option.label,
  }));
  const childRelationshipName =
    copy.childRelationshipName === undefined
      ? undefined
      : `Of_${name.replace(/__c$/, '')}_${label.length}`;
  return {
    ...copy,
    name,
    label,
    ...(picklist ? { picklist } : {}),
    ...(copy.referenceTo
      ? {
          referenceTo: copy.referenceTo.map((target) => objects[target]?.name ?? target),
          relationshipName: undefined,
          childRelationshipName,
        }
      : {}),
  };
}

export function renamedSeeder(vocabulary: Vocabulary): Seeder {
  return async (org, options, nowMs) => {
    const world = await openWorld(options, nowMs);
    if (world === null) throw new Error('a renamed org needs a world');
    const seeded = seedSalesforce(org, world);
    const setId = must(
      org.insert(org.admin, 'PermissionSet', { Name: 'Renamed', Label: 'Renamed' }),
      'permission set',
    );
    const grant = (object: string, field: string): void =>
      org.grantField(setId, object, field, { edit: true });
    const ids = new Map<Cell, string>();
    for (const [from, to] of Object.entries(vocabulary.objects))
      copyObject(org, from, to, vocabulary, ids, setId, grant);
    for (const [object, fields] of Object.entries(vocabulary.standard))
      copyFields(org, object, fields, vocabulary, grant);
    vocabulary.extra?.(org, grant);
    return { ...seeded, permissionSetIds: [setId] };
  };
}

function copyObject(
  org: SandboxOrg,
  from: string,
  to: Vocabulary['objects'][string],
  vocabulary: Vocabulary,
  ids: Map<Cell, string>,
  setId: string,
  grant: (object: string, field: string) => void,
): void {
  const old = org.object(from);
  if (old === undefined) throw new Error(`no object ${from}`);
  const renamed = (field: FieldDefinition): [string, string] =>
    to.fields[field.name] ?? [field.name, field.label];
  const fields = old.fields
    .filter((field) => field.custom || field.nameField)
    .map((field) =>
      renamedField(
        field,
        field.nameField ? ['Name', `${to.label} Name`] : renamed(field),
        vocabulary.values[`${from}.${field.name}`],
        vocabulary.objects,
      ),
    );
  must(
    org.createObject({
      ...structuredClone(old),
      name: to.name,
      label: to.label,
      labelPlural: `${to.label}s`,
      keyPrefix: '',
      fields,
    }),
    to.name,
  );
  org.grantObject(setId, to.name);
  for (const field of fields)
    if (
      !field.nameField &&
      org.object(to.name)?.fields.find(({ name }) => name === field.name)?.permissionable
    )
      grant(to.name, field.name);
  for (const row of liveRows(org, from)) {
    const values: Row = { Name: row['Name'] ?? null };
    for (const field of old.fields.filter(({ custom }) => custom)) {
      const value = row[field.name] ?? null;
      values[renamed(field)[0]] =
        ids.get(value) ?? vocabulary.values[`${from}.${field.name}`]?.[String(value)] ?? value;
    }
    ids.set(
      row['Id'] ?? null,
      must(
        org.insert(org.admin, to.name, values, { seeding: true, atMs: Number(row['CreatedDate']) }),
        to.name,
      ),
    );
  }
}

function copyFields(
  org: SandboxOrg,
  object: string,
  fields: Record<string, [string, string]>,
  vocabulary: Vocabulary,
  grant: (object: string, field: string) => void,
): void {
  for (const [from, to] of Object.entries(fields)) {
    const old = org.object(object)?.fields.find(({ name }) => name === from);
    if (old === undefined) throw new Error(`no field ${object}.${from}`);
    must(
      org.createField(
        object,
        renamedField(old, to, vocabulary.values[`${object}.${from}`], vocabulary.objects),
      ),
      to[0],
    );
    grant(object, to[0]);
  }
  for (const row of liveRows(org, object)) {
    const values: Row = {};
    for (const [from, to] of Object.entries(fields))
      if ((row[from] ?? null) !== null)
        values[to[0]] =
          vocabulary.values[`${object}.${from}`]?.[String(row[from])] ?? row[from] ?? null;
    if (Object.keys(values).length > 0)
      must(
        org.update(org.admin, object, String(row['Id']), values, {
          seeding: true,
          atMs: Number(row['LastModifiedDate']),
        }),
        object,
      );
  }
}

/**
 * The mapping an admin would write for this org: the shipped one with the org's names, as text.
 * `more` are changes that are not mere names.
 */
export function intended(
  shipped: string,
  vocabulary: Vocabulary,
  more: [from: string | RegExp, to: string][] = [],
): string {
  const fields = new Map<string, Record<string, [string, string]>>([
    ...Object.entries(vocabulary.objects).map(([name, { fields: own }]) => [name, own] as const),
    ...Object.entries(vocabulary.standard),
  ]);
  let object = '';
  const renamed = shipped
    .split('\n')
    .map((line) => {
      object = /^\s+-?\s*object: (\w+)/.exec(line)?.[1] ?? object;
      const own = fields.get(object) ?? {};
      const named = line.trimStart().startsWith('#')
        ? line
        : line.replace(/\b\w+__c\b/g, (word) => own[word]?.[0] ?? word);
      return named.replace(
        /^(\s+-?\s*object: )(\w+)/,
        (_, before: string, name: string) => `${before}${vocabulary.objects[name]?.name ?? name}`,
      );
    })
    .join('\n');
  return more.reduce((text, [from, to]) => {
    const next = text.replace(from, to);
    if (next === text) throw new Error(`nothing to change at ${String(from)}`);
    return next;
  }, renamed);
}
