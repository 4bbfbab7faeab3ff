import type { KpiValue } from '../model/score.ts';
import { sql } from 'drizzle-orm';
import {
  type AnySQLiteColumn,
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';

/**
 * Tables of both databases (better-sqlite3 and D1). No foreign keys and no cascades: a rebuild
 * migration would delete child rows through them.
 * Entity tables mirror ENTITIES in model/entities.ts column by column (a test holds them together)
 * between the key and the trailing row facts.
 */
const key = {
  connectionId: text('connection_id').notNull(),
  object: text('object').notNull(),
  id: text('id').notNull(),
};
const facts = {
  stampMs: integer('stamp_ms').notNull(),
  seenMs: integer('seen_ms').notNull(),
  deleted: integer('deleted').notNull(),
};
const pk = (t: { connectionId: AnySQLiteColumn; object: AnySQLiteColumn; id: AnySQLiteColumn }) =>
  primaryKey({ columns: [t.connectionId, t.object, t.id] });

export const partners = sqliteTable(
  'partners',
  {
    ...key,
    name: text('name').notNull(),
    accountId: text('account_id'),
    type: text('type'),
    tier: text('tier'),
    region: text('region'),
    domain: text('domain'),
    ownerId: text('owner_id'),
    parentId: text('parent_id'),
    signedOn: text('signed_on'),
    onboardedOn: text('onboarded_on'),
    ...facts,
  },
  (t) => [
    pk(t),
    index('partners_deleted').on(t.connectionId, t.seenMs).where(sql`deleted = 1`),
    index('partners_account_id').on(t.connectionId, t.accountId),
    index('partners_id').on(t.connectionId, t.id),
    index('partners_standing_for').on(t.connectionId, sql`coalesce(account_id, id)`),
  ],
);

export const accounts = sqliteTable(
  'accounts',
  {
    ...key,
    name: text('name').notNull(),
    industry: text('industry'),
    country: text('country'),
    domain: text('domain'),
    ownerId: text('owner_id'),
    parentId: text('parent_id'),
    ...facts,
  },
  (t) => [
    pk(t),
    index('accounts_deleted').on(t.connectionId, t.seenMs).where(sql`deleted = 1`),
    // With the parent, so that a deal's link by its customer's group reads the index alone.
    index('accounts_id').on(t.connectionId, t.id, t.deleted, t.parentId),
  ],
);

export const deals = sqliteTable(
  'deals',
  {
    ...key,
    name: text('name').notNull(),
    accountId: text('account_id'),
    partnerId: text('partner_id'),
    campaignId: text('campaign_id'),
    ownerId: text('owner_id'),
    stage: text('stage').notNull(),
    amount: real('amount'),
    currency: text('currency'),
    closeDate: text('close_date'),
    createdAt: integer('created_at').notNull(),
    closed: integer('closed'),
    won: integer('won'),
    closedAt: integer('closed_at'),
    registeredAt: integer('registered_at'),
    registrationStatus: text('registration_status'),
    product: text('product'),
    crmProbability: real('crm_probability'),
    source: text('source'),
    competitor: text('competitor'),
    /** The partner by the mapping's rules, and which rule found it; computed after each pull. */
    resolvedPartnerId: text('resolved_partner_id'),
    resolvedVia: text('resolved_via'),
    /**
     * Units of the deal currency for one unit of the reporting currency,
     * and the day the rate is of.
     */
    rate: real('rate'),
    rateOn: text('rate_on'),
    /**
     * 1 = computed for the row as it is; null = the row, or what names its partner, changed
     * since.
     */
    linked: integer('linked'),
    ...facts,
  },
  (t) => [
    pk(t),
    index('deals_deleted').on(t.connectionId, t.seenMs).where(sql`deleted = 1`),
    index('deals_resolved_partner_id')
      .on(t.connectionId, t.resolvedPartnerId)
      .where(sql`resolved_partner_id is not null`),
    index('deals_id').on(t.connectionId, t.id),
    index('deals_account_id').on(t.connectionId, t.accountId),
    index('deals_unlinked').on(t.connectionId, t.id).where(sql`linked is null`),
    index('deals_unrated').on(t.connectionId, t.currency).where(sql`rate is null and linked = 1`),
  ],
);

export const dealPartners = sqliteTable(
  'deal_partners',
  {
    ...key,
    dealId: text('deal_id').notNull(),
    partnerId: text('partner_id').notNull(),
    role: text('role'),
    primary: integer('primary'),
    createdAt: integer('created_at'),
    ...facts,
  },
  (t) => [pk(t), index('deal_partners_deal_id').on(t.connectionId, t.dealId)],
);

export const dealTeams = sqliteTable(
  'deal_teams',
  {
    ...key,
    dealId: text('deal_id').notNull(),
    userId: text('user_id').notNull(),
    role: text('role'),
    side: text('side'),
    createdAt: integer('created_at'),
    ...facts,
  },
  (t) => [pk(t), index('deal_teams_deal_id').on(t.connectionId, t.dealId)],
);

export const dealEvents = sqliteTable(
  'deal_events',
  {
    ...key,
    dealId: text('deal_id').notNull(),
    at: integer('at').notNull(),
    stage: text('stage'),
    amount: real('amount'),
    closeDate: text('close_date'),
    byId: text('by_id'),
    ...facts,
  },
  (t) => [pk(t), index('deal_events_deal_id').on(t.connectionId, t.dealId)],
);

export const registrations = sqliteTable(
  'registrations',
  {
    ...key,
    partnerId: text('partner_id').notNull(),
    kind: text('kind'),
    dealId: text('deal_id'),
    accountId: text('account_id'),
    company: text('company'),
    domain: text('domain'),
    product: text('product'),
    createdAt: integer('created_at'),
    submittedAt: integer('submitted_at').notNull(),
    decidedAt: integer('decided_at'),
    protectedUntil: text('protected_until'),
    status: text('status'),
    amount: real('amount'),
    currency: text('currency'),
    ...facts,
  },
  (t) => [
    pk(t),
    index('registrations_deleted').on(t.connectionId, t.seenMs).where(sql`deleted = 1`),
    index('registrations_partner_id').on(t.connectionId, t.partnerId),
    index('registrations_deal_id').on(t.connectionId, t.dealId),
    index('registrations_id').on(t.connectionId, t.id),
  ],
);

export const quotes = sqliteTable(
  'quotes',
  {
    ...key,
    dealId: text('deal_id').notNull(),
    state: text('state').notNull(),
    at: integer('at').notNull(),
    amount: real('amount'),
    currency: text('currency'),
    byId: text('by_id'),
    ...facts,
  },
  (t) => [pk(t), index('quotes_deal_id').on(t.connectionId, t.dealId)],
);

export const tasks = sqliteTable(
  'tasks',
  {
    ...key,
    dealId: text('deal_id').notNull(),
    ownerId: text('owner_id'),
    createdAt: integer('created_at').notNull(),
    dueOn: text('due_on'),
    doneAt: integer('done_at'),
    ...facts,
  },
  (t) => [pk(t), index('tasks_deal_id').on(t.connectionId, t.dealId)],
);

export const activities = sqliteTable(
  'activities',
  {
    ...key,
    dealId: text('deal_id'),
    accountId: text('account_id'),
    ownerId: text('owner_id'),
    byId: text('by_id'),
    contactId: text('contact_id'),
    kind: text('kind').notNull(),
    at: integer('at').notNull(),
    qualifying: integer('qualifying'),
    durationMinutes: real('duration_minutes'),
    ...facts,
  },
  (t) => [pk(t), index('activities_deal_id').on(t.connectionId, t.dealId)],
);

export const attendees = sqliteTable(
  'attendees',
  {
    ...key,
    activityId: text('activity_id').notNull(),
    contactId: text('contact_id'),
    userId: text('user_id'),
    ...facts,
  },
  (t) => [pk(t), index('attendees_activity_id').on(t.connectionId, t.activityId)],
);

export const users = sqliteTable(
  'users',
  {
    ...key,
    name: text('name').notNull(),
    active: integer('active'),
    email: text('email'),
    loginId: text('login_id'),
    accountId: text('account_id'),
    side: text('side'),
    /** Whose person it is by all that we know, or `unknown`; null = not looked at yet. */
    resolvedSide: text('resolved_side'),
    ...facts,
  },
  (t) => [
    pk(t),
    index('users_deleted').on(t.connectionId, t.seenMs).where(sql`deleted = 1`),
    index('users_id').on(t.connectionId, t.id),
    index('users_login_id').on(t.connectionId, t.loginId),
    index('users_unresolved').on(t.connectionId, t.id).where(sql`resolved_side is null`),
  ],
);

export const contacts = sqliteTable(
  'contacts',
  {
    ...key,
    name: text('name').notNull(),
    accountId: text('account_id'),
    title: text('title'),
    ...facts,
  },
  (t) => [
    pk(t),
    index('contacts_deleted').on(t.connectionId, t.seenMs).where(sql`deleted = 1`),
    index('contacts_id').on(t.connectionId, t.id),
  ],
);

export const campaigns = sqliteTable(
  'campaigns',
  {
    ...key,
    name: text('name').notNull(),
    partnerId: text('partner_id'),
    cost: real('cost'),
    currency: text('currency'),
    startOn: text('start_on'),
    ...facts,
  },
  (t) => [
    pk(t),
    index('campaigns_deleted').on(t.connectionId, t.seenMs).where(sql`deleted = 1`),
    index('campaigns_id').on(t.connectionId, t.id),
  ],
);

export const plans = sqliteTable(
  'plans',
  {
    ...key,
    partnerId: text('partner_id').notNull(),
    name: text('name').notNull(),
    startOn: text('start_on').notNull(),
    endOn: text('end_on').notNull(),
    status: text('status'),
    ownerId: text('owner_id'),
    partnerOwner: text('partner_owner'),
    reviewOn: text('review_on'),
    ...facts,
  },
  (t) => [
    pk(t),
    index('plans_deleted').on(t.connectionId, t.seenMs).where(sql`deleted = 1`),
    index('plans_partner_id').on(t.connectionId, t.partnerId),
    index('plans_id').on(t.connectionId, t.id),
  ],
);

export const targets = sqliteTable(
  'targets',
  {
    ...key,
    planId: text('plan_id').notNull(),
    side: text('side').notNull(),
    metric: text('metric').notNull(),
    goal: real('goal').notNull(),
    weight: real('weight'),
    actual: real('actual'),
    label: text('label'),
    above: real('above'),
    ...facts,
  },
  (t) => [
    pk(t),
    index('targets_deleted').on(t.connectionId, t.seenMs).where(sql`deleted = 1`),
    index('targets_plan_id').on(t.connectionId, t.planId),
  ],
);

export const milestones = sqliteTable(
  'milestones',
  {
    ...key,
    planId: text('plan_id').notNull(),
    label: text('label').notNull(),
    side: text('side'),
    dueOn: text('due_on'),
    doneOn: text('done_on'),
    ...facts,
  },
  (t) => [
    pk(t),
    index('milestones_deleted').on(t.connectionId, t.seenMs).where(sql`deleted = 1`),
    index('milestones_plan_id').on(t.connectionId, t.planId),
  ],
);

/**
 * Every state of a plan's terms, from the moment we saw it (or somebody kept it here) on;
 * never changed, only added to.
 */
export const planRevisions = sqliteTable(
  'plan_revisions',
  {
    connectionId: text('connection_id').notNull(),
    planId: text('plan_id').notNull(),
    revision: integer('revision').notNull(),
    atMs: integer('at_ms').notNull(),
    /** Who and why, where the change was made here; null = seen in the CRM. */
    byWho: text('by_who'),
    why: text('why'),
    approvedMs: integer('approved_ms'),
    approvedBy: text('approved_by'),
    hash: text('hash').notNull(),
    /** PlanTerms as JSON. */
    terms: text('terms').notNull(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.planId, t.revision] })],
);

