import type { TargetMetricId } from '../../../model/metrics.ts';

/**
 * How companies call the things of a partner channel. Phrases are singular and lower case; no
 * name of any CRM is among them.
 */

/** A company, lookup or picklist value with one of these in its name is about a partner. */
export const PARTNER_WORDS: ReadonlySet<string> = new Set([
  'partner',
  'reseller',
  'distributor',
  'dealer',
  'alliance',
  'affiliate',
  'integrator',
  'var',
  'vad',
  'msp',
  'isv',
  'agency',
  'referrer',
  'channel',
  'disti',
  'si',
  'gsi',
]);

/**
 * With one of these, a picklist value is about somebody else, whatever partner word it has
 * (`Customer - Channel`, `Former Partner`).
 */
export const NOT_PARTNER_WORDS: ReadonlySet<string> = new Set([
  'customer',
  'client',
  'prospect',
  'former',
  'competitor',
  'non',
  'not',
  'no',
  'ex',
  'potential',
  'lost',
  'direct',
  'contact',
  'account',
  'manager',
  'source',
]);

/** A lookup on a deal with one of these names a company that only helped along. */
export const INFLUENCE_WORDS: ReadonlySet<string> = new Set([
  'influencer',
  'influence',
  'influenced',
  'influencing',
  'referred',
  'referrer',
  'referral',
  'recommended',
  'introduced',
  'introducer',
  'advisor',
  'advised',
  'supporting',
  'assisting',
  'assisted',
  'secondary',
]);

/** Words of a partner's kind -> the kind that the scores group by. */
export const KIND_WORDS: readonly (readonly [kind: string, words: ReadonlySet<string>])[] = [
  [
    'reseller',
    new Set([
      'reseller',
      'var',
      'vad',
      'dealer',
      'distributor',
      'disti',
      'retailer',
      'wholesaler',
      'sell',
    ]),
  ],
  [
    'technology',
    new Set(['technology', 'tech', 'isv', 'software', 'hardware', 'alliance', 'oem', 'platform']),
  ],
  [
    'consulting',
    new Set([
      'consulting',
      'consultant',
      'consultancy',
      'integrator',
      'si',
      'gsi',
      'installation',
      'implementation',
      'service',
      'agency',
      'msp',
      'advisor',
      'delivery',
    ]),
  ],
  ['referral', new Set(['referral', 'referrer', 'affiliate', 'influencer'])],
];

/** The two sides of a plan, as picklists word them. */
export const SIDE_WORDS: readonly (readonly [side: string, words: ReadonlySet<string>])[] = [
  [
    'partner',
    new Set([
      'partner',
      'them',
      'their',
      'theirs',
      'reseller',
      'distributor',
      'alliance',
      'external',
      'dealer',
      'agency',
    ]),
  ],
  [
    'vendor',
    new Set([
      'vendor',
      'us',
      'our',
      'ours',
      'we',
      'internal',
      'supplier',
      'company',
      'manufacturer',
      'publisher',
      'headquarter',
      'hq',
    ]),
  ],
];

/** What became of a registration, as picklists word it; the first that fits. */
export const DECISION_WORDS: readonly (readonly [status: string, words: ReadonlySet<string>])[] = [
  [
    'rejected',
    new Set([
      'rejected',
      'declined',
      'denied',
      'refused',
      'disapproved',
      'unapproved',
      'withdrawn',
    ]),
  ],
  ['expired', new Set(['expired', 'lapsed', 'ended', 'released'])],
  [
    'pending',
    new Set(['pending', 'submitted', 'new', 'requested', 'review', 'waiting', 'open', 'draft']),
  ],
  [
    'approved',
    new Set(['approved', 'accepted', 'granted', 'confirmed', 'valid', 'protected', 'active']),
  ],
];

/** Words that hint at a metric beside its own. */
export const METRIC_HINTS: Readonly<Record<TargetMetricId, ReadonlySet<string>>> = {
  won_amount: new Set([
    'arr',
    'booked',
    'booking',
    'revenue',
    'sale',
    'turnover',
    'tcv',
    'acv',
    'bookings',
  ]),
  won_deals: new Set(['logo', 'win', 'contract', 'customer']),
  registrations: new Set(['registered', 'registration', 'reg', 'regs', 'lead']),
  verified_deals: new Set(['qualified', 'opportunity', 'sql', 'pipeline', 'accepted']),
  joint_meetings: new Set(['meeting', 'qbr', 'visit', 'workshop', 'call', 'session']),
  certified_people: new Set([
    'certified',
    'certification',
    'certificate',
    'accredited',
    'trained',
    'badge',
  ]),
  decision_hours: new Set(['hour', 'decision', 'approval', 'response', 'turnaround', 'sla']),
  sales_engineer_share: new Set(['engineer', 'presales', 'architect', 'technical', 'se']),
};
