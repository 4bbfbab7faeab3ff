import * as z from 'zod';

/** Which partner a deal or a lead is proposed to, and by which rules. */

const whom = {
  partner: z.string().min(1).optional().describe('One partner, by id or whole name'),
  type: z.string().min(1).optional().describe('Every partner of this type'),
};
const words = z.array(z.string().min(1)).min(1);
const oneOf = (rule: { partner?: string | undefined; type?: string | undefined }): boolean =>
  (rule.partner === undefined) !== (rule.type === undefined);
const ONE = { message: 'needs either `partner` or `type`' };

const leadField = z.string().min(1).max(200);

export const routingSettingsSchema = z
  .strictObject({
    territories: z
      .array(
        z
          .strictObject({
            ...whom,
            regions: words.describe('Countries of customers, as accounts spell them'),
          })
          .refine(oneOf, ONE),
      )
      .default([])
      .describe('Whom a rule names sells in these countries alone; everybody else anywhere'),
    exclusions: z
      .array(
        z
          .strictObject({
            ...whom,
            regions: words.optional(),
            industries: words.optional(),
            products: words.optional(),
            why: z.string().min(1).max(200).describe('What people read'),
          })
          .refine(oneOf, ONE),
      )
      .default([])
      .describe('What a partner is never proposed for; every list that is there must match'),
    leads: z
      .strictObject({
        object: z.string().min(1).describe('Object of the CRM in which leads stand'),
        company: leadField.describe('Its field with the name of the company'),
        country: leadField.optional(),
        industry: leadField.optional(),
        product: leadField.optional(),
        domain: leadField.optional().describe('Web site or mail domain'),
      })
      .optional()
      .describe('Where `route suggest --lead` looks a lead up'),
    maxShare: z
      .number()
      .gt(0)
      .max(1)
      .optional()
      .describe('No partner is proposed for more than this share of the deals of a quarter'),
  })
  .prefault({});
export type RoutingSettings = z.infer<typeof routingSettingsSchema>;
export type LeadSource = NonNullable<RoutingSettings['leads']>;

/** What deals are compared by. */
export const ROUTED_BY = ['product', 'industry', 'region'] as const;
export type RoutedBy = (typeof ROUTED_BY)[number];

/** What is known of a deal or lead; null = not known. */
export type RoutedDeal = Record<RoutedBy, string | null>;

/** Decided deals of a partner that are alike in all of these. */
export interface RoutedCell extends RoutedDeal {
  /** Account of the partner. */
  partnerId: string;
  n: number;
  won: number;
}

export interface RoutablePartner {
  id: string;
  /** The account that deals name. */
  accountId: string;
  name: string;
  type: string | null;
  /** Deals open today. */
  open: number;
  /** Names of its certificates in force. */
  certificates: string[];
}

/** A hard rule that speaks against a partner, and what people read of it. */
export interface Refusal {
  rule: 'territory' | 'exclusion' | 'protection' | 'exposure';
  why: string;
}

/** What moves a partner's probability: log odds beside everybody's, and the deals behind it. */
export interface RoutingTerm {
  of: 'record' | RoutedBy;
  logOdds: number;
  n: number;
  won: number;
}

export interface RoutedPartner {
  id: string;
  name: string;
  /** Of winning this deal, with its 80% band. */
  probability: number;
  low: number;
  high: number;
  /** Its decided deals that share the product, industry or region; 0 = what all partners win. */
  n: number;
  won: number;
  terms: RoutingTerm[];
  certificates: string[];
  open: number;
}

export interface RoutingProposal {
  /** Those that may have it, the most probable first. */
  ranked: RoutedPartner[];
  /** Those that a hard rule keeps from it. */
  refused: { id: string; name: string; refusals: Refusal[] }[];
}

/** Deals that one partner was given, and wins among them. */
export interface Exposure {
  partnerId: string;
  /** Quarters of 91 days before the results; 0 = the last. */
  quarter: number;
  n: number;
  won: number;
}
