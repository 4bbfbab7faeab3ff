/** Standard value lists shared by several objects, as a new org has them. */
export const LEAD_SOURCE = ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other'];
export const RATING = ['Hot', 'Warm', 'Cold'];
export const SALUTATION = ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.'];
export const INDUSTRY = [
  'Agriculture',
  'Apparel',
  'Banking',
  'Biotechnology',
  'Chemicals',
  'Communications',
  'Construction',
  'Consulting',
  'Education',
  'Electronics',
  'Energy',
  'Engineering',
  'Entertainment',
  'Environmental',
  'Finance',
  'Food & Beverage',
  'Government',
  'Healthcare',
  'Hospitality',
  'Insurance',
  'Machinery',
  'Manufacturing',
  'Media',
  'Not For Profit',
  'Recreation',
  'Retail',
  'Shipping',
  'Technology',
  'Telecommunications',
  'Transportation',
  'Utilities',
  'Other',
];
export const ACTIVITY_SUBJECT = ['Call', 'Email', 'Meeting', 'Send Letter/Quote', 'Other'];
export const FORECAST_CATEGORY = [
  'Omitted',
  'Pipeline',
  'BestCase=Best Case',
  'MostLikely=Most Likely',
  'Forecast=Commit',
  'Closed',
];
export const FORECAST_CATEGORY_NAME = ['Omitted', 'Pipeline', 'Best Case', 'Commit', 'Closed'];
export const PARTNER_ROLE = [
  'System Integrator',
  'Agency',
  'Advertiser',
  'VAR/Reseller',
  'Distributor',
  'Developer',
  'Broker',
  'Lender',
  'Supplier',
  'Institution',
  'Contractor',
  'Dealer',
  'Consultant',
  'Other',
];
/** Objects that can have activities. */
export const ACTIVITY_WHAT = ['Account', 'Campaign', 'Opportunity'];

export interface StandardStage {
  name: string;
  probability: number;
  category: string;
  closed: boolean;
  won: boolean;
}
/** The sales path of a new org with its default probabilities. */
export const STAGES: StandardStage[] = [
  ...(
    [
      ['Prospecting', 10, 'Pipeline'],
      ['Qualification', 10, 'Pipeline'],
      ['Needs Analysis', 20, 'Pipeline'],
      ['Value Proposition', 50, 'Pipeline'],
      ['Id. Decision Makers', 60, 'Pipeline'],
      ['Perception Analysis', 70, 'Pipeline'],
      ['Proposal/Price Quote', 75, 'Pipeline'],
      ['Negotiation/Review', 90, 'Pipeline'],
    ] as const
  ).map(([name, probability, category]) => ({
    name,
    probability,
    category,
    closed: false,
    won: false,
  })),
  { name: 'Closed Won', probability: 100, category: 'Closed', closed: true, won: true },
  { name: 'Closed Lost', probability: 0, category: 'Omitted', closed: true, won: false },
];
/** Task states; the closed one finishes the task. */
export const TASK_STATUS = [
  ['Not Started', false],
  ['In Progress', false],
  ['Completed', true],
  ['Waiting on someone else', false],
  ['Deferred', false],
] as const;
