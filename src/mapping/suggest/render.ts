import { stringify } from 'yaml';
import { cleanLine } from '../../model/clean-text.ts';
import type { MappingDocument, MappingSettings } from '../../model/mapping.ts';
import type { Draft, DraftAbsence, DraftSource } from './draft.ts';
import { flow } from '../check/flow.ts';
import { ENTITIES, ENTITY_NAMES, type EntityName } from '../../model/entities.ts';

/**
 * A draft as commented YAML. All words of the CRM go through `line`, so that a label with a line
 * break can never become YAML.
 */

const WIDEST_COMMENT = 220;

/** CRM text as part of a one-line comment. */
const line = (text: string): string => {
  const clean = cleanLine(text);
  return clean.length > WIDEST_COMMENT
    ? `${[...clean].slice(0, WIDEST_COMMENT - 1).join('')}…`
    : clean;
};

const comment = (indent: string, texts: string[]): string[] =>
  texts.map((text) => `${indent}# ${line(text)}`.trimEnd());

function sourceLines(draft: DraftSource, listed: boolean): string[] {
  const indent = listed ? '      ' : '    ';
  const { object, ...rest } = draft.source;
  const keys = Object.entries(rest).filter(([, value]) => value !== undefined);
  const body = [
    `${indent}object: ${flow(object)}`,
    ...keys
      .filter(([key]) => key !== 'keep')
      .flatMap(([key, value]) =>
        key === 'where' ? whereLines(indent, value) : [`${indent}${key}: ${flow(value)}`],
      ),
    `${indent}fields:`,
    ...[...draft.fields].map(
      ([name, { rule, note }]) =>
        `${indent}  ${name}: ${flow(rule)}${note === null ? '' : `    # ${line(note)}`}`,
    ),
    ...keys
      .filter(([key]) => key === 'keep')
      .map(([key, value]) => `${indent}${key}: ${flow(value)}`),
  ];
  if (listed) body[0] = `    - ${(body[0] ?? '').trimStart()}`;
  return [
    ...comment(indent, [
      `${draft.confidence} confidence`,
      ...draft.why,
      ...draft.questions.map(({ text }) => `Question: ${text}`),
    ]),
    ...body,
    ...(draft.instead.length === 0
      ? []
      : comment(indent, ['Also possible:', ...draft.instead.map((text) => `    ${text}`)])),
  ];
}

function whereLines(indent: string, where: unknown): string[] {
  const list =
    typeof where === 'object' && where !== null && 'any' in where && Array.isArray(where.any)
      ? (where.any as unknown[])
      : null;
  return list === null
    ? [`${indent}where: ${flow(where)}`]
    : [`${indent}where:`, `${indent}  any:`, ...list.map((each) => `${indent}    - ${flow(each)}`)];
}

function entityLines(
  entity: EntityName,
  sources: DraftSource[],
  absence: DraftAbsence | undefined,
): string[] {
  if (sources.length > 0)
    return [
      `  # ${ENTITIES[entity].doc}`,
      `  ${entity}:`,
      ...sources.flatMap((source) => sourceLines(source, sources.length > 1)),
      '',
    ];
  if (absence === undefined) return [];
  return [`  # ${ENTITIES[entity].doc} ${line(absence.why)}`, ...comment('  ', absence.near), ''];
}

/** The whole document. `settings` and `write` are printed as they are. */
export function render(
  draft: Draft,
  head: string[],
  document: Pick<MappingDocument, 'crm' | 'write'> & { settings: MappingSettings },
  stamp: string[],
): string {
  const block = (value: unknown): string => stringify(value, { lineWidth: 0 }).trimEnd();
  return [
    ...comment('', head),
    '',
    'version: 1',
    `crm: ${flow(document.crm)}`,
    '',
    ...comment('', stamp),
    block({ settings: document.settings }),
    '',
    'entities:',
    ...ENTITY_NAMES.flatMap((entity) =>
      entityLines(
        entity,
        draft.sources.filter((source) => source.entity === entity),
        draft.absent.find((each) => each.entity === entity),
      ),
    ),
    '# How a deal gets its partner: the first rule that finds one wins.',
    'dealPartner:',
    ...draft.dealPartner.map(
      ({ rule, works, why }) => `${works ? '  ' : '  # '}- ${flow(rule)}    # ${line(why)}`,
    ),
    '',
    '# What is written back: `headwater field plan` shows which of these fields the org lacks.',
    writeText(document.write),
    '',
  ].join('\n');
}

const writeText = (write: MappingDocument['write']): string =>
  [
    'write:',
    ...write.flatMap(({ object, entity, fields }) => [
      `  - object: ${flow(object)}`,
      `    entity: ${entity}`,
      '    fields:',
      ...Object.entries(fields).map(
        ([name, field]) =>
          `      ${name}: ${flow(field.owner === 'headwater' ? { ...field, owner: undefined } : field)}`,
      ),
    ]),
  ].join('\n');
