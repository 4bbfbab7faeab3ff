import type { EntityName } from '../../model/entities.ts';

/** How companies call the things of a partner channel. Phrases are singular and lower case; no name of any CRM is among them. */

/** A company, lookup or picklist value with one of these in its name is about a partner. */
export const PARTNER_WORDS: ReadonlySet<string> = new Set([
  'partner', 'reseller', 'distributor', 'dealer', 'alliance', 'affiliate', 'integrator', 'var', 'vad', 'msp', 'isv', 'agency', 'referrer', 'channel', 'disti', 'si', 'gsi',
]);

/** With one of these, a picklist value is about somebody else, whatever partner word it has (`Customer - Channel`, `Former Partner`). */
export const NOT_PARTNER_WORDS: ReadonlySet<string> = new Set(['customer', 'client', 'prospect', 'former', 'competitor', 'non', 'not', 'no', 'ex', 'potential', 'lost', 'direct', 'contact', 'account', 'manager', 'source']);

/** A lookup on a deal with one of these names a company that only helped along. */
export const INFLUENCE_WORDS: ReadonlySet<string> = new Set(['influencer', 'influence', 'influenced', 'influencing', 'referred', 'referrer', 'referral', 'recommended', 'introduced', 'introducer', 'advisor', 'advised', 'supporting', 'assisting', 'assisted', 'secondary']);

/** Words of a partner's kind -> the kind that the scores group by. */
export const KIND_WORDS: readonly (readonly [kind: string, words: ReadonlySet<string>])[] = [
  ['reseller', new Set(['reseller', 'var', 'vad', 'dealer', 'distributor', 'disti', 'retailer', 'wholesaler', 'sell'])],
  ['technology', new Set(['technology', 'tech', 'isv', 'software', 'hardware', 'alliance', 'oem', 'platform'])],
  ['consulting', new Set(['consulting', 'consultant', 'consultancy', 'integrator', 'si', 'gsi', 'installation', 'implementation', 'service', 'agency', 'msp', 'advisor', 'delivery'])],
  ['referral', new Set(['referral', 'referrer', 'affiliate', 'influencer'])],
];

/** The two sides of a plan, as picklists word them. */
export const SIDE_WORDS: readonly (readonly [side: string, words: ReadonlySet<string>])[] = [
  ['partner', new Set(['partner', 'them', 'their', 'theirs', 'reseller', 'distributor', 'alliance', 'external', 'dealer', 'agency'])],
  ['vendor', new Set(['vendor', 'us', 'our', 'ours', 'we', 'internal', 'supplier', 'company', 'manufacturer', 'publisher', 'headquarter', 'hq'])],
];

export const OBJECT_PHRASES: Partial<Record<EntityName, readonly string[]>> = {
  partner: ['partner profile', 'partner account', 'partner', 'channel partner', 'partner program member', 'partner membership', 'alliance', 'reseller', 'reseller profile'],
  plan: ['partner plan', 'joint plan', 'joint business plan', 'business plan', 'performance plan', 'partner business plan', 'account plan', 'mutual plan', 'growth plan', 'alliance plan', 'plan', 'scorecard', 'jbp', 'jpp', 'partner scorecard', 'agreement'],
  target: ['plan target', 'target', 'goal', 'plan goal', 'objective', 'plan objective', 'commitment', 'plan commitment', 'kpi', 'plan kpi', 'quota', 'plan metric', 'metric', 'key result', 'measure', 'plan line'],
  milestone: ['plan milestone', 'milestone', 'deliverable', 'plan deliverable', 'action item', 'plan action', 'action', 'plan step', 'step', 'checkpoint', 'promise', 'to do', 'activity'],
  certification: ['partner certification', 'certification', 'certificate', 'accreditation', 'credential', 'badge', 'competency', 'exam', 'qualification', 'specialization', 'training certificate', 'diploma'],
  cost: ['partner fund', 'fund', 'market development fund', 'mdf', 'mdf spend', 'mdf claim', 'mdf request', 'rebate', 'spend', 'partner spend', 'expense', 'cost', 'investment', 'incentive', 'claim', 'payout', 'spiff', 'co op', 'marketing fund', 'partner investment', 'funding'],
  signal: ['partner signal', 'signal', 'portal login', 'login', 'portal activity', 'portal event', 'portal visit', 'engagement', 'partner engagement', 'usage', 'touchpoint', 'interaction', 'visit', 'download', 'training attendance', 'partner activity', 'engagement event'],
  campaign: ['partner campaign', 'campaign', 'marketing campaign', 'joint campaign', 'co marketing', 'co marketing campaign', 'promotion', 'promo', 'joint promotion', 'marketing activity', 'marketing program', 'marketing event', 'webinar', 'event'],
  registration: ['deal registration', 'registration', 'registered deal', 'deal reg', 'opportunity registration', 'lead registration', 'partner registration', 'referral', 'partner lead', 'lead submission'],
};

