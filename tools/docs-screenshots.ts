/**
 * The screenshots of the README: the demo's world, the pages over it, and a Chromium of this
 * machine (HEADWATER_CHROMIUM, or one on the PATH).
 */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { hasBrowser, openChromium } from '../test/browser/open-chromium.ts';

const ROOT = resolve(import.meta.dirname, '..');
const OUT = join(ROOT, 'docs/images');
const PAGES = [
  ['plan', 'plan'],
  ['partners', 'partners'],
  ['forecast', 'forecast'],
  ['runs', 'runs'],
] as const;
const SIZE = { width: 1280, height: 800 };
/** Enough for the pages to look as they do at work. */
const WORLD = ['--partners', '20', '--deals', '400'];

if (!hasBrowser)
  throw new Error('there is no Chromium on the PATH; HEADWATER_CHROMIUM can name one elsewhere');
mkdirSync(OUT, { recursive: true });
const demo = spawn(
  process.execPath,
  [
    ...['src/host/node/node.ts', 'demo', '--serve', '--json', '--dir', '.headwater/screenshots'],
    ...WORLD,
  ],
  { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
);
const link = await new Promise<string>((done, fail) => {
  let text = '';
  demo.stdout.on('data', (data: Buffer) => {
    text += data.toString();
    const found = /^\{"url":.*"link":"([^"]+)"\}$/m.exec(text);
    if (found !== null) done(found[1]!);
  });
  demo.once('exit', (code) => fail(new Error(`the demo ended with ${code}`)));
});
const browser = await openChromium();
const page = await browser.newPage({ viewport: SIZE, locale: 'en-GB', colorScheme: 'light' });
await page.goto(link);
await page.waitForURL(/\/plan$/);
const base = page.url().replace(/plan$/, '');
for (const [path, name] of PAGES) {
  await page.goto(base + path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  // A small picture: the README shows four of them.
  await page.screenshot({ path: join(OUT, `${name}.jpg`), type: 'jpeg', quality: 60 });
  process.stdout.write(`docs/images/${name}.jpg\n`);
}
await browser.close();
demo.kill('SIGTERM');
