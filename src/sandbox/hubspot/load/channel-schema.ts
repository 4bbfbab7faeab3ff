/**
 * What an admin of a partner channel would have added to the portal: properties, a pipeline,
 * association labels, custom objects.
 */
import { COMPANY, DEAL, LEAD } from '../model/object-types.ts';
import type { AssociationType, ObjectType, Pipeline } from '../model/types.ts';
import type { Portal } from '../portal.ts';
import { optionList } from '../properties/compact.ts';
import { definitionFrom } from '../properties/definition.ts';
import { defineObject } from '../records/custom-object.ts';

type Spec = readonly [name: string, label: string, kind: string, options?: readonly string[]];

const PARTNER: readonly Spec[] = [
  ['is_partner', 'Is partner', 'bool'],
  [
    'partner_type',
    'Partner type',
    'enumeration',
    ['reseller=Reseller', 'technology=Technology', 'consulting=Consulting'],
  ],
  [
    'partner_tier',
    'Partner tier',
    'enumeration',
    ['registered=Registered', 'silver=Silver', 'gold=Gold'],
  ],
  ['partner_since', 'Partner since', 'date'],
  ['onboarded_on', 'Onboarded on', 'date'],
];
const REGISTRATION: readonly Spec[] = [
  ['registered_at', 'Registered at', 'datetime'],
  [
    'registration_status',
    'Registration status',
    'enumeration',
    ['Submitted', 'Approved', 'Rejected', 'Expired'],
  ],
  ['registration_decided_at', 'Registration decided at', 'datetime'],
  ['protected_until', 'Protected until', 'date'],
  ['sales_engineer', 'Sales engineer', 'owner'],
  ['product', 'Product', 'string'],
  ['deal_source', 'Deal source', 'string'],
];
const LEAD_SOURCE: readonly Spec[] = [
  ['lead_status', 'Lead status', 'string'],
  ['partner_id', 'Partner record ID', 'string'],
  ['converted_deal_id', 'Converted deal ID', 'string'],
  ['converted_on', 'Converted on', 'date'],
];

/** Stages in the words and with the odds of the sales team. */
const STAGES: readonly (readonly [stage: string, label: string, probability: string])[] = [
  ['prospecting', 'Prospecting', '0.1'],
  ['qualification', 'Qualification', '0.1'],
  ['analysis', 'Needs Analysis', '0.2'],
  // Nobody uses these three, as in any list of stages that has grown.
  ['value', 'Value Proposition', '0.5'],
  ['deciders', 'Id. Decision Makers', '0.6'],
  ['perception', 'Perception Analysis', '0.7'],
  ['proposal', 'Proposal/Price Quote', '0.75'],
  ['negotiation', 'Negotiation/Review', '0.9'],
  ['won', 'Closed Won', '1.0'],
  ['lost', 'Closed Lost', '0.0'],
];
/** Odds of a stage that a recorded log brings and of which nothing is known. */
const UNKNOWN_ODDS = '0.5';

const SIDE: Spec = ['side', 'Side', 'enumeration', ['partner', 'vendor']];
const PARTNER_ID: Spec = ['partner_id', 'Partner record ID', 'string'];
const PLAN_ID: Spec = ['plan_id', 'Plan record ID', 'string'];

const OBJECTS: readonly {
  name: string;
  label: string;
  associated: readonly string[];
  properties: readonly Spec[];
}[] = [
  {
    name: 'partner_plan',
    label: 'Partner plan',
    associated: ['COMPANY'],
    properties: [
      ['plan_name', 'Name', 'string'],
      PARTNER_ID,
      ['start_on', 'Start', 'date'],
      ['end_on', 'End', 'date'],
      ['plan_status', 'Status', 'string'],
    ],
  },
  {
    name: 'plan_target',
    label: 'Plan target',
    associated: ['partner_plan'],
    properties: [
      ['target_label', 'Label', 'string'],
      PLAN_ID,
      SIDE,
      ['metric', 'Metric', 'string'],
      ['goal', 'Goal', 'number'],
      ['weight', 'Weight', 'number'],
      ['counts_from', 'Counts from', 'number'],
    ],
  },
  {
    name: 'plan_milestone',
    label: 'Plan milestone',
    associated: ['partner_plan'],
    properties: [
      ['milestone_label', 'Label', 'string'],
      PLAN_ID,
      SIDE,
      ['due_on', 'Due on', 'date'],
      ['done_on', 'Done on', 'date'],
    ],
  },
  {
    name: 'partner_certification',
    label: 'Partner certification',
    associated: ['COMPANY', 'CONTACT'],
    properties: [
      ['certification_name', 'Name', 'string'],
      PARTNER_ID,
      ['contact_id', 'Contact record ID', 'string'],
      ['issued_on', 'Issued on', 'date'],
      ['expires_on', 'Expires on', 'date'],
    ],
  },
  {
    name: 'partner_fund',
    label: 'Partner fund',
    associated: ['COMPANY'],
    properties: [
      ['fund_name', 'Name', 'string'],
      PARTNER_ID,
      ['fund_kind', 'Kind', 'string'],
      ['fund_amount', 'Amount', 'number'],
      ['fund_currency', 'Currency', 'string'],
      ['spent_on', 'Spent on', 'date'],
    ],
  },
  {
    name: 'partner_signal',
    label: 'Partner signal',
    associated: ['COMPANY'],
    properties: [
      ['signal_kind', 'Kind', 'string'],
      PARTNER_ID,
      ['signal_at', 'At', 'datetime'],
      ['signal_value', 'Value', 'number'],
    ],
  },
  {
    name: 'partner_campaign',
    label: 'Partner campaign',
    associated: ['COMPANY', 'DEAL', 'CONTACT'],
    properties: [
      ['campaign_name', 'Name', 'string'],
      PARTNER_ID,
      ['start_on', 'Start', 'date'],
      ['end_on', 'End', 'date'],
      ['campaign_cost', 'Cost', 'number'],
    ],
  },
];

