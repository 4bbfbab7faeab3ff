/**
 * The model's entities as data: what a mapping may fill, what a table stores,
 * what the pure layers read.
 * Types: text · ref (id in the same CRM) · number · money (amount in `currency`) · boolean · date
 * (`YYYY-MM-DD`) · instant (epoch ms).
 */
export type EntityFieldType = 'text' | 'ref' | 'number' | 'money' | 'boolean' | 'date' | 'instant';

export interface EntityField {
  type: EntityFieldType;
  required?: boolean;
  /** Entities that a reference may lead to; a record of any of them will do. */
  to?: readonly string[];
  /**
   * A person typed it, of a person or a company: a name, an address, a title. Gone with the record
   * (`retention` of the connection document); no score is made of it.
   */
  personal?: true;
  /** A word that people read, by which records are grouped: of an option it is the label. */
  word?: true;
  /** A currency's code: `eur` and `EUR ` are one. */
  code?: true;
  doc: string;
}

export interface EntityShape {
  doc: string;
  fields: Record<string, EntityField>;
}

const text = (doc: string): EntityField => ({ type: 'text', doc });
const personal = (doc: string): EntityField => ({ type: 'text', personal: true, doc });
const word = (doc: string): EntityField => ({ type: 'text', word: true, doc });
const code = (doc: string): EntityField => ({ type: 'text', code: true, doc });
const ref = (doc: string, ...to: string[]): EntityField => ({ type: 'ref', to, doc });
const number = (doc: string): EntityField => ({ type: 'number', doc });
const money = (doc: string): EntityField => ({ type: 'money', doc });
const boolean = (doc: string): EntityField => ({ type: 'boolean', doc });
const date = (doc: string): EntityField => ({ type: 'date', doc });
const instant = (doc: string): EntityField => ({ type: 'instant', doc });
const must = (field: EntityField): EntityField => ({ ...field, required: true });

