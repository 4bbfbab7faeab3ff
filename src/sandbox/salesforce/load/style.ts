/**
 * How the admin of an org went about the partner channel: the usual names, words of the company's
 * own, nothing but what Salesforce brings, or customers that are persons.
 */
import type { FieldDefinition, ObjectDefinition } from '../metadata/definition.ts';
import type { Row } from '../org-types.ts';
import type { SandboxOrg } from '../org.ts';
import { RESELLER_WORDS, type ObjectWords } from './reseller-words.ts';

const ORG_STYLES = ['usual', 'renamed', 'minimal', 'person-accounts'] as const;
export type OrgStyle = (typeof ORG_STYLES)[number];

export const isOrgStyle = (word: string | undefined): word is OrgStyle =>
  ORG_STYLES.some((style) => style === word);

/** What of the usual schema this org has, and how it calls it. */
export interface ChannelNames {
  /** False: nothing was added to what Salesforce brings. */
  added: boolean;
  object(name: string): string;
  /** The fields of a record as this org has them: others are not kept. */
  row(object: string, fields: Row): Row;
  define(object: string, field: FieldDefinition): FieldDefinition;
  defineObject(object: ObjectDefinition): ObjectDefinition;
}

export function channelNames(org: SandboxOrg, style: OrgStyle): ChannelNames {
  const words: Record<string, ObjectWords> = style === 'renamed' ? RESELLER_WORDS : {};
  const nameOf = (object: string): string => words[object]?.name ?? object;
  const define = (object: string, field: FieldDefinition): FieldDefinition => {
    const [name, label] = words[object]?.fields[field.name] ?? [field.name, field.label];
    const values = words[object]?.values?.[field.name] ?? {};
    return {
      ...structuredClone(field),
      name,
      label,
      ...(field.referenceTo === undefined ? {} : { referenceTo: field.referenceTo.map(nameOf) }),
      ...(field.picklist === undefined
        ? {}
        : {
            picklist: field.picklist.map((option) => ({
              ...option,
              value: values[option.value] ?? option.value,
              label: values[option.value] ?? option.label,
            })),
          }),
    };
  };
  return {
    added: style !== 'minimal',
    object: nameOf,
    row: (object, fields) => {
      const known = new Set(org.object(nameOf(object))?.fields.map(({ name }) => name));
      const renamed = Object.entries(fields).map(([name, value]) => [
        words[object]?.fields[name]?.[0] ?? name,
        words[object]?.values?.[name]?.[String(value)] ?? value,
      ]);
      return Object.fromEntries(
        style === 'usual' ? renamed : renamed.filter(([name]) => known.has(String(name))),
      ) as Row;
    },
    define,
    defineObject: (object) => ({
      ...structuredClone(object),
      name: nameOf(object.name),
      label: words[object.name]?.label ?? object.label,
      labelPlural:
        words[object.name] === undefined ? object.labelPlural : `${words[object.name]!.label}s`,
      fields: object.fields.map((field) => define(object.name, field)),
    }),
  };
}
