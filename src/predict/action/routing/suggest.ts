import type { Speech } from '../../../model/language/languages.ts';
import { say } from '../../../model/language/say.ts';
import type {
  RoutablePartner,
  RoutedDeal,
  RoutedPartner,
  RoutingProposal,
  RoutingSettings,
} from '../../../model/routing.ts';
import { isForProduct } from '../../kpi/certificates.ts';
import type { Counts } from './exposure.ts';
import { refusalsOf, type Holder } from './hard-rules.ts';
import type { RoutingOdds } from './record.ts';

/** Probabilities that differ by less are the same to anybody who decides. */
const TELLABLE = 0.01;

export interface RoutingRules {
  settings: Pick<RoutingSettings, 'territories' | 'exclusions'>;
  odds: (partnerId: string, deal: RoutedDeal) => RoutingOdds;
  /** Whether one more deal is beyond the cap of a partner. */
  beyond: (given: Counts, accountId: string) => boolean;
  partners: readonly RoutablePartner[];
  /** The language in which refusals are written. */
  speech: Speech;
}

/**
 * Partners for one deal: hard rules first, then by probability; where that tells nothing, a
 * certificate for the product comes first, then whoever has less to do. `given` = deals that each
 * partner got lately, by account.
 */
export function suggestPartners(
  { settings, odds, beyond, partners, speech }: RoutingRules,
  deal: RoutedDeal,
  holders: readonly Holder[],
  given: Counts,
): RoutingProposal {
  const looked = partners.map((one) => {
    const refusals = refusalsOf(one, deal, settings, holders, speech);
    // A customer that is protected for a partner is its own already: no cap takes it away.
    const own = holders.some(({ accountId }) => accountId === one.accountId);
    if (refusals.length === 0 && !own && beyond(given, one.accountId))
      refusals.push({ rule: 'exposure', why: say(speech, 'route.share') });
    return { one, refusals };
  });
  const ranked = looked.flatMap(({ one, refusals }): RoutedPartner[] => {
    if (refusals.length > 0) return [];
    const { id, name, certificates, open } = one;
    return [{ id, name, ...odds(one.accountId, deal), certificates, open }];
  });
  const step = ({ probability }: RoutedPartner): number => Math.round(probability / TELLABLE);
  const certified = ({ certificates }: RoutedPartner): number =>
    Number(certificates.some((name) => isForProduct(name, deal.product)));
  return {
    ranked: ranked.sort(
      (a, b) =>
        step(b) - step(a) ||
        certified(b) - certified(a) ||
        a.open - b.open ||
        (a.id < b.id ? -1 : 1),
    ),
    refused: looked.flatMap(({ one: { id, name }, refusals }) =>
      refusals.length === 0 ? [] : [{ id, name, refusals }],
    ),
  };
}
