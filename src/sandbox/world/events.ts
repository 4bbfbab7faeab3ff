/**
 * The channel world as CRM-neutral events. A generator (or a replayed log) makes them; each
 * CRM's loader applies them to its own database, as history while seeding and as live
 * changes when the world moves on.
 * Ids are the world's own (`p12`, `d340`); loaders keep the map to CRM ids.
 * Amounts are in `currency`.
 */
export type WorldStage =
  | 'prospecting'
  | 'qualification'
  | 'analysis'
  | 'proposal'
  | 'negotiation'
  | 'won'
  | 'lost';

export type WorldEvent = { atMs: number } & (
  | {
      kind: 'user';
      id: string;
      name: string;
      email: string;
      active: boolean;
      /** Set = a partner's person who may sign in; the contact that stands for them. */
      contactId?: string;
    }
  | {
      kind: 'account';
      id: string;
      name: string;
      industry: string;
      country: string;
      website: string;
      ownerId: string;
      parentId: string | null;
      /** set = this company is a partner */
      partner: null | {
        type: 'reseller' | 'technology' | 'consulting';
        tier: 'registered' | 'silver' | 'gold';
        signedOn: string;
        onboardedOn: string | null;
      };
    }
  | {
      kind: 'contact';
      id: string;
      accountId: string;
      firstName: string;
      lastName: string;
      email: string;
      title: string;
    }
  | {
      kind: 'campaign';
      id: string;
      name: string;
      partnerId: string | null;
      startOn: string;
      endOn: string;
      cost: number;
    }
  | {
      kind: 'campaignMember';
      id: string;
      campaignId: string;
      contactId: string;
      responded: boolean;
    }
  | {
      kind: 'lead';
      id: string;
      company: string;
      lastName: string;
      partnerId: string | null;
      status: string;
      convertedDealId: string | null;
    }
  | {
      kind: 'deal';
      id: string;
      name: string;
      accountId: string;
      ownerId: string;
      partnerId: string | null;
      role: 'sourced' | 'influenced' | null;
      campaignId: string | null;
      stage: WorldStage | string;
      amount: number | null;
      currency: string;
      closeOn: string | null;
      product: string;
      source: string | null;
      /** Who entered it; the owner when left out. */
      byId?: string;
      registration: null | { submittedMs: number; status: 'Submitted' | 'Approved' | 'Rejected' };
    }
  /** Only the named fields change. */
  | {
      kind: 'dealChange';
      id: string;
      byId: string;
      stage?: WorldStage | string;
      amount?: number | null;
      closeOn?: string;
      ownerId?: string;
      registrationStatus?: string;
      /** Last day on which the approval protects the partner. */
      protectedUntil?: string;
      name?: string;
    }
  /** Somebody beside the owner works on the deal. */
  | { kind: 'teamMember'; id: string; dealId: string; userId: string; role: 'sales engineer' }
  | {
      kind: 'quote';
      id: string;
      dealId: string;
      byId: string;
      status: 'draft' | 'presented';
      amount: number | null;
      currency: string;
    }
  /** What the buyer ordered in the end. */
  | {
      kind: 'order';
      id: string;
      dealId: string;
      byId: string;
      amount: number | null;
      currency: string;
    }
  /** `at` may be earlier than atMs: logged late. */
  | {
      kind: 'activity';
      id: string;
      type: 'call' | 'email' | 'meeting' | 'task';
      subject: string;
      dealId: string | null;
      accountId: string | null;
      contactId: string | null;
      /** Others who took part in a meeting. */
      attendeeIds?: readonly string[];
      ownerId: string;
      /** Who logged it; the owner when left out. */
      byId?: string;
      onMs: number;
      minutes: number;
      done: boolean;
      withBuyer: boolean;
    }
  | {
      kind: 'plan';
      id: string;
      partnerId: string;
      name: string;
      startOn: string;
      endOn: string;
      status: string;
    }
  | {
      kind: 'target';
      id: string;
      planId: string;
      side: 'partner' | 'vendor';
      metric: string;
      /** null = left out by whoever entered it */
      goal: number | null;
      weight: number;
      label: string;
      /** Least amount of a deal that counts. */
      above?: number;
    }
  | {
      kind: 'milestone';
      id: string;
      planId: string;
      side: 'partner' | 'vendor';
      label: string;
      dueOn: string;
      doneOn: string | null;
    }
  | { kind: 'milestoneDone'; id: string; doneOn: string }
  | {
      kind: 'certification';
      id: string;
      partnerId: string;
      contactId: string | null;
      name: string;
      /** null = left out */
      issuedOn: string | null;
      expiresOn: string | null;
    }
  | {
      kind: 'cost';
      id: string;
      partnerId: string;
      type: 'market development fund' | 'rebate' | 'co-sell hours';
      /** null = left out */
      amount: number | null;
      currency: string;
      on: string;
    }
  | {
      kind: 'signal';
      id: string;
      partnerId: string;
      type: 'portal login' | 'training' | 'download';
      value: number;
    }
  /** The loser's children move to the winner. */
  | { kind: 'accountMerge'; winnerId: string; loserId: string }
  | { kind: 'delete'; of: 'account' | 'deal' | 'activity' | 'contact'; id: string }
  | { kind: 'undelete'; of: 'account' | 'deal' | 'activity' | 'contact'; id: string }
);

/** The truth behind the generated world, for later comparison; served by the control plane only. */
export interface WorldTruth {
  partners: {
    id: string;
    /** added to the logit of the win chance */
    skill: number;
    dealsPerQuarter: number;
    growthPerYear: number;
    dormantFromMs: number | null;
    junkRegistrant: boolean;
  }[];
  poolWinLogit: number;
  skillSpread: number;
  /** Generated worlds only: what the market does to all partners alike. */
  demand?: {
    shockSd: number;
    fading: boolean;
    /** Factor of each quarter on the pace of progress; a quarter is named by its first day. */
    shocks: { from: string; factor: number }[];
  };
  /** What the history says of each partner's deals; known once it has been read. */
  evidence?: EvidenceTruth[];
}

/** Counts of one partner's deals, or of those without one; see `evidence-truth.ts`. */
export interface EvidenceTruth {
  partnerId: string | null;
  deals: number;
  /** Deals with a sales engineer. */
  withEngineer: number;
  quotes: number;
  orders: number;
  /** Meetings that took place with the buyer. */
  buyerMeetings: number;
  /** Activities and deals that the partner's own people entered, and moves that they made. */
  byPartner: number;
  registered: number;
  decided: number;
  /** Median hours from a registration to its decision; null = none was decided. */
  decisionHours: number | null;
}

export interface World {
  /**
   * The history up to the end, made afresh at each call and never held whole. A thing comes before
   * what refers to it and each thing's own events ascend; across things the order is not that of
   * time. What the CRM calls the stages is left to the loader.
   */
  events(): Iterable<WorldEvent>;
  truth: WorldTruth;
  /**
   * Words for people about how this world was made; the replayed log states here
   * that its partners are made up.
   */
  provenance: string;
  /** ISO code of the currency that all amounts are in. */
  currency: string;
  /**
   * The next events in (fromMs, untilMs], ascending: the world moving on.
   * Deterministic in the seed.
   */
  advance(fromMs: number, untilMs: number): WorldEvent[];
}
