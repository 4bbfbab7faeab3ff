import type { Concentration, PartnerValue } from '../../model/worth.ts';
import { concentrationOf } from '../../predict/index.ts';
import type { Store } from '../../store/store.ts';
import { worthRows } from '../../store/worth.ts';
import { ofPartner } from './partner-match.ts';

export interface ValuedPartner {
  id: string;
  name: string;
  type: string | null;
  value: PartnerValue;
}

export interface ValueList {
  /** Of all partners, whichever are asked for. */
  concentration: Concentration | null;
  partners: ValuedPartner[];
}

/** Partners by what they are worth in the next year; `partner` = an id or a part of the name. */
export async function valueList(
  store: Store,
  place: { rowsId: string; resultsId: string; runId: string },
  partner: string | null,
): Promise<ValueList> {
  const valued = (await worthRows(store, place)).flatMap(({ worth: { value }, ...row }) =>
    value === undefined ? [] : [{ ...row, value }],
  );
  return {
    concentration: concentrationOf(valued.map(({ value }) => value.lastYear)),
    partners: ofPartner(valued, partner).toSorted(
      (a, b) => b.value.value1y.mean - a.value.value1y.mean || (a.id < b.id ? -1 : 1),
    ),
  };
}