export const certifications = sqliteTable(
  'certifications',
  {
    ...key,
    partnerId: text('partner_id').notNull(),
    name: text('name').notNull(),
    issuedOn: text('issued_on').notNull(),
    expiresOn: text('expires_on'),
    ...facts,
  },
  (t) => [
    pk(t),
    index('certifications_deleted').on(t.connectionId, t.seenMs).where(sql`deleted = 1`),
    index('certifications_partner_id').on(t.connectionId, t.partnerId),
  ],
);

export const costs = sqliteTable(
  'costs',
  {
    ...key,
    partnerId: text('partner_id').notNull(),
    kind: text('kind').notNull(),
    amount: real('amount').notNull(),
    currency: text('currency'),
    at: text('at').notNull(),
    ...facts,
  },
  (t) => [pk(t), index('costs_partner_id').on(t.connectionId, t.partnerId)],
);

export const signals = sqliteTable(
  'signals',
  {
    ...key,
    partnerId: text('partner_id').notNull(),
    kind: text('kind').notNull(),
    at: integer('at').notNull(),
    value: real('value'),
    ...facts,
  },
  (t) => [pk(t), index('signals_partner_id').on(t.connectionId, t.partnerId)],
);

export const stages = sqliteTable(
  'stages',
  {
    ...key,
    key: text('key').notNull(),
    label: text('label'),
    pipeline: text('pipeline'),
    order: real('order').notNull(),
    closed: integer('closed').notNull(),
    won: integer('won').notNull(),
    probability: real('probability'),
    active: integer('active'),
    ...facts,
  },
  (t) => [pk(t)],
);

