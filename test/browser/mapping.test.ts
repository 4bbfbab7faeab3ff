import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensurePages } from '../../tools/web/ensure.ts';
import { axe } from './axe.ts';
import { openBench, type Bench } from '../cli/bench.ts';
import { start } from '../cli/harness.ts';
import { watched } from './office.ts';
import { hasBrowser, inBrowser, openChromium } from './open-chromium.ts';
import { settled } from './settle.ts';

const SHOTS = process.env['HEADWATER_SHOTS'];
const LOOKS = [
  ['light', 1280],
  ['dark', 1280],
  ['light', 390],
] as const;

const NAME = inBrowser('the mapping page over a sandbox %s');

describe.skipIf(!hasBrowser).each(['salesforce'] as const)(NAME, (crm) => {
  let bench: Bench;
  let server: ReturnType<typeof start>;
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    ensurePages();
    [bench, browser] = await Promise.all([
      openBench({ partners: 8, deals: 30, seed: 21, crm }),
      openChromium(),
    ]);
    await bench.json('sync', 'run', '--dry-run');
    server = start(bench.dir, ['serve', '--port', '0', '--json'], bench.env);
    const { url, link } = JSON.parse(await server.firstLine) as { url: string; link: string };
    const context = await browser.newContext({ locale: 'en-GB' });
    ({ page, complaints } = await watched(context));
    await page.goto(link);
    await settled(page);
    await page.goto(`${url}/c/acme/mapping`);
    await page.getByText('It fits the org.').waitFor();
  });
  afterAll(async () => {
    await browser.close();
    server.child.kill('SIGTERM');
    await server.ended;
    await bench.close();
  });

  const file = (): Promise<string> => readFile(join(bench.dir, 'mapping.yaml'), 'utf8');
  const editor = () => page.getByRole('textbox', { name: 'Mapping document (YAML)' });
  /** Types at the end of the document. */
  const typeBelow = async (text: string): Promise<void> => {
    await editor().focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(text);
  };

  it('says what is wrong in its line while it is typed, and lets nobody activate that', async () => {
    await typeBelow('\nnonsense: <img src=x onerror="document.title=1">');
    const faults = page.getByRole('list', { name: 'Faults' });
    await faults.getByText(/^Line \d+: .*nonsense/).waitFor();
    await page.getByLabel('Why this version').fill('a try');
    expect(await page.getByRole('button', { name: 'Activate' }).isDisabled()).toBe(true);
    expect(await page.locator('.cm-lint-marker-error').count()).toBeGreaterThan(0);
    expect(await page.evaluate("document.querySelectorAll('main img').length")).toBe(0);
    await editor().focus();
    await page.keyboard.press('Control+End');
    for (const key of ['Shift+Home', 'Backspace', 'Backspace']) await page.keyboard.press(key);
    await page.getByText('It fits the org.').waitFor();
  });

  it('shows fields by their labels, five records before and after, and what would change', async () => {
    await page.getByLabel('Object').selectOption({ label: 'Account' });
    await page.getByLabel('Search fields and values').fill('account name');
    await page.getByRole('list', { name: 'Fields' }).getByText('Account Name').waitFor();
    await page.getByRole('button', { name: 'Show five records' }).click();
    await page.getByText('partner: mapped').first().waitFor();
    expect(await page.getByRole('article').count()).toBe(5);
    await page.getByRole('button', { name: 'Compare with the version in force' }).click();
    await page.getByText(/^0 rows of [\d,]+ in the local copy would map differently\.$/).waitFor();
    await page.getByRole('table', { name: 'What the local copy would become' }).waitFor();
  });

  it('has no serious finding of axe in light and dark, and no sideways scroll on a phone', async () => {
    for (const [scheme, width] of LOOKS) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height: 900 });
      expect(await axe(page), `${scheme} ${width}`).toEqual([]);
      const wide = await page.evaluate('document.documentElement.scrollWidth');
      expect(wide, `at ${width}`).toBeLessThanOrEqual(width);
      if (SHOTS !== undefined)
        await page.screenshot({
          ...{ path: join(SHOTS, `mapping-${scheme}-${width}.png`), fullPage: true },
        });
    }
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  it('puts a version in force with who and why, and goes back to the first, byte for byte', async () => {
    const before = await file();
    await typeBelow('\n# looked over\n');
    await page.getByText(/nothing of that is in force yet/).waitFor();
    await page.getByLabel('Why this version').fill('looked over');
    await page.getByRole('button', { name: 'Activate' }).click();
    await page.getByRole('button', { name: 'Yes, activate' }).click();
    const row = page.getByRole('row').filter({ hasText: 'looked over' });
    await row.getByText('in force', { exact: true }).waitFor();
    expect(await row.getByRole('cell').nth(1).textContent()).not.toMatch(/found in its file/);
    expect(await file()).toContain('# looked over');
    await page.getByRole('button', { name: 'Go back to it' }).click();
    await page.getByRole('button', { name: 'Yes, go back to it' }).click();
    await page.getByRole('row').filter({ hasText: 'gone back to' }).first().waitFor();
    expect(await file()).toBe(before);
  });

  it('ran no script of the CRM, broke no rule of the policy, and logged no error', async () => {
    expect(await page.title()).not.toBe('1');
    expect(complaints).toEqual([]);
  });
});
