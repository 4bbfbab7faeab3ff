import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensurePages } from '../../tools/web/ensure.ts';
import { focused, tabTo } from './keys.ts';
import { HOSTILE, openOffice, watched, type Office } from './office.ts';
import { hasBrowser, inBrowser, openChromium } from './open-chromium.ts';
import { settled } from './settle.ts';

const NAME = inBrowser('the pages without a mouse, and on paper');

/** The pages for somebody with a keyboard alone, and for somebody with a printer. */
describe.skipIf(!hasBrowser)(NAME, () => {
  let office: Office;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  const go = async (path: string): Promise<void> => {
    await page.goto(`${office.url}/c/acme/${path}`);
    await settled(page);
  };
  const press = async (key: string): Promise<void> => await page.keyboard.press(key);
  /** A dialog takes the focus, and gives it back, a moment after it comes or goes. */
  // Playwright's own wait evaluates a string inside the page, which the policy forbids.
  const focusIn = async (selector: string): Promise<void> =>
    await expect
      .poll(
        async () => await page.evaluate(`document.activeElement?.closest('${selector}') !== null`),
        {
          timeout: 10_000,
        },
      )
      .toBe(true);
  beforeAll(async () => {
    ensurePages();
    [office, browser] = await Promise.all([openOffice('hubspot'), openChromium()]);
    const context = await browser.newContext({
      ...{ locale: 'de-DE', colorScheme: 'dark' as const, viewport: { width: 1280, height: 900 } },
    });
    ({ page, complaints } = await watched(context));
    await page.goto(await office.link('operator'));
    await settled(page);
  });
  afterAll(async () => {
    await browser.close();
    await office.close();
  });

  it('begin with a way past the menu', async () => {
    await go('partners');
    expect(await tabTo(page, /^Skip to the page$/)).toHaveLength(1);
    await press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    expect(await tabTo(page, /^Name$/)).toHaveLength(1);
  });

  it('let a plan be looked at, thought over and approved', async () => {
    await go('plan');
    // Until the plan is counted nobody can approve it, and what comes in meanwhile moves the focus.
    await page.waitForLoadState('networkidle');
    await page.getByRole('button', { name: /^Approve all / }).click({ trial: true });
    await page.locator('h1').click();
    await tabTo(page, /^Approve all /);
    await press('Enter');
    await focusIn('[role=alertdialog]');
    await tabTo(page, /^Cancel$/);
    await press('Escape');
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    await focusIn('.decide');
    expect((await focused(page)).name).toMatch(/^Approve all /);
    await tabTo(page, /^Choose /);
    await press('Space');
    const approve = page.getByRole('button', { name: /^Approve .* of 1 partner$/ });
    await approve.click({ trial: true });
    while (!/^Approve .* of 1 partner$/.test((await focused(page)).name)) await press('Shift+Tab');
    await press('Enter');
    await focusIn('[role=alertdialog]');
    await tabTo(page, /^Yes, approve/);
    await press('Enter');
    await page.waitForURL(/\/runs\//);
    await page.getByRole('status').getByText('done', { exact: true }).waitFor();
  });

  it('lead from a list to a partner, and read on from the top of its page', async () => {
    await go('partners');
    await tabTo(page, /<img/);
    await press('Enter');
    await page.getByRole('heading', { name: 'Joint plan' }).waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
  });

  it('open what is closed and turn to another part of the forecast', async () => {
    await go('forecast');
    await tabTo(page, /^The same as a table$/);
    await press('Enter');
    await page.getByRole('table', { name: 'Forecast by day' }).waitFor();
    await tabTo(page, /^By partner$/);
    await press('ArrowRight');
    await press('Enter');
    await page.getByRole('table', { name: 'Forecast by region' }).waitFor();
  });

  it('write numbers, money and days as the reader does', async () => {
    const text = (await page.locator('main').textContent()) ?? '';
    expect(text).toMatch(/\d{1,3}(\.\d{3})+\s[€$]/);
    expect(text).toMatch(/\d{2}\.\d{2}\.\d{4}/);
    expect(text).toMatch(/\d\s%/);
  });

  it('lead to the steps of a run', async () => {
    await go('runs');
    await page.getByRole('table', { name: 'Newest first' }).waitFor();
    await tabTo(page, /^\d{2}\.\d{2}\.\d{4}/);
    await press('Enter');
    await page.getByRole('table', { name: 'Its steps' }).waitFor();
  });

  /** Seen as a printer does, which has no dark screen and nobody to press anything. */
  const onPaper = async (path: string): Promise<string> => {
    await go(path);
    await page.emulateMedia({ media: 'print' });
    await page.waitForTimeout(100);
    const buttons = await page.locator('button:visible, select:visible, header:visible').count();
    expect(buttons, path).toBe(0);
    expect(await page.evaluate('getComputedStyle(document.documentElement).color')).toBe(
      'rgb(27, 36, 38)',
    );
    const text = await page.locator('body').innerText();
    await page.emulateMedia({ media: 'screen' });
    return text;
  };

  it('say on paper whose they are and what they were narrowed to, with every table', async () => {
    const plan = await onPaper('plan?minMove=1&name=img');
    expect(plan).toMatch(/^Headwater · /);
    expect(plan).toContain('Only: Name img; Moves by at least 1');
    expect(plan).toContain('Fields by object and what becomes of them');
    const forecast = await onPaper('forecast');
    for (const table of ['Forecast by day', 'Forecast by partner', 'Track record'])
      expect(forecast).toContain(table);
    await go('partners');
    const path = await page.getByRole('table').getByRole('link').first().getAttribute('href');
    const partner = await onPaper(path!.replace('/c/acme/', ''));
    for (const part of [HOSTILE, 'Why the score is what it is', 'Joint plan', 'Open deals'])
      expect(partner).toContain(part);
  });

  it('ran no script of the CRM, broke no rule of the policy, and logged no error', () => {
    expect(complaints).toEqual([]);
  });
});
