import type { CrmField, CrmValue } from '../../model/connector.ts';
import type { SeveralRule } from '../../model/entities.ts';
import { choicesOf } from '../../model/value.ts';

/** The one value that counts, and all of them where there are several. */
export interface Chosen {
  value: CrmValue;
  several?: { rule: SeveralRule; ids: string[] };
}

/**
 * Ids are counted up: of two equally long ones the lower is the older, and a shorter one is older.
 */
const byAge = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

/**
 * How one of several is chosen where a field may name several records, or where the mapping says
 * that it does; null = the value is one, whatever it looks like.
 */
export function severalStep(
  field: CrmField | null,
  rule: SeveralRule | undefined,
): ((value: CrmValue) => Chosen) | null {
  if (field?.several !== true && rule === undefined) return null;
  const chosenBy = rule ?? 'primary';
  return (value) => {
    const ids = value === null ? [] : [...new Set(choicesOf(value))];
    if (ids.length < 2) return { value: ids[0] ?? null };
    // A person who lists several in a cell begins with the one that comes first.
    const first = field?.several === true ? ids.toSorted(byAge)[0]! : ids[0]!;
    const taken = { primary: ids[0]!, first, none: null }[chosenBy];
    return { value: taken, several: { rule: chosenBy, ids } };
  };
}
