// Made by tools/salesforce-package.ts from mappings/salesforce.yaml.
export const FIELDS = {
    Account: {
        score: 'Account.HW_Partner_Score__c',
        low: 'Account.HW_Score_Low__c',
        high: 'Account.HW_Score_High__c',
        evidence: 'Account.HW_Score_Evidence__c',
        event: 'Account.HW_Score_Event__c',
        reasons: 'Account.HW_Score_Reasons__c',
        nextAction: 'Account.HW_Next_Action__c'
    },
    Opportunity: {
        score: 'Opportunity.HW_Win_Probability__c',
        evidence: 'Opportunity.HW_Win_Evidence__c',
        reasons: 'Opportunity.HW_Win_Reasons__c',
        nextAction: 'Opportunity.HW_Next_Action__c',
        health: 'Opportunity.HW_Deal_Health__c'
    }
};