export const rates = sqliteTable(
  'rates',
  {
    ...key,
    code: text('code').notNull(),
    perReporting: real('per_reporting').notNull(),
    startOn: text('start_on'),
    ...facts,
  },
  (t) => [pk(t), index('rates_in_force').on(t.connectionId, t.code, sql`coalesce(start_on, '')`)],
);

/** Entity name -> its table. */
export const ENTITY_TABLES = {
  partner: partners,
  account: accounts,
  deal: deals,
  dealPartner: dealPartners,
  dealTeam: dealTeams,
  dealEvent: dealEvents,
  registration: registrations,
  quote: quotes,
  task: tasks,
  activity: activities,
  attendee: attendees,
  user: users,
  contact: contacts,
  campaign: campaigns,
  plan: plans,
  target: targets,
  milestone: milestones,
  certification: certifications,
  cost: costs,
  signal: signals,
  stage: stages,
  rate: rates,
} as const;

/** The local copy: rows as the CRM sent them, so that a changed mapping needs no API call. */
export const crmRows = sqliteTable(
  'crm_rows',
  {
    ...key,
    fields: text('fields').notNull(),
    /** Of fields, deletion and merge; equal hash = nothing to do. */
    hash: text('hash').notNull(),
    mergedIntoId: text('merged_into_id'),
    /** Mapping version that last mapped it. */
    mapping: text('mapping').notNull(),
    ...facts,
  },
  (t) => [
    pk(t),
    index('crm_rows_deleted').on(t.connectionId, t.stampMs).where(sql`deleted = 1`),
    index('crm_rows_stamp').on(t.connectionId, t.object, t.stampMs),
  ],
);

