import { isWord } from './column.ts';
import type { RegistrationFields } from '../evidence.ts';
import { comesFirst, comesLater, type Judge, type View } from './view.ts';

/** Shapes of what a company adds to its partners and its deals. */

/** A field of partners alone: this share of its values stands on partners. */
const THEIRS = 0.85;
/** ... and at least this share of the partners has one. */
const MOST = 0.5;

const theirs = (view: View): boolean => view.share >= THEIRS && view.inside.filled >= MOST;
const onPartners =
  (judge: Judge): Judge =>
  (view) =>
    view.evidence.partners().size === 0 ? 0 : !theirs(view) ? -0.3 : judge(view);

/** Fewer words than half the partners, and not one that shows a partner's kind. */
const tier: Judge = onPartners(({ inside, field, evidence, object }) =>
  !isWord(field) || inside.ids || inside.words.size * 2 > inside.cells.length
    ? -1
    : evidence.kindFieldOf(object) === field.name
      ? -1
      : 1,
);
const signed: Judge = onPartners((view) => (comesLater(view) && !comesFirst(view) ? -0.3 : 1));
const onboarded: Judge = onPartners((view) => (comesLater(view) ? 1 : -0.3));

export const PARTNER_SHAPES: Record<string, Judge> = {
  tier,
  signedOn: signed,
  onboardedOn: onboarded,
};

const isThe =
  (which: keyof RegistrationFields): Judge =>
  ({ evidence, object, field }) => {
    const found = evidence.registrationFields(object);
    return found[which] === field ? 1 : Object.values(found).includes(field) ? -1 : 0;
  };

/** A few words that nearly every deal has, and that are no state of anything found before. */
const product: Judge = ({ evidence, object, field, column }) =>
  !isWord(field) || Object.values(evidence.registrationFields(object)).includes(field)
    ? -1
    : column.repeats &&
        column.words.size > 1 &&
        column.filled >= MOST &&
        !column.ids &&
        !column.codes
      ? 0.8
      : -0.3;

export const DEAL_SHAPES: Record<string, Judge> = {
  registeredAt: isThe('submitted'),
  registrationStatus: isThe('status'),
  product,
};
/** Of registrations that are kept on the deal itself. */
export const REGISTRATION_SHAPES: Record<string, Judge> = {
  decidedAt: isThe('decided'),
  protectedUntil: isThe('until'),
};
