import { parse, stringify } from 'yaml';
import type { ObjectType } from '../../../src/sandbox/hubspot/model/types.ts';
import type { Portal } from '../../../src/sandbox/hubspot/portal.ts';
import { seedHubSpot } from '../../../src/sandbox/hubspot/seed.ts';
import type { HubSpotSandboxOptions } from '../../../src/sandbox/hubspot/start.ts';

/** The generated channel in a portal whose admin chose other words for everything of his own. */
export interface PortalWords {
  /** Custom objects, with the properties that are called otherwise. */
  objects: Record<
    string,
    { name: string; label: string; fields: Record<string, [name: string, label: string]> }
  >;
  /** Properties added to standard objects. */
  standard: Record<string, Record<string, [name: string, label: string]>>;
  /** Association labels between deals and companies. */
  labels: Record<string, string>;
  /** Options, by `object.property` as they were. */
  values: Record<string, Record<string, string>>;
}

/** Renames a property where it stands; nobody's stamp moves. */
function renameProperty(
  portal: Portal,
  type: ObjectType,
  from: string,
  [name, label]: [string, string],
  values: Record<string, string>,
): void {
  const old = portal.catalog.find(type, from);
  if (old === null) throw new Error(`no property ${type.name}.${from}`);
  const options = old.options.map((option) =>
    values[option.value] === undefined
      ? option
      : { ...option, value: values[option.value] ?? '', label: values[option.value] ?? '' },
  );
  if (name !== from) portal.catalog.archive(type, from, portal.createdMs);
  portal.catalog.replace(type, { ...old, name, label, options });
  for (const record of portal.table(type).all()) {
    const own = record.values as Record<string, string>;
    const value = own[from];
    if (value === undefined) continue;
    delete own[from];
    own[name] = values[value] ?? value;
  }
}

export function renamedPortal(words: PortalWords): NonNullable<HubSpotSandboxOptions['seeder']> {
  return async (portal, options, nowMs) => {
    const world = await seedHubSpot(portal, options, nowMs);
    const properties = [
      ...Object.entries(words.standard),
      ...Object.entries(words.objects).map(([object, { fields }]) => [object, fields] as const),
    ];
    for (const [object, fields] of properties) {
      for (const [from, to] of Object.entries(fields))
        renameProperty(
          portal,
          portal.typeNamed(object),
          from,
          to,
          words.values[`${object}.${from}`] ?? {},
        );
    }
    for (const [from, { name, label }] of Object.entries(words.objects)) {
      const type = portal.typeNamed(from);
      type.name = name;
      if (type.custom !== null) type.custom.labels = { singular: label, plural: `${label}s` };
    }
    for (const kind of portal.associationTypes.between('0-3', '0-2'))
      if (kind.label !== null) kind.label = words.labels[kind.label] ?? kind.label;
    return world;
  };
}

const FIELD_LISTS = new Set(['coalesce', 'keep', 'history']);

/**
 * The mapping an admin would write for this portal: the shipped one with the portal's names. `more`
 * maps the values that are called otherwise, by `entity.field`.
 */
export function intendedFor(
  shipped: string,
  words: PortalWords,
  more: Record<string, Record<string, string>> = {},
): string {
  const path = (object: string, given: string): string => {
    const own = words.objects[object]?.fields ?? words.standard[object] ?? {};
    return (
      own[given]?.[0] ??
      given
        .replace(
          /^associations\.(\w+)/,
          (_, to: string) => `associations.${words.objects[to]?.name ?? to}`,
        )
        .replace(/\[(.+)\]$/, (_, label: string) => `[${words.labels[label] ?? label}]`)
    );
  };
  const walk = (object: string, node: unknown, isPath: boolean): unknown => {
    if (typeof node === 'string') return isPath ? path(object, node) : node;
    if (Array.isArray(node)) return node.map((each) => walk(object, each, isPath));
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => [
        key,
        walk(object, value, key === 'field' || FIELD_LISTS.has(key)),
      ]),
    );
  };
  const document = parse(shipped) as { entities: Record<string, unknown> };
  for (const [entity, given] of Object.entries(document.entities)) {
    const sources = (Array.isArray(given) ? given : [given]) as {
      object: string;
      where?: unknown;
      keep?: unknown;
      fields: Record<string, unknown>;
    }[];
    for (const source of sources) {
      source.where = walk(source.object, source.where, false);
      source.keep = walk(source.object, source.keep, true);
      source.fields = Object.fromEntries(
        Object.entries(source.fields).map(([name, rule]) => {
          const renamed = walk(source.object, rule, true);
          const map = more[`${entity}.${name}`];
          return [name, map === undefined ? renamed : { field: renamed, map }];
        }),
      );
      source.object = words.objects[source.object]?.name ?? source.object;
      if (source.where === undefined) delete source.where;
      if (source.keep === undefined) delete source.keep;
    }
  }
  return stringify(document, { lineWidth: 0 });
}
