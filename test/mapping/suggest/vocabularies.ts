import { liveRows, type Vocabulary } from './renamed-org.ts';

/** A reseller business with its own words for everything. */
export const RESELLER_WORDS: Vocabulary = {
  objects: {
    Partner_Plan__c: {
      name: 'Joint_Plan__c',
      label: 'Joint Plan',
      fields: {
        Partner__c: ['Reseller__c', 'Reseller'],
        Start_Date__c: ['Begin__c', 'Begin'],
        End_Date__c: ['Finish__c', 'Finish'],
        Status__c: ['Phase__c', 'Phase'],
      },
    },
    Plan_Target__c: {
      name: 'Commitment__c',
      label: 'Commitment',
      fields: {
        Plan__c: ['Joint_Plan__c', 'Joint Plan'],
        Side__c: ['Party__c', 'Party'],
        Metric__c: ['Measure__c', 'Measure'],
        Goal__c: ['Quota__c', 'Quota'],
        Weight__c: ['Share__c', 'Share'],
      },
    },
    Plan_Milestone__c: {
      name: 'Deliverable__c',
      label: 'Deliverable',
      fields: {
        Plan__c: ['Joint_Plan__c', 'Joint Plan'],
        Side__c: ['Party__c', 'Party'],
        Due_On__c: ['Deadline__c', 'Deadline'],
        Done_On__c: ['Completed__c', 'Completed'],
      },
    },
    Partner_Certification__c: {
      name: 'Accreditation__c',
      label: 'Accreditation',
      fields: {
        Partner__c: ['Reseller__c', 'Reseller'],
        Contact__c: ['Person__c', 'Person'],
        Issued_On__c: ['Awarded__c', 'Awarded'],
        Expires_On__c: ['Valid_Until__c', 'Valid Until'],
      },
    },
    Partner_Fund__c: {
      name: 'MDF_Spend__c',
      label: 'MDF Spend',
      fields: {
        Partner__c: ['Reseller__c', 'Reseller'],
        Kind__c: ['Category__c', 'Category'],
        Amount__c: ['Spend__c', 'Spend'],
        Spent_On__c: ['Booked__c', 'Booked'],
      },
    },
    Partner_Signal__c: {
      name: 'Portal_Activity__c',
      label: 'Portal Activity',
      fields: {
        Partner__c: ['Reseller__c', 'Reseller'],
        Kind__c: ['Activity_Type__c', 'Activity Type'],
        At__c: ['Happened__c', 'Happened'],
        Value__c: ['Count__c', 'Count'],
      },
    },
  },
  standard: {
    Account: {
      Partner_Tier__c: ['Programme_Level__c', 'Programme Level'],
      Partner_Since__c: ['Reseller_Since__c', 'Reseller Since'],
      Onboarded_On__c: ['Enabled_On__c', 'Enabled On'],
    },
    Opportunity: {
      Registered_At__c: ['Deal_Reg_Date__c', 'Deal Reg Date'],
      Registration_Status__c: ['Deal_Reg_Status__c', 'Deal Reg Status'],
      Product__c: ['Solution__c', 'Solution'],
    },
    Campaign: { Partner__c: ['Reseller__c', 'Reseller'] },
  },
  values: {
    'Plan_Target__c.Side__c': { partner: 'Them', vendor: 'Us' },
    'Plan_Milestone__c.Side__c': { partner: 'Them', vendor: 'Us' },
  },
};

/**
 * An alliance team: prefixed API names, another checkbox for partners, a lookup of its own on the
 * deal, and objects that only look like ours.
 */
