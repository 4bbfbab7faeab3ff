import * as z from 'zod';

/**
 * What people may be offered and taught: the admin's own catalogue, a part of the mapping document.
 */
const id = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[\w.-]+$/, 'letters, digits, dots, dashes and underscores');

const languageCode = z.string().regex(/^[a-z]{2}$/, 'two letters such as en');
const form = z.string().min(1).max(40);

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
          language: languageCode.optional().describe('Two letters, such as de; any when left out'),
          form: form.optional().describe('Guide, training, video, template and the like'),
          activities: z
            .array(z.string().min(1))
            .max(20)
            .default([])
            .describe('Kinds of activities by which its use on a deal is recorded'),
        }),
      )
      .default([])
      .describe('What a partner can be given: guides, trainings, templates'),
    coaching: z
      .array(
        z
          .strictObject({
            stage: z.string().min(1).optional().describe('Key or label of a stage'),
            product: z.string().min(1).optional().describe('A product, as deals name it'),
            asset: id.describe('Id of an asset'),
          })
          .refine(({ stage, product }) => (stage === undefined) !== (product === undefined), {
            message: 'needs either `stage` or `product`',
          }),
      )
      .default([])
      .describe('Which asset helps where a partner loses more deals than others'),
    certificates: z
      .array(z.strictObject({ product: z.string().min(1), certificate: z.string().min(1) }))
      .max(200)
      .default([])
      .describe('Products that ask for a certificate; else one that names the product counts'),
    preferences: z
      .array(
        z.strictObject({
          type: z.string().min(1).optional().describe('Partners of this type'),
          region: z.string().min(1).optional().describe('Partners of this region'),
          language: languageCode.optional(),
          form: form.optional(),
        }),
      )
      .max(200)
      .default([])
      .describe('In which language and form partners like their assets; the first that fits'),
    incentives: z.array(incentive).default([]),
  })
  .prefault({});

export type Playbook = z.infer<typeof playbookSchema>;
export type Incentive = z.infer<typeof incentive>;
export type Asset = Playbook['assets'][number];
