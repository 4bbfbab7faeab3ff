import * as z from 'zod';
import {
  ENTITY_NAMES,
  SEVERAL_RULES,
  type EntityName,
  type MapReject,
  type MappedRow,
  type SeveralRule,
} from './entities.ts';
import { alertSettingsSchema } from './alert.ts';
import { creditSettingsSchema } from './credit.ts';
import { classSettingsSchema } from './partner-class.ts';
import { healthSettingsSchema } from './partner-health.ts';
import { tierSettingsSchema } from './tier.ts';
import { valueSettingsSchema } from './worth.ts';
import { returnSettingsSchema } from './partner-return.ts';
import { profileSettingsSchema } from './profile.ts';
import { routingSettingsSchema } from './routing.ts';
import { playbookSchema, type Playbook } from './playbook.ts';
import { LANGUAGES } from './language/languages.ts';
import { PROOF_KINDS } from './facts.ts';
import { filterTerm, scalar } from './filter-term.ts';
import { ownKpis } from './own-kpi.ts';
import { ownSignalKinds, signalFeeds } from './signals.ts';
import type { CrmObject, CrmRow, CrmFilterTerm, FieldSpec } from './connector.ts';

/**
 * The mapping document (YAML), version 1. `.describe()` sentences become the JSON Schema
 * that editors complete from.
 */

const path = z
  .string()
  .min(1)
  .describe('CRM field, or a path through a reference such as `Account.Name`');

export interface FieldRuleObject {
  field?: string;
  value?: z.infer<typeof scalar>;
  coalesce?: FieldRule[];
  optional?: boolean;
  required?: boolean;
  default?: z.infer<typeof scalar>;
  map?: Record<string, z.infer<typeof scalar>>;
  otherwise?: z.infer<typeof scalar> | 'reject';
  several?: SeveralRule;
  split?: { by: string; take: number };
  parse?: string;
  as?: 'text' | 'number' | 'boolean' | 'date' | 'instant';
  zone?: string;
  divideBy?: number;
  minutesSince?: string;
}
export type FieldRule = string | FieldRuleObject;

const fieldRuleSchema: z.ZodType<FieldRule> = z.lazy(() =>
  z.union([
    path,
    z
      .strictObject({
        field: path.optional(),
        value: scalar.optional().describe('A constant'),
        coalesce: z
          .array(fieldRuleSchema)
          .min(1)
          .optional()
          .describe('The first that is not empty'),
        optional: z
          .boolean()
          .optional()
          .describe('Left out without a fault where the org has no such field'),
        required: z.boolean().optional().describe('A row without it is refused'),
        default: scalar.optional().describe('Used when empty'),
        map: z.record(z.string(), scalar).optional().describe('Picklist value -> ours'),
        otherwise: scalar
          .optional()
          .describe(
            'For values `map` does not name; `reject` refuses the row; without it they pass as they are',
          ),
        several: z
          .enum(SEVERAL_RULES)
          .optional()
          .describe(
            'Where the field names several records: the one marked primary, else the first that the CRM names (when left out); the oldest; or none of them. Those left out are counted',
          ),
        split: z
          .strictObject({
            by: z.string().min(1),
            take: z.int().describe('0-based; negative counts from the end'),
          })
          .optional(),
        parse: z
          .string()
          .optional()
          .describe('Regular expression; group 1 (or the whole match) is the value'),
        as: z.enum(['text', 'number', 'boolean', 'date', 'instant']).optional(),
        zone: z.string().optional().describe('IANA time zone for dates without one'),
        divideBy: z.number().optional().describe('For percents kept as 0..100'),
        minutesSince: path
          .optional()
          .describe(
            'Minutes from this field to `field`; for a length that the CRM keeps as two times',
          ),
      })
      .refine(
        (r) => [r.field, r.value, r.coalesce].filter((x) => x !== undefined).length === 1,
        'needs exactly one of field, value, coalesce',
      ),
  ]),
);

export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | {
      field: string;
      optional?: boolean;
      is?: z.infer<typeof scalar>;
      in?: z.infer<typeof scalar>[];
      set?: boolean;
      startsWith?: string;
      contains?: string;
      atLeast?: number;
      atMost?: number;
    };