export const ALLIANCE_WORDS: Vocabulary = {
  objects: {
    Partner_Plan__c: {
      name: 'ALX_Business_Plan__c',
      label: 'Business Plan',
      fields: {
        Partner__c: ['ALX_Alliance__c', 'Alliance'],
        Start_Date__c: ['ALX_Valid_From__c', 'Valid From'],
        End_Date__c: ['ALX_Valid_To__c', 'Valid To'],
        Status__c: ['ALX_State__c', 'State'],
      },
    },
    Plan_Target__c: {
      name: 'ALX_Plan_Objective__c',
      label: 'Plan Objective',
      fields: {
        Plan__c: ['ALX_Business_Plan__c', 'Business Plan'],
        Side__c: ['ALX_Owed_By__c', 'Owed By'],
        Metric__c: ['ALX_KPI__c', 'KPI'],
        Goal__c: ['ALX_Target_Value__c', 'Target Value'],
        Weight__c: ['ALX_Importance__c', 'Importance'],
      },
    },
    Plan_Milestone__c: {
      name: 'ALX_Action_Item__c',
      label: 'Action Item',
      fields: {
        Plan__c: ['ALX_Business_Plan__c', 'Business Plan'],
        Side__c: ['ALX_Responsible__c', 'Responsible'],
        Due_On__c: ['ALX_Target_Date__c', 'Target Date'],
        Done_On__c: ['ALX_Delivered__c', 'Delivered'],
      },
    },
    Partner_Certification__c: {
      name: 'ALX_Badge__c',
      label: 'Badge',
      fields: {
        Partner__c: ['ALX_Alliance__c', 'Alliance'],
        Contact__c: ['ALX_Holder__c', 'Holder'],
        Issued_On__c: ['ALX_Earned__c', 'Earned'],
        Expires_On__c: ['ALX_Renewal_Date__c', 'Renewal Date'],
      },
    },
    Partner_Fund__c: {
      name: 'ALX_Investment__c',
      label: 'Investment',
      fields: {
        Partner__c: ['ALX_Alliance__c', 'Alliance'],
        Kind__c: ['ALX_Purpose__c', 'Purpose'],
        Amount__c: ['ALX_Total__c', 'Total'],
        Spent_On__c: ['ALX_Invoice_Date__c', 'Invoice Date'],
      },
    },
    Partner_Signal__c: {
      name: 'ALX_Touchpoint__c',
      label: 'Touchpoint',
      fields: {
        Partner__c: ['ALX_Alliance__c', 'Alliance'],
        Kind__c: ['ALX_Class__c', 'Class'],
        At__c: ['ALX_Timestamp__c', 'Timestamp'],
        Value__c: ['ALX_Quantity__c', 'Quantity'],
      },
    },
  },
  standard: {
    Account: {
      Partner_Tier__c: ['ALX_Medal__c', 'Medal'],
      Partner_Since__c: ['ALX_Agreement_Signed__c', 'Agreement Signed'],
      Onboarded_On__c: ['ALX_Go_Live__c', 'Go Live'],
    },
    Opportunity: {
      Registered_At__c: ['ALX_Registered__c', 'Registered'],
      Registration_Status__c: ['ALX_Registration_Approval__c', 'Registration Approval'],
      Product__c: ['ALX_Line_of_Business__c', 'Line of Business'],
    },
    Campaign: { Partner__c: ['ALX_Alliance__c', 'Alliance'] },
  },
  values: {
    'Plan_Target__c.Side__c': { partner: 'Alliance', vendor: 'Our side' },
    'Plan_Milestone__c.Side__c': { partner: 'Alliance', vendor: 'Our side' },
  },
  extra: (org, grant) => {
    const make = (object: string, definition: Parameters<typeof org.createField>[1]): void => {
      const made = org.createField(object, definition);
      if (!made.ok) throw new Error(JSON.stringify(made.faults));
      grant(object, definition.name);
    };
    const plain = {
      nillable: true,
      createable: true,
      updateable: true,
      filterable: true,
      sortable: true,
      groupable: true,
      permissionable: true,
      defaultedOnCreate: false,
      custom: true,
    } as const;
    make('Account', {
      ...plain,
      name: 'ALX_Alliance_Partner__c',
      label: 'Alliance Partner',
      type: 'boolean',
      nillable: false,
      defaultedOnCreate: true,
    });
    make('Opportunity', {
      ...plain,
      name: 'ALX_Sourced_By_Alliance__c',
      label: 'Sourced By Alliance',
      type: 'reference',
      referenceTo: ['Account'],
      childRelationshipName: 'Sourced_Deals',
    });
    make('Opportunity', {
      ...plain,
      name: 'ALX_Referred_By__c',
      label: 'Referred By Partner',
      type: 'reference',
      referenceTo: ['Account'],
      childRelationshipName: 'Referred_Deals',
    });
    make('Opportunity', {
      ...plain,
      name: 'ALX_Competitor__c',
      label: 'Competitor',
      type: 'reference',
      referenceTo: ['Account'],
      childRelationshipName: 'Competed_Deals',
    });
    for (const row of liveRows(org, 'Account')) {
      const partner = /Partner/.test(String(row['Type']));
      org.update(
        org.admin,
        'Account',
        String(row['Id']),
        { ALX_Alliance_Partner__c: partner, Type: partner ? 'Other' : (row['Type'] ?? null) },
        { seeding: true, atMs: Number(row['LastModifiedDate']) },
      );
    }
    for (const row of liveRows(org, 'Partner')) {
      if (row['OpportunityId'] && row['IsPrimary'] === true)
        org.update(
          org.admin,
          'Opportunity',
          String(row['OpportunityId']),
          {
            ALX_Sourced_By_Alliance__c: row['AccountToId'] ?? null,
            ALX_Referred_By__c: row['AccountToId'] ?? null,
          },
          { seeding: true, atMs: Number(row['CreatedDate']) },
        );
    }
  },
};

