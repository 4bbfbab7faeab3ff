import type { WrittenField } from '../watch.ts';

/**
 * A mapping of six Salesforce objects: small, so that a schedule is quick, and with one of
 * everything that can go wrong (optional fields that come and go, a formula that moves no stamp,
 * partners by type and by three kinds of link, written fields of both owners).
 */
export const SALESFORCE_MAPPING = `
version: 1
crm: salesforce
settings: { timeZone: UTC, reportingCurrency: USD }
entities:
  partner:
    object: Account
    where: { field: Type, in: [Channel Partner / Reseller, Technology Partner] }
    fields:
      name: Name
      tier: { field: Partner_Tier__c, optional: true }
      region: BillingCountry
      parentId: ParentId
  account:
    object: Account
    fields: { name: Name, industry: Industry, country: BillingCountry, parentId: ParentId }
  deal:
    object: Opportunity
    fields:
      name: Name
      accountId: AccountId
      partnerId: { field: PartnerAccountId, optional: true }
      stage: StageName
      amount: Amount
      closeDate: CloseDate
      createdAt: CreatedDate
      registeredAt: { field: Registered_At__c, optional: true }
      product: { field: Product__c, optional: true }
      crmProbability: { field: Probability, divideBy: 100 }
      source: { field: Country_Of_Account__c, optional: true }
  dealPartner:
    object: OpportunityPartner
    fields: { dealId: OpportunityId, partnerId: AccountToId, role: Role, primary: IsPrimary }
  dealEvent:
    object: OpportunityHistory
    fields: { dealId: OpportunityId, at: CreatedDate, stage: StageName, amount: Amount, closeDate: CloseDate }
  stage:
    object: OpportunityStage
    fields: { key: ApiName, label: MasterLabel, order: SortOrder, closed: IsClosed, won: IsWon, probability: { field: DefaultProbability, divideBy: 100 }, active: IsActive }
  activity:
    object: Task
    where: { field: IsClosed, is: true }
    fields:
      dealId: { field: WhatId, parse: '^006\\w+$' }
      accountId: AccountId
      kind: { field: TaskSubtype, map: { Call: call, Email: email }, otherwise: task, default: task }
      at: { coalesce: [ActivityDate, CreatedDate] }
      qualifying: { field: TaskSubtype, map: { Call: true }, otherwise: false, default: false }
dealPartner:
  - by: field
  - by: role
  - by: accountParent
write:
  - object: Account
    entity: partner
    fields:
      HW_Score__c: { value: partner.score, owner: shared }
      HW_Reasons__c: { value: partner.reasons }
      HW_Next__c: { value: partner.nextAction }
      HW_Forecast__c: { value: partner.forecast, owner: shared }
  - object: Opportunity
    entity: deal
    fields:
      HW_Win__c: { value: deal.winProbability }
      HW_Win_Reasons__c: { value: deal.reasons }
      HW_Health__c: { value: deal.health, owner: shared }
      HW_Deal_Next__c: { value: deal.nextAction }
`;

/**
 * What the oracle expects to be read, worked out by hand from the text above; a field that
 * the org lacks is left out.
 */
export const READ_FIELDS: Readonly<Record<string, readonly string[]>> = {
  Account: [
    'BillingCountry',
    'HW_Forecast__c',
    'HW_Next__c',
    'HW_Reasons__c',
    'HW_Score__c',
    'Industry',
    'Name',
    'ParentId',
    'Partner_Tier__c',
    'Type',
  ],
  Opportunity: [
    'AccountId',
    'Amount',
    'CloseDate',
    'Country_Of_Account__c',
    'CreatedDate',
    'HW_Deal_Next__c',
    'HW_Health__c',
    'HW_Win_Reasons__c',
    'HW_Win__c',
    'IsClosed',
    'IsWon',
    'Name',
    'PartnerAccountId',
    'Probability',
    'Product__c',
    'Registered_At__c',
    'StageName',
  ],
  OpportunityPartner: ['AccountToId', 'IsPrimary', 'OpportunityId', 'Role'],
  OpportunityHistory: ['Amount', 'CloseDate', 'CreatedDate', 'OpportunityId', 'StageName'],
  OpportunityStage: [
    'ApiName',
    'DefaultProbability',
    'IsActive',
    'IsClosed',
    'IsWon',
    'MasterLabel',
    'SortOrder',
  ],
  Task: ['AccountId', 'ActivityDate', 'CreatedDate', 'IsClosed', 'TaskSubtype', 'WhatId'],
};

export const WRITTEN: Readonly<Record<string, WrittenField[]>> = {
  Account: [
    { field: 'HW_Score__c', output: 'partner.score', shared: true, numeric: true },
    { field: 'HW_Reasons__c', output: 'partner.reasons', shared: false, numeric: false },
    { field: 'HW_Next__c', output: 'partner.nextAction', shared: false, numeric: false },
    { field: 'HW_Forecast__c', output: 'partner.forecast', shared: true, numeric: true },
  ],
  Opportunity: [
    { field: 'HW_Win__c', output: 'deal.winProbability', shared: false, numeric: true },
    { field: 'HW_Win_Reasons__c', output: 'deal.reasons', shared: false, numeric: false },
    { field: 'HW_Health__c', output: 'deal.health', shared: true, numeric: false },
    { field: 'HW_Deal_Next__c', output: 'deal.nextAction', shared: false, numeric: false },
  ],
};
