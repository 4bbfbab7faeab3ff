/**
 * The HubSpot record that each new thing of the world becomes: its object, its properties, and
 * what it is associated with.
 */
import type { WorldEvent } from '../../world/events.ts';
import { CALL, COMPANY, CONTACT, DEAL, EMAIL, LEAD, MEETING, TASK } from '../model/object-types.ts';
import { instant } from '../model/text.ts';
import type { AssociationType, ObjectType } from '../model/types.ts';
import type { Portal } from '../portal.ts';
import { stageIdOf } from './channel-schema.ts';
import { paper } from './papers.ts';
import type { NewLink, NewRecord, Of, RecordContext } from './record.ts';

const DAY_MS = 86_400_000;
/** The sales team's form asks for a close date; who gives none gets this one. */
const DEFAULT_CLOSE_DAYS = 90;

function account(context: RecordContext, event: Of<'account'>): NewRecord {
  const { portal, idOf, provenance } = context;
  const type = portal.types.get(COMPANY);
  const { partner } = event;
  const parentId = event.parentId === null ? null : idOf(event.parentId);
  const child = portal.associationTypes
    .between(COMPANY, COMPANY)
    .find((kind) => kind.label === 'Parent Company');
  return {
    type,
    ownerId: idOf(event.ownerId),
    links:
      parentId === null || child === undefined
        ? []
        : [{ toTypeId: COMPANY, toId: parentId, kinds: [child] }],
    properties: {
      name: event.name,
      industry: industryOption(portal, type, event.industry),
      country: event.country,
      website: event.website,
      domain: domainOf(event.website),
      hubspot_owner_id: idOf(event.ownerId),
      is_partner: partner !== null,
      ...(partner === null
        ? { type: 'PROSPECT' }
        : {
            type: 'PARTNER',
            description: provenance,
            partner_type: partner.type,
            partner_tier: partner.tier,
            partner_since: partner.signedOn,
            onboarded_on: partner.onboardedOn,
          }),
    },
  };
}

/** An industry that the list lacks is added to it, as an admin would. */
function industryOption(portal: Portal, type: ObjectType, label: string): string {
  const property = portal.catalog.find(type, 'industry');
  const value = label.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
  if (property !== null && !property.options.some((option) => option.value === value))
    property.options = [
      ...property.options,
      { label, value, displayOrder: property.options.length, hidden: false },
    ];
  return value;
}

function domainOf(website: string): string {
  return URL.canParse(website) ? new URL(website).hostname.replace(/^www\./, '') : '';
}

function contact({ portal, idOf }: RecordContext, event: Of<'contact'>): NewRecord {
  const type = portal.types.get(CONTACT);
  const company = idOf(event.accountId);
  const ownerId =
    portal.table(portal.types.get(COMPANY)).get(company)?.values['hubspot_owner_id'] ?? null;
  // Of two people with one address HubSpot keeps the address with the first.
  const email = portal.table(type).lookup('email', event.email) === null ? event.email : null;
  return {
    type,
    ownerId,
    properties: {
      firstname: event.firstName,
      lastname: event.lastName,
      email,
      jobtitle: event.title,
      hubspot_owner_id: activeOwner(portal, ownerId),
    },
    links: [{ toTypeId: COMPANY, toId: company, kinds: primaryOf(portal, CONTACT) }],
  };
}

/** Records cannot be given to someone who has left. */
function activeOwner(portal: Portal, ownerId: string | null): string | null {
  return ownerId !== null && portal.owners.get(ownerId)?.archived === false ? ownerId : null;
}

function primaryOf(portal: Portal, fromTypeId: string): AssociationType[] {
  return portal.associationTypes
    .between(fromTypeId, COMPANY)
    .filter((kind) => kind.label === 'Primary');
}