/**
 * A maker that sells through dealers: terse names, dates kept as date-times, labels that say more
 * than API names, and look-alikes beside the real ones.
 */
export const DEALER_WORDS: Vocabulary = {
  objects: {
    Partner_Plan__c: {
      name: 'Dealer_Year__c',
      label: 'Dealer Growth Plan',
      fields: {
        Partner__c: ['Dealer__c', 'Dealer'],
        Start_Date__c: ['P_Start__c', 'Period Start'],
        End_Date__c: ['P_End__c', 'Period End'],
        Status__c: ['Sts__c', 'Plan Status'],
      },
    },
    Plan_Target__c: {
      name: 'DY_Line__c',
      label: 'Growth Plan Goal',
      fields: {
        Plan__c: ['Dealer_Year__c', 'Dealer Growth Plan'],
        Side__c: ['Resp__c', 'Responsible Party'],
        Metric__c: ['Ind__c', 'Indicator'],
        Goal__c: ['Planned__c', 'Planned Value'],
        Weight__c: ['W__c', 'Weighting'],
      },
    },
    Plan_Milestone__c: {
      name: 'DY_Step__c',
      label: 'Growth Plan Step',
      fields: {
        Plan__c: ['Dealer_Year__c', 'Dealer Growth Plan'],
        Side__c: ['Resp__c', 'Responsible Party'],
        Due_On__c: ['By__c', 'Planned Date'],
        Done_On__c: ['Fin__c', 'Actual Date'],
      },
    },
    Partner_Certification__c: {
      name: 'Dealer_Exam__c',
      label: 'Dealer Exam',
      fields: {
        Partner__c: ['Dealer__c', 'Dealer'],
        Contact__c: ['Examinee__c', 'Examinee'],
        Issued_On__c: ['Passed__c', 'Passed On'],
        Expires_On__c: ['Lapse__c', 'Lapses On'],
      },
    },
    Partner_Fund__c: {
      name: 'Dealer_Payout__c',
      label: 'Dealer Payout',
      fields: {
        Partner__c: ['Dealer__c', 'Dealer'],
        Kind__c: ['Reason__c', 'Payout Reason'],
        Amount__c: ['Net__c', 'Net Paid'],
        Spent_On__c: ['Pay_Day__c', 'Payment Date'],
      },
    },
    Partner_Signal__c: {
      name: 'Dealer_Visit__c',
      label: 'Dealer Visit',
      fields: {
        Partner__c: ['Dealer__c', 'Dealer'],
        Kind__c: ['Sort__c', 'Sort of Visit'],
        At__c: ['Seen__c', 'Seen At'],
        Value__c: ['Hits__c', 'Hits'],
      },
    },
  },
  standard: {
    Account: {
      Partner_Tier__c: ['Dealer_Class__c', 'Dealer Ranking'],
      Partner_Since__c: ['Dealer_Since__c', 'Dealer Since'],
      Onboarded_On__c: ['Ready__c', 'Ready to Sell On'],
    },
    Opportunity: {
      Registered_At__c: ['Reg_Ts__c', 'Registration Date'],
      Registration_Status__c: ['Reg_Sts__c', 'Registration Status'],
      Product__c: ['PL__c', 'Product Line'],
    },
    Campaign: { Partner__c: ['Dealer__c', 'Dealer'] },
  },
  values: {
    'Plan_Target__c.Side__c': { partner: 'Dealer', vendor: 'Manufacturer' },
    'Plan_Milestone__c.Side__c': { partner: 'Dealer', vendor: 'Manufacturer' },
  },
};
