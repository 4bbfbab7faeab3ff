import { HeadwaterError } from '../../model/error.ts';
import type { PartnerProfile, ProfileFit } from '../../model/profile.ts';
import { fitOf, type Profiled } from '../../predict/index.ts';
import { latestForecast } from '../../store/results.ts';
import type { Store } from '../../store/store.ts';

/** Somebody who is no partner yet. */
export interface Recruit extends Profiled {
  name: string;
}

export type FoundProfile = PartnerProfile & { places: number };

/** What successful partners have in common, as of the last results. Errors: `config` before a run. */
export async function foundProfile(store: Store, resultsId: string): Promise<FoundProfile> {
  const profile = (await latestForecast(store, resultsId))?.forecast.profile;
  if (profile !== undefined) return profile;
  throw new HeadwaterError('config', 'no run has compared partners yet', {
    cure: 'Run `headwater sync run`.',
  });
}

/** How well recruits fit, the best first. */
export const fitRecruits = (
  profile: FoundProfile,
  recruits: readonly Recruit[],
  asOfMs: number,
): (ProfileFit & { name: string })[] =>
  recruits
    .map((one) => ({ name: one.name, ...fitOf(profile, one, asOfMs) }))
    .sort((a, b) => (b.fit ?? 0) - (a.fit ?? 0));
