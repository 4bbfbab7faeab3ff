import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type Serving } from '../../src/host/node/serve.ts';
import { openNodeStore } from '../../src/store/node.ts';
import type { Store } from '../../src/store/store.ts';
import { endWebSession, listWebSessions, newSignInLink } from '../../src/store/web-sessions.ts';
import { ensurePages } from '../../tools/web/ensure.ts';
import { fillWeb } from '../bench/web-world.ts';
import { hasBrowser, inBrowser, openChromium } from './open-chromium.ts';
import { settled } from './settle.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const SHOTS = process.env['HEADWATER_SHOTS'];
const OLD = '2026-01-05T09:00:00Z';

/** A page, what it asks for, and what it says while that is on its way and where it is nothing. */
const PAGES = [
  ['plan', /\/v1\/runs\?.*kind=sync/, 'Loading the plan', 'There is no plan yet.', { runs: [] }],
  [
    ...['partners', /\/v1\/.*\/bench\/partners(\?|$)/, 'Loading the partners'],
    ...['No partner has been scored yet', { partners: [], asOf: null, currency: 'EUR', run: null }],
  ],
  [
    'deals',
    /\/v1\/.*\/bench\/deals(\?|$)/,
    'Loading the deals',
    'No deal is known yet',
    { deals: [] },
  ],
  [
    ...['forecast', /\/bench\/forecasts(\?|$)/, 'Loading the days'],
    ...['No day of this quarter has been forecast yet.', { days: [] }],
  ],
  ['runs', /\/v1\/runs\?/, 'Loading the runs', 'Nothing has run yet.', { runs: [] }],
] as [path: string, asks: RegExp, loading: string, nothing: string, empty: object][];

const NAME = inBrowser('a page whose answer is late, empty, wrong or old');