/** Loser -> winner of a merge. */
export const redirects = sqliteTable(
  'redirects',
  {
    connectionId: text('connection_id').notNull(),
    object: text('object').notNull(),
    fromId: text('from_id').notNull(),
    toId: text('to_id').notNull(),
    seenMs: integer('seen_ms').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.connectionId, t.object, t.fromId] }),
    index('redirects_from').on(t.connectionId, t.fromId),
    index('redirects_to').on(t.connectionId, t.toId),
  ],
);

/** References for which the CRM names several records, and all of those. */
export const severalLinks = sqliteTable(
  'several_links',
  {
    connectionId: text('connection_id').notNull(),
    object: text('object').notNull(),
    id: text('id').notNull(),
    entity: text('entity').notNull(),
    field: text('field').notNull(),
    /** Which of them counts. */
    rule: text('rule').notNull(),
    /** A JSON list of ids. */
    ids: text('ids').notNull(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.entity, t.object, t.id, t.field] })],
);

/**
 * How much the CRM gives in one call, of what was once too much; the default where it is not here.
 */
export const pageSizes = sqliteTable(
  'page_sizes',
  {
    connectionId: text('connection_id').notNull(),
    what: text('what').notNull(),
    rows: integer('rows').notNull(),
    learntMs: integer('learnt_ms').notNull(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.what] })],
);

/**
 * What the links and rates of a connection's deals were last computed with; `stale`: something
 * that any of them may hang on changed since.
 */
export const linkStates = sqliteTable('link_states', {
  connectionId: text('connection_id').primaryKey(),
  mapping: text('mapping').notNull(),
  day: text('day').notNull(),
  stale: integer('stale').notNull(),
});

/**
 * Which partner was linked to which deal, since when we know it and until when: what the CRM shows
 * today says nothing about yesterday. `since`: created = stood when we first looked at the deal,
 * crm = by the CRM's own stamp, seen = came later, at the moment of the run that saw it.
 */
export const dealLinks = sqliteTable(
  'deal_links',
  {
    connectionId: text('connection_id').notNull(),
    dealId: text('deal_id').notNull(),
    partnerId: text('partner_id').notNull(),
    /** The rule that finds it, as in the mapping's `dealPartner`. */
    via: text('via').notNull(),
    role: text('role').notNull(),
    knownMs: integer('known_ms').notNull(),
    since: text('since').notNull(),
    primary: integer('primary').notNull(),
    endedMs: integer('ended_ms'),
  },
  (t) => [
    primaryKey({
      columns: [t.connectionId, t.dealId, t.partnerId, t.via, t.role, t.primary, t.knownMs],
    }),
  ],
);

/** By which links document the links of a deal were last looked at. */
export const dealLooks = sqliteTable(
  'deal_looks',
  {
    connectionId: text('connection_id').notNull(),
    dealId: text('deal_id').notNull(),
    /**
     * Hash of the parts of the mapping that make links: the first look with others is a first look
     * again.
     */
    eyes: text('eyes').notNull(),
    seenMs: integer('seen_ms').notNull(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.dealId] })],
);

/** How each won deal is credited, by the last run. `detail` is the DealCredit as JSON. */
export const credits = sqliteTable(
  'credits',
  {
    connectionId: text('connection_id').notNull(),
    dealId: text('deal_id').notNull(),
    runId: text('run_id').notNull(),
    kind: text('kind').notNull(),
    cents: integer('cents'),
    wonMs: integer('won_ms').notNull(),
    detail: text('detail').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.connectionId, t.dealId] }),
    index('credits_won').on(t.connectionId, t.wonMs),
  ],
);

/** What was credited when: entries are added and never changed. `shares` maps partners to cents. */
export const creditBook = sqliteTable(
  'credit_book',
  {
    connectionId: text('connection_id').notNull(),
    dealId: text('deal_id').notNull(),
    seq: integer('seq').notNull(),
    kind: text('kind').notNull(),
    cents: integer('cents').notNull(),
    shares: text('shares').notNull(),
    onMs: integer('on_ms').notNull(),
    recordedMs: integer('recorded_ms').notNull(),
    reason: text('reason').notNull(),
    runId: text('run_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.connectionId, t.dealId, t.seq] }),
    index('credit_book_on').on(t.connectionId, t.onMs),
  ],
);

/** What a partner's credit comes to in the fiscal year of the last run, in cents. */
export const partnerCredits = sqliteTable(
  'partner_credits',
  {
    connectionId: text('connection_id').notNull(),
    partnerId: text('partner_id').notNull(),
    runId: text('run_id').notNull(),
    sourced: integer('sourced').notNull(),
    influenced: integer('influenced').notNull(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.partnerId] })],
);

/** What registrations are found again by; more may share a key than are the same. */
export const claimKeys = sqliteTable(
  'claim_keys',
  {
    connectionId: text('connection_id').notNull(),
    key: text('key').notNull(),
    claimId: text('claim_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.key, t.claimId] })],
);

/** Registrations as the last run judged them. `detail` is the Claim as JSON. */
export const claims = sqliteTable(
  'claims',
  {
    connectionId: text('connection_id').notNull(),
    id: text('id').notNull(),
    runId: text('run_id').notNull(),
    dealId: text('deal_id'),
    duplicateOfId: text('duplicate_of_id'),
    detail: text('detail').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.connectionId, t.id] }),
    index('claims_deal_id').on(t.connectionId, t.dealId),
  ],
);

