/**
 * What the pages cost: the size of what a first visit loads, the time until a page shows its rows,
 * and the slowest answer behind them, over 5,000 partners with a plan of 100,000 writes. With
 * `--approve` such a plan is made over a sandbox and half of it is approved, which takes minutes.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { startApi } from '../../src/host/node/serve.ts';
import { openNodeStore } from '../../src/store/node.ts';
import { newSignInLink } from '../../src/store/web-sessions.ts';
import { hasBrowser, openChromium } from '../browser/open-chromium.ts';
import { approveHalf } from './web-approve.ts';
import { say } from './web-say.ts';
import { fillWeb } from './web-world.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const MAX_FIRST_KIB = 250;
const MAX_ROWS_MS = 2_000;
const KIB = 1024;

const kib = (bytes: number): string => `${(bytes / KIB).toFixed(0)} KiB`;

function sizes(): void {
  const folder = join(ROOT, 'dist/web/assets');
  const gzip = (file: string): number => gzipSync(readFileSync(join(folder, file))).length;
  const files = readdirSync(folder);
  const first = files
    .filter((file) => !/^(fan|forecast|partner|deals|runs?)-/.test(file))
    .reduce((sum, file) => sum + gzip(file), 0);
  say(first <= MAX_FIRST_KIB * KIB, `first page ${kib(first)} gzip (at most ${MAX_FIRST_KIB})`);
  say(true, `all pages ${kib(files.reduce((sum, file) => sum + gzip(file), 0))} gzip`);
}

async function pages(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'headwater-bench-web-'));
  const file = join(dir, 'web.sqlite');
  const store = openNodeStore(file, join(ROOT, 'migrations'));
  await fillWeb(store);
  const nowMs = (): number => Date.now();
  const api = await startApi(
    {
      ...{ store, database: file, connections: [], everyMs: null, port: 0, host: '127.0.0.1' },
      log: () => {},
    },
    { version: '0', env: {}, cwd: ROOT, root: ROOT, nowMs },
  );
  const token = await newSignInLink(store, { name: 'bench', scopes: ['read', 'run'] }, nowMs());
  const browser = await openChromium();
  const page = await browser.newPage();
  await page.goto(`${api.url}/sign-in?token=${token}`);
  for (const path of ['plan', 'partners', 'deals', 'forecast', 'runs']) {
    const startMs = performance.now();
    await page.goto(`${api.url}/c/bench/${path}`);
    await page.locator('tbody tr:visible').first().waitFor();
    const ms = performance.now() - startMs;
    say(ms <= MAX_ROWS_MS, `${path.padEnd(9)} first rows after ${ms.toFixed(0)} ms`);
  }
  await browser.close();
  await api.close();
  store.close();
  rmSync(dir, { recursive: true });
}

sizes();
if (hasBrowser && process.argv.includes('--approve')) {
  const browser = await openChromium();
  await approveHalf(browser, say);
  await browser.close();
} else if (hasBrowser) await pages();
else process.stdout.write('- pages are not measured: no Chromium was found\n');