export interface ChannelSchema {
  pipeline: Pipeline;
  stageIds: Map<string, string>;
  partnerLabel: AssociationType;
  influencerLabel: AssociationType;
}

const FIELD: Record<string, string> = {
  bool: 'booleancheckbox',
  enumeration: 'select',
  string: 'text',
  number: 'number',
  date: 'date',
  datetime: 'date',
  owner: 'select',
};

function spec([name, label, type, options]: Spec): Record<string, unknown> {
  return {
    name,
    label,
    // A "HubSpot user" property: its options are the owners.
    type: type === 'owner' ? 'enumeration' : type,
    fieldType: FIELD[type],
    ...(type === 'owner' ? { referencedObjectType: 'OWNER', externalOptions: true } : {}),
    options: type === 'bool' ? optionList(['true=Yes', 'false=No']) : optionList(options ?? []),
  };
}

function addProperties(
  portal: Portal,
  type: ObjectType,
  group: string,
  label: string,
  list: readonly Spec[],
): void {
  portal.catalog.createGroup(type, { name: group, label, displayOrder: -1, archived: false });
  for (const one of list)
    portal.catalog.create(
      type,
      definitionFrom({ ...spec(one), groupName: group }, portal.createdMs),
    );
}

/** Adds the channel's schema to a new portal. */
export function addChannelSchema(portal: Portal): ChannelSchema {
  const { types, createdMs } = portal;
  addProperties(portal, types.get(COMPANY), 'partner_program', 'Partner program', PARTNER);
  addProperties(portal, types.get(DEAL), 'deal_registration', 'Deal registration', REGISTRATION);
  addProperties(portal, types.get(LEAD), 'lead_origin', 'Lead origin', LEAD_SOURCE);
  for (const { name, label, associated, properties } of OBJECTS) {
    const first = properties[0]?.[0] ?? '';
    defineObject(
      portal,
      {
        name,
        labels: { singular: label, plural: `${label}s` },
        requiredProperties: [first],
        searchableProperties: [first],
        primaryDisplayProperty: first,
        secondaryDisplayProperties: [],
        properties: properties.map(spec),
        associatedObjects: [...associated],
      },
      createdMs,
    );
  }
  const pipeline = portal.pipelines.create(
    {
      label: 'Partner Channel',
      displayOrder: 1,
      stages: STAGES.map(([, label, probability]) => ({ label, metadata: { probability } })),
    },
    createdMs,
  );
  const stageIds = new Map(STAGES.map(([stage], i) => [stage, pipeline.stages[i]?.id ?? '']));
  const [partnerLabel] = portal.associationTypes.define(types.get(DEAL), types.get(COMPANY), {
    name: 'partner',
    label: 'Partner',
    inverseLabel: 'Partner deal',
  });
  const [influencerLabel] = portal.associationTypes.define(types.get(DEAL), types.get(COMPANY), {
    name: 'influencer',
    label: 'Influencer',
    inverseLabel: 'Influenced deal',
  });
  if (partnerLabel === undefined || influencerLabel === undefined)
    throw new Error('the channel has no association labels');
  return { pipeline, stageIds, partnerLabel, influencerLabel };
}

/**
 * The stage's id; a stage that is new to the pipeline (of a recorded log) is
 * added before the closed ones.
 */
export function stageIdOf(portal: Portal, schema: ChannelSchema, stage: string): string {
  const known = schema.stageIds.get(stage);
  if (known !== undefined) return known;
  const made = portal.pipelines.addStage(
    schema.pipeline.id,
    { label: stage, metadata: { probability: UNKNOWN_ODDS } },
    portal.createdMs,
  );
  schema.stageIds.set(stage, made.id);
  return made.id;
}