const PARTNER_LOOKUP = ['partner', 'reseller', 'partner account', 'channel partner', 'distributor', 'alliance', 'dealer', 'agency', 'integrator', 'affiliate', 'account', 'company', 'organization', 'member'];
const KIND = ['kind', 'type', 'category', 'class', 'activity', 'subtype', 'event', 'action', 'purpose', 'name'];
const STATUS = ['status', 'phase', 'state', 'stage', 'approval status'];
const SIDE = ['side', 'party', 'owner', 'responsible', 'responsible party', 'owed by', 'who', 'accountable', 'owner side', 'committed by'];

/** Entity fields that a company keeps in fields of its own. */
export const FIELD_PHRASES: Partial<Record<EntityName, Readonly<Record<string, readonly string[]>>>> = {
  partner: {
    accountId: ['account', 'company', 'organization', 'partner account', 'partner'],
    type: ['partner type', 'type', 'kind', 'partner kind', 'partner category', 'business model'],
    tier: ['partner tier', 'tier', 'partner level', 'level', 'program level', 'programme level', 'partner status level', 'membership level', 'partner grade', 'medal', 'ranking'],
    region: ['region', 'country', 'territory', 'geography', 'geo', 'market'],
    ownerId: ['owner', 'partner manager', 'channel manager', 'alliance manager'],
    signedOn: ['partner since', 'signed on', 'signed', 'contract date', 'agreement date', 'contract signed', 'reseller since', 'member since', 'joined', 'joined on', 'partner start date', 'agreement signed', 'partnership start', 'start date'],
    onboardedOn: ['onboarded', 'onboarded on', 'onboarding complete', 'onboarding completed', 'onboarding date', 'enabled on', 'enabled', 'activated', 'activation date', 'go live', 'live since', 'ready', 'ready on'],
  },
  deal: {
    registeredAt: ['registered at', 'registered', 'registered on', 'registration date', 'deal registration date', 'deal reg date', 'deal registered', 'registration submitted', 'partner registered', 'reg date', 'submitted by partner on'],
    registrationStatus: ['registration status', 'deal registration status', 'deal reg status', 'reg status', 'registration state', 'registration stage', 'registration approval'],
    product: ['product', 'product family', 'product line', 'solution', 'offering', 'main product', 'primary product', 'solution area', 'line of business', 'practice'],
  },
  campaign: {
    name: ['name', 'campaign name', 'title', 'label', 'subject'],
    partnerId: PARTNER_LOOKUP,
    cost: ['cost', 'actual cost', 'total cost', 'campaign cost', 'spend', 'spent', 'budget spent', 'amount', 'expense', 'budget'],
    startOn: ['start', 'start date', 'start on', 'starts on', 'begin', 'begins', 'begin date', 'kick off', 'launch', 'launch date', 'launched on', 'from', 'date', 'opens', 'held on'],
  },
  registration: {
    partnerId: PARTNER_LOOKUP,
    dealId: ['deal', 'opportunity', 'converted opportunity', 'related opportunity', 'resulting deal'],
    accountId: ['account', 'customer', 'end customer', 'customer account', 'end user', 'prospect'],
    submittedAt: ['submitted', 'submitted on', 'submitted at', 'registered', 'registered on', 'registration date', 'request date', 'received', 'date'],
    decidedAt: ['decided', 'decided on', 'approved', 'approved on', 'approval date', 'decision date', 'reviewed on', 'accepted on'],
    status: STATUS,
    amount: ['amount', 'value', 'estimated value', 'expected amount', 'deal size', 'estimated amount', 'expected revenue', 'deal value'],
    currency: ['currency iso code', 'currency'],
  },
  plan: {
    partnerId: PARTNER_LOOKUP,
    name: ['name', 'plan name', 'title'],
    startOn: ['start date', 'start', 'begin', 'begins', 'begin date', 'from', 'valid from', 'first day', 'period start', 'effective from', 'effective date', 'starts on', 'kick off', 'opens', 'commences'],
    endOn: ['end date', 'end', 'finish', 'finish date', 'until', 'to', 'valid until', 'valid to', 'last day', 'period end', 'effective to', 'ends on', 'close date', 'expires', 'expiry', 'closes', 'through'],
    status: STATUS,
  },
  target: {
    planId: OBJECT_PHRASES.plan ?? [],
    side: SIDE,
    metric: ['metric', 'measure', 'kpi', 'indicator', 'target type', 'goal type', 'unit', 'what', 'measured by', 'type', 'dimension'],
    goal: ['goal', 'quota', 'target', 'target value', 'goal value', 'planned', 'commitment', 'committed', 'objective', 'amount', 'value', 'number'],
    weight: ['weight', 'weighting', 'share', 'importance', 'percentage', 'weightage', 'factor', 'priority'],
    actual: ['actual', 'achieved', 'reached', 'current', 'current value', 'to date', 'progress', 'attained', 'attainment', 'result'],
    label: ['name', 'label', 'title', 'description', 'target name'],
  },
  milestone: {
    planId: OBJECT_PHRASES.plan ?? [],
    label: ['name', 'label', 'title', 'description', 'milestone name', 'subject'],
    side: SIDE,
    dueOn: ['due', 'due on', 'due date', 'deadline', 'target date', 'planned date', 'planned', 'by when', 'expected'],
    doneOn: ['done', 'done on', 'completed', 'completed on', 'completion date', 'finished', 'finished on', 'actual date', 'achieved on', 'delivered', 'delivered on', 'closed on', 'met on'],
  },
  certification: {
    partnerId: PARTNER_LOOKUP,
    name: ['name', 'certification name', 'certificate', 'title', 'course', 'exam'],
    issuedOn: ['issued', 'issued on', 'issue date', 'awarded', 'awarded on', 'passed', 'passed on', 'earned', 'earned on', 'obtained', 'achieved', 'certified on', 'date', 'start date', 'valid from', 'granted', 'granted on', 'completed on'],
    expiresOn: ['expires', 'expires on', 'expiry', 'expiry date', 'expiration date', 'valid until', 'valid to', 'valid through', 'renewal date', 'renew by', 'end date', 'lapses', 'lapses on'],
  },
  cost: {
    partnerId: PARTNER_LOOKUP,
    kind: KIND,
    amount: ['amount', 'value', 'total', 'cost', 'spend', 'paid', 'approved amount', 'claimed amount', 'sum', 'paid amount', 'budget', 'price'],
    currency: ['currency iso code', 'currency'],
    at: ['date', 'spent', 'spent on', 'booked', 'booked on', 'booking date', 'paid on', 'payment date', 'invoice date', 'claim date', 'posted', 'posted on', 'on', 'incurred', 'incurred on', 'value date', 'start date'],
  },
  signal: {
    partnerId: PARTNER_LOOKUP,
    kind: KIND,
    at: ['at', 'on', 'when', 'time', 'timestamp', 'date', 'happened', 'happened at', 'occurred', 'occurred at', 'logged at', 'event date', 'activity date', 'seen at', 'recorded at', 'took place'],
    value: ['value', 'count', 'number', 'quantity', 'amount', 'score', 'points', 'times', 'hits', 'measure', 'volume', 'sum'],
  },
};

/** Entities that live in objects of a company's own, with the field that ties each to what stands above it. */
export const CUSTOM_ENTITIES = [
  { entity: 'plan', parent: 'partnerId', above: 'partner' }, { entity: 'target', parent: 'planId', above: 'plan' }, { entity: 'milestone', parent: 'planId', above: 'plan' },
  { entity: 'certification', parent: 'partnerId', above: 'partner' }, { entity: 'cost', parent: 'partnerId', above: 'partner' }, { entity: 'signal', parent: 'partnerId', above: 'partner' },
  { entity: 'registration', parent: 'partnerId', above: 'partner' },
  // Any object has a name; only what is called a campaign is one.
  { entity: 'campaign', parent: 'partnerId', above: 'partner', byName: true },
] as const satisfies readonly { entity: EntityName; parent: string; above: 'partner' | 'plan'; byName?: true }[];
