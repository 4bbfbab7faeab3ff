import type { Concentration } from '../../model/worth.ts';
import { concentrationOf } from '../../predict/index.ts';
import type { Store } from '../../store/store.ts';
import { lastYears } from '../../store/worth.ts';
import type { ScoredPlace } from './last-scored.ts';
import { traitList } from './trait-list.ts';

/** Partners by what they are worth in the next year; `partner` = an id or a part of the name. */
export const valueList = async (store: Store, place: ScoredPlace, partner: string | null) =>
  await traitList(store, place, 'value', partner, ({ value1y }) => value1y.mean);

/** How few of all partners bring how much; null = nobody won anything in twelve months. */
export async function allConcentration(
  store: Store,
  place: ScoredPlace,
): Promise<Concentration | null> {
  return concentrationOf(await lastYears(store, place));
}
