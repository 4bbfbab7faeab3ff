import { percentPoints, type OutputShape } from './output-shape.ts';

/** Values move with every win: what is within a twentieth is the same to a person. */
const worth = {
  entity: 'partner',
  type: 'number',
  precision: 18,
  scale: 0,
  unit: 'money',
  threshold: 0,
  relative: 0.05,
} as const;

/** What is said of a partner among others: what it is worth, and where it stands. */
export const WORTH_OUTPUTS = {
  'partner.value1y': {
    ...worth,
    label: 'Partner value, one year',
    description: 'Expected to be won with the partner in the next twelve months, discounted',
  },
  'partner.value1yLow': {
    ...worth,
    label: 'Partner value, one year, low',
    description: 'Lower end of the 80% interval of the value of one year',
  },
  'partner.value1yHigh': {
    ...worth,
    label: 'Partner value, one year, high',
    description: 'Upper end of the 80% interval of the value of one year',
  },
  'partner.value3y': {
    ...worth,
    label: 'Partner value, three years',
    description: 'Expected to be won with the partner in the next three years, discounted',
  },
  'partner.value3yLow': {
    ...worth,
    label: 'Partner value, three years, low',
    description: 'Lower end of the 80% interval of the value of three years',
  },
  'partner.value3yHigh': {
    ...worth,
    label: 'Partner value, three years, high',
    description: 'Upper end of the 80% interval of the value of three years',
  },
  'partner.active': {
    entity: 'partner',
    ...percentPoints,
    label: 'Still sells',
    description: 'Chance in percent that the partner has not stopped selling without saying so',
    threshold: 3,
  },
  'partner.tier': {
    entity: 'partner',
    type: 'text',
    length: 60,
    label: 'Tier in force',
    description:
      'The tier that somebody approved last, or that the CRM names; never changed unasked',
    threshold: 0,
  },
  'partner.tierNext': {
    entity: 'partner',
    type: 'text',
    length: 255,
    label: 'Next tier',
    description:
      'A tier that is proposed, a lapse that comes near, or what is missing to the next tier',
    threshold: 0,
  },
} as const satisfies Record<string, OutputShape>;
