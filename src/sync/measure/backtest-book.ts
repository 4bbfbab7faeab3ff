import type { DealFacts, PartnerFacts } from '../../model/facts.ts';
import type { Book } from '../../predict/index.ts';
import { dealPage, partnerPage } from '../../store/facts.ts';
import type { Money } from '../../store/rates.ts';
import type { Store } from '../../store/store.ts';
import { DEAL_PAGE, PARTNER_PAGE, PARTNER_PAGE_DEALS } from '../run/limits.ts';

/**
 * All partners and deals of a connection at once, some 3 KB a deal: a replay reads each dozens of
 * times. The second partner of an account, which shows the same deals, is left out.
 */
export async function readBook(store: Store, connectionId: string, money: Money): Promise<Book> {
  const partners: PartnerFacts[] = [];
  const direct: DealFacts[] = [];
  const accounts = new Set<string>();
  for (let after = ''; ; ) {
    const page = await partnerPage(
      ...([store, connectionId, after, PARTNER_PAGE, money, PARTNER_PAGE_DEALS] as const),
    );
    if (page.length === 0) break;
    for (const partner of page) {
      const account = partner.accountId ?? partner.id;
      if (!accounts.has(account)) partners.push(partner);
      accounts.add(account);
    }
    after = page.at(-1)!.id;
  }
  for (let after = ''; ; ) {
    const page = await dealPage(store, connectionId, after, DEAL_PAGE, true);
    direct.push(...page);
    if (page.length < DEAL_PAGE) return { partners, direct };
    after = page.at(-1)!.id;
  }
}
