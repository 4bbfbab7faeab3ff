import * as z from 'zod';
import type { PlanFilter } from '../../../store/plan-view.ts';
import { recordsOfPartners } from '../../../store/run-changes.ts';
import type { Run } from '../../../store/runs.ts';
import type { Store } from '../../../store/store.ts';
import { flag } from './common.ts';

const STATES = ['planned', 'held', 'sent', 'done', 'rejected', 'superseded'] as const;
export const writeState = z.enum(STATES);
export const crmValue = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.string()),
]);

/** As many ids as an address has room for. */
const MAX_NAMED_CHARS = 8000;

/** What of a run's writes somebody wants to see. */
export const writeQuery = {
  state: z
    .string()
    .refine(
      (all) => all.split(',').every((one) => writeState.safeParse(one).success),
      'no such state',
    )
    .optional()
    .describe(`Some of ${STATES.join(', ')}, joined by commas`),
  object: z.string().optional(),
  field: z.string().optional(),
  partner: z
    .string()
    .max(MAX_NAMED_CHARS)
    .optional()
    .describe('Ids of partners, joined by commas: they and their deals'),
  owner: z.string().optional(),
  name: z.string().min(1).max(200).optional().describe("Part of a record's name"),
  minMove: z.coerce.number().min(0).optional().describe('Numbers that move by less are left out'),
  firstWrite: flag.describe('Only fields that were empty'),
  signChange: flag.describe('Only numbers that change their sign'),
};
const query = z.object(writeQuery);

/** The filter that a query means. */
export async function filterOf(
  store: Store,
  run: Run,
  asked: z.infer<typeof query>,
): Promise<PlanFilter> {
  return {
    states: (asked.state?.split(',') as PlanFilter['states'] | undefined) ?? null,
    object: asked.object ?? null,
    fields: asked.field === undefined ? null : [asked.field],
    recordIds:
      asked.partner === undefined
        ? null
        : await recordsOfPartners(store, run.connectionId, asked.partner.split(',')),
    ownerId: asked.owner ?? null,
    name: asked.name ?? null,
    minMove: asked.minMove ?? null,
    firstWrite: asked.firstWrite === 'true',
    signChange: asked.signChange === 'true',
  };
}

const MAX_PARTNERS = 10_000;

/** What of a run's writes somebody decides on. */
export const part = {
  object: z.string().optional().describe('Only records of this object'),
  partners: z
    .array(z.string().min(1).max(100))
    .min(1)
    .max(MAX_PARTNERS)
    .optional()
    .describe('Only these partners (CRM ids) and their deals; all when left out'),
  field: z.string().min(1).max(200).optional(),
  owner: z.string().min(1).max(100).optional(),
  name: writeQuery.name,
  minMove: z.number().min(0).optional().describe('Numbers that move by less are left alone'),
  firstWrite: z.boolean().default(false).describe('Only fields that were empty'),
  signChange: z.boolean().default(false).describe('Only numbers that change their sign'),
};