/** What happens to answers on their way is up to the test: no service fails when it is asked to. */
describe.skipIf(!hasBrowser)(NAME, () => {
  const dir = mkdtempSync(join(tmpdir(), 'headwater-states-'));
  let store: Store;
  let api: Serving;
  let browser: Browser;
  let page: Page;
  const shot = async (name: string): Promise<void> => {
    if (SHOTS !== undefined)
      await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
  };
  const open = async (path: string): Promise<void> =>
    void (await page.goto(`${api.url}/c/bench/${path}`));
  const says = async (text: string | RegExp): Promise<void> =>
    await page.getByText(text).first().waitFor();
  const answered = (route: Route, status: number, body: unknown): Promise<void> =>
    route.fulfill({ status, json: body });

  beforeAll(async () => {
    ensurePages();
    const database = join(dir, 'web.sqlite');
    store = openNodeStore(database, join(ROOT, 'migrations'));
    await fillWeb(store, { partners: 30, deals: 120 });
    const around = { version: '0', env: {}, cwd: dir, root: ROOT, nowMs: () => Date.now() };
    const at = { store, database, connections: [], everyMs: null, port: 0, host: '127.0.0.1' };
    api = await startApi({ ...at, log: () => {} }, around);
    browser = await openChromium();
    page = await browser.newPage({ locale: 'en-GB', viewport: { width: 1280, height: 700 } });
    await signIn();
  });
  const signIn = async (): Promise<void> => {
    const who = { name: 'ann', scopes: ['read', 'run'] as ('read' | 'run')[] };
    await page.goto(`${api.url}/sign-in?token=${await newSignInLink(store, who, Date.now())}`);
  };
  afterEach(async () => await page.unrouteAll({ behavior: 'ignoreErrors' }));
  afterAll(async () => {
    await browser.close();
    await api.close();
    store.close();
    rmSync(dir, { recursive: true });
  });

  it.each(PAGES)(
    '%s: says that it loads, and then shows what came',
    async (path, asks, loading) => {
      let come = (): void => {};
      const held = new Promise<void>((resolve) => (come = resolve));
      await page.route(asks, async (route) => {
        await held;
        await route.continue();
      });
      await open(path);
      await says(loading);
      await shot(`loading-${path}`);
      come();
      await settled(page);
      expect(await page.getByText(loading).count()).toBe(0);
    },
  );

  it.each(PAGES)('%s: says in words that there is nothing', async (path, asks, _, none, empty) => {
    await page.route(asks, (route) => answered(route, 200, { ...empty, next: null }));
    await open(path);
    await says(none);
    await shot(`empty-${path}`);
  });

  it.each(PAGES)('%s: says what went wrong and what helps, and tries again', async (path, asks) => {
    const error = { code: 'BROKEN', message: 'The table is gone.', cure: 'Put it back.' };
    await page.route(asks, (route) => answered(route, 409, { error }));
    await open(path);
    for (const text of [error.message, error.cure]) await says(text);
    await shot(`error-${path}`);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    for (const again of await page.getByRole('button', { name: 'Try again' }).all())
      await again.click();
    await page.getByText(error.message).waitFor({ state: 'detached' });
    await settled(page);
  });

  it('says that no object has been read, and counts as the reader does', async () => {
    await open('runs');
    await says('No object has been read yet.');
    await open('forecast');
    await page.getByRole('button', { name: 'Show more of 5,000', exact: true }).waitFor();
  });

  it('says that results are old, with their time', async () => {
    await page.route(/\/v1\/.*\/bench\/partners(\?|$)/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), asOf: OLD } });
    });
    await open('partners');
    await says('These results are old.');
    await says(/As of 5 Jan 2026/);
    await shot('stale-partners');
  });

  it('says that the service cannot be reached, and goes on once it can', async () => {
    await page.route(/\/v1\/.*\/bench\/partners(\?|$)/, (route) => route.abort());
    await open('partners');
    await says('Headwater cannot be reached.');
    await shot('offline-partners');
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('table', { name: 'Partners' }).waitFor();
  });

  it('waits for a run that was started and is not recorded yet', async () => {
    const id = 'run-2';
    const gone = { code: 'NO_RUN', message: `there is no run "${id}"`, cure: null };
    await page.route(/\/apply$/, (route) => answered(route, 202, { id, started: true }));
    let looks = 0;
    await page.route(/\/v1\/runs\/run-2$/, (route) =>
      looks++ < 2 ? answered(route, 404, { error: gone }) : route.continue(),
    );
    await open('plan');
    await page.getByRole('button', { name: /^Approve all / }).click();
    await page.getByRole('button', { name: /^Yes, approve/ }).click();
    await page.waitForURL(/\/runs\/run-2$/);
    await page.getByRole('heading', { name: /^Run of / }).waitFor();
    expect(looks).toBeGreaterThan(2);
    // Of a run that nobody has started from here, the answer is the last word.
    await page.reload();
    await page.getByRole('heading', { name: /^Run of / }).waitFor();
  });

  it.each([
    ['deals?state=nonsense&order=nonsense&health=nonsense', 'Deals'],
    ['partners?order=nonsense', 'Partners'],
    ['plan?minMove=-5&state=nonsense', 'Write-back plan'],
    ['plan?minMove=many', 'Write-back plan'],
  ])('%s: an address that nobody could have clicked shows the page', async (path, heading) => {
    await open(path);
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
    await settled(page);
    await page.getByRole('table').first().waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it.each([
    ['partners/nobody', /there is no scored partner "nobody"/],
    ['deals/nobody', /there is no .*deal "nobody"/],
    ['runs/nobody', /there is no run "nobody"/],
    ['runs/nobody/writes', /there is no run "nobody"/],
    ['nowhere', 'There is no such page'],
  ])('%s: says what is not there', async (path, text) => {
    await open(path);
    await says(text);
    await shot(`wrong-${path.replaceAll('/', '-')}`);
  });

  it('leads out once the session is revoked, and in again with a new link', async () => {
    await open('partners');
    await page.getByRole('table', { name: 'Partners' }).waitFor();
    for (const { hash } of await listWebSessions(store, Date.now()))
      await endWebSession(store, hash, Date.now());
    await page.getByLabel('Name').fill('Partner 1');
    await says('You are signed out');
    await shot('signed-out');
    await signIn();
    await open('partners');
    await page.getByRole('table', { name: 'Partners' }).waitFor();
  });
});
