/** What the server does of itself, by object. */
import { accountRules } from './account-rules.ts';
import { eventRules, taskRules } from './activity-rules.ts';
import { campaignMemberRules, campaignRules } from './campaign-rules.ts';
import { opportunityRules } from './opportunity-rules.ts';
import { orderRules, quoteRules } from './order-rules.ts';
import { partnerRules } from './partner-rules.ts';
import { contactRules, leadRules, userRules } from './person-rules.ts';
import { fundClaimRules, programmeMemberRules } from './channel-rules.ts';
import { datedRateRules } from './currency-rules.ts';
import type { ObjectRules } from './saving.ts';
import {
  assignmentRules,
  fieldPermissionRules,
  objectPermissionRules,
  permissionSetRules,
  recordTypeRules,
} from './setup-rules.ts';

export const RULES: Readonly<Record<string, ObjectRules>> = {
  Account: accountRules,
  Opportunity: opportunityRules,
  Task: taskRules,
  Event: eventRules,
  Contact: contactRules,
  Lead: leadRules,
  User: userRules,
  ChannelProgramMember: programmeMemberRules,
  PartnerFundClaim: fundClaimRules,
  DatedConversionRate: datedRateRules,
  Campaign: campaignRules,
  CampaignMember: campaignMemberRules,
  Partner: partnerRules,
  Quote: quoteRules,
  Order: orderRules,
  FieldPermissions: fieldPermissionRules,
  ObjectPermissions: objectPermissionRules,
  PermissionSet: permissionSetRules,
  PermissionSetAssignment: assignmentRules,
  RecordType: recordTypeRules,
};