/** Where two partners claim one deal. `detail` is the Conflict as JSON. */
export const conflicts = sqliteTable(
  'conflicts',
  {
    connectionId: text('connection_id').notNull(),
    id: text('id').notNull(),
    runId: text('run_id').notNull(),
    state: text('state').notNull(),
    detail: text('detail').notNull(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.id] })],
);

/** What a person decided of a claim; it stands before what the CRM says of it. */
export const claimDecisions = sqliteTable(
  'claim_decisions',
  {
    connectionId: text('connection_id').notNull(),
    claimId: text('claim_id').notNull(),
    /** approved, rejected or appealed */
    status: text('status').notNull(),
    byWho: text('by_who').notNull(),
    why: text('why').notNull(),
    decidedMs: integer('decided_ms').notNull(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.claimId] })],
);

/** Every word of a person on a conflict between partners; only ever added to. */
export const conflictDecisions = sqliteTable(
  'conflict_decisions',
  {
    connectionId: text('connection_id').notNull(),
    conflictId: text('conflict_id').notNull(),
    atMs: integer('at_ms').notNull(),
    /** decided, appealed */
    what: text('what').notNull(),
    /** For whom it was decided, or whose claim was taken up again. */
    partnerId: text('partner_id').notNull(),
    byWho: text('by_who').notNull(),
    why: text('why').notNull(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.conflictId, t.atMs] })],
);

/**
 * Tiers that a person put partners in, by whom and why; only ever added to, the last one counts.
 */
export const tierDecisions = sqliteTable(
  'tier_decisions',
  {
    connectionId: text('connection_id').notNull(),
    partnerId: text('partner_id').notNull(),
    decidedMs: integer('decided_ms').notNull(),
    tier: text('tier').notNull(),
    /** The tier in force until then. */
    before: text('before'),
    byWho: text('by_who').notNull(),
    why: text('why').notNull(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.partnerId, t.decidedMs] })],
);

/** What was tried with partners that fell silent, by whom and why; only ever added to. */
export const interventions = sqliteTable(
  'interventions',
  {
    connectionId: text('connection_id').notNull(),
    partnerId: text('partner_id').notNull(),
    atMs: integer('at_ms').notNull(),
    what: text('what').notNull(),
    byWho: text('by_who').notNull(),
    why: text('why').notNull(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.partnerId, t.atMs] })],
);

/** What people decided of campaigns that are paid from funds; the last one stands. */
export const fundDecisions = sqliteTable(
  'fund_decisions',
  {
    connectionId: text('connection_id').notNull(),
    fundId: text('fund_id').notNull(),
    atMs: integer('at_ms').notNull(),
    /** approved, refused, done */
    decision: text('decision').notNull(),
    byWho: text('by_who').notNull(),
    why: text('why').notNull(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.fundId, t.atMs] })],
);

/** What is kept of a rule on a record between looks: where its number stood, when it told last. */
export const alertStates = sqliteTable(
  'alert_states',
  {
    connectionId: text('connection_id').notNull(),
    rule: text('rule').notNull(),
    subject: text('subject').notNull(),
    on: text('on').notNull(),
    /** above, below; null = within its limits */
    firing: text('firing'),
    value: real('value').notNull(),
    toldMs: integer('told_ms'),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.rule, t.subject] })],
);

/** Alerts on their way and those that arrived, by ids alone; `seq` is the order of a channel. */
export const alerts = sqliteTable(
  'alerts',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    connectionId: text('connection_id').notNull(),
    key: text('key').notNull(),
    rule: text('rule').notNull(),
    on: text('on').notNull(),
    subject: text('subject').notNull(),
    ownerId: text('owner_id'),
    channel: text('channel').notNull(),
    recipient: text('recipient'),
    way: text('way').notNull(),
    value: real('value').notNull(),
    limit: real('limit').notNull(),
    atMs: integer('at_ms').notNull(),
    dueMs: integer('due_ms').notNull(),
    digest: integer('digest').notNull(),
    /** queued, sent, dead */
    state: text('state').notNull(),
    attempts: integer('attempts').notNull(),
    nextMs: integer('next_ms').notNull(),
    error: text('error'),
    sentMs: integer('sent_ms'),
  },
  (t) => [
    uniqueIndex('alerts_key').on(t.connectionId, t.key),
    index('alerts_state').on(t.connectionId, t.state, t.channel, t.seq),
    index('alerts_at').on(t.connectionId, t.atMs),
  ],
);

/** What tells nobody for a while, by whom and why. */
export const alertMutes = sqliteTable(
  'alert_mutes',
  {
    connectionId: text('connection_id').notNull(),
    /** rule:ID, or a record as partner:ID */
    what: text('what').notNull(),
    untilMs: integer('until_ms').notNull(),
    byWho: text('by_who').notNull(),
    why: text('why').notNull(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.what] })],
);

