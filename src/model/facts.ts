import type { OwnKpi, OwnKpis } from './own-kpi.ts';
import type { Language } from './language/languages.ts';
import type { Playbook } from './playbook.ts';
import type { TierSettings } from './tier.ts';

/**
 * What the pure layers see: facts of one partner or deal, already linked and
 * in the reporting currency.
 * Every time is when the CRM knew it (`atMs`, its own stamp) unless it says otherwise; nothing
 * after `asOfMs` may change a result.
 */

export interface StageFacts {
  key: string;
  label: string;
  /** Stages of one pipeline follow each other; null or absent = there is only one. */
  pipeline?: string | null;
  order: number;
  closed: boolean;
  won: boolean;
  /** CRM default, 0..1 */
  probability: number | null;
}

/**
 * State of a deal after a change; the first row is its creation. Ascending
 * by `atMs`, then by CRM id.
 */
export interface DealEventFacts {
  atMs: number;
  /** Row of the history and user behind it, where the CRM names them: for explanations only. */
  id?: string;
  byId?: string | null;
  /** Whose user made the change; null or absent = the author is not known. */
  by?: Side | null;
  stage: string | null;
  amount: number | null;
  closeDate: string | null;
}

export interface ActivityFacts {
  atMs: number;
  id?: string;
  /** Whose user logged it; null or absent = not known. */
  by?: Side | null;
  /** A contact of the buyer took part. */
  buyer?: boolean;
  /** How many people of the other side took part, where the CRM says so. */
  people?: number | null;
  /** Who logged it, so that different people can be counted; null or absent = not known. */
  byId?: string | null;
  /** How long it took; null or absent = not known. */
  minutes?: number | null;
  /** Accounts of the partners whose people took part. */
  partnerIds?: string[];
  kind: string;
  qualifying: boolean;
}

/**
 * A priced offer on a deal; an order is a quote in state `ordered`. `atMs` =
 * when it came to that state.
 */
export interface QuoteFacts {
  id: string;
  atMs: number;
  state: 'draft' | 'presented' | 'accepted' | 'ordered' | 'rejected';
  amount: number | null;
  by: Side | null;
}

/** A next step on a deal; `doneMs` null = still open. */
export interface TaskFacts {
  id: string;
  /** What is to be done, where the CRM tells kinds apart. */
  kind?: string | null;
  createdMs: number;
  dueMs: number | null;
  /** When somebody began with it; null or absent = not known, or not yet. */
  begunMs?: number | null;
  doneMs: number | null;
}

/**
 * A partner put on a deal, from the moment at which it was known. `since`: `crm` = by the CRM's own
 * stamp; `created` = it stood when we first looked at the deal, and counts from the deal's
 * creation; `seen` = it came later, and counts from the run that saw it.
 */
export interface PartnerLinkFacts {
  /** The partner's account, as `DealFacts.partnerId`. */
  partnerId: string;
  /** Absent = the deal names it. */
  via?: 'field' | 'role' | 'registration' | 'campaign' | 'accountParent';
  /** Absent = by the CRM's own stamp. */
  since?: 'crm' | 'created' | 'seen';
  role: string | null;
  primary: boolean;
  knownMs: number;
  /** When the link was taken away; null = it stands. */
  endedMs: number | null;
}

/**
 * What shows that a deal is real: one of our own users moved it on, a contact of the buyer met one
 * of our own, we made an offer, the buyer ordered.
 */
export const PROOF_KINDS = ['stage', 'meeting', 'quote', 'order'] as const;
export type ProofKind = (typeof PROOF_KINDS)[number];

/** Who works on a deal. */
export interface DealTeamFacts {
  userId: string;
  side: Side | null;
  role: string | null;
  sinceMs: number;
}

export interface DealFacts {
  id: string;
  /** Object the deal lives in, for write-back. */
  object: string;
  name: string;
  partnerId: string | null;
  accountId: string | null;
  ownerId: string | null;
  product: string | null;
  createdMs: number;
  registeredMs: number | null;
  /** Current state, as last read. */
  stage: string;
  /** What the CRM says of the record itself, in the stage it is in now; null = it does not say. */
  told?: { closed: boolean | null; won: boolean | null };
  /** Reporting currency; null = unknown, which is not zero. */
  amount: number | null;
  closeDate: string | null;
  closedMs: number | null;
  /** The CRM's own probability, 0..1: the baseline to beat, never an input. */
  crmProbability: number | null;
  events: DealEventFacts[];
  /** Ascending by `atMs`. */
  activities: ActivityFacts[];
  /** Ascending by `atMs`, then id. */
  quotes?: QuoteFacts[];
  /** Ascending by `createdMs`, then id. */
  tasks?: TaskFacts[];
  /** Ascending by `knownMs`, then partner. */
  links?: PartnerLinkFacts[];
  team?: DealTeamFacts[];
  industry?: string | null;
  /** The customer's country. */
  region?: string | null;
  /** ISO code of the deal's own currency; null or absent = the reporting currency. */
  currency?: string | null;
  /**
   * When an open deal of ours with the same customer and product began before this one; null or
   * absent = there was none.
   */
  rivalMs?: number | null;
  competitor?: string | null;
  /** How the deal came about (CRM lead source). */
  origin?: string | null;
  /** The campaign that it is credited to, where it is a partner's. */
  campaign?: { id: string; partnerId: string; startOn: string | null } | null;
}

