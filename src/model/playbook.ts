import * as z from 'zod';

/**
 * What people may be offered and taught: the admin's own catalogue, a part of the mapping document.
 */
const id = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[\w.-]+$/, 'letters, digits, dots, dashes and underscores');

const incentive = z.strictObject({
  id,
  title: z.string().min(1).max(120),
  for: z
    .enum(['gap', 'late-stall'])
    .describe('gap: a partner short of its goal; late-stall: a deal that stands still late'),
  amount: z.number().positive().describe('What one of them costs, reporting currency'),
  budget: z.number().min(0).describe('All of them together never cost more, reporting currency'),
  until: z.iso.date().optional().describe('Last day on which it is offered'),
  types: z.array(z.string()).optional().describe('Only partners of these types'),
  tiers: z.array(z.string()).optional().describe('Only partners of these tiers'),
  regions: z.array(z.string()).optional().describe('Only partners of these regions'),
  minAmount: z.number().min(0).optional().describe('late-stall: least amount of the deal'),
});

export const playbookSchema = z
  .strictObject({
    assets: z
      .array(
        z.strictObject({
          id,
          title: z.string().min(1).max(120),
          url: z.url({ protocol: /^https?$/ }).optional(),
        }),
      )
      .default([])
      .describe('What a partner can be given: guides, trainings, templates'),
    coaching: z
      .array(
        z.strictObject({
          stage: z.string().min(1).describe('Key or label of a stage'),
          asset: id.describe('Id of an asset'),
        }),
      )
      .default([])
      .describe('Which asset helps where a partner loses more deals than others'),
    incentives: z.array(incentive).default([]),
  })
  .prefault({});

export type Playbook = z.infer<typeof playbookSchema>;
export type Incentive = z.infer<typeof incentive>;
export type Asset = Playbook['assets'][number];
