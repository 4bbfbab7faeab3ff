/** The Salesforce record that each new thing of the world becomes. */
import type { WorldEvent } from '../../world/events.ts';
import type { Row } from '../org-types.ts';
import { paper, teamMember } from './deal-records.ts';
import type { NewRecord, Of, RecordContext } from './record.ts';
import { currencyOf, DAY_MS, dayOf, fit, second, SUBJECT_LENGTH } from './values.ts';

/** Stages of the world in Salesforce's words; any other stage is taken as it is. */
const STAGE_NAMES: Readonly<Record<string, string>> = {
  prospecting: 'Prospecting',
  qualification: 'Qualification',
  analysis: 'Needs Analysis',
  proposal: 'Proposal/Price Quote',
  negotiation: 'Negotiation/Review',
  won: 'Closed Won',
  lost: 'Closed Lost',
};
const PARTNER_TYPES = {
  reseller: 'Channel Partner / Reseller',
  technology: 'Technology Partner',
  consulting: 'Installation Partner',
} as const;
const TIERS = { registered: 'Registered', silver: 'Silver', gold: 'Gold' } as const;
const PARTNER_ROLES = { sourced: 'VAR/Reseller', influenced: 'Consultant' } as const;
const SUBTYPES = { call: 'Call', email: 'Email', task: 'Task' } as const;
const NAME_LENGTH = 80;
const DESCRIPTION_LENGTH = 32_000;
const DEFAULT_CLOSE_DAYS = 90;

export function stageName(stage: string): string {
  return STAGE_NAMES[stage] ?? stage;
}

function account(context: RecordContext, event: Of<'account'>): NewRecord {
  const { partner } = event;
  const own: Row =
    partner === null
      ? { Type: 'Customer - Direct' }
      : {
          Type: PARTNER_TYPES[partner.type],
          Description: context.provenance,
          Partner_Tier__c: TIERS[partner.tier],
          Partner_Since__c: partner.signedOn,
          Onboarded_On__c: partner.onboardedOn,
          ...(context.prm ? { IsPartner: true } : {}),
        };
  return {
    object: 'Account',
    user: context.ids.user(event.ownerId),
    fields: {
      Name: fit(event.name, SUBJECT_LENGTH),
      Industry: event.industry,
      BillingCountry: event.country,
      Website: event.website === '' ? null : event.website,
      OwnerId: context.ids.of(event.ownerId),
      ParentId: context.ids.orNull(event.parentId),
      ...own,
    },
  };
}

function contact(context: RecordContext, event: Of<'contact'>): NewRecord {
  const accountId = context.ids.of(event.accountId);
  const user = context.ids.ownerOf(accountId);
  return {
    object: 'Contact',
    user,
    fields: {
      AccountId: accountId,
      FirstName: event.firstName,
      LastName: event.lastName,
      Email: event.email,
      Title: event.title,
      OwnerId: user.id,
    },
  };
}

function campaign(context: RecordContext, event: Of<'campaign'>): NewRecord {
  const partnerId = context.ids.orNull(event.partnerId);
  const user = partnerId === null ? context.org.admin : context.ids.ownerOf(partnerId);
  return {
    object: 'Campaign',
    user,
    fields: {
      Name: fit(event.name, NAME_LENGTH),
      Type: 'Partners',
      Status: 'Completed',
      IsActive: true,
      StartDate: event.startOn,
      EndDate: event.endOn,
      ActualCost: event.cost,
      Partner__c: partnerId,
      OwnerId: user.id,
    },
  };
}

function campaignMember(context: RecordContext, event: Of<'campaignMember'>): NewRecord {
  const campaignId = context.ids.of(event.campaignId);
  return {
    object: 'CampaignMember',
    user: context.ids.ownerOf(campaignId),
    fields: {
      CampaignId: campaignId,
      ContactId: context.ids.of(event.contactId),
      Status: event.responded ? 'Responded' : 'Sent',
      HasResponded: event.responded,
    },
  };
}

function lead(context: RecordContext, event: Of<'lead'>): NewRecord {
  const { org, ids } = context;
  const partnerId = ids.orNull(event.partnerId);
  const dealId = ids.orNull(event.convertedDealId);
  const deal = dealId === null ? undefined : org.find(dealId, true)?.row;
  const user =
    dealId !== null ? ids.ownerOf(dealId) : partnerId === null ? org.admin : ids.ownerOf(partnerId);
  return {
    object: 'Lead',
    user,
    fields: {
      Company: event.company,
      LastName: event.lastName,
      Status: event.status,
      LeadSource: partnerId === null ? 'Web' : 'Partner Referral',
      OwnerId: user.id,
      ...(context.prm && partnerId !== null ? { PartnerAccountId: partnerId } : {}),
      ...(dealId === null
        ? {}
        : {
            IsConverted: true,
            ConvertedOpportunityId: dealId,
            ConvertedAccountId: deal?.['AccountId'] ?? null,
            ConvertedDate: dayOf(event.atMs),
          }),
    },
  };
}