const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(conditionSchema) }),
    z.strictObject({ any: z.array(conditionSchema) }),
    z.strictObject({ not: conditionSchema }),
    z.strictObject({
      field: path,
      optional: z.boolean().optional().describe('Never holds where the org has no such field'),
      is: scalar.optional(),
      in: z.array(scalar).optional(),
      set: z.boolean().optional(),
      startsWith: z.string().optional(),
      contains: z
        .string()
        .optional()
        .describe('One of the values of a multi-select, or part of a text'),
      atLeast: z.number().optional(),
      atMost: z.number().optional(),
    }),
  ]),
);

const sourceSchema = z.strictObject({
  object: z.string().min(1).describe('CRM object (API name)'),
  optional: z
    .boolean()
    .optional()
    .describe('Left out without a fault where the org has no such object'),
  where: conditionSchema
    .optional()
    .describe('Which rows count; decided from the local copy, so it can change without a new read'),
  pull: z
    .array(filterTerm.extend({ field: path }))
    .optional()
    .describe('Filter inside the CRM; only on what never changes after creation'),
  keep: z
    .array(path)
    .optional()
    .describe('More fields to keep in the local copy, for later mappings'),
  associations: z
    .array(z.string())
    .optional()
    .describe('Association types read with the row, where the CRM has them'),
  history: z
    .array(path)
    .optional()
    .describe('Fields whose history is read with the row, where the CRM keeps it there'),
  fields: z.record(z.string(), fieldRuleSchema),
});

const dealPartnerRuleSchema = z.union([
  z
    .strictObject({ by: z.literal('field') })
    .describe('The deal names it: entities.deal.fields.partnerId'),
  z
    .strictObject({
      by: z.literal('role'),
      roles: z.array(z.string()).optional().describe('Only these roles; all when left out'),
      several: z
        .enum(SEVERAL_RULES)
        .optional()
        .describe(
          'Where a deal has several such partners: the one marked primary, else the lowest id (when left out); the one put on the deal first; or none of them, so that the next rule decides',
        ),
    })
    .describe('entities.dealPartner'),
  z
    .strictObject({
      by: z.literal('registration'),
      several: z
        .enum(['first', 'none'])
        .optional()
        .describe(
          'Where registrations of several partners became one deal: the one submitted first (when left out), or none of them, so that the next rule decides',
        ),
    })
    .describe('The registration that became the deal'),
  z
    .strictObject({ by: z.literal('campaign') })
    .describe("The deal's campaign belongs to a partner"),
  z
    .strictObject({ by: z.literal('accountParent') })
    .describe("The customer account's parent is a partner"),
]);

const writeFieldSchema = z.strictObject({
  value: z.string().describe('A Headwater output, such as partner.score'),
  threshold: z.number().min(0).optional().describe('A smaller change is not written'),
  owner: z
    .enum(['headwater', 'shared'])
    .default('headwater')
    .describe('shared: a value that a human changed is held, not overwritten'),
  whenGone: z
    .enum(['clear', 'keep'])
    .optional()
    .describe(
      'When the record has no score any more (a closed deal, a former partner): clear the value that Headwater wrote, or keep it; clear for fields that Headwater owns, keep for shared ones',
    ),
  label: z.string().optional(),
});

