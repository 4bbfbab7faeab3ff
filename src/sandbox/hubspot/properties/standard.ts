/** HubSpot's own properties of the objects here: those a sync reads or writes, not all of the several hundred. */
import { CALL, COMPANY, CONTACT, DEAL, EMAIL, LEAD, MEETING, NOTE, TASK } from '../model/object-types.ts';
import type { CompactProperty } from './compact.ts';

/** On every object. */
export const COMMON: readonly CompactProperty[] = [
  ['hs_object_id', 'Record ID', 'number!'], ['hs_createdate', 'Object create date/time', 'datetime!'], ['hs_lastmodifieddate', 'Object last modified date/time', 'datetime!'],
  ['hubspot_owner_id', 'Owner', 'enum^'], ['hubspot_owner_assigneddate', 'Owner assigned date', 'datetime='], ['hubspot_team_id', 'HubSpot team', 'enum!^'],
  ['hs_merged_object_ids', 'Merged record IDs', 'checkbox!^'], ['hs_object_source', 'Record source', 'string!'], ['hs_object_source_id', 'Record source ID', 'string!'],
  ['hs_object_source_label', 'Record source', 'string!'], ['hs_created_by_user_id', 'Created by user ID', 'number!'], ['hs_updated_by_user_id', 'Updated by user ID', 'number!'],
  ['hs_unique_creation_key', 'Unique creation key', 'string!*'],
];

const ENGAGEMENT: readonly CompactProperty[] = [
  ['hs_timestamp', 'Activity date', 'datetime'], ['hs_activity_type', 'Activity type', 'string'], ['hs_attachment_ids', 'Attached file IDs', 'string'], ['hs_engagement_source', 'Engagement source', 'string!'],
];

