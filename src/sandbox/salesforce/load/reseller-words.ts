/** A reseller business with its own words for everything. */
export interface ObjectWords {
  /** Absent for objects of Salesforce. */
  name?: string;
  label?: string;
  fields: Record<string, readonly [name: string, label: string]>;
  /** Values of picklists, by the usual field. */
  values?: Record<string, Record<string, string>>;
}

const RESELLER = ['Reseller__c', 'Reseller'] as const;
const PLAN = ['Joint_Plan__c', 'Joint Plan'] as const;
const PARTY = ['Party__c', 'Party'] as const;
const SIDES = { Side__c: { partner: 'Them', vendor: 'Us' } };

export const RESELLER_WORDS: Record<string, ObjectWords> = {
  Account: {
    fields: {
      Partner_Tier__c: ['Programme_Level__c', 'Programme Level'],
      Partner_Since__c: ['Reseller_Since__c', 'Reseller Since'],
      Onboarded_On__c: ['Enabled_On__c', 'Enabled On'],
    },
  },
  Opportunity: {
    fields: {
      Registered_At__c: ['Deal_Reg_Date__c', 'Deal Reg Date'],
      Registration_Status__c: ['Deal_Reg_Status__c', 'Deal Reg Status'],
      Registration_Decided_At__c: ['Deal_Reg_Decided__c', 'Deal Reg Decided'],
      Protected_Until__c: ['Deal_Reg_Expires__c', 'Deal Reg Expires'],
      Product__c: ['Solution__c', 'Solution'],
    },
  },
  Campaign: { fields: { Partner__c: RESELLER } },
  Partner_Plan__c: {
    ...{ name: 'Joint_Plan__c', label: 'Joint Plan' },
    fields: {
      Partner__c: RESELLER,
      Start_Date__c: ['Begin__c', 'Begin'],
      End_Date__c: ['Finish__c', 'Finish'],
      Status__c: ['Phase__c', 'Phase'],
    },
  },
  Plan_Target__c: {
    ...{ name: 'Commitment__c', label: 'Commitment' },
    fields: {
      Plan__c: PLAN,
      Side__c: PARTY,
      Metric__c: ['Measure__c', 'Measure'],
      Goal__c: ['Quota__c', 'Quota'],
      Weight__c: ['Share__c', 'Share'],
    },
    values: SIDES,
  },
  Plan_Milestone__c: {
    ...{ name: 'Deliverable__c', label: 'Deliverable' },
    fields: {
      Plan__c: PLAN,
      Side__c: PARTY,
      Due_On__c: ['Deadline__c', 'Deadline'],
      Done_On__c: ['Completed__c', 'Completed'],
    },
    values: SIDES,
  },
  Partner_Certification__c: {
    ...{ name: 'Accreditation__c', label: 'Accreditation' },
    fields: {
      Partner__c: RESELLER,
      Contact__c: ['Person__c', 'Person'],
      Issued_On__c: ['Awarded__c', 'Awarded'],
      Expires_On__c: ['Valid_Until__c', 'Valid Until'],
    },
  },
  Partner_Fund__c: {
    ...{ name: 'MDF_Spend__c', label: 'MDF Spend' },
    fields: {
      Partner__c: RESELLER,
      Kind__c: ['Category__c', 'Category'],
      Amount__c: ['Spend__c', 'Spend'],
      Spent_On__c: ['Booked__c', 'Booked'],
    },
  },
  Partner_Signal__c: {
    ...{ name: 'Portal_Activity__c', label: 'Portal Activity' },
    fields: {
      Partner__c: RESELLER,
      Kind__c: ['Activity_Type__c', 'Activity Type'],
      At__c: ['Happened__c', 'Happened'],
      Value__c: ['Count__c', 'Count'],
    },
  },
};
