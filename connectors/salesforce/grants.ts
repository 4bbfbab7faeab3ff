import * as z from 'zod';
import { HeadwaterError } from '../../src/model/error.ts';
import type { Client } from './client.ts';
import { isDuplicateName } from './errors.ts';
import { query } from './query.ts';
import { soqlStatement, soqlString } from './soql.ts';

/**
 * Fields made through the API are visible to nobody. Reps get the first set (read), the integration
 * user the second (read and edit); managers get the third, which comes with the package and is kept
 * up where it is. `about` is what the package says of it in the mapping's language.
 */
export const PERMISSION_SETS = [
  {
    name: 'Headwater',
    label: 'Headwater',
    description: 'Read the fields that Headwater writes',
    about: 'setReader',
    edit: false,
    rights: [],
  },
  {
    name: 'Headwater_Integration',
    label: 'Headwater Integration',
    description: 'Read and edit the fields that Headwater writes',
    about: 'setIntegration',
    edit: true,
    rights: [],
  },
  {
    name: 'Headwater_Manager',
    label: 'Headwater Manager',
    description: 'Read the fields that Headwater writes, and run its reports and dashboard',
    about: 'setManager',
    edit: false,
    rights: ['RunReports'],
  },
] as const;
type SetName = (typeof PERMISSION_SETS)[number]['name'];

/** Sets that `field deploy` makes itself. */
const MADE: readonly SetName[] = ['Headwater', 'Headwater_Integration'];

/** Rows of one collections call. */
const COLLECTION_ROWS = 200;

export interface Access {
  sets: Map<SetName, string>;
  /** The integration user has the second set. */
  assigned: boolean;
  /** FieldPermissions by `<set> <Object.Field>`, lower case. */
  fields: Map<string, { id: string; read: boolean; edit: boolean }>;
}

const saved = z.object({ id: z.string() });
const savedRows = z.array(
  z.object({
    id: z.string().nullish(),
    success: z.boolean(),
    errors: z.array(z.object({ statusCode: z.string(), message: z.string() })).default([]),
  }),
);
const keyOf = (set: string, field: string): string => `${set} ${field}`.toLowerCase();

/** What the two permission sets give today. */
export async function readAccess(
  client: Client,
  userId: string,
  objects: string[],
): Promise<Access> {
  const sets = new Map<SetName, string>();
  const found = await rows(client, ['Id', 'Name'], 'PermissionSet', [
    `Name IN (${PERMISSION_SETS.map((set) => soqlString(set.name)).join(',')})`,
  ]);
  for (const set of PERMISSION_SETS) {
    const row = found.find((each) => each['Name'] === set.name);
    if (row) sets.set(set.name, String(row['Id']));
  }
  const access: Access = { sets, assigned: false, fields: new Map() };
  if (sets.size === 0) return access;
  const parents = `ParentId IN (${[...sets.values()].map(soqlString).join(',')})`;
  const grants = await rows(
    client,
    ['Id', 'ParentId', 'Field', 'PermissionsRead', 'PermissionsEdit'],
    'FieldPermissions',
    [parents, `SobjectType IN (${objects.map(soqlString).join(',')})`],
  );
  for (const row of grants) {
    const set = [...sets].find(([, id]) => id === row['ParentId'])?.[0] ?? '';
    access.fields.set(keyOf(set, String(row['Field'])), {
      id: String(row['Id']),
      read: row['PermissionsRead'] === true,
      edit: row['PermissionsEdit'] === true,
    });
  }
  const own = sets.get('Headwater_Integration');
  if (own !== undefined)
    access.assigned =
      (
        await rows(client, ['Id'], 'PermissionSetAssignment', [
          `AssigneeId = ${soqlString(userId)}`,
          `PermissionSetId = ${soqlString(own)}`,
        ])
      ).length > 0;
  return access;
}

/**
 * What is missing for a field (`Object.Field`), in words; empty when both sets give what they
 * should and the user has the second.
 */
export function missingAccess(access: Access, field: string): string[] {
  const missing: string[] = wantedSets(access)
    .filter((set) => !grants(access, set.name, field))
    .map((set) => `permission set ${set.name} does not give ${set.edit ? 'edit' : 'read'}`);
  return access.assigned
    ? missing
    : [...missing, 'the integration user does not have permission set Headwater_Integration'];
}

/** Those that must be, and those that somebody deployed. */
const wantedSets = (access: Access) =>
  PERMISSION_SETS.filter(({ name }) => MADE.includes(name) || access.sets.has(name));

