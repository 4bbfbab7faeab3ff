import type { CrmField, CrmObject } from '../../../model/connector.ts';
import type { Evidence } from '../evidence.ts';
import type { Column } from './column.ts';

/** What became of a registration, by what stands beside its word. */

const MOST = 0.5;

/** Share of the rows with this word in which the column has a value that passes. */
function share(
  status: Column,
  word: string,
  other: Column | null,
  passes: (value: unknown) => boolean = (value) => value !== null,
): number | null {
  if (other === null) return null;
  const rows = status.cells.flatMap((value, row) => (value === word ? [row] : []));
  return rows.length === 0
    ? null
    : rows.filter((row) => passes(other.cells[row] ?? null)).length / rows.length;
}

/** A refusal protects nobody and wins nothing; an undecided one has no day of decision. */
export function decisionOf(
  evidence: Evidence,
  object: CrmObject,
  field: CrmField,
  word: string,
): string | null {
  if (evidence.rows(object.name).length === 0) return null;
  const status = evidence.column(object, field);
  const { decided, until } = evidence.registrationFields(object);
  const of = (one: CrmField | null | undefined): Column | null =>
    one ? evidence.column(object, one) : null;
  const named = (name: string | undefined): Column | null =>
    of(object.fields.find((each) => each.name === name));
  const decidedShare = share(status, word, of(decided));
  const protectedShare = share(status, word, of(until));
  const won = share(status, word, named(object.outcomeFields?.won), (value) => value === true);
  if (decidedShare !== null && decidedShare < MOST) return 'pending';
  if (protectedShare !== null) return protectedShare >= MOST ? 'approved' : 'rejected';
  if (decidedShare === null && won === 0)
    return (share(status, word, named(object.outcomeFields?.closed), (value) => value === true) ??
      0) >= MOST
      ? 'rejected'
      : 'pending';
  return won === null ? null : won > 0 ? 'approved' : 'rejected';
}
