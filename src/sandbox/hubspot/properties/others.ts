/** The first properties of objects that this portal has, and that nothing of it is made of. */
import { OTHERS } from '../model/object-types.ts';
import type { CompactProperty } from './compact.ts';

const CREATED: CompactProperty = ['hs_createdate', 'Create date', 'datetime!'];
const AMOUNT: CompactProperty = ['hs_value', 'Value', 'number'];
const LABEL: CompactProperty = ['hs_label', 'Label', 'string'];
const TYPE: CompactProperty = ['hs_type', 'Type', 'enum', ['PERCENT', 'FIXED']];

const LISTS: Record<keyof typeof OTHERS, readonly CompactProperty[]> = {
  COMMUNICATION: [
    ['hs_timestamp', 'Activity date', 'datetime'],
    [
      'hs_communication_channel_type',
      'Channel',
      'enum',
      ['WHATS_APP', 'LINKEDIN_MESSAGE', 'SMS', 'CUSTOM_CHANNEL_CONVERSATION'],
    ],
    ['hs_communication_logged_from', 'Logged from', 'enum', ['CRM']],
    ['hs_communication_body', 'Body', 'textarea'],
  ],
  POSTAL_MAIL: [
    ['hs_timestamp', 'Activity date', 'datetime'],
    ['hs_postal_mail_body', 'Body', 'textarea'],
  ],
  FEEDBACK_SUBMISSION: [
    ['hs_survey_name', 'Survey name', 'string'],
    ['hs_value', 'Rating', 'number'],
    ['hs_content', 'Text', 'textarea'],
  ],
  INVOICE: [
    ['hs_invoice_status', 'Status', 'enum', ['draft', 'open', 'paid', 'voided']],
    ['hs_currency', 'Currency', 'string'],
    ['hs_due_date', 'Due date', 'datetime'],
    ['hs_amount_billed', 'Amount billed', 'money'],
  ],
  SUBSCRIPTION: [
    ['hs_name', 'Name', 'string'],
    ['hs_status', 'Status', 'string'],
    ['hs_recurring_revenue', 'Recurring revenue', 'money'],
  ],
  GOAL_TARGET: [
    ['hs_goal_name', 'Goal name', 'string'],
    ['hs_target_amount', 'Target', 'number'],
    ['hs_start_datetime', 'Start', 'datetime'],
    ['hs_end_datetime', 'End', 'datetime'],
  ],
  DISCOUNT: [LABEL, TYPE, AMOUNT],
  FEE: [LABEL, TYPE, AMOUNT],
  TAX: [LABEL, TYPE, AMOUNT],
  COMMERCE_PAYMENT: [
    ['hs_initial_amount', 'Gross amount', 'money'],
    ['hs_currency_code', 'Currency', 'string'],
    ['hs_initiated_date', 'Payment date', 'datetime'],
  ],
  USER: [
    ['hs_given_name', 'First name', 'string'],
    ['hs_family_name', 'Last name', 'string'],
    ['hs_job_title', 'Job title', 'string'],
    ['hs_internal_user_id', 'User ID', 'id'],
  ],
  CART: [
    ['hs_cart_name', 'Name', 'string'],
    ['hs_total_price', 'Total price', 'money'],
    ['hs_currency_code', 'Currency', 'string'],
  ],
};

export const OTHER_PROPERTIES = Object.fromEntries(
  Object.entries(OTHERS).map(([key, [id, name]]) => [
    id,
    {
      group: `${name}_information`,
      properties: [CREATED, ...LISTS[key as keyof typeof OTHERS]],
    },
  ]),
);
