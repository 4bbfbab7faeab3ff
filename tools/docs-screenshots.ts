/**
 * The screenshots of the README: the demo's world, the pages over it, and a Chromium of this
 * machine (HEADWATER_CHROMIUM, or one on the PATH).
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { hasBrowser, openChromium } from '../test/browser/open-chromium.ts';
import { settled } from '../test/browser/settle.ts';
import { servedDemo } from './web/served-demo.ts';
import { ensurePages } from './web/ensure.ts';

const ROOT = resolve(import.meta.dirname, '..');
const OUT = join(ROOT, 'docs/images');
const PAGES = ['plan', 'partners', 'forecast', 'runs'] as const;
const SIZE = { width: 1280, height: 800 };
/** A page that is shown at all is shown by then, however busy the machine is. */
const SHOWN_WITHIN_MS = 180_000;

if (!hasBrowser)
  throw new Error('there is no Chromium on the PATH; HEADWATER_CHROMIUM can name one elsewhere');
ensurePages();
mkdirSync(OUT, { recursive: true });
const demo = await servedDemo(ROOT);
const browser = await openChromium();
try {
  const page = await browser.newPage({ viewport: SIZE, locale: 'en-GB', colorScheme: 'light' });
  page.setDefaultTimeout(SHOWN_WITHIN_MS);
  await page.goto(demo.link);
  await page.waitForURL(/\/plan$/);
  const base = page.url().replace(/plan$/, '');
  for (const name of PAGES) {
    await page.goto(base + name);
    await settled(page);
    if (name === 'forecast') await page.locator('canvas').waitFor();
    // A small picture: the README shows four of them.
    await page.screenshot({ path: join(OUT, `${name}.jpg`), type: 'jpeg', quality: 60 });
    process.stdout.write(`docs/images/${name}.jpg\n`);
  }
} finally {
  await browser.close();
  await demo.close();
}