export const mappingSchema = z.strictObject({
  $schema: z.string().optional(),
  version: z.literal(1),
  crm: z.string().min(1),
  settings: z
    .strictObject({
      timeZone: z
        .string()
        .default('UTC')
        .describe('IANA zone that decides where a day and a quarter begin'),
      fiscalYearStartMonth: z.int().min(1).max(12).default(1),
      reportingCurrency: z.string().length(3).default('USD'),
      language: z
        .enum(LANGUAGES)
        .default('en')
        .describe('Of reasons, next actions and every other text that is written back'),
      staleDays: z
        .int()
        .min(1)
        .default(21)
        .describe('Days without qualifying activity after which an open deal counts as stalled'),
      stallOnPutOff: z
        .boolean()
        .optional()
        .describe(
          'Whether a close date put off beyond the end of its quarter stalls a deal too, until it moves on; yes without this line',
        ),
      horizonDays: z
        .int()
        .min(7)
        .max(730)
        .default(180)
        .describe('Within this many days of registration a deal should be won'),
      periods: z
        .array(
          z.strictObject({
            name: z.string().min(1).max(60),
            start: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
            end: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
          }),
        )
        .max(400)
        .optional()
        .describe('Periods by name, for plans of a 4-4-5 or another calendar of your own'),
      severalProfiles: z
        .enum(['first', 'last'])
        .optional()
        .describe(
          'Where several partner records stand for one account: the one signed first (when left out) or last counts, the lowest id where no date tells',
        ),
      proofs: z
        .array(z.enum(PROOF_KINDS))
        .min(1)
        .optional()
        .describe(
          'What shows an open deal to be real: a stage that our own user moved on, a meeting with the buyer, a quote, an order; all four without this line',
        ),
      kpis: ownKpis,
      signals: ownSignalKinds,
      signalFeeds,
      credit: creditSettingsSchema,
      value: valueSettingsSchema.describe('What partners are worth'),
      health: healthSettingsSchema.describe('What the health of a partner is made of'),
      profile: profileSettingsSchema.describe('How many partners managers have room for'),
      routing: routingSettingsSchema.describe('Which partners a deal may be proposed to'),
      return: returnSettingsSchema.describe('Margins, by which the return on a partner is counted'),
      classes: classSettingsSchema.describe('Which partners to grow, to help, to review'),
      alerts: alertSettingsSchema.describe('Who is notified when a number leaves its limits'),
      tiers: tierSettingsSchema.optional().describe('What each tier asks, and what it gives'),
    })
    .prefault({}),
  stages: z
    .array(
      z.strictObject({
        key: z.string(),
        label: z.string().optional(),
        order: z.number(),
        closed: z.boolean(),
        won: z.boolean(),
        probability: z.number().min(0).max(1).optional(),
      }),
    )
    .optional()
    .describe('Stages by hand; without it they come from entities.stage'),
  entities: z.partialRecord(
    z.enum(ENTITY_NAMES as [EntityName, ...EntityName[]]),
    z.union([sourceSchema, z.array(sourceSchema)]),
  ),
  dealPartner: z
    .array(dealPartnerRuleSchema)
    .default([{ by: 'field' }, { by: 'role' }])
    .describe('How a deal names its partner; the first that finds one wins'),
  playbook: playbookSchema.describe('What people may be offered and taught'),
  write: z
    .array(
      z.strictObject({
        object: z.string(),
        entity: z.enum(['partner', 'deal']),
        fields: z.record(z.string(), writeFieldSchema),
      }),
    )
    .default([]),
});

export type MappingDocument = z.infer<typeof mappingSchema>;
export type MappingSource = z.infer<typeof sourceSchema>;
export type MappingSettings = MappingDocument['settings'];
export type DealPartnerRule = z.infer<typeof dealPartnerRuleSchema>;

/** One fault in a mapping document, with its place (1-based). */
export interface MappingFault {
  severity: 'error' | 'warning' | 'note';
  line: number;
  column: number;
  path: string;
  message: string;
  cure: string;
}

/** What the engine reads: one stream an object, all sources of that object together. */
export interface StreamSpec {
  object: string;
  fields: string[];
  where: CrmFilterTerm[];
  associations: string[];
  history: string[];
  includeDeleted: boolean;
  /** Entities that rows of this stream can become. */
  entities: EntityName[];
}

export interface CompiledWriteField {
  field: string;
  output: string;
  threshold: number;
  owner: 'headwater' | 'shared';
  whenGone: 'clear' | 'keep';
  spec: FieldSpec;
  /** null until the field exists in the CRM */
  crmField: {
    precision: number | null;
    scale: number | null;
    length: number | null;
    type: string;
  } | null;
}
export interface CompiledWrite {
  object: string;
  entity: 'partner' | 'deal';
  fields: CompiledWriteField[];
}

export interface MapResult {
  rows: MappedRow[];
  rejects: MapReject[];
}

export interface CompiledMapping {
  crm: string;
  /** Content hash: changes exactly when the mapped rows could. */
  version: string;
  settings: MappingSettings;
  dealPartner: DealPartnerRule[];
  streams: StreamSpec[];
  writes: CompiledWrite[];
  /** Stages given by hand, as stage rows. */
  fixedStages: MappedRow[];
  playbook: Playbook;
  mapRow(row: CrmRow): MapResult;
}

export type DescribeLookup = (object: string) => CrmObject | null | undefined;