export const ENTITIES = {
  partner: {
    doc: 'A company that sells with or for us.',
    fields: {
      name: must(personal('Name shown to people')),
      accountId: ref(
        'Account that deals name as partner; the row itself when empty',
        'account',
        'partner',
      ),
      type: word('Kind of partner (reseller, technology, ...)'),
      tier: word('Tier in the partner program'),
      region: word('Region or country'),
      domain: personal('Web or mail domain; its people are recognised by it'),
      ownerId: ref('Partner manager', 'user'),
      parentId: ref('Parent company', 'account', 'partner'),
      signedOn: date('Contract date; starts time to revenue'),
      onboardedOn: date('Onboarding complete; starts time to first deal'),
    },
  },
  account: {
    doc: 'A customer or prospect.',
    fields: {
      name: must(personal('Name')),
      industry: word('Industry'),
      country: word('Country'),
      domain: personal('Web or mail domain'),
      ownerId: ref('Owner', 'user'),
      parentId: ref('Parent account', 'account', 'partner'),
    },
  },
  deal: {
    doc: 'An opportunity.',
    fields: {
      name: must(personal('Name')),
      accountId: ref('Customer account', 'account', 'partner'),
      partnerId: ref('Partner account named on the deal itself', 'account', 'partner'),
      campaignId: ref('Primary campaign', 'campaign'),
      ownerId: ref('Owner', 'user'),
      stage: must(text('Stage key')),
      amount: money('Amount in the deal currency'),
      currency: code('ISO code; the reporting currency when empty'),
      closeDate: date('Asserted close date'),
      createdAt: must(instant('Created in the CRM')),
      closed: boolean(
        'Closed, as the CRM says of the deal itself; decides where no list names its stage',
      ),
      won: boolean('Won, as the CRM says of the deal itself'),
      closedAt: instant('Closed; taken from the stage history when empty'),
      registeredAt: instant('Registered by the partner'),
      registrationStatus: text('Registration status'),
      product: word('Product or family'),
      crmProbability: number('Probability the CRM asserts, 0..1'),
      source: word('Lead source'),
      competitor: word('Main competitor'),
    },
  },
  dealPartner: {
    doc: 'A partner role on a deal.',
    fields: {
      dealId: must(ref('Deal', 'deal')),
      partnerId: must(ref('Partner account', 'account', 'partner')),
      role: text('Role'),
      primary: boolean('Primary partner'),
      createdAt: instant("Put on the deal, by the CRM's own stamp; first seen by us when empty"),
    },
  },
  dealTeam: {
    doc: 'A person who works on a deal, beside its owner.',
    fields: {
      dealId: must(ref('Deal', 'deal')),
      userId: must(ref('User')),
      role: text('Role, such as sales engineer'),
      side: text('partner or vendor; by the user when empty'),
      createdAt: instant('Put on the deal'),
    },
  },
  dealEvent: {
    doc: 'A row of the deal history: the state after a change.',
    fields: {
      dealId: must(ref('Deal', 'deal')),
      at: must(instant('When the change held and was recorded')),
      stage: text('Stage after the change'),
      amount: money('Amount after the change'),
      closeDate: date('Close date after the change'),
      byId: ref('User who made it'),
    },
  },
  registration: {
    doc: 'A deal registration or a registered lead.',
    fields: {
      partnerId: must(ref('Partner account', 'account', 'partner')),
      kind: text('registration or lead; registration when empty'),
      dealId: ref('Deal it became', 'deal'),
      accountId: ref('Customer', 'account', 'partner'),
      company: personal('Customer by name, where no account is named'),
      domain: personal('Web or mail domain of the customer'),
      product: word('Product or family'),
      createdAt: instant("Entered, by the CRM's own stamp; first seen by us when empty"),
      submittedAt: must(instant('Submitted')),
      decidedAt: instant('Accepted or refused'),
      protectedUntil: date('Last day on which the approval protects the partner'),
      status: text('pending, approved, rejected or expired'),
      amount: money('Expected amount'),
      currency: code('ISO code'),
    },
  },
  quote: {
    doc: 'A priced offer on a deal; an order is a quote in state ordered.',
    fields: {
      dealId: must(ref('Deal', 'deal')),
      state: must(text('draft, presented, accepted, ordered or rejected')),
      at: must(instant('When it came to that state')),
      amount: money('Amount'),
      currency: code('ISO code'),
      byId: ref('User who made it'),
    },
  },
  task: {
    doc: 'A next step on a deal.',
    fields: {
      dealId: must(ref('Deal', 'deal')),
      ownerId: ref('Who is to do it', 'user'),
      createdAt: must(instant('Entered')),
      dueOn: date('Due'),
      doneAt: instant('Done; empty = still open'),
    },
  },
  activity: {
    doc: 'Something done with the partner or the buyer.',
    fields: {
      dealId: ref('Deal', 'deal'),
      accountId: ref('Account', 'account', 'partner'),
      ownerId: ref('Who did it', 'user'),
      byId: ref('User who logged it'),
      contactId: ref('Person of the other side who took part'),
      kind: must(text('call, email, meeting, task')),
      at: must(instant('When it took place')),
      qualifying: boolean('Counts as progress (buyer meeting, logged outcome); an edit never does'),
      durationMinutes: number('Minutes'),
    },
  },
  attendee: {
    doc: 'One of several people who took part in an activity.',
    fields: {
      activityId: must(ref('Activity')),
      contactId: ref('Contact'),
      userId: ref('User'),
    },
  },
  user: {
    doc: 'A CRM user.',
    fields: {
      name: must(personal('Name')),
      active: boolean('Active'),
      email: personal('Mail address'),
      loginId: personal('Another id by which records name this user'),
      accountId: ref('Partner account of a portal user', 'account', 'partner'),
      side: text('partner, vendor or integration; a user of a partner account is of the partner'),
    },
  },
  contact: {
    doc: 'A person at a company.',
    fields: {
      name: must(personal('Name')),
      accountId: ref('Company', 'account', 'partner'),
      title: personal('Title'),
    },
  },
  campaign: {
    doc: 'A campaign, possibly of a partner.',
    fields: {
      name: must(personal('Name')),
      partnerId: ref('Partner account', 'account', 'partner'),
      cost: money('Actual cost'),
      currency: code('ISO code'),
      startOn: date('Start'),
    },
  },
  plan: {
    doc: 'A joint performance plan.',
    fields: {
      partnerId: must(ref('Partner account', 'account', 'partner')),
      name: must(personal('Name')),
      startOn: must(date('First day')),
      endOn: must(date('Last day')),
      status: text('Status'),
      ownerId: ref('Who keeps it on our side', 'user'),
      partnerOwner: personal('Who keeps it on the side of the partner'),
      reviewOn: date('Next review'),
    },
  },
  target: {
    doc: 'A target of a plan; each side has its own.',
    fields: {
      planId: must(ref('Plan', 'plan')),
      side: must(text('partner or vendor')),
      metric: must(text('KPI id, such as won_amount or registrations')),
      goal: must(number('Goal over the plan period')),
      weight: number('Weight in plan health; 1 when empty'),
      actual: number('Reached so far, when the CRM counts it itself'),
      label: personal('Words of the plan'),
      above: number('Least amount of a deal that counts, reporting currency'),
    },
  },
  milestone: {
    doc: 'A dated promise of a plan.',
    fields: {
      planId: must(ref('Plan', 'plan')),
      label: must(personal('Words')),
      side: text('partner or vendor'),
      dueOn: date('Due'),
      doneOn: date('Done'),
    },
  },
  certification: {
    doc: 'A certificate held at a partner.',
    fields: {
      partnerId: must(ref('Partner account', 'account', 'partner')),
      name: must(personal('Name')),
      issuedOn: must(date('Issued')),
      expiresOn: date('Expires'),
    },
  },
  cost: {
    doc: 'Money spent on a partner (funds, rebates, hours).',
    fields: {
      partnerId: must(ref('Partner account', 'account', 'partner')),
      kind: must(text('Kind')),
      amount: must(money('Amount')),
      currency: code('ISO code'),
      at: must(date('Date')),
    },
  },
  signal: {
    doc: 'A counted sign from outside the CRM (logins, training).',
    fields: {
      partnerId: must(ref('Partner account', 'account', 'partner')),
      kind: must(text('Kind')),
      at: must(instant('When')),
      value: number('Count or measure'),
    },
  },
  stage: {
    doc: 'A deal stage.',
    fields: {
      key: must(text('Key on the deal')),
      label: text('Label'),
      pipeline: text(
        'Pipeline, where there are several; stages of one are compared with each other',
      ),
      order: must(number('Order')),
      closed: must(boolean('Ends the deal')),
      won: must(boolean('Won')),
      probability: number('CRM default, 0..1'),
      active: boolean('In use'),
    },
  },
  rate: {
    doc: 'A currency rate: units of `code` for one unit of the reporting currency.',
    fields: {
      code: must(code('ISO code')),
      perReporting: must(number('Units')),
      startOn: date('Valid from; always when empty'),
    },
  },
} as const satisfies Record<string, EntityShape>;

