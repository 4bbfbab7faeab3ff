import * as z from 'zod';
import { alertChannelSchema } from './alert.ts';
import { rewriterSchema } from './rewriter.ts';

export const CONNECTION_ID = /^[a-z0-9][a-z0-9-]{0,62}$/;

/**
 * A connection document: one CRM org. Secrets are named here, never held: they come from
 * the environment or a file.
 */
export const connectionSchema = z.strictObject({
  version: z.literal(1),
  id: z.string().regex(CONNECTION_ID, 'lower-case letters, digits and dashes'),
  crm: z.string().min(1),
  mapping: z.string().min(1).describe('Path of the mapping document, relative to this file'),
  settings: z
    .record(z.string(), z.unknown())
    .default({})
    .describe("The connector's own settings (URL, client id, user, API version)"),
  secrets: z
    .record(
      z.string(),
      z.union([
        z.strictObject({ env: z.string().describe('Environment variable') }),
        z.strictObject({ file: z.string().describe('File, relative to this document') }),
      ]),
    )
    .default({}),
  shadow: z
    .union([z.literal('all'), z.literal('until-skill'), z.array(z.string())])
    .default([])
    .describe(
      'Partners (CRM ids) whose results are computed and planned but not written; `all` for a pilot; `until-skill` until the track record shows that deals are foretold better than by stage and days in stage',
    ),
  limits: z
    .strictObject({
      quotaFloorPercent: z
        .number()
        .min(0)
        .max(90)
        .default(30)
        .describe("Share of the org's daily calls that is never touched"),
      maxAbsentPercent: z
        .number()
        .min(0)
        .max(100)
        .optional()
        .describe(
          'More of an object gone at once (20 when left out) is held until a person raises this for a run: permissions are lost more often than records',
        ),
    })
    .prefault({}),
  alerts: z
    .strictObject({
      channels: z
        .record(z.string().regex(/^[a-z][a-z0-9-]{0,40}$/), alertChannelSchema)
        .describe('Where alerts go, by the names that rules of the mapping use'),
    })
    .optional(),
  rewriter: rewriterSchema.describe('A language model that may reword summaries; none without it'),
  retention: z
    .strictObject({
      deletedDays: z
        .int()
        .min(0)
        .max(3_650)
        .optional()
        .describe(
          'Days for which a record that the CRM deleted, and may still restore, keeps its names and texts here (30 when left out); what it destroyed loses them at once',
        ),
    })
    .optional(),
});

export type ConnectionDocument = z.infer<typeof connectionSchema>;
