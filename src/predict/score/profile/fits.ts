import { C3_NAMES, type C3 } from '../../../model/c3.ts';
import type { PartnerFit, PartnerProfile } from '../../../model/profile.ts';
import { exactSum } from '../../math/exact-sum.ts';
import type { Known } from '../proofs.ts';
import { fitOf } from './profile.ts';
import { segmentsOf } from './segments.ts';
import { verticalsOf } from './verticals.ts';

/** What else a partner is among others. */
export interface Beside {
  value: number;
  c3: C3;
}

/** How well each partner fits, which segment that makes, and how it does by industry. */
export function fitsOf(
  profile: PartnerProfile,
  partners: readonly Known[],
  beside: (id: string) => Beside,
  { places, asOfMs }: { places: number; asOfMs: number },
): Map<string, PartnerFit> {
  const verticals = verticalsOf(partners);
  const fits = new Map(partners.map((one) => [one.id, fitOf(profile, one, asOfMs)]));
  const segments = segmentsOf(
    partners.map(({ id }) => {
      const { value, c3 } = beside(id);
      // Where successful partners have nothing in common, what a partner is able to do stands for it.
      const able = exactSum(C3_NAMES.map((name) => c3[name].value)) / C3_NAMES.length;
      return { id, value, fit: fits.get(id)!.fit ?? able };
    }),
    places,
  );
  return new Map(
    partners.map(({ id }) => [
      id,
      { ...fits.get(id)!, ...segments.get(id)!, verticals: verticals.get(id)! },
    ]),
  );
}
