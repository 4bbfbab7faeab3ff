/**
 * `npm run bench:link [deals accounts]`: CPU of the link step on a large company, as JSON.
 * `firstMs` links every deal, `againMs` looks at all of them once more (a partner came),
 * `quietMs` is a tick on which nothing changed, `tickMs` one on which a hundred deals did;
 * `doubledMs` is `firstMs` with twice the deals and accounts.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { linkDeals, type Linking } from '../../src/store/link-deals.ts';
import { openNodeStore } from '../../src/store/node.ts';
import { saveMapped } from '../../src/store/rows.ts';
import type { Store } from '../../src/store/store.ts';
import { linkCompany } from './link-company.ts';

const MIGRATIONS = resolve(import.meta.dirname, '../../migrations');
const LINKING: Linking = {
  rules: [
    { by: 'field' },
    { by: 'role' },
    { by: 'registration' },
    { by: 'campaign' },
    { by: 'accountParent' },
  ],
  money: { reportingCurrency: 'USD', asOfMs: Date.parse('2026-11-16T09:00:00Z') },
  version: 'm',
};

/** CPU, not time on the wall: a machine that others share must not make the step look slow. */
async function took(store: Store): Promise<number> {
  const begun = process.cpuUsage();
  await linkDeals(store, 'bench', LINKING);
  const { user, system } = process.cpuUsage(begun);
  return Math.round((user + system) / 1000);
}

async function measure(deals: number, accounts: number) {
  const dir = mkdtempSync(join(tmpdir(), 'headwater-link-'));
  const store = openNodeStore(join(dir, 'link.sqlite'), MIGRATIONS);
  try {
    const company = linkCompany(deals, accounts);
    for (let from = 0; from < company.length; from += 5000)
      await store.batch(saveMapped(store, 'bench', company.slice(from, from + 5000), 1));
    const firstMs = await took(store);
    const quietMs = await took(store);
    const hundred = company.filter((row) => row.entity === 'deal').slice(0, 100);
    await store.batch(saveMapped(store, 'bench', hundred, 2));
    const tickMs = await took(store);
    const partner = company.find((row) => row.entity === 'partner')!;
    await store.batch(saveMapped(store, 'bench', [{ ...partner, id: 'another' }], 3));
    return { firstMs, againMs: await took(store), quietMs, tickMs };
  } finally {
    store.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

const [deals = 40_000, accounts = 11_000] = process.argv.slice(2).map(Number);
const once = await measure(deals, accounts);
const doubled = await measure(2 * deals, 2 * accounts);
process.stdout.write(
  `${JSON.stringify({ bench: 'link', deals, accounts, ...once, doubledMs: doubled.firstMs })}\n`,
);
