/**
 * Writes of one record, shared by single calls, collections, trees and Bulk: incoming values, save
 * options, failures as results.
 */
import type { ObjectDefinition } from '../metadata/definition.ts';
import {
  OrgFault,
  type Org,
  type OrgUser,
  type Row,
  type SaveOptions,
  type SaveResult,
} from '../org-types.ts';
import type { JsonObject } from './body.ts';
import { fault, notFound } from './faults.ts';
import { incomingRow } from './incoming.ts';

/** Request headers that change how a save behaves. */
export function saveOptions(request: Request): SaveOptions {
  return {
    allowDuplicates: /allowSave\s*=\s*true/i.test(
      request.headers.get('sforce-duplicate-rule-header') ?? '',
    ),
  };
}

/** The object of a path segment in any letter case; 404 when there is none. */
export function objectOf(org: Org, name: string): ObjectDefinition {
  const object = org.object(name);
  if (object === undefined) throw notFound();
  return object;
}

/** The object named in a body's attributes; the row error `INVALID_TYPE` when there is none. */
export function typedObject(org: Org, name: unknown): ObjectDefinition {
  const object = typeof name === 'string' ? org.object(name) : undefined;
  if (object === undefined)
    throw fault(400, 'INVALID_TYPE', `sObject type '${String(name ?? '')}' is not supported.`);
  return object;
}

/** Takes `Id` out of a body. */
export function splitId(body: JsonObject): { id: string | null; rest: JsonObject } {
  const rest: JsonObject = {};
  let id: string | null = null;
  for (const [name, value] of Object.entries(body)) {
    if (name.toLowerCase() === 'id') id = value === null || value === '' ? null : String(value);
    else rest[name] = value;
  }
  return { id, rest };
}

/** Runs a write; what it throws as an OrgFault becomes a failed result. */
export function attempt(work: () => SaveResult): SaveResult {
  try {
    return work();
  } catch (error) {
    if (error instanceof OrgFault) return { ok: false, faults: error.faults };
    throw error;
  }
}

export class Saver {
  readonly #org: Org;
  readonly #user: OrgUser;
  readonly #options: SaveOptions;

  constructor(org: Org, user: OrgUser, options: SaveOptions) {
    this.#org = org;
    this.#user = user;
    this.#options = options;
  }

  insert(object: ObjectDefinition, body: JsonObject): SaveResult {
    return attempt(() => {
      if (splitId(body).id !== null)
        throw fault(
          400,
          'INVALID_FIELD',
          'The Id field should not be specified in the sobject data.',
        );
      return this.#org.insert(
        this.#user,
        object.name,
        this.#row(object, splitId(body).rest),
        this.#options,
      );
    });
  }

  update(object: ObjectDefinition, id: string, body: JsonObject): SaveResult {
    return attempt(() =>
      this.#org.update(this.#user, object.name, id, this.#row(object, body), this.#options),
    );
  }

  /** `value` as it stood in the address or the column. */
  upsert(
    object: ObjectDefinition,
    externalField: string,
    value: string,
    body: JsonObject,
    updateOnly = false,
  ): SaveResult {
    return attempt(() =>
      this.#org.upsert(this.#user, object.name, externalField, value, this.#row(object, body), {
        ...this.#options,
        updateOnly,
      }),
    );
  }

  remove(id: string, hard = false): SaveResult {
    return attempt(() => this.#org.remove(this.#user, id, { ...this.#options, hard }));
  }

  #row(object: ObjectDefinition, body: JsonObject): Row {
    return incomingRow(this.#org, this.#user, object, body);
  }
}
