import type { WrittenField } from '../watch.ts';

/**
 * A mapping of five HubSpot objects: small, so that a schedule is quick, and with one of everything
 * that can go wrong (optional properties that come and go, a count that moves no stamp, partners by
 * two association labels and by company hierarchy, history as rows, written properties of both
 * owners, one of them with options).
 */
export const HUBSPOT_MAPPING = `
version: 1
crm: hubspot
settings: { timeZone: UTC, reportingCurrency: USD }
entities:
  partner:
    object: companies
    where: { field: is_partner, is: true }
    fields:
      name: { field: name, default: (no name) }
      tier: { field: partner_tier, optional: true }
      region: country
      parentId: { field: 'associations.companies[Parent Company]', optional: true }
    keep: [num_associated_deals]
  account:
    object: companies
    fields:
      name: { field: name, default: (no name) }
      industry: industry
      country: country
      parentId: { field: 'associations.companies[Parent Company]', optional: true }
  deal:
    object: deals
    fields:
      name: { field: dealname, default: (no name) }
      accountId: { field: 'associations.companies[Primary]', optional: true }
      partnerId: { field: 'associations.companies[Partner]', optional: true }
      stage: dealstage
      amount: amount
      closeDate: closedate
      createdAt: createdate
      registeredAt: { field: registered_at, optional: true }
      product: { field: product, optional: true }
      crmProbability: { field: hs_deal_stage_probability, optional: true }
      source: { field: deal_source, optional: true }
  dealPartner:
    object: deals
    where: { field: 'associations.companies[Influencer]', optional: true, set: true }
    fields:
      dealId: hs_object_id
      partnerId: { field: 'associations.companies[Influencer]', optional: true }
      role: { value: Influencer }
      primary: { value: false }
  dealEvent:
    object: deals.history
    fields: { dealId: dealId, at: at, stage: stage, amount: amount, closeDate: closeDate }
  stage:
    object: deal_stages
    fields: { key: key, label: label, order: order, closed: closed, won: won, probability: probability, active: active }
  activity:
    object: calls
    where: { field: hs_call_status, is: COMPLETED }
    fields:
      dealId: associations.deals
      accountId: associations.companies
      kind: { value: call }
      at: { coalesce: [hs_timestamp, hs_createdate] }
      qualifying: { value: true }
dealPartner:
  - by: field
  - by: role
  - by: accountParent
write:
  - object: companies
    entity: partner
    fields:
      hw_score: { value: partner.score, owner: shared }
      hw_reasons: { value: partner.reasons }
      hw_next: { value: partner.nextAction }
      hw_forecast: { value: partner.forecast, owner: shared }
  - object: deals
    entity: deal
    fields:
      hw_win: { value: deal.winProbability }
      hw_win_reasons: { value: deal.reasons }
      hw_health: { value: deal.health, owner: shared }
      hw_deal_next: { value: deal.nextAction }
`;

/**
 * Properties that the oracle expects to be read, worked out by hand from the text above; one that
 * the portal lacks is left out.
 */
export const PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  companies: [
    'country',
    'hw_forecast',
    'hw_next',
    'hw_reasons',
    'hw_score',
    'industry',
    'is_partner',
    'name',
    'num_associated_deals',
    'partner_tier',
  ],
  deals: [
    'amount',
    'closedate',
    'createdate',
    'deal_source',
    'dealname',
    'dealstage',
    'hs_deal_stage_probability',
    'hw_deal_next',
    'hw_health',
    'hw_win',
    'hw_win_reasons',
    'product',
    'registered_at',
  ],
  calls: ['hs_call_status', 'hs_createdate', 'hs_timestamp'],
};

/**
 * Associations that are read as fields: the object they lead to, and the label (null = any, the
 * primary one before others).
 */
export const ASSOCIATIONS: Readonly<
  Record<string, readonly { path: string; to: string; label: string | null }[]>
> = {
  companies: [
    { path: 'associations.companies[Parent Company]', to: 'companies', label: 'Parent Company' },
  ],
  deals: ['Influencer', 'Partner', 'Primary'].map((label) => ({
    path: `associations.companies[${label}]`,
    to: 'companies',
    label,
  })),
  calls: [
    { path: 'associations.companies', to: 'companies', label: null },
    { path: 'associations.deals', to: 'deals', label: null },
  ],
};

export const WRITTEN: Readonly<Record<string, WrittenField[]>> = {
  companies: [
    { field: 'hw_score', output: 'partner.score', shared: true, numeric: true },
    { field: 'hw_reasons', output: 'partner.reasons', shared: false, numeric: false },
    { field: 'hw_next', output: 'partner.nextAction', shared: false, numeric: false },
    { field: 'hw_forecast', output: 'partner.forecast', shared: true, numeric: true },
  ],
  deals: [
    { field: 'hw_win', output: 'deal.winProbability', shared: false, numeric: true },
    { field: 'hw_win_reasons', output: 'deal.reasons', shared: false, numeric: false },
    { field: 'hw_health', output: 'deal.health', shared: true, numeric: false },
    { field: 'hw_deal_next', output: 'deal.nextAction', shared: false, numeric: false },
  ],
};
