import type { Allocated, AllocationShare } from '../../model/allocation.ts';
import { allocate } from '../../predict/index.ts';
import type { Store } from '../../store/store.ts';
import { effortRows } from '../../store/worth.ts';

interface AllocatedPartner extends AllocationShare {
  name: string;
  type: string | null;
  value1y: number;
}

export interface AllocationList {
  of: Allocated;
  /** Spent today, and suggested: the same. */
  total: number;
  /** Hours whose length nobody recorded; rows of costs without a known amount. */
  guessed: number;
  /**
   * The largest differences first; null = nothing is known to be spent, or nobody is worth
   * anything.
   */
  partners: AllocatedPartner[] | null;
}

/** What is spent on partners today beside the same total by what they are worth. */
export async function allocationList(
  store: Store,
  place: { rowsId: string; resultsId: string; runId: string },
  of: Allocated,
): Promise<AllocationList> {
  const rows = await effortRows(store, place);
  const spent = rows.map(({ id, effort, value1y }) => ({ id, now: effort[of], value: value1y }));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const partners = allocate(spent)?.map((share): AllocatedPartner => {
    const { name, type, value1y } = byId.get(share.id)!;
    return { ...share, name, type, value1y };
  });
  const unknown = of === 'hours' ? 'guessedHours' : 'unknownCosts';
  return {
    of,
    total: spent.reduce((sum, { now }) => sum + now, 0),
    guessed: rows.reduce((sum, { effort }) => sum + effort[unknown], 0),
    partners:
      partners?.sort(
        (a, b) =>
          Math.abs(b.suggested - b.now) - Math.abs(a.suggested - a.now) || (a.id < b.id ? -1 : 1),
      ) ?? null,
  };
}
