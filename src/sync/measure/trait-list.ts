import type { PartnerWorth } from '../../model/worth.ts';
import { namesOfSubjects } from '../../store/alert-names.ts';
import type { Store } from '../../store/store.ts';
import { worthRows } from '../../store/worth.ts';
import type { ScoredPlace } from './last-scored.ts';
import { ofPartner } from './partner-match.ts';

export interface TraitRow<Trait> {
  id: string;
  name: string;
  type: string | null;
  trait: Trait;
}

/** One thing that is known of partners among others; `partner` = an id or a part of the name. */
export async function traitList<Name extends keyof PartnerWorth>(
  store: Store,
  place: ScoredPlace,
  name: Name,
  partner: string | null,
  order: (trait: NonNullable<PartnerWorth[Name]>) => number,
): Promise<TraitRow<NonNullable<PartnerWorth[Name]>>[]> {
  const all = (await worthRows(store, place)).flatMap(({ worth, id, name: called, type }) => {
    const trait = worth[name];
    return trait === undefined ? [] : [{ id, name: called, type, trait }];
  });
  return ofPartner(all, partner).toSorted((a, b) => {
    const [x, y] = [order(a.trait), order(b.trait)];
    // Two that have none are equal: infinities have no difference.
    return x === y ? (a.id < b.id ? -1 : 1) : y - x;
  });
}

/** The best of all three first. */
export const c3List = async (store: Store, place: ScoredPlace, partner: string | null) =>
  await traitList(
    store,
    place,
    'c3',
    partner,
    ({ capability, capacity, commitment }) => capability.value + capacity.value + commitment.value,
  );

/** What is in the worst health first: that is where somebody has something to do. */
export const healthList = async (store: Store, place: ScoredPlace, partner: string | null) =>
  await traitList(store, place, 'health', partner, ({ value }) => -value);

/** The best fit first. */
export const fitList = async (store: Store, place: ScoredPlace, partner: string | null) =>
  await traitList(store, place, 'profile', partner, ({ fit }) => fit ?? -1);

/** The highest return first; those without one last. */
export const returnList = async (store: Store, place: ScoredPlace, partner: string | null) =>
  await traitList(store, place, 'return', partner, ({ value }) => value ?? -Infinity);

/** Whoever has most customers to tell from first. */
export const customerList = async (store: Store, place: ScoredPlace, partner: string | null) =>
  await traitList(store, place, 'customers', partner, ({ n }) => n);

/** Whose gaps cost most deals first; deals by the names that they have today. */
export async function enablementList(store: Store, place: ScoredPlace, partner: string | null) {
  const rows = await traitList(store, place, 'enablement', partner, ({ gaps, needs }) =>
    gaps.reduce((sum, { n, own, pool }) => sum + n * (own - pool), needs.length / 1000),
  );
  const subjects = rows.flatMap(({ trait }) => trait.needs.map(({ dealId }) => `deal:${dealId}`));
  const names = await namesOfSubjects(store, place.rowsId, subjects);
  return rows.map(({ trait, ...row }) => ({
    ...row,
    trait: {
      ...trait,
      needs: trait.needs.map((need) => ({
        ...need,
        deal: names.get(`deal:${need.dealId}`) ?? null,
      })),
    },
  }));
}
