import type { Speech } from './languages.ts';
import { say } from './say.ts';
import type { TierItem, TierStanding } from '../tier.ts';

/** One requirement with where it stands. */
export function tierItemText({ measure, now, atLeast }: TierItem, speech: Speech): string {
  if (now === null) return say(speech, 'tier.vendorNothing');
  return say(speech, `tier.${measure}`, { now, need: atLeast });
}

function nextText({ next }: TierStanding, speech: Speech): string {
  if (next === null) return say(speech, 'tier.top');
  const { tier } = next;
  // What our own side owes is shown, and keeps nobody from a tier.
  const missing = next.items.filter(({ met, side }) => !met && side === 'partner');
  return missing.length === 0
    ? say(speech, 'tier.nextMet', { tier })
    : say(speech, 'tier.next', {
        tier,
        items: missing.map((item) => tierItemText(item, speech)).join(', '),
      });
}

/** Where a partner stands on its ladder, in one sentence: what is most pressing. */
export function tierText(standing: TierStanding, type: string | null, speech: Speech): string {
  const { state, tier, proposed, lapsesOn, warned, ladder } = standing;
  if (state === 'no ladder')
    return type === null ? say(speech, 'tier.noLadder') : say(speech, 'tier.noType', { type });
  if (state === 'unknown tier')
    return say(speech, 'tier.unknown', { tier: tier ?? '', ladder: ladder ?? '' });
  if (state === 'up') return say(speech, 'tier.up', { tier: proposed ?? '' });
  if (state === 'down') return say(speech, 'tier.down', { tier: proposed ?? '', now: tier ?? '' });
  if (warned && lapsesOn !== null)
    return say(speech, 'tier.lapses', { tier: tier ?? '', day: lapsesOn });
  return state === 'grace'
    ? say(speech, 'tier.grace', { tier: tier ?? '' })
    : nextText(standing, speech);
}
