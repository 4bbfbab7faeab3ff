import type { DealFacts, PartnerFacts } from '../../model/facts.ts';
import type { Book } from '../../predict/index.ts';
import { storeThen } from '../../store/alive.ts';
import { dealPage, partnerPage } from '../../store/facts.ts';
import { firstReadMs, spokenOfBy } from '../../store/gone.ts';
import type { Money } from '../../store/rates.ts';
import type { Store } from '../../store/store.ts';
import { DEAL_PAGE, PARTNER_PAGE, PARTNER_PAGE_DEALS } from '../run/limits.ts';

/** Pages of all partners; `second`: those of a page that share the account of one before them. */
export async function eachPartnerPage(
  store: Store,
  connectionId: string,
  money: Money,
  use: (page: PartnerFacts[], second: ReadonlySet<string>) => Promise<void> | void,
): Promise<void> {
  const accounts = new Set<string>();
  for (let after = ''; ; ) {
    const page = await partnerPage(
      ...([store, connectionId, after, PARTNER_PAGE, money, PARTNER_PAGE_DEALS] as const),
    );
    if (page.length === 0) return;
    const second = new Set<string>();
    for (const { id, accountId = id } of page) {
      if (accounts.has(accountId)) second.add(id);
      accounts.add(accountId);
    }
    await use(page, second);
    after = page.at(-1)!.id;
  }
}

/** Pages of deals: all of them, or those without a partner. */
export async function eachDealPage(
  { store, connectionId }: { store: Store; connectionId: string },
  direct: boolean,
  use: (page: DealFacts[]) => Promise<void> | void,
): Promise<void> {
  for (let after = ''; ; ) {
    const page = await dealPage(store, connectionId, after, DEAL_PAGE, direct);
    await use(page);
    if (page.length < DEAL_PAGE) return;
    after = page.at(-1)!.id;
  }
}

/**
 * All partners and deals of a connection at once, some 3 KB a deal: a replay reads each dozens of
 * times.
 */
export async function readBook(store: Store, connectionId: string, money: Money): Promise<Book> {
  const partners: PartnerFacts[] = [];
  const direct: DealFacts[] = [];
  const second = new Set<string>();
  await eachPartnerPage(store, connectionId, money, (page, own) => {
    partners.push(...page);
    for (const id of own) second.add(id);
  });
  await eachDealPage({ store, connectionId }, true, (page) => {
    direct.push(...page);
  });
  return { partners, direct, second };
}

/**
 * Books as of moments: what was deleted later is in them. Before the first run nothing was seen to
 * be gone, so that one book serves all moments until then.
 */
export async function bookShelf(
  store: Store,
  connectionId: string,
  money: Money,
): Promise<(atMs: number) => Promise<Book>> {
  const firstMs = await firstReadMs(store, connectionId);
  const shelf = new Map<number, Book>();
  return async (atMs) => {
    const version = Math.max(atMs, firstMs - 1);
    let book = shelf.get(version);
    if (book === undefined) {
      // Two at most: what is said at a moment is held against the end of its window.
      if (shelf.size > 1) shelf.delete([...shelf.keys()][0]!);
      book = await readBook(storeThen(store, version), connectionId, money);
      shelf.set(version, book);
    }
    const spokenOf = await spokenOfBy(store, connectionId, atMs);
    return spokenOf === undefined ? book : { ...book, spokenOf };
  };
}
