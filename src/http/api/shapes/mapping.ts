import * as z from 'zod';
import { ENTITY_NAMES } from '../../../model/entities.ts';
import { time } from './common.ts';

/** Shapes of answers about mappings. */

export const entityName = z.enum(ENTITY_NAMES);
/** As many characters as a document may have anywhere (`PAGES` of mapping/document/size.ts). */
const MAX_CHARS = 262_144;
export const mappingText = z.string().min(1).max(MAX_CHARS).describe('Text of the document (YAML)');

export const mappingFault = z.object({
  severity: z.enum(['error', 'warning', 'note']),
  line: z.number(),
  column: z.number(),
  path: z.string(),
  message: z.string(),
  cure: z.string(),
});

export const mappingVersion = z.object({
  version: z.string(),
  active: z.boolean(),
  at: time,
  by: z.string().nullable().describe('null = it was found in its file, or pushed'),
  why: z.string().nullable(),
});

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export const previewRow = z.object({
  object: z.string(),
  id: z.string(),
  before: z.record(z.string(), cell),
  after: z.array(
    z.object({
      entity: entityName,
      outcome: z.enum(['mapped', 'left out', 'deleted', 'refused']),
      values: z.record(z.string(), cell).describe('Instants are epoch milliseconds'),
      reasons: z.array(z.string()),
    }),
  ),
});

export const mappingDiff = z.object({
  changes: z.array(
    z.object({
      kind: z.enum(['added', 'removed', 'changed']),
      path: z.string(),
      text: z.string(),
    }),
  ),
  newlyRead: z
    .array(z.string())
    .describe('Fields that the next sync reads first; until then they count as empty here'),
  rows: z.number().describe('Of the local copy'),
  different: z.number(),
  entities: z.array(
    z.object({
      entity: entityName,
      same: z.number(),
      changed: z.number(),
      added: z.number(),
      removed: z.number(),
      refused: z.number(),
      refusal: z.string().nullable(),
      fields: z.record(z.string(), z.number()),
      examples: z.array(z.string()),
    }),
  ),
  counts: z.array(
    z.object({
      entity: entityName,
      object: z.string(),
      rows: z.number(),
      mapped: z.number(),
      refused: z.number(),
      refusal: z.string().nullable(),
    }),
  ),
});

export const crmField = z.object({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  options: z.array(z.object({ value: z.string(), label: z.string() })),
  referenceTo: z.array(z.string()),
  relationshipName: z.string().nullable(),
  filled: z.number().nullable().describe('Share of the sampled records; null = none was sampled'),
  values: z.array(z.string()).describe('Some of them'),
});