function grants(access: Access, set: SetName, field: string): boolean {
  const row = access.fields.get(keyOf(set, field));
  const wanted = PERMISSION_SETS.find((each) => each.name === set);
  return row !== undefined && row.read && (row.edit || !wanted?.edit);
}

/**
 * Makes sets, assignment and field permissions as they should be, each only where it is missing;
 * gives what was done per field.
 */
export async function ensureAccess(
  client: Client,
  userId: string,
  access: Access,
  fields: { object: string; name: string }[],
): Promise<Results> {
  await makeSets(client, access);
  await assign(client, userId, access);
  const results = new Map(
    fields.map((field) => [
      `${field.object}.${field.name}`,
      { done: [] as string[], error: null as string | null },
    ]),
  );
  const wanted = wantedSets(access)
    .flatMap((set) =>
      fields.map((field) => ({
        set,
        object: field.object,
        field: `${field.object}.${field.name}`,
      })),
    )
    .filter((each) => !grants(access, each.set.name, each.field));
  for (const change of ['POST', 'PATCH'] as const) {
    const part = wanted.filter(
      (each) => access.fields.has(keyOf(each.set.name, each.field)) === (change === 'PATCH'),
    );
    for (let from = 0; from < part.length; from += COLLECTION_ROWS)
      await grant(client, access, change, part.slice(from, from + COLLECTION_ROWS), results);
  }
  return results;
}

async function assign(client: Client, userId: string, access: Access): Promise<void> {
  if (access.assigned) return;
  const body = { AssigneeId: userId, PermissionSetId: access.sets.get('Headwater_Integration') };
  try {
    await client.json(
      {
        method: 'POST',
        path: '/sobjects/PermissionSetAssignment',
        body,
        effect: 'write',
        what: 'assigning permission set Headwater_Integration',
      },
      saved,
    );
  } catch (error) {
    if (!isDuplicateName(error)) throw error; // somebody else assigned it meanwhile
  }
  access.assigned = true;
}

/** All rows of a small setup object. */
async function rows(
  client: Client,
  select: string[],
  from: string,
  where: string[],
): Promise<Record<string, unknown>[]> {
  const answer = await query(client, soqlStatement({ select, from, where }), {
    what: `reading ${from}`,
  });
  if (!answer.done)
    throw new HeadwaterError('bug', `${from} has more rows than one page.`, {
      code: 'TOO_MANY_ROWS',
    });
  return answer.records;
}

async function makeSets(client: Client, access: Access): Promise<void> {
  for (const set of PERMISSION_SETS) {
    if (access.sets.has(set.name) || !MADE.includes(set.name)) continue;
    const body = { Name: set.name, Label: set.label, Description: set.description };
    access.sets.set(
      set.name,
      (
        await client.json(
          {
            method: 'POST',
            path: '/sobjects/PermissionSet',
            body,
            effect: 'write',
            what: `creating permission set ${set.name}`,
          },
          saved,
        )
      ).id,
    );
  }
}

type Results = Map<string, { done: string[]; error: string | null }>;
interface Grant {
  set: (typeof PERMISSION_SETS)[number];
  object: string;
  field: string;
}

/** One call for many field permissions; what each answer says goes to its field. */
async function grant(
  client: Client,
  access: Access,
  change: 'POST' | 'PATCH',
  chunk: Grant[],
  results: Results,
): Promise<void> {
  const records = chunk.map((each) => ({
    attributes: { type: 'FieldPermissions' },
    PermissionsRead: true,
    PermissionsEdit: each.set.edit,
    ...(change === 'PATCH'
      ? { id: access.fields.get(keyOf(each.set.name, each.field))?.id }
      : { ParentId: access.sets.get(each.set.name), SobjectType: each.object, Field: each.field }),
  }));
  const answers = await client.json(
    {
      method: change,
      path: '/composite/sobjects',
      body: { allOrNone: false, records },
      effect: 'write',
      what: 'granting field access',
    },
    savedRows,
  );
  for (const [at, each] of chunk.entries()) {
    const answer = answers[at];
    const result = results.get(each.field);
    if (result === undefined) continue;
    if (answer?.success)
      result.done.push(`${each.set.edit ? 'edit' : 'read'} through ${each.set.name}`);
    else result.error = `${each.set.name}: ${answer?.errors[0]?.message ?? 'no answer'}`;
  }
}
