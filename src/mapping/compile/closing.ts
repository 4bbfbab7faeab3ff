import type { FieldRule, MappingDocument } from '../../model/mapping.ts';
import type { Closing, ClosingTest, PackagedWrite } from '../../model/packaging.ts';
import { coerce } from '../document/coerce.ts';
import { ruleObject, sourcesOf } from '../document/sources.ts';
import { compileWrites } from './writes.ts';

/**
 * By which fields of its own a record of this object is seen to be closed, and won: those of
 * `closed` and `won` where the mapping reads them as they are, else its stage, by the stages of the
 * document. Null where the mapping leaves it to the CRM, or to more than one field.
 */
function closingOf(document: MappingDocument, object: string): Closing | null {
  const sources = sourcesOf(document).filter(
    ({ entity, source }) => entity === 'deal' && source.object === object,
  );
  const [only] = sources;
  if (only === undefined || sources.length > 1) return null;
  const { closed, won, stage } = only.source.fields;
  const told = [said(closed), said(won)] as const;
  if (told[0] !== null && told[1] !== null) return { closed: told[0], won: told[1] };
  return byStage(document, stage);
}

/** Rules that show a record's own field, which a card can read; a path leads elsewhere. */
function plain(
  rule: FieldRule | undefined,
): { field: string; map?: Record<string, unknown> } | null {
  if (rule === undefined) return null;
  const { field, map, optional: _, required: __, ...rest } = ruleObject(rule);
  if (field === undefined || field.includes('.') || Object.keys(rest).length > 0) return null;
  return { field, ...(map === undefined ? {} : { map }) };
}

const isYes = (value: unknown): boolean => {
  const read = coerce(value, 'boolean', 'UTC');
  return 'value' in read && read.value === true;
};

function said(rule: FieldRule | undefined): ClosingTest | null {
  const found = plain(rule);
  if (found === null) return null;
  const words = Object.entries(found.map ?? { true: true }).flatMap(([word, value]) =>
    isYes(value) ? [word] : [],
  );
  return words.length === 0 ? null : { field: found.field, is: words };
}

function byStage({ stages = [] }: MappingDocument, rule: FieldRule | undefined): Closing | null {
  const found = plain(rule);
  if (found === null || stages.length === 0) return null;
  const words = (wanted: (stage: (typeof stages)[number]) => boolean): string[] => {
    const keys = new Set(stages.filter(wanted).map(({ key }) => key));
    if (found.map === undefined) return [...keys];
    return Object.entries(found.map).flatMap(([word, key]) =>
      keys.has(String(key)) ? [word] : [],
    );
  };
  return {
    closed: { field: found.field, is: words(({ closed }) => closed) },
    won: { field: found.field, is: words(({ won }) => won) },
  };
}

/**
 * What a package shows: every write of the document, and how its deals say that they are closed.
 */
export const packagedWrites = (document: MappingDocument): PackagedWrite[] =>
  compileWrites(document, () => null).map((write) => ({
    ...write,
    closing: write.entity === 'deal' ? closingOf(document, write.object) : null,
  }));
