import { HeadwaterError } from '../model/error.ts';
import { findPartnerScores } from '../store/results.ts';
import type { ReviewPlace } from '../sync/measure/review-place.ts';
import type { CliDeps } from './deps.ts';
import { askedPartner } from './typed-ids.ts';

/** The one scored partner that is typed. Errors: `config` where there is none, or several. */
export async function scoredPartner(
  deps: CliDeps,
  { store, connectionId }: ReviewPlace,
  partner: string,
): Promise<string> {
  const typed = await askedPartner(deps, store, connectionId, partner);
  const found = await findPartnerScores(store, connectionId, typed);
  const ids = [...new Set(found.map(({ score }) => score.partnerId))];
  if (ids.length === 1) return ids[0]!;
  throw new HeadwaterError(
    'config',
    ids.length === 0
      ? `no scored partner matches "${partner}"`
      : `"${partner}" matches ${ids.length} partners: ${ids.slice(0, 5).join(', ')}`,
    { cure: 'Give its CRM id or its whole name.' },
  );
}

export const notScored = ({ period }: ReviewPlace): HeadwaterError =>
  new HeadwaterError('config', `the run of ${period.label} did not score it`, {
    cure: 'Ask for a later period.',
  });