export type Side = 'partner' | 'vendor';

export interface TargetFacts {
  id: string;
  side: Side;
  metric: string;
  goal: number;
  weight: number;
  /** counted by the CRM itself; null = measured by us */
  actual: number | null;
  label: string;
  /** Version of the metric's definition that the plan was agreed with; absent = the present one. */
  version?: number;
  /** The organisation's own definition of the metric that the plan was agreed with. */
  definition?: OwnKpi;
  /** Least amount of a deal that counts, reporting currency; absent = every deal. */
  above?: number | null;
}
export interface MilestoneFacts {
  id: string;
  label: string;
  side: Side;
  dueOn: string | null;
  doneOn: string | null;
}
/** What both sides agreed, without what has been reached since: a change of it is a revision. */
export interface PlanTerms {
  name: string;
  startOn: string;
  endOn: string;
  status: string | null;
  ownerId: string | null;
  partnerOwner: string | null;
  targets: Omit<TargetFacts, 'actual'>[];
  milestones: Omit<MilestoneFacts, 'doneOn'>[];
}
/** A plan's terms from `atMs` on, until the next revision. */
export interface PlanRevisionFacts {
  revision: number;
  /** When we saw it in the CRM, or it was kept here. */
  atMs: number;
  /** Null = seen in the CRM, which does not say. */
  by: string | null;
  why: string | null;
  /** Null = nobody has approved this revision. */
  approvedMs: number | null;
  terms: PlanTerms;
}
export interface PlanFacts {
  id: string;
  name: string;
  startOn: string;
  endOn: string;
  status: string | null;
  ownerId?: string | null;
  partnerOwner?: string | null;
  /** Day of the next review. */
  reviewOn?: string | null;
  targets: TargetFacts[];
  milestones: MilestoneFacts[];
  /** Ascending; none = the plan has never been seen before. */
  revisions?: PlanRevisionFacts[];
}
/** A deal that a partner announced, or a lead that it brought. */
export interface RegistrationFacts {
  id: string;
  /** The partner's account, as `DealFacts.partnerId`. */
  partnerId?: string;
  kind?: 'registration' | 'lead';
  dealId: string | null;
  submittedMs: number;
  /** When it was known, where that is later than what it says of itself. */
  knownMs?: number;
  decidedMs: number | null;
  /** `pending`, `approved`, `rejected`, `expired`; null = the organisation records no decisions. */
  status: string | null;
  /** Last day (`YYYY-MM-DD`) on which the approval protects the partner. */
  protectedUntil?: string | null;
  amount: number | null;
}
export interface CertificationFacts {
  name: string;
  issuedOn: string;
  expiresOn: string | null;
}
export interface CostFacts {
  kind: string;
  /** Reporting currency; null = unknown, which is not zero. */
  amount: number | null;
  at: string;
}
/** What came in on one day (UTC) of one kind. */
export interface SignalFacts {
  kind: string;
  /** End of the day on which it happened: a day counts when it is over. */
  atMs: number;
  /** End of the day since which it is known, later than `atMs` where it came late. */
  knownMs: number;
  /** Sum of the values. */
  value: number;
  /** Number of signals. */
  n: number;
}

export interface PartnerFacts {
  id: string;
  /** The account that deals name, where the partner is a record of its own. */
  accountId?: string;
  object: string;
  name: string;
  type: string | null;
  tier: string | null;
  region: string | null;
  ownerId: string | null;
  signedOn: string | null;
  onboardedOn: string | null;
  /** Ascending by createdMs, then id. */
  deals: DealFacts[];
  registrations: RegistrationFacts[];
  plans: PlanFacts[];
  certifications: CertificationFacts[];
  costs: CostFacts[];
  signals: SignalFacts[];
}

/** A calendar period in the mapping's time zone: [startMs, endMs). */
export interface Period {
  label: string;
  startMs: number;
  endMs: number;
}

/** What every measure is given beside its facts. */
export interface MeasureContext {
  asOfMs: number;
  /** The current fiscal quarter. */
  period: Period;
  horizonDays: number;
  staleDays: number;
  /** Whether a date put off beyond its quarter stalls a deal too; absent = it does. */
  stallOnPutOff?: boolean;
  timeZone: string;
  reportingCurrency: string;
  /** Assets and incentives of the mapping; absent = none. */
  playbook?: Playbook;
  /** Ladders of the mapping; absent = none. */
  tiers?: TierSettings;
  /** Types of partners, by the account that deals name; absent = of none it is known. */
  partnerTypes?: ReadonlyMap<string, string>;
  /** Names of users that are no longer active, by id. */
  formerUsers?: ReadonlyMap<string, string>;
  /** Of the texts; absent = English. */
  language?: Language;
  /** By key. */
  stages: ReadonlyMap<string, StageFacts>;
  /** What the mapping lets verify a deal; absent = everything that can. */
  proofs?: readonly ProofKind[];
  /** Metrics of the organisation's own, by name; absent = none. */
  ownKpis?: OwnKpis;
  /** Entities that the mapping feeds; absent = all of them. */
  feeds?: ReadonlySet<string>;
}