/** Where each stream stands. Committed in the same batch as the rows of the page. */
export const cursors = sqliteTable(
  'cursors',
  {
    connectionId: text('connection_id').notNull(),
    object: text('object').notNull(),
    /** The fast pass has read everything stamped before this. */
    throughMs: integer('through_ms'),
    /** Windows are closed and counted up to here. */
    verifiedMs: integer('verified_ms'),
    /** Hard deletions are known up to here. */
    deletesMs: integer('deletes_ms'),
    /** The last pass that read every row. */
    fullMs: integer('full_ms'),
    /**
     * Every row's links, and fields of linked records, are as they were then; null = the stream has
     * none, or no pass has brought them all.
     */
    associationsMs: integer('associations_ms'),
    /** The same of what the CRM works out (formulas, roll-ups). */
    calculatedMs: integer('calculated_ms'),
    /**
     * Since when something that the stream needs is gone from the CRM; null = nothing is. The pass
     * that clears it is a full one.
     */
    pausedMs: integer('paused_ms'),
    /** The read in progress, so that a new process goes on in the middle; null = none. */
    passFromMs: integer('pass_from_ms'),
    passUntilMs: integer('pass_until_ms'),
    passNext: text('pass_next'),
    /**
     * What the CRM filters and adds for us (pull filter, associations, history);
     * another one needs a full read.
     */
    shape: text('shape').notNull().default(''),
    /** Fields the local copy holds; a new one is back-filled by a full read. */
    fields: text('fields').notNull(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.object] })],
);

/** Receipts of closed windows. */
export const windows = sqliteTable(
  'windows',
  {
    connectionId: text('connection_id').notNull(),
    object: text('object').notNull(),
    fromMs: integer('from_ms').notNull(),
    untilMs: integer('until_ms').notNull(),
    ourCount: integer('our_count').notNull(),
    crmCount: integer('crm_count').notNull(),
    verified: integer('verified').notNull(),
    checkedMs: integer('checked_ms').notNull(),
    runId: text('run_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.connectionId, t.object, t.untilMs] }),
    index('windows_of_run').on(t.runId),
  ],
);

export const connections = sqliteTable('connections', {
  id: text('id').primaryKey(),
  crm: text('crm').notNull(),
  /** The org is pinned at first contact; another org under the same connection is refused. */
  orgId: text('org_id').notNull(),
  orgName: text('org_name').notNull(),
  instanceUrl: text('instance_url').notNull(),
  pinnedMs: integer('pinned_ms').notNull(),
});

export const documents = sqliteTable(
  'documents',
  {
    /** Content hash. */
    version: text('version').notNull(),
    kind: text('kind').notNull(),
    connectionId: text('connection_id').notNull(),
    body: text('body').notNull(),
    savedMs: integer('saved_ms').notNull(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.kind, t.version] })],
);

/**
 * Mappings that were put in force, with who and why. A number in a row of its own for each: of two
 * people at once, only one can take the next.
 */
export const mappingVersions = sqliteTable(
  'mapping_versions',
  {
    connectionId: text('connection_id').notNull(),
    seq: integer('seq').notNull(),
    /** Content hash of the text. */
    version: text('version').notNull(),
    body: text('body').notNull(),
    savedMs: integer('saved_ms').notNull(),
    /** null = nobody told us: it was found in its file. */
    byWho: text('by_who'),
    why: text('why'),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.seq] })],
);

export const runs = sqliteTable(
  'runs',
  {
    id: text('id').primaryKey(),
    connectionId: text('connection_id').notNull(),
    kind: text('kind').notNull(),
    state: text('state').notNull(),
    dryRun: integer('dry_run').notNull(),
    startedMs: integer('started_ms').notNull(),
    asOfMs: integer('as_of_ms'),
    endedMs: integer('ended_ms'),
    full: integer('full').notNull(),
    /**
     * For a paused run: when its budget allows to go on. For an undo: the run that it takes back.
     */
    resumeAtMs: integer('resume_at_ms'),
    undoes: text('undoes'),
    mapping: text('mapping'),
    model: text('model'),
    calls: integer('calls').notNull(),
    error: text('error'),
    summary: text('summary'),
    /** Version of the flow that it began under; null = begun before this was kept. */
    flow: integer('flow'),
  },
  (t) => [
    index('runs_connection').on(t.connectionId, t.startedMs),
    index('runs_started').on(t.startedMs),
    index('runs_state').on(t.connectionId, t.state, t.startedMs),
  ],
);

/** A done step's result is all that a new process needs to go on behind it. */
export const runSteps = sqliteTable(
  'run_steps',
  {
    runId: text('run_id').notNull(),
    name: text('name').notNull(),
    seq: integer('seq').notNull(),
    state: text('state').notNull(),
    startedMs: integer('started_ms').notNull(),
    endedMs: integer('ended_ms'),
    calls: integer('calls').notNull(),
    result: text('result'),
  },
  (t) => [primaryKey({ columns: [t.runId, t.name] })],
);

/**
 * Secrets that the CRM rotated, encrypted. Two slots a secret: a new value is written beside the
 * old one, so that a torn write leaves one that can be read.
 */
export const secrets = sqliteTable(
  'secrets',
  {
    connectionId: text('connection_id').notNull(),
    name: text('name').notNull(),
    slot: integer('slot').notNull(),
    /** Rises with every save; the highest readable slot is the secret. */
    version: integer('version').notNull(),
    body: text('body').notNull(),
    savedMs: integer('saved_ms').notNull(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.name, t.slot] })],
);

