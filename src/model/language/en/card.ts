/**
 * What the cards on records say, beside the values that stand in the fields. A place is filled in
 * by the card, in the CRM.
 */
export const card = {
  'card.loading': 'Loading the score',
  'card.noAccess': `
    You cannot see the fields that Headwater writes. Ask your admin to give you access: {access}.`,
  'card.accessSalesforce': 'permission set “{name}”',
  'card.accessHubspot': 'to view the properties of the group “{name}”',
  'card.noScorePartner': `
    No score yet. Headwater scores partners, and writes the score after its next run.`,
  'card.noScoreDeal': `
    No probability yet. Headwater writes one for open deals of partners, after its next run.`,
  'card.closed-won': 'This deal is won. The numbers below were written while it was open.',
  'card.closed-lost': 'This deal is lost. The numbers below were written while it was open.',
  'card.closed-closed': 'This deal is closed. The numbers below were written while it was open.',
  'card.unknownObject': `
    This card was not made for {object}. Ask your admin to make the package again from the
    mapping.`,
  'card.failed': 'The record cannot be read: {message}',
  'card.missing':
    'Not shown, because the field is hidden from you or has another name now: {fields}.',
  'card.veryLikely': 'Very likely',
  'card.likely': 'Likely',
  'card.even': 'About even',
  'card.unlikely': 'Unlikely',
  'card.veryUnlikely': 'Very unlikely',
  'card.band': '8 times in 10 it is between {low} and {high}.',
  'card.between': '8 times in 10 between {low} and {high}',
  'card.unknown': 'unknown',
  'card.evidenceNone': 'No past deals yet, so typical numbers are used',
  'card.evidenceOne': 'From 1 past deal',
  'card.evidenceMany': 'From {count} past deals',
  'card.asOf': 'As of {day}',
  'card.old': 'These numbers are {days} days old. Ask your admin if Headwater still runs.',
  'card.nextStep': 'Next step',
  'card.openDeal': 'Open the deal',
  'card.noDealAccess': 'You have no access to the deal that this is about.',
  'card.why': 'Why',
  'card.moreReasons': 'Show {count} more reasons',
  'card.fewerReasons': 'Show fewer reasons',
  'card.good': 'raises it',
  'card.middle': 'neutral',
  'card.poor': 'lowers it',
  'card.plan': 'Joint plan',
  'card.planHealth': 'Plan progress',
  'card.vendorHealth': 'Our side',
  'card.nextDue': 'Next promise due',
  'card.forecast': 'Forecast for this quarter',
  'card.credit': 'Credit this fiscal year',
  'card.sourced': 'Brought by the partner',
  'card.influenced': 'Helped by the partner',
  'card.more': 'More numbers',
} as const;
