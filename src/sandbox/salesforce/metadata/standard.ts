/**
 * The standard objects of an org, fresh copies each time because an org's
 * admin may add fields to them.
 */
import { addPersonAccounts } from './person-account.ts';
import { dealTerritory, territoryObjects } from './territories.ts';
import { account } from './account.ts';
import { event, task, taskStatus } from './activity.ts';
import { campaign, campaignMember, campaignMemberStatus } from './campaign.ts';
import { channelObjects } from './channel.ts';
import type { ObjectDefinition } from './definition.ts';
import { field, picklist } from './fields.ts';
import {
  opportunity,
  opportunityContactRole,
  opportunityFieldHistory,
  opportunityHistory,
  opportunityStage,
} from './opportunity.ts';
import { accountPartner, opportunityPartner, partner, partnerRole } from './partner.ts';
import { contact, lead } from './person.ts';
import { quoteObjects } from './quotes.ts';
import { recordHistories } from './record-history.ts';
import { eventRelation, taskRelation } from './relations.ts';
import {
  currencyType,
  datedConversionRate,
  fieldPermissions,
  objectPermissions,
  organization,
  permissionSet,
  permissionSetAssignment,
  pricebook,
  recordType,
} from './setup.ts';
import { teamObjects } from './teams.ts';
import { loginHistory, profile, user, userRole } from './user.ts';

export interface Features {
  /** Partner relationship management: partner flags and partner account look-ups exist. */
  prm: boolean;
  /** Currency codes of an org with several currencies; empty in an org with one. */
  currencies: readonly string[];
  /** Several people a task: TaskRelation exists. */
  sharedActivities: boolean;
  /** Account and opportunity teams, and splits. */
  teams: boolean;
  /** Quotes and orders. */
  quotes: boolean;
  /** Person accounts. */
  persons: boolean;
  /** Sales Territories. */
  territories: boolean;
}

/** A currency column on an object that carries amounts, beside the currency objects themselves. */
export function addCurrencyField(object: ObjectDefinition, currencies: readonly string[]): void {
  object.fields.push({
    ...field('CurrencyIsoCode', 'picklist(3)', 'Currency ISO Code', 'ncufsgd', {
      restrictedPicklist: true,
    }),
    picklist: picklist(currencies),
  });
}

const CARRIES_CURRENCY = new Set([
  'PartnerMarketingBudget',
  'PartnerFundAllocation',
  'PartnerFundRequest',
  'PartnerFundClaim',
  'OpportunitySplit',
  'Quote',
  'Order',
  'OpportunityTeamMember',
  'Account',
  'Contact',
  'Lead',
  'Opportunity',
  'OpportunityHistory',
  'Campaign',
  'CampaignMember',
  'User',
  'Task',
  'Event',
  'Pricebook2',
]);

export function standardObjects(features: Features): ObjectDefinition[] {
  const multi = features.currencies.length > 0;
  const objects = [
    account(features.prm),
    contact(),
    lead(features.prm),
    opportunity(features.prm),
    opportunityHistory(),
    opportunityFieldHistory(),
    opportunityStage(),
    opportunityContactRole(),
    partner(),
    opportunityPartner(),
    accountPartner(),
    partnerRole(),
    task(),
    event(),
    taskStatus(),
    campaign(),
    campaignMember(),
    campaignMemberStatus(),
    user(features.prm),
    profile(),
    userRole(),
    loginHistory(),
    organization(),
    recordType(),
    permissionSet(),
    fieldPermissions(),
    objectPermissions(),
    permissionSetAssignment(),
    pricebook(),
    eventRelation(),
    ...recordHistories(),
    ...(features.sharedActivities ? [taskRelation()] : []),
    ...(features.prm ? channelObjects() : []),
    ...(features.teams ? teamObjects() : []),
    ...(features.quotes ? quoteObjects() : []),
    ...(features.territories ? territoryObjects() : []),
    ...(multi ? [currencyType(), datedConversionRate()] : []),
  ];
  if (features.persons) addPersonAccounts(objects);
  if (features.territories)
    objects.find(({ name }) => name === 'Opportunity')?.fields.push(dealTerritory());
  if (multi)
    for (const object of objects)
      if (CARRIES_CURRENCY.has(object.name)) addCurrencyField(object, features.currencies);
  return objects;
}
