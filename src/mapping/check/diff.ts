import { canonicalJson } from '../../model/canonical.ts';
import { ENTITY_NAMES, type EntityName } from '../../model/entities.ts';
import type { MappingDocument, MappingSource } from '../../model/mapping.ts';
import { flow } from './flow.ts';
import { pathsOf, sourcesOf } from '../document/sources.ts';

/** What differs between two mappings, in words. */

export interface MappingChange {
  area: 'settings' | 'stages' | 'entities' | 'dealPartner' | 'write';
  kind: 'added' | 'removed' | 'changed';
  /** Where, such as `entities.plan.fields.endOn`. */
  path: string;
  before: string | null;
  after: string | null;
  text: string;
}

const same = (a: unknown, b: unknown): boolean =>
  canonicalJson(a ?? null) === canonicalJson(b ?? null);
const shown = (value: unknown): string | null => (value === undefined ? null : flow(value));

function change(
  area: MappingChange['area'],
  path: string,
  before: unknown,
  after: unknown,
  words: string,
): MappingChange[] {
  if (same(before, after)) return [];
  const [a, b] = [shown(before), shown(after)];
  const kind = a === null ? 'added' : b === null ? 'removed' : 'changed';
  const text =
    a === null
      ? `${words}: now ${b ?? ''}`
      : b === null
        ? `${words}: no longer ${a}`
        : `${words}: ${a} becomes ${b}`;
  return [{ area, kind, path, before: a, after: b, text }];
}

const keysOf = (a: object | undefined, b: object | undefined): string[] => [
  ...new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})]),
];

/**
 * Lists of sources are compared object by object: the first source of an object with the first
 * of that object, and so on.
 */
function paired(
  a: MappingSource[],
  b: MappingSource[],
): [MappingSource | undefined, MappingSource | undefined][] {
  const left = [...a];
  const pairs = b.map((after): [MappingSource | undefined, MappingSource | undefined] => {
    const at = left.findIndex(({ object }) => object === after.object);
    return [at < 0 ? undefined : left.splice(at, 1)[0], after];
  });
  // One source each, with another object: that is a change of the object, not a
  // source gone and another come.
  const [pair] = pairs;
  if (a.length === 1 && b.length === 1 && pair?.[0] === undefined) return [[a[0], b[0]]];
  return [...pairs, ...left.map((before): [MappingSource, undefined] => [before, undefined])];
}

function sourceChanges(
  entity: EntityName,
  at: string,
  before: MappingSource | undefined,
  after: MappingSource | undefined,
): MappingChange[] {
  if (before === undefined || after === undefined) {
    const one = before ?? after;
    const come = before === undefined;
    return [
      {
        area: 'entities',
        kind: come ? 'added' : 'removed',
        path: at,
        before: come ? null : (one?.object ?? ''),
        after: come ? (one?.object ?? '') : null,
        text: `${entity}: ${come ? 'now also' : 'no longer'} from ${one?.object ?? ''}`,
      },
    ];
  }
  return [
    ...change(
      'entities',
      `${at}.object`,
      before.object,
      after.object,
      `${entity} comes from another object`,
    ),
    ...change(
      'entities',
      `${at}.where`,
      before.where,
      after.where,
      `which rows of ${after.object} count as ${entity}`,
    ),
    ...keysOf(before.fields, after.fields).flatMap((field) =>
      change(
        'entities',
        `${at}.fields.${field}`,
        before.fields[field],
        after.fields[field],
        `${entity}.${field}`,
      ),
    ),
    ...(['optional', 'pull', 'associations', 'history', 'keep'] as const).flatMap((key) =>
      change(
        'entities',
        `${at}.${key}`,
        before[key],
        after[key],
        `${key} of ${entity} (${after.object})`,
      ),
    ),
  ];
}

function entityChanges(a: MappingDocument, b: MappingDocument): MappingChange[] {
  const all = (document: MappingDocument, entity: EntityName): MappingSource[] => {
    const given = document.entities[entity];
    return given === undefined ? [] : Array.isArray(given) ? given : [given];
  };
  return ENTITY_NAMES.flatMap((entity) => {
    const pairs = paired(all(a, entity), all(b, entity));
    return pairs.flatMap(([before, after], index) =>
      sourceChanges(
        entity,
        pairs.length > 1 ? `entities.${entity}[${index}]` : `entities.${entity}`,
        before,
        after,
      ),
    );
  });
}

function writeChanges(a: MappingDocument, b: MappingDocument): MappingChange[] {
  const fields = (document: MappingDocument): Map<string, unknown> =>
    new Map(
      document.write.flatMap(({ object, entity, fields: own }) =>
        Object.entries(own).map(([name, field]) => [`${object}.${name}`, { entity, ...field }]),
      ),
    );
  const [before, after] = [fields(a), fields(b)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) =>
    change(
      'write',
      `write.${name}`,
      before.get(name),
      after.get(name),
      `what is written into ${name}`,
    ),
  );
}

/**
 * Changes in the order of the document; the order of keys and of fields is none, the order of
 * dealPartner rules and of stages is.
 */
export function diffMappings(a: MappingDocument, b: MappingDocument): MappingChange[] {
  return [
    ...change('settings', 'crm', a.crm, b.crm, 'the CRM'),
    ...keysOf(a.settings, b.settings).flatMap((key) =>
      change(
        'settings',
        `settings.${key}`,
        a.settings[key as keyof typeof a.settings],
        b.settings[key as keyof typeof b.settings],
        key,
      ),
    ),
    ...change('stages', 'stages', a.stages, b.stages, 'stages given by hand'),
    ...entityChanges(a, b),
    ...change(
      'dealPartner',
      'dealPartner',
      a.dealPartner,
      b.dealPartner,
      'how a deal gets its partner',
    ),
    ...writeChanges(a, b),
  ];
}

/**
 * Fields that the second mapping reads and the first does not, as `Object.path`: they come with the
 * next sync, and rows wait for them.
 */
export function newlyRead(a: MappingDocument, b: MappingDocument): string[] {
  const read = (document: MappingDocument): Set<string> =>
    new Set(
      sourcesOf(document).flatMap((source) =>
        pathsOf(source)
          .filter(({ use }) => use !== 'history')
          .map(({ path }) => `${source.source.object}.${path}`),
      ),
    );
  const before = read(a);
  return [...read(b)].filter((path) => !before.has(path)).sort();
}