/**
 * What one step leaves for a later one of the same run; gone when the run ends. In pieces,
 * because a value has a size limit.
 */
export const scratch = sqliteTable(
  'scratch',
  {
    runId: text('run_id').notNull(),
    name: text('name').notNull(),
    part: integer('part').notNull(),
    body: text('body').notNull(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.name, t.part] })],
);

/**
 * One engine works on a connection at a time. The fence rises with every holder; a
 * batch of an older holder fails.
 */
export const leases = sqliteTable('leases', {
  connectionId: text('connection_id').primaryKey(),
  holder: text('holder').notNull(),
  fence: integer('fence').notNull(),
  expiresMs: integer('expires_ms').notNull(),
});

/**
 * Written by every batch with the fence it believes in: null (a lost lease) breaks NOT NULL,
 * and with it the whole batch.
 */
export const fenceGuard = sqliteTable('fence_guard', {
  connectionId: text('connection_id').primaryKey(),
  fence: integer('fence').notNull(),
});

/** "Read this id again": from webhooks. The content of a hint is never trusted. */
export const hints = sqliteTable(
  'hints',
  {
    ...key,
    markedMs: integer('marked_ms').notNull(),
  },
  (t) => [pk(t)],
);

/** Quarantine: what the mapping or the CRM refused, in words, until its input changes. */
export const issues = sqliteTable(
  'issues',
  {
    connectionId: text('connection_id').notNull(),
    object: text('object').notNull(),
    id: text('id').notNull(),
    entity: text('entity').notNull(),
    field: text('field').notNull(),
    kind: text('kind').notNull(),
    code: text('code').notNull(),
    message: text('message').notNull(),
    /** What was refused (value and field size as JSON): the same input is not sent again. */
    input: text('input'),
    runId: text('run_id').notNull(),
    firstMs: integer('first_ms').notNull(),
    lastMs: integer('last_ms').notNull(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.object, t.id, t.entity, t.field, t.kind] })],
);

export const kpiValues = sqliteTable(
  'kpi_values',
  {
    connectionId: text('connection_id').notNull(),
    partnerId: text('partner_id').notNull(),
    kpi: text('kpi').$type<KpiValue['kpi']>().notNull(),
    value: real('value'),
    low: real('low'),
    high: real('high'),
    evidence: real('evidence').notNull(),
    note: text('note'),
    asOfMs: integer('as_of_ms').notNull(),
    runId: text('run_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.partnerId, t.kpi] })],
);

/**
 * Of every run, then of the last one of a day and of a month (`prune.ts`): the track record is made
 * of them. `detail` is the PartnerScore as JSON.
 */
export const partnerScores = sqliteTable(
  'partner_scores',
  {
    connectionId: text('connection_id').notNull(),
    runId: text('run_id').notNull(),
    object: text('object').notNull(),
    partnerId: text('partner_id').notNull(),
    asOfMs: integer('as_of_ms').notNull(),
    score: real('score').notNull(),
    low: real('low').notNull(),
    high: real('high').notNull(),
    evidence: real('evidence').notNull(),
    model: text('model').notNull(),
    detail: text('detail').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.connectionId, t.runId, t.partnerId] }),
    index('partner_scores_latest').on(t.connectionId, t.partnerId, t.asOfMs),
  ],
);

/** The last score of each deal. */
export const dealScores = sqliteTable(
  'deal_scores',
  {
    connectionId: text('connection_id').notNull(),
    object: text('object').notNull(),
    dealId: text('deal_id').notNull(),
    runId: text('run_id').notNull(),
    asOfMs: integer('as_of_ms').notNull(),
    probability: real('probability').notNull(),
    low: real('low').notNull(),
    high: real('high').notNull(),
    evidence: real('evidence').notNull(),
    model: text('model').notNull(),
    detail: text('detail').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.connectionId, t.object, t.dealId] }),
    index('deal_scores_of_run').on(t.connectionId, t.runId, t.dealId),
  ],
);

export const forecasts = sqliteTable(
  'forecasts',
  {
    connectionId: text('connection_id').notNull(),
    runId: text('run_id').notNull(),
    period: text('period').notNull(),
    asOfMs: integer('as_of_ms').notNull(),
    model: text('model').notNull(),
    detail: text('detail').notNull(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.runId] })],
);

/**
 * What was said of the future, as it was said: rows are only ever added. `slot` = the day (or week)
 * of it since 1970: what is said again on the same day is not kept twice. `source`: live = by a
 * run, replayed = by a backtest, whose rows the next one replaces. `beside` is JSON.
 */
