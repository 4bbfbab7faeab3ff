/**
 * Every text of the cards on records, in simple English; `{0}` is filled in by the card. The
 * packages carry them as their CRM wants texts, so that an admin can change or translate them.
 */
export const CARD_TEXTS = {
  title: 'Headwater',
  loading: 'Loading the score',
  noAccess:
    'You cannot see the fields that Headwater writes. Ask your admin to give you access: {0}.',
  noScorePartner:
    'No score yet. Headwater scores partners, and writes the score after its next run.',
  noScoreDeal:
    'No probability yet. Headwater writes one for open deals of partners, after its next run.',
  'closed-won': 'This deal is won. The numbers below were written while it was open.',
  'closed-lost': 'This deal is lost. The numbers below were written while it was open.',
  'closed-closed': 'This deal is closed. The numbers below were written while it was open.',
  unknownObject:
    'This card was not made for {0}. Ask your admin to make the package again from the mapping.',
  failed: 'The record cannot be read: {0}',
  missing: 'Not shown, because the field is hidden from you or has another name now: {0}.',
  veryLikely: 'Very likely',
  likely: 'Likely',
  even: 'About even',
  unlikely: 'Unlikely',
  veryUnlikely: 'Very unlikely',
  band: '8 times in 10 it is between {0} and {1}.',
  between: '8 times in 10 between {0} and {1}',
  unknown: 'unknown',
  evidenceNone: 'No past deals yet, so typical numbers are used.',
  evidenceOne: 'From 1 past deal',
  evidenceMany: 'From {0} past deals',
  asOf: 'As of {0}',
  old: 'These numbers are {0} days old. Ask your admin if Headwater still runs.',
  nextStep: 'Next step',
  openDeal: 'Open the deal',
  noDealAccess: 'You have no access to the deal that this is about.',
  why: 'Why',
  moreReasons: 'Show {0} more reasons',
  fewerReasons: 'Show fewer reasons',
  good: 'raises it',
  middle: 'neutral',
  poor: 'lowers it',
  plan: 'Joint plan',
  planHealth: 'Plan progress',
  vendorHealth: 'Our side',
  nextDue: 'Next promise due',
  forecast: 'Forecast for this quarter',
  credit: 'Credit this fiscal year',
  sourced: 'Brought by the partner',
  influenced: 'Helped by the partner',
  more: 'More numbers',
} as const;
