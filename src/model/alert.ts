import * as z from 'zod';
import { METRICS } from './metrics.ts';
import { OUTPUTS } from './outputs.ts';
import { isZone } from './zone.ts';

/** What of the engine itself can be watched; each is a number. */
export const ENGINE_MEASURES = {
  'engine.failedRuns': 'Runs that failed one after the other',
  'engine.quotaPauses': 'Runs that wait for the quota of the CRM',
  'engine.pausedObjects': 'Objects and fields that the CRM no longer has or shows',
  'engine.staleHours': 'Hours since everything was verified',
  'engine.overdueConflicts': 'Conflicts between partners that nobody decided in time',
  'engine.quarantineGrowth': 'Rows more in quarantine than at the look before',
} as const;
export type EngineMeasure = keyof typeof ENGINE_MEASURES;

/** Whether an alert may watch it: a number of a partner, a deal or the engine. */
const isWatchable = (on: string): boolean =>
  Object.hasOwn(ENGINE_MEASURES, on) ||
  Object.hasOwn(METRICS, on) ||
  on.startsWith('own.') ||
  (Object.hasOwn(OUTPUTS, on) && OUTPUTS[on as keyof typeof OUTPUTS].type === 'number');

const FORTNIGHT_DAYS = 14;
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'an hour such as 18:00');

const alertRule = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, 'lower-case letters, digits and dashes'),
    on: z
      .string()
      .refine(isWatchable, 'is no number of a partner, a deal or the engine')
      .describe('An output such as partner.score, a metric, or engine.failedRuns and the like'),
    above: z.number().optional().describe('Tells when the number comes to this, or beyond'),
    below: z.number().optional().describe('Tells when the number falls to this, or beyond'),
    hysteresis: z
      .number()
      .min(0)
      .optional()
      .describe(
        'So far back over the limit it must go before it tells again; 5% of it if left out',
      ),
    cooldownDays: z
      .number()
      .min(0)
      .max(365)
      .default(FORTNIGHT_DAYS)
      .describe('At most one alert in so many days of one number of one record'),
    channels: z.array(z.string().min(1)).min(1).max(10).describe('Of the connection document'),
    to: z
      .array(z.string().min(1).max(200))
      .max(20)
      .optional()
      .describe('Mail addresses or user ids; the owner of the record when left out'),
    digest: z.enum(['day', 'week']).optional().describe('Told together, in the morning'),
  })
  .refine((rule) => rule.above !== undefined || rule.below !== undefined, {
    message: 'needs `above`, `below` or both',
  })
  .refine(({ above, below }) => above === undefined || below === undefined || below < above, {
    message: '`below` must be less than `above`',
  });
export type AlertRule = z.infer<typeof alertRule>;

export const alertSettingsSchema = z
  .strictObject({
    rules: z
      .array(alertRule)
      .max(100)
      .default([])
      .refine((rules) => new Set(rules.map(({ id }) => id)).size === rules.length, {
        message: 'two rules have one id',
      }),
    quietHours: z
      .strictObject({ from: clock, until: clock, weekends: z.boolean().default(true) })
      .optional()
      .describe('In the zone of the owner; what comes meanwhile is sent afterwards'),
    zones: z
      .record(z.string(), z.string().refine(isZone, 'is no time zone such as Europe/Berlin'))
      .default({})
      .describe('IANA zone by user id or mail address; the zone of the mapping for all others'),
  })
  .optional();
export type AlertSettings = NonNullable<z.infer<typeof alertSettingsSchema>>;

const secretName = z.string().min(1).describe('A name under `secrets` of this document');

/** Days until a task is due. */
const TASK_DAYS = 3;

/** Where alerts go; part of the connection document, since secrets are named there. */
export const alertChannelSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('webhook'), url: z.string(), secret: secretName }),
  z.strictObject({ kind: z.literal('slack'), url: secretName }),
  z.strictObject({ kind: z.literal('smtp'), url: secretName, from: z.string().min(3) }),
  z.strictObject({
    ...{ kind: z.literal('mail-api'), url: z.string(), secret: secretName },
    from: z.string().min(3),
  }),
  z.strictObject({
    kind: z.literal('task').describe('A task in the CRM for the owner of the record'),
    dueDays: z.int().min(0).max(90).default(TASK_DAYS).describe('Due so many days later'),
  }),
]);
export type AlertChannel = z.infer<typeof alertChannelSchema>;

/** Where the number went. */
export type AlertWay = 'above' | 'below';

/** A number of a record, or of the engine, at a moment. */
export interface Measured {
  on: string;
  /** `partner:ID`, `deal:ID`, or `engine`. */
  subject: string;
  ownerId: string | null;
  value: number;
}

/** What is kept of a rule on a record between looks. */
export interface AlertState {
  rule: string;
  on: string;
  subject: string;
  /** Null = within its limits. */
  firing: AlertWay | null;
  value: number;
  /** When it told last; null = never. */
  toldMs: number | null;
}

/** An alert on its way: names and addresses are looked up when it is sent. */
export interface QueuedAlert {
  key: string;
  rule: string;
  on: string;
  subject: string;
  ownerId: string | null;
  channel: string;
  /** User id or mail address; null = whoever reads the channel. */
  recipient: string | null;
  way: AlertWay;
  value: number;
  limit: number;
  atMs: number;
  /** Not before this: quiet hours, a digest. */
  dueMs: number;
  digest: boolean;
}

export const ALERT_STATES = ['queued', 'sent', 'dead'] as const;
export type AlertFate = (typeof ALERT_STATES)[number];

export interface KeptAlert extends QueuedAlert {
  seq: number;
  state: AlertFate;
  attempts: number;
  nextMs: number;
  error: string | null;
  sentMs: number | null;
}

export interface AlertMute {
  /** `rule:ID` or a subject. */
  what: string;
  untilMs: number;
  by: string;
  why: string;
}
