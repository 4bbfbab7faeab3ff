import type { CrmObject } from '../../../model/connector.ts';
import type { Evidence, RegistrationFields } from '../evidence.ts';
import { inOrder, isDay, isWord, ownFields, within, type Column } from './column.ts';
import { pointsAtPartners } from './companies.ts';

const NEARLY_ALL = 0.9;

/** Deals with a partner, by row of the sample; null where the sample cannot tell. */
function partnered(evidence: Evidence, deal: CrmObject): Column | null {
  const lookups = deal.fields
    .filter(({ referenceTo }) => referenceTo.includes(evidence.companyObject))
    .filter(({ name }) => pointsAtPartners(evidence, deal, name))
    .map((field) => evidence.column(deal, field))
    .sort((a, b) => b.filled - a.filled);
  return lookups[0] ?? null;
}

export function registrationFields(evidence: Evidence, deal: CrmObject): RegistrationFields {
  const withPartner = partnered(evidence, deal);
  const all = ownFields(deal).map((field) => ({ field, column: evidence.column(deal, field) }));
  const days = all.filter(
    ({ field, column }) =>
      isDay(field) &&
      column.filled > 0 &&
      column.filled < 1 &&
      (withPartner === null || within(column, withPartner) >= NEARLY_ALL),
  );
  const before = (a: Column, b: Column): boolean => (inOrder(a, b) ?? 0) >= NEARLY_ALL;
  const together = (a: Column, b: Column): boolean =>
    within(a, b) >= NEARLY_ALL && within(b, a) >= NEARLY_ALL;
  const states = all.filter(
    ({ field, column }) => isWord(field) && column.words.size > 0 && column.words.size <= 8,
  );
  const submitted =
    days.find(
      (one) =>
        days.every(
          (other) =>
            other === one ||
            (before(one.column, other.column) && within(other.column, one.column) >= NEARLY_ALL),
        ) &&
        (days.length > 1 || states.some((state) => together(state.column, one.column))),
    ) ?? null;
  const status =
    submitted === null
      ? null
      : (states.find(({ column }) => together(column, submitted.column)) ?? null);
  const later = days.filter((one) => one !== submitted);
  // Protection ends after the decision.
  const decided =
    later.find((one) =>
      later.every((other) => other === one || before(one.column, other.column)),
    ) ?? null;
  const until = later.find((one) => one !== decided) ?? null;
  const told = submitted !== null;
  return {
    submitted: submitted?.field ?? null,
    status: status?.field ?? null,
    decided: told ? (decided?.field ?? null) : null,
    until: told ? (until?.field ?? null) : null,
  };
}
