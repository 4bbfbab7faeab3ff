import type { MetricShape } from './metric-shape.ts';

/**
 * What partners do and learn, most of it outside the CRM. Activity is shown and promised; no score
 * is made of it unless it is proven to foretell outcomes.
 */
export const ENGAGEMENT_METRICS = {
  certified_share: {
    family: 'enablement',
    unit: 'share',
    label: 'Certified share of sellers',
    doc: 'Certificates in force / active sellers (signal active_sellers, newest); at most 1.',
  },
  certification_depth: {
    family: 'enablement',
    unit: 'count',
    label: 'Different certificates in force',
    doc: 'Number of different certificates that are in force, whoever holds them.',
  },
  training_completion: {
    family: 'enablement',
    unit: 'share',
    label: 'Training completion',
    doc:
      'Trainings completed / assigned in the trailing horizon (signals training_completed, ' +
      'training_assigned); at most 1.',
  },
  learning_path: {
    family: 'enablement',
    unit: 'share',
    label: 'Learning path progress',
    doc: 'Newest day of the signal learning_path in the trailing horizon, mean of that day.',
  },
  portal_frequency: {
    family: 'engagement',
    unit: 'count/week',
    label: 'Portal log-ins a week',
    doc: 'Signals portal_login of the trailing 13 weeks / 13. A count, not a merit.',
  },
  content_consumption: {
    family: 'engagement',
    unit: 'count/week',
    label: 'Content downloads a week',
    doc: 'Signals content_download of the trailing 13 weeks / 13. A count, not a merit.',
  },
  campaigns_executed: {
    family: 'engagement',
    unit: 'count',
    label: 'Co-marketing campaigns this period',
    doc: 'Signals campaign_executed of the current period.',
  },
  response_rate: {
    family: 'engagement',
    unit: 'share',
    label: 'Response rate',
    doc:
      'Programme messages answered / sent in the trailing horizon (signals message_answered, ' +
      'message_sent); at most 1.',
  },
  plan_participation: {
    family: 'engagement',
    unit: 'count',
    label: 'Planning sessions this period',
    doc: 'Signals plan_meeting of the current period: reviews of the joint plan that it attended.',
  },
  onboarding_steps: {
    family: 'engagement',
    unit: 'count',
    label: 'Onboarding steps done',
    doc: 'Signals onboarding_step so far.',
  },
  incentives_used: {
    family: 'engagement',
    unit: 'count',
    label: 'Incentives used',
    doc: 'Rows of costs (funds, rebates, hours) in the trailing horizon. A count, not a merit.',
  },
  partner_satisfaction: {
    family: 'engagement',
    unit: 'score',
    label: 'Partner satisfaction',
    doc:
      'Mean of the signals partner_satisfaction (0 to 100) in the trailing horizon; evidence = ' +
      'number of answers.',
  },
} as const satisfies Record<string, MetricShape>;
