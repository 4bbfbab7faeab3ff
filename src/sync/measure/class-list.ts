import type { Intervention, PartnerClass, PartnerClassName } from '../../model/partner-class.ts';
import { HeadwaterError } from '../../model/error.ts';
import { keepIntervention } from '../../store/interventions.ts';
import type { Store } from '../../store/store.ts';
import { worthRows } from '../../store/worth.ts';
import { ofPartner } from './partner-match.ts';

export interface ClassedPartner {
  id: string;
  name: string;
  type: string | null;
  /** Expected to be won in a year; null = it has no value of its own. */
  value1y: number | null;
  classed: PartnerClass;
}

interface Place {
  rowsId: string;
  resultsId: string;
  runId: string;
}

/** What is to be decided first, and the most valuable first within that. */
const ORDER: readonly (PartnerClassName | null)[] = ['review', 'intervene', 'grow', null];

/** Partners by what is to be done about them, as of the last run. */
export async function classList(
  store: Store,
  place: Place,
  filter: { partner: string | null; name: PartnerClassName | null },
): Promise<ClassedPartner[]> {
  const all = (await worthRows(store, place)).flatMap(({ worth, accountId: _, ...row }) =>
    worth.class === undefined
      ? []
      : [{ ...row, value1y: worth.value?.value1y.mean ?? null, classed: worth.class }],
  );
  return ofPartner(all, filter.partner)
    .filter(({ classed }) => filter.name === null || classed.name === filter.name)
    .sort(
      (a, b) =>
        ORDER.indexOf(a.classed.name) - ORDER.indexOf(b.classed.name) ||
        (b.value1y ?? 0) - (a.value1y ?? 0) ||
        (a.id < b.id ? -1 : 1),
    );
}

/** Notes what was tried with a partner, for the next run to take into account. */
export async function noteIntervention(
  store: Store,
  place: Place,
  intervention: Intervention,
): Promise<Intervention> {
  const known = await classList(store, place, { partner: intervention.partnerId, name: null });
  if (known.every(({ id }) => id !== intervention.partnerId))
    throw new HeadwaterError('config', `there is no scored partner ${intervention.partnerId}`, {
      cure: '`headwater class list --json` has the ids.',
    });
  await keepIntervention(store, place.resultsId, intervention);
  return intervention;
}
