import * as z from 'zod';
import { CRM_TYPES } from '../../src/model/crm-object.ts';
import { readSettings } from '../kit/settings.ts';

/** Enough for any use of it, few enough that a page fits a Worker. */
export const MAX_PAGE_ROWS = 1_000;

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const settingsSchema = z.strictObject({
  name: z
    .string()
    .min(1)
    .default('memory')
    .describe('Connections with the same name share one CRM for the life of the process'),
  pageRows: z.int().min(1).max(MAX_PAGE_ROWS).default(MAX_PAGE_ROWS),
  objects: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        fields: z.array(
          z.strictObject({
            name: z.string().min(1),
            type: z.enum(CRM_TYPES),
            label: z.string().optional(),
            length: z.int().optional(),
            precision: z.int().optional(),
            scale: z.int().optional(),
            options: z.array(z.string()).optional(),
            to: z.string().optional(),
            calculated: z.boolean().optional(),
            hidden: z.boolean().optional(),
          }),
        ),
        rows: z
          .array(z.strictObject({ id: z.string().min(1), fields: z.record(z.string(), value) }))
          .default([]),
      }),
    )
    .default([])
    .describe('What a CRM that is new holds'),
});

export type Settings = z.infer<typeof settingsSchema>;

/** Settings of a connection document; a `config` error names every fault at once. */
export const parseSettings = (settings: Record<string, unknown>): Settings =>
  readSettings('Memory', settingsSchema, settings);