function deal(context: RecordContext, event: Of<'deal'>): NewRecord {
  const { portal, schema, idOf } = context;
  const links: NewLink[] = [
    { toTypeId: COMPANY, toId: idOf(event.accountId), kinds: primaryOf(portal, DEAL) },
  ];
  if (event.partnerId !== null)
    links.push({
      toTypeId: COMPANY,
      toId: idOf(event.partnerId),
      kinds: [event.role === 'influenced' ? schema.influencerLabel : schema.partnerLabel],
    });
  if (event.campaignId !== null)
    links.push({ toTypeId: portal.typeNamed('partner_campaign').id, toId: idOf(event.campaignId) });
  return {
    type: portal.types.get(DEAL),
    ownerId: idOf(event.byId ?? event.ownerId),
    links,
    properties: {
      dealname: event.name,
      pipeline: schema.pipeline.id,
      dealstage: stageIdOf(portal, schema, event.stage),
      amount: event.amount,
      closedate: event.closeOn ?? instant(event.atMs + DEFAULT_CLOSE_DAYS * DAY_MS).slice(0, 10),
      hubspot_owner_id: idOf(event.ownerId),
      product: event.product,
      deal_source: event.source,
      ...(portal.hasCurrencies ? { deal_currency_code: event.currency } : {}),
      ...(event.registration === null
        ? {}
        : {
            registered_at: instant(event.registration.submittedMs),
            registration_status: event.registration.status,
          }),
    },
  };
}

const ACTIVITY_TYPES = { call: CALL, email: EMAIL, meeting: MEETING, task: TASK } as const;

function activity({ portal, idOf }: RecordContext, event: Of<'activity'>): NewRecord {
  const links: NewLink[] = [];
  const dealId = event.dealId === null ? null : idOf(event.dealId);
  const companyId =
    event.accountId !== null
      ? idOf(event.accountId)
      : dealId === null
        ? null
        : (portal.links
            .of(DEAL, dealId, COMPANY)
            .find((link) => link.types.some((kind) => kind.label === 'Primary'))?.toId ?? null);
  if (dealId !== null) links.push({ toTypeId: DEAL, toId: dealId });
  if (companyId !== null) links.push({ toTypeId: COMPANY, toId: companyId });
  const people = [event.contactId, ...(event.attendeeIds ?? [])].filter((id) => id !== null);
  for (const id of people) links.push({ toTypeId: CONTACT, toId: idOf(id) });
  return {
    type: portal.types.get(ACTIVITY_TYPES[event.type]),
    ownerId: idOf(event.byId ?? event.ownerId),
    links,
    properties: {
      hs_timestamp: instant(event.onMs),
      hubspot_owner_id: idOf(event.ownerId),
      ...activityValues(event),
    },
  };
}

function activityValues(event: Of<'activity'>): Record<string, unknown> {
  switch (event.type) {
    case 'call':
      return {
        hs_call_title: event.subject,
        hs_call_direction: 'OUTBOUND',
        hs_call_duration: event.minutes * 60_000,
        hs_call_status: event.done ? 'COMPLETED' : 'QUEUED',
      };
    case 'email':
      return {
        hs_email_subject: event.subject,
        hs_email_direction: 'EMAIL',
        hs_email_status: event.done ? 'SENT' : 'SCHEDULED',
      };
    case 'meeting':
      return {
        hs_meeting_title: event.subject,
        hs_meeting_start_time: instant(event.onMs),
        hs_meeting_end_time: instant(event.onMs + event.minutes * 60_000),
        hs_meeting_outcome: event.done ? 'COMPLETED' : 'SCHEDULED',
      };
    case 'task':
      return {
        hs_task_subject: event.subject,
        hs_task_type: 'TODO',
        hs_task_priority: 'NONE',
        hs_task_status: event.done ? 'COMPLETED' : 'NOT_STARTED',
      };
  }
}

