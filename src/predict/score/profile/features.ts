import { LEADING_METRICS } from '../../../model/proof.ts';
import type { Trait } from '../../../model/profile.ts';
import type { PartnerTraits } from '../../../model/traits.ts';
import { dayStart } from '../../math/calendar.ts';
import { DAY_MS } from '../../math/time.ts';

/** What a profile may be made of: nothing of it is what came of it. */
export type Profiled = Partial<
  Pick<PartnerTraits, 'type' | 'region' | 'signedOn' | 'onboardedOn' | 'products' | 'industries'>
> & { now?: PartnerTraits['now']; sellers?: number | null };

export interface Feature extends Trait {
  x: number;
}

const YEAR_DAYS = 365.25;

const named = (trait: string, of: string | null | undefined): Feature[] =>
  of == null || of === '' ? [] : [{ trait, of, x: 1 }];
const counted = (trait: string, x: number | null | undefined): Feature[] =>
  x == null ? [] : [{ trait, of: null, x }];

/** The traits of a partner or a recruit; what is not known of it is not there. */
export function featuresOf(one: Profiled, asOfMs: number): Feature[] {
  const signedMs = dayStart(one.signedOn ?? null, 'UTC');
  return [
    ...named('type', one.type),
    ...named('region', one.region),
    ...named('product', one.products?.[0]?.of),
    ...named('industry', one.industries?.[0]?.of),
    ...counted('tenure', signedMs === null ? null : (asOfMs - signedMs) / (YEAR_DAYS * DAY_MS)),
    ...counted('sellers', one.sellers),
    ...LEADING_METRICS.flatMap((kpi) => counted(kpi, one.now?.[kpi])),
  ];
}

export const keyOf = ({ trait, of }: Trait): string => JSON.stringify([trait, of]);
