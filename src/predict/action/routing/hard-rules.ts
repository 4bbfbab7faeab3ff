import { fold } from '../../../model/fold.ts';
import type { Speech } from '../../../model/language/languages.ts';
import { say } from '../../../model/language/say.ts';
import type {
  Refusal,
  RoutablePartner,
  RoutedDeal,
  RoutingSettings,
} from '../../../model/routing.ts';

/** A partner whose approved registration protects the customer of a deal. */
export interface Holder {
  accountId: string;
  untilMs: number;
}

interface Whom {
  partner?: string | undefined;
  type?: string | undefined;
}
type Known = Pick<RoutablePartner, 'id' | 'accountId' | 'name' | 'type'>;

const same = (a: string | null, b: string): boolean => a !== null && fold(a) === fold(b);
const among = (word: string, words: readonly string[]): boolean =>
  words.some((one) => same(word, one));

const means = ({ partner, type }: Whom, one: Known): boolean =>
  partner === undefined
    ? type !== undefined && same(one.type, type)
    : [one.id, one.accountId].includes(partner) || same(one.name, partner);

/**
 * Which hard rules keep a partner from a deal. A territory that cannot be looked up, since the
 * customer's country is not known, refuses: a rule that holds only sometimes is none. What an
 * exclusion names and the deal does not say does not match.
 */
export function refusalsOf(
  one: Known,
  deal: RoutedDeal,
  settings: Pick<RoutingSettings, 'territories' | 'exclusions'>,
  holders: readonly Holder[],
  speech: Speech,
): Refusal[] {
  const found: Refusal[] = [];
  const lands = settings.territories.filter((rule) => means(rule, one));
  const regions = [...new Set(lands.flatMap((rule) => rule.regions))];
  if (regions.length > 0 && (deal.region === null || !among(deal.region, regions)))
    found.push({
      rule: 'territory',
      why:
        deal.region === null
          ? say(speech, 'route.nowhere', { regions: regions.join(', ') })
          : say(speech, 'route.territory', { regions: regions.join(', '), country: deal.region }),
    });
  for (const rule of settings.exclusions) {
    const lists = [
      [deal.region, rule.regions],
      [deal.industry, rule.industries],
      [deal.product, rule.products],
    ] as const;
    const holds = lists.every(
      ([word, list]) => list === undefined || (word !== null && among(word, list)),
    );
    if (holds && means(rule, one)) found.push({ rule: 'exclusion', why: rule.why });
  }
  const holder = holders.toSorted((a, b) => b.untilMs - a.untilMs)[0];
  if (holder !== undefined && holders.every(({ accountId }) => accountId !== one.accountId))
    found.push({
      rule: 'protection',
      why: say(speech, 'route.protected', {
        until: new Date(holder.untilMs).toISOString().slice(0, 10),
      }),
    });
  return found;
}

/** Rules that name a partner or a type which nobody is: most likely a slip of the pen. */
export const rulesOfNobody = (
  settings: Pick<RoutingSettings, 'territories' | 'exclusions'>,
  partners: readonly Known[],
): string[] =>
  [...settings.territories, ...settings.exclusions].flatMap((rule) =>
    partners.some((one) => means(rule, one)) ? [] : [rule.partner ?? rule.type ?? ''],
  );
