import { fitSentence } from './language/fit.ts';
import { say } from './language/say.ts';
import { tierText } from './language/tier-text.ts';
import { percentPoints, type Output } from './output-shape.ts';
import { percent, sentence } from './output-values.ts';
import type { PartnerScore } from './score.ts';

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
    value: ({ worth: its }) => its?.value?.value1y.mean ?? null,
  },
  'partner.value1yLow': {
    ...worth,
    label: 'Partner value, one year, low',
    description: 'Lower end of the 80% interval of the value of one year',
    value: ({ worth: its }) => its?.value?.value1y.low ?? null,
  },
  'partner.value1yHigh': {
    ...worth,
    label: 'Partner value, one year, high',
    description: 'Upper end of the 80% interval of the value of one year',
    value: ({ worth: its }) => its?.value?.value1y.high ?? null,
  },
  'partner.value3y': {
    ...worth,
    label: 'Partner value, three years',
    description: 'Expected to be won with the partner in the next three years, discounted',
    value: ({ worth: its }) => its?.value?.value3y.mean ?? null,
  },
  'partner.value3yLow': {
    ...worth,
    label: 'Partner value, three years, low',
    description: 'Lower end of the 80% interval of the value of three years',
    value: ({ worth: its }) => its?.value?.value3y.low ?? null,
  },
  'partner.value3yHigh': {
    ...worth,
    label: 'Partner value, three years, high',
    description: 'Upper end of the 80% interval of the value of three years',
    value: ({ worth: its }) => its?.value?.value3y.high ?? null,
  },
  'partner.active': {
    entity: 'partner',
    ...percentPoints,
    label: 'Still sells',
    description: 'Chance in percent that the partner is still selling',
    threshold: 3,
    value: ({ worth: its }) => percent(its?.value?.active),
  },
  'partner.capability': {
    entity: 'partner',
    ...percentPoints,
    unit: 'count',
    label: 'Capability',
    description:
      'What the partner could do, 0 to 100 in its type: certificates, wins beyond expectation',
    threshold: 3,
    value: ({ worth: its }) => its?.c3?.capability.value ?? null,
  },
  'partner.capacity': {
    entity: 'partner',
    ...percentPoints,
    unit: 'count',
    label: 'Capacity',
    description:
      'How much the partner could take on, 0 to 100 in its type: people, load, wins of a year',
    threshold: 3,
    value: ({ worth: its }) => its?.c3?.capacity.value ?? null,
  },
  'partner.commitment': {
    entity: 'partner',
    ...percentPoints,
    unit: 'count',
    label: 'Commitment',
    description:
      'How much it means to, 0 to 100 in its type: plan, promises, real deals, proven signs',
    threshold: 3,
    value: ({ worth: its }) => its?.c3?.commitment.value ?? null,
  },
  'partner.health': {
    entity: 'partner',
    ...percentPoints,
    unit: 'count',
    label: 'Partner health',
    description: 'Six pillars, 0 to 100; only outcomes and what is proven to foretell them weigh',
    threshold: 3,
    value: ({ worth: its }) => its?.health?.value ?? null,
  },
  'partner.class': {
    entity: 'partner',
    type: 'text',
    length: 60,
    label: 'Partner class',
    description: 'grow, intervene or review: what to do about the partner; never an exit',
    threshold: 0,
    value: ({ worth: its }, { speech }) =>
      its?.class?.name == null ? null : say(speech, `class.name.${its.class.name}`),
  },
  'partner.tier': {
    entity: 'partner',
    type: 'text',
    length: 60,
    label: 'Tier in force',
    description:
      'The tier that somebody approved last, or that the CRM names; never changed unasked',
    threshold: 0,
    value: ({ worth: its }, { room }) => sentence(its?.tier?.tier, room),
  },
  'partner.tierNext': {
    entity: 'partner',
    type: 'text',
    length: 255,
    label: 'Next tier',
    description:
      'A tier that is proposed, a lapse that comes near, or what is missing to the next tier',
    threshold: 0,
    value: ({ worth: its, climb }, { speech, room }) =>
      its?.tier === undefined
        ? null
        : fitSentence(tierText(its.tier, climb?.type ?? null, speech), room),
  },
} as const satisfies Record<string, Output<PartnerScore>>;