export const STANDARD: Record<string, { group: string; properties: readonly CompactProperty[] }> = {
  [CONTACT]: { group: 'contactinformation', properties: [
    ['createdate', 'Create date', 'datetime!'], ['lastmodifieddate', 'Last modified date', 'datetime!'], ['email', 'Email', 'string*'], ['firstname', 'First name', 'string'], ['lastname', 'Last name', 'string'],
    ['jobtitle', 'Job title', 'string'], ['phone', 'Phone number', 'string'], ['company', 'Company name', 'string'], ['country', 'Country/Region', 'string'], ['city', 'City', 'string'], ['website', 'Website URL', 'string'],
    ['lifecyclestage', 'Lifecycle stage', 'enum', ['subscriber', 'lead', 'marketingqualifiedlead', 'salesqualifiedlead', 'opportunity', 'customer', 'evangelist', 'other']],
    ['hs_lead_status', 'Lead status', 'enum', ['NEW', 'OPEN', 'IN_PROGRESS', 'OPEN_DEAL', 'UNQUALIFIED', 'ATTEMPTED_TO_CONTACT', 'CONNECTED', 'BAD_TIMING']],
    ['associatedcompanyid', 'Primary associated company ID', 'number!'], ['hs_calculated_merged_vids', 'Merged vids with timestamps', 'string!'], ['num_associated_deals', 'Number of associated deals', 'number='],
  ] },
  [COMPANY]: { group: 'companyinformation', properties: [
    ['createdate', 'Create date', 'datetime!'], ['name', 'Company name', 'string'], ['domain', 'Company domain name', 'string'], ['website', 'Website URL', 'string'], ['description', 'Description', 'textarea'],
    ['industry', 'Industry', 'enum', ['COMPUTER_SOFTWARE', 'INFORMATION_TECHNOLOGY_AND_SERVICES', 'FINANCIAL_SERVICES', 'HOSPITAL_HEALTH_CARE', 'MACHINERY', 'RETAIL', 'TELECOMMUNICATIONS', 'UTILITIES', 'GOVERNMENT_ADMINISTRATION', 'EDUCATION_MANAGEMENT', 'LOGISTICS_AND_SUPPLY_CHAIN', 'INSURANCE', 'BANKING', 'MANAGEMENT_CONSULTING', 'MEDIA_PRODUCTION', 'PHARMACEUTICALS', 'AUTOMOTIVE', 'CONSTRUCTION', 'OIL_ENERGY', 'CONSUMER_GOODS', 'HOSPITALITY']],
    ['type', 'Type', 'enum', ['PROSPECT', 'PARTNER', 'RESELLER', 'VENDOR', 'OTHER']], ['country', 'Country/Region', 'string'], ['city', 'City', 'string'], ['state', 'State/Region', 'string'], ['phone', 'Phone number', 'string'],
    ['numberofemployees', 'Number of employees', 'number'], ['annualrevenue', 'Annual revenue', 'money'], ['lifecyclestage', 'Lifecycle stage', 'enum', ['subscriber', 'lead', 'marketingqualifiedlead', 'salesqualifiedlead', 'opportunity', 'customer', 'evangelist', 'other']],
    ['hs_parent_company_id', 'Parent company', 'number='], ['hs_num_child_companies', 'Number of child companies', 'number='], ['num_associated_contacts', 'Number of associated contacts', 'number='], ['num_associated_deals', 'Number of associated deals', 'number='],
  ] },
  [DEAL]: { group: 'dealinformation', properties: [
    ['createdate', 'Create date', 'datetime'], ['dealname', 'Deal name', 'string'], ['pipeline', 'Pipeline', 'enum^'], ['dealstage', 'Deal stage', 'enum^'], ['amount', 'Amount', 'money'], ['closedate', 'Close date', 'datetime'],
    ['dealtype', 'Deal type', 'enum', ['newbusiness=New business', 'existingbusiness=Existing business']], ['description', 'Deal description', 'textarea'], ['hs_next_step', 'Next step', 'string'],
    ['closed_lost_reason', 'Closed lost reason', 'textarea'], ['closed_won_reason', 'Closed won reason', 'textarea'], ['hs_priority', 'Priority', 'enum', ['low=Low', 'medium=Medium', 'high=High']],
    ['hs_manual_forecast_category', 'Forecast category', 'enum', ['OMIT=Not forecasted', 'PIPELINE=Pipeline', 'BEST_CASE=Best case', 'COMMIT=Commit', 'CLOSED=Closed won']], ['hs_forecast_probability', 'Forecast probability', 'number'],
    ['hs_forecast_amount', 'Forecast amount', 'money='], ['hs_deal_stage_probability', 'Deal probability', 'number='], ['hs_projected_amount', 'Weighted amount', 'money='], ['hs_closed_amount', 'Closed deal amount', 'money='],
    ['amount_in_home_currency', 'Amount in company currency', 'money='], ['hs_projected_amount_in_home_currency', 'Weighted amount in company currency', 'money='], ['hs_closed_amount_in_home_currency', 'Closed deal amount in home currency', 'money='],
    ['hs_is_closed', 'Is deal closed?', 'bool='], ['hs_is_closed_won', 'Is closed won', 'bool='], ['hs_is_closed_lost', 'Is closed lost', 'bool='], ['hs_closed_won_date', 'Closed won date', 'datetime='], ['days_to_close', 'Days to close', 'number='],
    ['hs_v2_date_entered_current_stage', 'Date entered current stage', 'datetime='], ['num_associated_contacts', 'Number of associated contacts', 'number='], ['hs_acv', 'Annual contract value', 'money'], ['hs_arr', 'Annual recurring revenue', 'money'], ['hs_mrr', 'Monthly recurring revenue', 'money'], ['hs_tcv', 'Total contract value', 'money'],
  ] },
  [CALL]: { group: 'call', properties: [...ENGAGEMENT, ['hs_call_title', 'Call title', 'string'], ['hs_call_body', 'Call notes', 'textarea'], ['hs_call_direction', 'Call direction', 'enum', ['INBOUND', 'OUTBOUND']], ['hs_call_duration', 'Call duration', 'number'], ['hs_call_disposition', 'Call outcome', 'string'],
    ['hs_call_status', 'Call status', 'enum', ['BUSY', 'CALLING_CRM_USER', 'CANCELED', 'COMPLETED', 'CONNECTING', 'FAILED', 'IN_PROGRESS', 'MISSED', 'NO_ANSWER', 'QUEUED', 'RINGING']]] },
  [EMAIL]: { group: 'email', properties: [...ENGAGEMENT, ['hs_email_direction', 'Email direction', 'enum', ['EMAIL', 'INCOMING_EMAIL', 'FORWARDED_EMAIL']], ['hs_email_subject', 'Email subject', 'string'], ['hs_email_text', 'Email body', 'textarea'], ['hs_email_headers', 'Email headers', 'string'],
    ['hs_email_status', 'Email send status', 'enum', ['BOUNCED', 'FAILED', 'SCHEDULED', 'SENDING', 'SENT']]] },
  [MEETING]: { group: 'meeting', properties: [...ENGAGEMENT, ['hs_meeting_title', 'Meeting name', 'string'], ['hs_meeting_body', 'Meeting description', 'textarea'], ['hs_internal_meeting_notes', 'Internal meeting notes', 'textarea'], ['hs_meeting_start_time', 'Meeting start time', 'datetime'], ['hs_meeting_end_time', 'Meeting end time', 'datetime'],
    ['hs_meeting_outcome', 'Meeting outcome', 'enum', ['SCHEDULED', 'COMPLETED', 'RESCHEDULED', 'NO_SHOW', 'CANCELED']], ['hs_meeting_location', 'Meeting location', 'string']] },
  [NOTE]: { group: 'note', properties: [...ENGAGEMENT, ['hs_note_body', 'Note body', 'textarea']] },
  [TASK]: { group: 'task', properties: [...ENGAGEMENT, ['hs_task_subject', 'Task title', 'string'], ['hs_task_body', 'Notes', 'textarea'], ['hs_task_status', 'Task status', 'enum', ['NOT_STARTED', 'IN_PROGRESS', 'WAITING', 'COMPLETED', 'DEFERRED']], ['hs_task_priority', 'Priority', 'enum', ['NONE', 'LOW', 'MEDIUM', 'HIGH']],
    ['hs_task_type', 'Task type', 'enum', ['TODO', 'CALL', 'EMAIL', 'LINKED_IN']], ['hs_task_completion_date', 'Completed at', 'datetime=']] },
  [LEAD]: { group: 'lead_information', properties: [['hs_lead_name', 'Lead name', 'string'], ['hs_lead_type', 'Lead type', 'enum', ['NEW_BUSINESS', 'RE_ATTEMPT', 'UPSELL']], ['hs_lead_label', 'Lead label', 'enum', ['HOT', 'WARM', 'COLD']], ['hs_pipeline_stage', 'Lead pipeline stage', 'string']] },
};

/** Only in portals with several currencies. */
export const MULTI_CURRENCY: readonly CompactProperty[] = [['deal_currency_code', 'Currency', 'enum'], ['hs_exchange_rate', 'Exchange rate', 'number=']];

/** What a deal has for each stage of each pipeline. */
export function stageProperties(stageId: string, label: string): CompactProperty[] {
  return [
    [`hs_v2_date_entered_${stageId}`, `Date entered "${label}"`, 'datetime='], [`hs_v2_date_exited_${stageId}`, `Date exited "${label}"`, 'datetime='],
    [`hs_v2_cumulative_time_in_${stageId}`, `Cumulative time in "${label}"`, 'number='], [`hs_v2_latest_time_in_${stageId}`, `Latest time in "${label}"`, 'number='],
  ];
}
