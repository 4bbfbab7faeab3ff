import * as z from 'zod';
import { plainWords } from './plain-words.ts';

/** Object under which signals that were sent here stand beside those of the CRM. */
export const OWN_SIGNALS = 'headwater_signal';

/** Code of what is refused because different signals came under one key. */
export const TWO_OF_A_KEY = 'KEY_TWICE';
/** Names that a source of signals may have. */
export const SIGNAL_SOURCE = /^[a-z0-9][a-z0-9-]{0,39}$/;

/**
 * `count` adds up; `share` is 0 to 1 and `score` 0 to 100, both as they stand at the moment;
 * `people` is how many there are at the moment; `amount` is money in the reporting currency.
 */
export const SIGNAL_UNITS = ['count', 'people', 'share', 'score', 'hours', 'amount'] as const;
export type SignalUnit = (typeof SIGNAL_UNITS)[number];

/** One kind of thing that happens outside the CRM. */
export interface SignalKind {
  unit: SignalUnit;
  label: string;
  /** What people and other systems call it, in lower case. */
  words: readonly string[];
}

/** Kinds that every company has; a mapping may declare more under `settings.signals`. */
export const SIGNAL_KINDS = {
  portal_login: {
    unit: 'count',
    label: 'Portal log-ins',
    words: ['portal login', 'portal visit', 'login', 'log in', 'visit'],
  },
  content_download: {
    unit: 'count',
    label: 'Content downloads',
    words: ['download', 'asset download', 'content consumption', 'content view', 'asset view'],
  },
  training_completed: {
    unit: 'count',
    label: 'Trainings completed',
    words: ['training', 'course completed', 'course completion', 'module completed'],
  },
  training_assigned: {
    unit: 'count',
    label: 'Trainings assigned',
    words: ['course assigned', 'enrolment', 'enrollment', 'module assigned'],
  },
  learning_path: {
    unit: 'share',
    label: 'Progress on the learning path',
    words: ['learning path progress', 'learning path advancement'],
  },
  workshop: {
    unit: 'count',
    label: 'Workshops attended',
    words: ['workshop attended', 'workshop attendance', 'webinar attended', 'event attended'],
  },
  campaign_executed: {
    unit: 'count',
    label: 'Co-marketing campaigns executed',
    words: ['campaign', 'co marketing campaign', 'campaign run'],
  },
  message_sent: {
    unit: 'count',
    label: 'Programme messages sent',
    words: ['email sent', 'communication sent', 'newsletter sent'],
  },
  message_answered: {
    unit: 'count',
    label: 'Programme messages answered',
    words: ['email reply', 'email clicked', 'reply', 'communication response'],
  },
  plan_meeting: {
    unit: 'count',
    label: 'Planning sessions attended',
    words: ['planning session', 'business review', 'qbr attended', 'jbp participation'],
  },
  onboarding_step: {
    unit: 'count',
    label: 'Onboarding steps done',
    words: ['onboarding milestone', 'onboarding step completed'],
  },
  active_sellers: {
    unit: 'people',
    label: 'Active sellers',
    words: ['sales team size', 'active sales users', 'sellers'],
  },
  partner_satisfaction: {
    unit: 'score',
    label: 'Partner satisfaction (survey)',
    words: ['psat', 'survey', 'survey score', 'partner survey', 'satisfaction'],
  },
} as const satisfies Record<string, SignalKind>;

/** Each is shown, and people choose among them. */
const MAX_SIGNAL_KINDS = 100;

const ownSignalKind = z.strictObject({
  unit: z.enum(SIGNAL_UNITS),
  label: z.string().min(1).max(80).optional(),
});
/** What a mapping says of kinds of its own, by id. */
export const ownSignalKinds = z
  .record(z.string().regex(/^[a-z][a-z0-9_]{0,39}$/), ownSignalKind)
  .refine((kinds) => Object.keys(kinds).every((id) => !Object.hasOwn(SIGNAL_KINDS, id)), {
    error: `a kind of that name is built in: ${Object.keys(SIGNAL_KINDS).join(', ')}`,
  })
  .refine((kinds) => Object.keys(kinds).length <= MAX_SIGNAL_KINDS, {
    error: `more than ${MAX_SIGNAL_KINDS} kinds of signals`,
  })
  .optional()
  .describe('Kinds of signals of your own, beside the built-in ones, each with its unit');
export type SignalKinds = ReadonlyMap<string, SignalKind>;

/** All kinds of a company, by id. */
export const signalKinds = (
  own: Readonly<Record<string, z.infer<typeof ownSignalKind>>> = {},
): SignalKinds =>
  new Map<string, SignalKind>([
    ...Object.entries(SIGNAL_KINDS),
    ...Object.entries(own).map(([id, { unit, label }]): [string, SignalKind] => [
      id,
      { unit, label: label ?? id, words: [] },
    ]),
  ]);

/** Words of each kind, in the order in which they are looked through; asked for row by row. */
const WORDS = new WeakMap<SignalKinds, ReadonlyMap<string, string>>();
const wordsOf = (kinds: SignalKinds): ReadonlyMap<string, string> =>
  new Map(
    [...kinds]
      .reverse()
      .flatMap(([id, { label, words }]) =>
        [...words, label, id].map((one): [string, string] => [plainWords(one), id]),
      ),
  );

/** The kind that somebody means by these words; null = none that was declared. */
export function signalKindOf(words: string, kinds: SignalKinds): string | null {
  let known = WORDS.get(kinds);
  if (known === undefined) WORDS.set(kinds, (known = wordsOf(kinds)));
  return known.get(plainWords(words)) ?? null;
}

/** One signal as another system sends it. */
export const signalShape = z.strictObject({
  key: z
    .string()
    .min(1)
    .max(200)
    .describe('What makes it this one and no other; sent again, it is the same signal'),
  partner: z.string().min(1).max(255).describe('CRM id, name, web domain or mail address'),
  kind: z.string().min(1).max(80),
  at: z.string().min(1).max(40).describe('ISO 8601 day or moment'),
  value: z.number().optional().describe('1 for what is counted, when left out'),
  unit: z.enum(SIGNAL_UNITS).optional().describe('Refused where the kind has another one'),
});
export type SignalInput = z.infer<typeof signalShape>;

const path = z
  .string()
  .min(1)
  .max(200)
  .describe('Where it stands in what is sent: names joined by dots, such as learner.email');

/** How a webhook's own JSON becomes signals. */
const signalFeed = z.strictObject({
  items: path.optional().describe('The list of events; without it what is sent is one event'),
  key: path,
  partner: path,
  kind: path,
  at: path.describe('ISO 8601, or seconds or milliseconds since 1970'),
  value: path.optional(),
  kinds: z
    .record(z.string(), z.string())
    .optional()
    .describe('Its words for kinds, and ours; events of other words are not signals'),
});
export type SignalFeed = z.infer<typeof signalFeed>;

/** Webhooks, by the name that stands in their address. */
export const signalFeeds = z
  .record(z.string().regex(SIGNAL_SOURCE), signalFeed)
  .optional()
  .describe('Webhooks of other systems, by the name in their address');
