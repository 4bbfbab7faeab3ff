import type { PortalWords } from './renamed-portal.ts';

/** A reseller business with its own words for everything. */
export const RESELLER_PORTAL: PortalWords = {
  objects: {
    partner_plan: {
      name: 'joint_plan',
      label: 'Joint plan',
      fields: {
        plan_name: ['title', 'Title'],
        start_on: ['begin', 'Begin'],
        end_on: ['finish', 'Finish'],
        plan_status: ['phase', 'Phase'],
      },
    },
    plan_target: {
      name: 'commitment',
      label: 'Commitment',
      fields: {
        target_label: ['title', 'Title'],
        side: ['party', 'Party'],
        metric: ['measure', 'Measure'],
        goal: ['quota', 'Quota'],
        weight: ['share', 'Share'],
      },
    },
    plan_milestone: {
      name: 'deliverable',
      label: 'Deliverable',
      fields: {
        milestone_label: ['title', 'Title'],
        side: ['party', 'Party'],
        due_on: ['deadline', 'Deadline'],
        done_on: ['completed', 'Completed'],
      },
    },
    partner_certification: {
      name: 'accreditation',
      label: 'Accreditation',
      fields: {
        certification_name: ['course', 'Course'],
        issued_on: ['awarded', 'Awarded'],
        expires_on: ['valid_until', 'Valid until'],
      },
    },
    partner_fund: {
      name: 'mdf_spend',
      label: 'MDF spend',
      fields: {
        fund_name: ['reference', 'Reference'],
        fund_kind: ['category', 'Category'],
        fund_amount: ['spend', 'Spend'],
        spent_on: ['booked', 'Booked'],
      },
    },
    partner_signal: {
      name: 'portal_activity',
      label: 'Portal activity',
      fields: {
        signal_kind: ['activity_type', 'Activity type'],
        signal_at: ['happened', 'Happened'],
        signal_value: ['number_of', 'Count'],
      },
    },
    partner_campaign: {
      name: 'co_marketing',
      label: 'Co-marketing campaign',
      fields: {
        campaign_name: ['title', 'Title'],
        start_on: ['kick_off', 'Kick-off'],
        end_on: ['closes', 'Closes'],
        campaign_cost: ['budget_spent', 'Budget spent'],
      },
    },
  },
  standard: {
    companies: {
      is_partner: ['is_reseller', 'Is reseller'],
      partner_type: ['reseller_kind', 'Reseller kind'],
      partner_tier: ['programme_level', 'Programme level'],
      partner_since: ['reseller_since', 'Reseller since'],
      onboarded_on: ['enabled_on', 'Enabled on'],
    },
    deals: {
      registered_at: ['deal_reg_date', 'Deal reg date'],
      registration_status: ['deal_reg_status', 'Deal reg status'],
      product: ['solution', 'Solution'],
    },
  },
  labels: { Partner: 'Reseller', Influencer: 'Referred by' },
  values: {
    'plan_target.side': { partner: 'Them', vendor: 'Us' },
    'plan_milestone.side': { partner: 'Them', vendor: 'Us' },
  },
};

/** A maker that sells through dealers: terse internal names whose labels say more. */
export const DEALER_PORTAL: PortalWords = {
  objects: {
    partner_plan: {
      name: 'dealer_year',
      label: 'Dealer growth plan',
      fields: {
        plan_name: ['t', 'Plan title'],
        start_on: ['p_start', 'Period start'],
        end_on: ['p_end', 'Period end'],
        plan_status: ['sts', 'Plan status'],
      },
    },
    plan_target: {
      name: 'dy_line',
      label: 'Growth plan goal',
      fields: {
        target_label: ['t', 'Goal title'],
        side: ['resp', 'Responsible party'],
        metric: ['ind', 'Indicator'],
        goal: ['planned', 'Planned value'],
        weight: ['w', 'Weighting'],
      },
    },
    plan_milestone: {
      name: 'dy_step',
      label: 'Growth plan step',
      fields: {
        milestone_label: ['t', 'Step title'],
        side: ['resp', 'Responsible party'],
        due_on: ['by_when', 'Planned date'],
        done_on: ['fin', 'Actual date'],
      },
    },
    partner_certification: {
      name: 'dealer_exam',
      label: 'Dealer exam',
      fields: {
        certification_name: ['t', 'Exam'],
        issued_on: ['passed', 'Passed on'],
        expires_on: ['lapse', 'Lapses on'],
      },
    },
    partner_fund: {
      name: 'dealer_payout',
      label: 'Dealer payout',
      fields: {
        fund_name: ['t', 'Payout reference'],
        fund_kind: ['reason', 'Payout reason'],
        fund_amount: ['net', 'Net paid'],
        fund_currency: ['cur', 'Payout currency'],
        spent_on: ['pay_day', 'Payment date'],
      },
    },
    partner_signal: {
      name: 'dealer_visit',
      label: 'Dealer visit',
      fields: {
        signal_kind: ['sort', 'Sort of visit'],
        signal_at: ['seen', 'Seen at'],
        signal_value: ['hits', 'Hits'],
      },
    },
    partner_campaign: {
      name: 'promo',
      label: 'Dealer promotion',
      fields: {
        campaign_name: ['t', 'Promotion name'],
        start_on: ['from_day', 'Start date'],
        end_on: ['to_day', 'End date'],
        campaign_cost: ['c', 'Total cost'],
      },
    },
  },
  standard: {
    companies: {
      is_partner: ['dlr', 'Dealer'],
      partner_type: ['dlr_kind', 'Dealer type'],
      partner_tier: ['dlr_class', 'Dealer ranking'],
      partner_since: ['dlr_since', 'Dealer since'],
      onboarded_on: ['ready_on', 'Ready to sell on'],
    },
    deals: {
      registered_at: ['reg_ts', 'Registration date'],
      registration_status: ['reg_sts', 'Registration status'],
      product: ['pl', 'Product line'],
    },
  },
  labels: { Partner: 'Dealer', Influencer: 'Influenced by' },
  values: {
    'plan_target.side': { partner: 'Dealer', vendor: 'Manufacturer' },
    'plan_milestone.side': { partner: 'Dealer', vendor: 'Manufacturer' },
  },
};