export type EntityName = keyof typeof ENTITIES;
/** The personal fields of an entity, and whether a row must have them. */
export const personalFields = (name: EntityName): { name: string; required: boolean }[] =>
  Object.entries(entityShape(name).fields)
    .filter(([, field]) => field.personal === true)
    .map(([field, { required }]) => ({ name: field, required: required === true }));
export const ENTITY_NAMES = Object.keys(ENTITIES) as EntityName[];
export const entityShape = (name: EntityName): EntityShape => ENTITIES[name];

export type EntityValue = string | number | boolean | null;

/** Which of several records under one link counts. */
export const SEVERAL_RULES = ['primary', 'first', 'none'] as const;
export type SeveralRule = (typeof SEVERAL_RULES)[number];

/** A CRM row as the model sees it. `values` has every field of the entity. */
export interface MappedRow {
  entity: EntityName;
  object: string;
  id: string;
  values: Record<string, EntityValue>;
  stampMs: number;
  deleted: boolean;
  mergedIntoId: string | null;
  /** References for which the CRM names several records, and all of those; absent = none. */
  several?: Record<string, { rule: SeveralRule; ids: string[] }>;
}

/** A row the mapping refused, in words. It is quarantined, never dropped. */
export interface MapReject {
  entity: EntityName;
  object: string;
  id: string;
  field: string;
  code: 'missing' | 'type' | 'unknown-option' | 'range';
  message: string;
  /** The value that was refused, as it stands in the CRM; absent = there was none. */
  input?: string | null;
}