export const statements = sqliteTable(
  'statements',
  {
    connectionId: text('connection_id').notNull(),
    source: text('source').notNull(),
    kind: text('kind').notNull(),
    subjectId: text('subject_id').notNull(),
    slot: integer('slot').notNull(),
    saidMs: integer('said_ms').notNull(),
    fromMs: integer('from_ms').notNull(),
    dueMs: integer('due_ms').notNull(),
    goal: real('goal'),
    chance: real('chance'),
    mean: real('mean'),
    low: real('low'),
    middle: real('middle'),
    high: real('high'),
    beside: text('beside').notNull(),
    model: text('model').notNull(),
    runId: text('run_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.connectionId, t.source, t.kind, t.subjectId, t.slot] }),
    index('statements_due').on(t.connectionId, t.source, t.dueMs, t.kind, t.subjectId),
  ],
);

/** How statements came out, apart from them, so that they stay as they were said. */
export const statementOutcomes = sqliteTable(
  'statement_outcomes',
  {
    connectionId: text('connection_id').notNull(),
    source: text('source').notNull(),
    kind: text('kind').notNull(),
    subjectId: text('subject_id').notNull(),
    slot: integer('slot').notNull(),
    happened: integer('happened'),
    amount: real('amount'),
    runId: text('run_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.source, t.kind, t.subjectId, t.slot] })],
);

/**
 * The record of each source as it was last counted, and up to where its statements are settled.
 * `body` is the TrackRecord as JSON.
 */
export const trackRecords = sqliteTable(
  'track_records',
  {
    connectionId: text('connection_id').notNull(),
    source: text('source').notNull(),
    settledMs: integer('settled_ms').notNull(),
    body: text('body').notNull(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.source] })],
);

/** The last backtest of a connection; `body` is its report as JSON. */
export const backtests = sqliteTable('backtests', {
  connectionId: text('connection_id').primaryKey(),
  asOfMs: integer('as_of_ms').notNull(),
  body: text('body').notNull(),
});

/** When `shadow: until-skill` opened: the record that showed skill, in words. */
export const shadowGates = sqliteTable('shadow_gates', {
  connectionId: text('connection_id').primaryKey(),
  openedMs: integer('opened_ms').notNull(),
  runId: text('run_id').notNull(),
  why: text('why').notNull(),
});

/** The fitted pool of a run, so that a score can be explained later from what it was made of. */
export const models = sqliteTable(
  'models',
  {
    connectionId: text('connection_id').notNull(),
    version: text('version').notNull(),
    fittedMs: integer('fitted_ms').notNull(),
    body: text('body').notNull(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.version] })],
);

/**
 * What was learned from the past, by the hash of all that it follows from: a later run with the
 * same inputs takes it as it is. `kind`: win = the win model as of `at_ms`, past = the replayed
 * forecasts of the period that ended at `at_ms`.
 */
export const fits = sqliteTable(
  'fits',
  {
    connectionId: text('connection_id').notNull(),
    kind: text('kind').notNull(),
    atMs: integer('at_ms').notNull(),
    hash: text('hash').notNull(),
    /** The as-of moment of the run that made it. */
    madeMs: integer('made_ms').notNull(),
    body: text('body').notNull(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.kind, t.atMs, t.hash] })],
);

/**
 * One row per field a run wants to change; written before the call, settled
 * after it. Values are JSON.
 */
export const writeIntents = sqliteTable(
  'write_intents',
  {
    runId: text('run_id').notNull(),
    object: text('object').notNull(),
    recordId: text('record_id').notNull(),
    field: text('field').notNull(),
    connectionId: text('connection_id').notNull(),
    oldValue: text('old_value').notNull(),
    newValue: text('new_value').notNull(),
    /** planned, held, sent, done, rejected, superseded */
    state: text('state').notNull(),
    reason: text('reason'),
    atMs: integer('at_ms').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.runId, t.object, t.recordId, t.field] }),
    index('write_intents_state').on(t.connectionId, t.state),
    index('write_intents_next').on(t.runId, t.object, t.state, t.recordId),
  ],
);

/**
 * What Headwater last wrote into each field: the base for diff, echo
 * suppression, conflicts and undo.
 */
export const ledger = sqliteTable(
  'ledger',
  {
    connectionId: text('connection_id').notNull(),
    object: text('object').notNull(),
    recordId: text('record_id').notNull(),
    field: text('field').notNull(),
    value: text('value').notNull(),
    runId: text('run_id').notNull(),
    writtenMs: integer('written_ms').notNull(),
    /** How often in a row we wrote over something else than what we had written. */
    restored: integer('restored').notNull().default(0),
    /** See `LedgerEntry`. */
    stoodMs: integer('stood_ms'),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.object, t.recordId, t.field] })],
);

/** Webhook deliveries of the last minutes by their digest: one that comes twice is a replay. */
export const seenDeliveries = sqliteTable(
  'seen_deliveries',
  {
    digest: text('digest').primaryKey(),
    seenMs: integer('seen_ms').notNull(),
  },
  (t) => [index('seen_deliveries_seen').on(t.seenMs)],
);

/**
 * Who may look at the pages: links that sign somebody in once, and the sessions that they became.
 * Only the SHA-256 of a token is kept.
 */
export const webSessions = sqliteTable('web_sessions', {
  hash: text('hash').primaryKey(),
  /** link, session */
  kind: text('kind').notNull(),
  name: text('name').notNull(),
  /** Joined by a comma. */
  scopes: text('scopes').notNull(),
  madeMs: integer('made_ms').notNull(),
  expiresMs: integer('expires_ms').notNull(),
  /** Used up, signed out or revoked; null = good until it expires. */
  endedMs: integer('ended_ms'),
});
