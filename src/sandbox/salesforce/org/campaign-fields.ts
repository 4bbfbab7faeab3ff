/**
 * Totals of a campaign and what a campaign member shows of its contact or
 * lead, computed when read.
 */
import type { Cell, Row } from '../org-types.ts';
import type { OrgCore } from './core.ts';

type Computation = (core: OrgCore, row: Row) => Cell;

const sum = (rows: Row[]): number =>
  rows.reduce((total, row) => total + (typeof row['Amount'] === 'number' ? row['Amount'] : 0), 0);
const members = (core: OrgCore, campaign: Row): Row[] =>
  core.rowsBy(core.must('CampaignMember'), 'CampaignId', String(campaign['Id']));
const deals = (core: OrgCore, campaign: Row): Row[] =>
  core.rowsBy(core.must('Opportunity'), 'CampaignId', String(campaign['Id']));
const won = (row: Row): boolean => row['IsWon'] === true;
const leads = (core: OrgCore, campaign: Row): Row[] =>
  members(core, campaign).filter((row) => typeof row['LeadId'] === 'string');

const TOTALS: Readonly<Record<string, Computation>> = {
  NumberOfLeads: (core, row) => leads(core, row).length,
  NumberOfConvertedLeads: (core, row) =>
    leads(core, row).filter(
      (member) => core.get('Lead', member['LeadId'])?.['IsConverted'] === true,
    ).length,
  NumberOfContacts: (core, row) =>
    members(core, row).filter((member) => typeof member['ContactId'] === 'string').length,
  NumberOfResponses: (core, row) =>
    members(core, row).filter((member) => member['HasResponded'] === true).length,
  NumberOfOpportunities: (core, row) => deals(core, row).length,
  NumberOfWonOpportunities: (core, row) => deals(core, row).filter(won).length,
  AmountAllOpportunities: (core, row) => sum(deals(core, row)),
  AmountWonOpportunities: (core, row) => sum(deals(core, row).filter(won)),
};

export function campaignTotal(name: string): Computation {
  return TOTALS[name] ?? (() => null);
}

/** Where a member's field differs from the person's field of the same name. */
const MEMBER_OWN: Readonly<Record<string, (core: OrgCore, member: Row, person: Row) => Cell>> = {
  CompanyOrAccount: (core, _member, person) =>
    person['Company'] ?? core.get('Account', person['AccountId'])?.['Name'] ?? null,
  Type: (_core, member) => (typeof member['ContactId'] === 'string' ? 'Contact' : 'Lead'),
  LeadOrContactId: (_core, _member, person) => person['Id'] ?? null,
  LeadOrContactOwnerId: (_core, _member, person) => person['OwnerId'] ?? null,
};

export function memberField(name: string): Computation {
  return (core, member) => {
    const person = core.get('Contact', member['ContactId']) ?? core.get('Lead', member['LeadId']);
    if (!person) return null;
    return MEMBER_OWN[name]?.(core, member, person) ?? person[name] ?? null;
  };
}