function deal(context: RecordContext, event: Of<'deal'>): NewRecord {
  const { ids } = context;
  const named = context.prm && event.role === 'sourced' && event.partnerId !== null;
  return {
    object: 'Opportunity',
    user: ids.user(event.byId ?? event.ownerId),
    fields: {
      Name: event.name,
      AccountId: ids.of(event.accountId),
      OwnerId: ids.of(event.ownerId),
      StageName: stageName(event.stage),
      Amount: event.amount,
      // Salesforce does not let a deal be without one.
      CloseDate: event.closeOn ?? dayOf(event.atMs + DEFAULT_CLOSE_DAYS * DAY_MS),
      LeadSource: event.source,
      CampaignId: ids.orNull(event.campaignId),
      Product__c: event.product,
      Registered_At__c: event.registration === null ? null : second(event.registration.submittedMs),
      Registration_Status__c: event.registration?.status ?? null,
      ...(named ? { PartnerAccountId: ids.orNull(event.partnerId) } : {}),
      ...(context.multiCurrency ? { CurrencyIsoCode: event.currency } : {}),
    },
  };
}

/**
 * The row under "Partners" of a deal: for those who influenced it, and for everyone where deals
 * cannot name their partner.
 */
export function dealPartner(context: RecordContext, event: Of<'deal'>): NewRecord | null {
  if (event.partnerId === null || event.role === null || (context.prm && event.role === 'sourced'))
    return null;
  return {
    object: 'Partner',
    user: context.ids.user(event.ownerId),
    fields: {
      OpportunityId: context.ids.of(event.id),
      AccountToId: context.ids.of(event.partnerId),
      Role: PARTNER_ROLES[event.role],
      IsPrimary: event.role === 'sourced',
    },
  };
}

function activity(context: RecordContext, event: Of<'activity'>): NewRecord {
  const { ids } = context;
  const onMs = second(event.onMs);
  const what = event.dealId ?? event.accountId;
  const common: Row = {
    Subject: fit(event.subject, SUBJECT_LENGTH),
    Description:
      event.subject.length > SUBJECT_LENGTH ? fit(event.subject, DESCRIPTION_LENGTH) : null,
    OwnerId: ids.of(event.ownerId),
    WhatId: ids.orNull(what),
    WhoId: ids.orNull(event.contactId),
  };
  const user = ids.user(event.byId ?? event.ownerId);
  if (event.type === 'meeting')
    return {
      object: 'Event',
      user,
      fields: { ...common, StartDateTime: onMs, DurationInMinutes: event.minutes },
    };
  // A to-do is completed when it is marked so; a call is logged with the time at which it took
  // place.
  const doneMs = event.type === 'task' ? second(event.atMs) : onMs;
  const done: Row = event.done
    ? { Status: 'Completed', CompletedDateTime: doneMs }
    : { Status: 'Not Started' };
  const call: Row =
    event.type === 'call'
      ? { CallType: 'Outbound', CallDurationInSeconds: event.minutes * 60 }
      : {};
  return {
    object: 'Task',
    user,
    fields: {
      ...common,
      TaskSubtype: SUBTYPES[event.type],
      Priority: 'Normal',
      ActivityDate: dayOf(onMs),
      ...done,
      ...call,
    },
  };
}

function ofPartner(
  context: RecordContext,
  object: string,
  partnerId: string,
  fields: Row,
): NewRecord {
  const accountId = context.ids.of(partnerId);
  const user = context.ids.ownerOf(accountId);
  return { object, user, fields: { ...fields, Partner__c: accountId, OwnerId: user.id } };
}

function ofPlan(context: RecordContext, object: string, planId: string, fields: Row): NewRecord {
  const id = context.ids.of(planId);
  return { object, user: context.ids.ownerOf(id), fields: { ...fields, Plan__c: id } };
}

/** The record of an event that makes one; null for the others (users have their own way). */
export function recordOf(context: RecordContext, event: WorldEvent): NewRecord | null {
  switch (event.kind) {
    case 'account':
      return account(context, event);
    case 'contact':
      return contact(context, event);
    case 'campaign':
      return campaign(context, event);
    case 'campaignMember':
      return campaignMember(context, event);
    case 'lead':
      return lead(context, event);
    case 'deal':
      return deal(context, event);
    case 'activity':
      return activity(context, event);
    case 'teamMember':
      return teamMember(context, event);
    case 'quote':
    case 'order':
      return paper(context, event);
    case 'plan':
      return ofPartner(context, 'Partner_Plan__c', event.partnerId, {
        Name: fit(event.name, NAME_LENGTH),
        Start_Date__c: event.startOn,
        End_Date__c: event.endOn,
        Status__c: event.status,
      });
    case 'target':
      return ofPlan(context, 'Plan_Target__c', event.planId, {
        Name: fit(event.label, NAME_LENGTH),
        Side__c: event.side,
        Metric__c: event.metric,
        Goal__c: event.goal,
        Weight__c: event.weight,
        Counts_From__c: event.above ?? null,
      });
    case 'milestone':
      return ofPlan(context, 'Plan_Milestone__c', event.planId, {
        Name: fit(event.label, NAME_LENGTH),
        Side__c: event.side,
        Due_On__c: event.dueOn,
        Done_On__c: event.doneOn,
      });
    case 'certification':
      return ofPartner(context, 'Partner_Certification__c', event.partnerId, {
        Name: event.name,
        Contact__c: context.ids.orNull(event.contactId),
        Issued_On__c: event.issuedOn,
        Expires_On__c: event.expiresOn,
      });
    case 'cost':
      return ofPartner(context, 'Partner_Fund__c', event.partnerId, {
        Name: `${event.type} ${event.on}`,
        Kind__c: event.type,
        Amount__c: event.amount,
        Spent_On__c: event.on,
        ...currencyOf(context, event.currency),
      });
    case 'signal':
      return ofPartner(context, 'Partner_Signal__c', event.partnerId, {
        Name: event.type,
        Kind__c: event.type,
        At__c: second(event.atMs),
        Value__c: event.value,
      });
    default:
      return null;
  }
}