function lead({ portal, idOf }: RecordContext, event: Of<'lead'>): NewRecord {
  const partnerId = event.partnerId === null ? null : idOf(event.partnerId);
  const dealId = event.convertedDealId === null ? null : idOf(event.convertedDealId);
  const links: NewLink[] = [
    ...(partnerId === null ? [] : [{ toTypeId: COMPANY, toId: partnerId }]),
    ...(dealId === null ? [] : [{ toTypeId: DEAL, toId: dealId }]),
  ];
  return {
    type: portal.types.get(LEAD),
    ownerId: null,
    links,
    properties: {
      hs_lead_name: `${event.company} - ${event.lastName}`,
      lead_status: event.status,
      partner_id: partnerId,
      converted_deal_id: dealId,
      converted_on: dealId === null ? null : instant(event.atMs).slice(0, 10),
    },
  };
}

/** A custom object that hangs on a partner or a plan, by association and by id. */
function custom(
  { portal, idOf }: RecordContext,
  name: string,
  parent: { of: string; id: string | null },
  properties: Record<string, unknown>,
): NewRecord {
  const type = portal.typeNamed(name);
  const parentType = portal.typeNamed(parent.of);
  const parentId = parent.id === null ? null : idOf(parent.id);
  const idProperty = parentType.id === COMPANY ? 'partner_id' : 'plan_id';
  return {
    type,
    ownerId: null,
    links: parentId === null ? [] : [{ toTypeId: parentType.id, toId: parentId }],
    properties: { ...properties, [idProperty]: parentId },
  };
}

/** The record of an event that makes one; null for the others. */
export function recordOf(context: RecordContext, event: WorldEvent): NewRecord | null {
  const byPartner = (partnerId: string | null) => ({ of: 'companies', id: partnerId });
  switch (event.kind) {
    case 'account':
      return account(context, event);
    case 'contact':
      return contact(context, event);
    case 'deal':
      return deal(context, event);
    case 'activity':
      return activity(context, event);
    case 'lead':
      return lead(context, event);
    case 'quote':
    case 'order':
      return paper(context, event);
    case 'campaign':
      return custom(context, 'partner_campaign', byPartner(event.partnerId), {
        campaign_name: event.name,
        start_on: event.startOn,
        end_on: event.endOn,
        campaign_cost: event.cost,
      });
    case 'plan':
      return custom(context, 'partner_plan', byPartner(event.partnerId), {
        plan_name: event.name,
        start_on: event.startOn,
        end_on: event.endOn,
        plan_status: event.status,
      });
    case 'target':
      return custom(
        context,
        'plan_target',
        { of: 'partner_plan', id: event.planId },
        {
          target_label: event.label,
          side: event.side,
          metric: event.metric,
          goal: event.goal,
          weight: event.weight,
          counts_from: event.above ?? null,
        },
      );
    case 'milestone':
      return custom(
        context,
        'plan_milestone',
        { of: 'partner_plan', id: event.planId },
        {
          milestone_label: event.label,
          side: event.side,
          due_on: event.dueOn,
          done_on: event.doneOn,
        },
      );
    case 'certification':
      return certification(context, event);
    case 'cost':
      return custom(context, 'partner_fund', byPartner(event.partnerId), {
        fund_name: `${event.type} ${event.on}`,
        fund_kind: event.type,
        fund_amount: event.amount,
        fund_currency: event.currency,
        spent_on: event.on,
      });
    case 'signal':
      return custom(context, 'partner_signal', byPartner(event.partnerId), {
        signal_kind: event.type,
        signal_at: instant(event.atMs),
        signal_value: event.value,
      });
    default:
      return null;
  }
}

function certification(context: RecordContext, event: Of<'certification'>): NewRecord {
  const contactId = event.contactId === null ? null : context.idOf(event.contactId);
  const made = custom(
    context,
    'partner_certification',
    { of: 'companies', id: event.partnerId },
    {
      certification_name: event.name,
      contact_id: contactId,
      issued_on: event.issuedOn,
      expires_on: event.expiresOn,
    },
  );
  if (contactId !== null) made.links.push({ toTypeId: CONTACT, toId: contactId });
  return made;
}
