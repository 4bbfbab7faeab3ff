import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensurePages } from '../../tools/web/ensure.ts';
import { axe } from './axe.ts';
import { HOSTILE, openOffice, watched, type Office } from './office.ts';
import { hasBrowser, inBrowser, openChromium } from './open-chromium.ts';
import { openAll, settled } from './settle.ts';

const SHOTS = process.env['HEADWATER_SHOTS'];
const LOOKS = [
  ['light', 1280],
  ['dark', 1280],
  ['light', 390],
] as const;
/** Every page there is, by what leads to it. */
const PAGES = [
  ...['plan', 'partners', 'partner', 'deals', 'open deal', 'won deal', 'forecast', 'runs'],
  ...['value', 'tiers', 'classes', 'allocation', 'c3', 'health', 'profile', 'return'],
  ...['funds', 'customer-value', 'enablement', 'mapping', 'run', 'writes of a run'],
  ...['no such partner', 'no such page'],
] as const;
type Named = (typeof PAGES)[number];
/** Where there is nothing of the CRM to read. */
const BARE: ReadonlySet<Named> = new Set(['no such partner', 'no such page']);
/** Shown without the name of any partner: the admin's document, and what the engine did. */
const NAMELESS: ReadonlySet<Named> = new Set(['run', 'runs', 'mapping']);

/** Colours and widths are the same whichever CRM it is; what stands in them is not. */
const LOOKS_OF = { salesforce: LOOKS, hubspot: LOOKS.slice(1) } as const;
const NAME = inBrowser('what a page looks like over %s');

describe.skipIf(!hasBrowser).each(['salesforce', 'hubspot'] as const)(NAME, (crm) => {
  let office: Office;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  let paths: Record<Named, string>;

  const go = async (name: Named): Promise<void> => {
    await page.goto(`${office.url}/c/acme/${paths[name]}`);
    await settled(page);
    await openAll(page);
  };
  const ask = async <T>(path: string): Promise<T> =>
    (await (await context.request.get(`${office.url}${path}`)).json()) as T;
  const firstOf = async (list: string, query = ''): Promise<string> => {
    const answer = await ask<Record<string, { id: string }[]>>(
      `/v1/connections/acme/${list}?limit=1${query}`,
    );
    return answer[list]![0]!.id;
  };

  beforeAll(async () => {
    ensurePages();
    [office, browser] = await Promise.all([openOffice(crm), openChromium()]);
    context = await browser.newContext({ locale: 'en-GB' });
    ({ page, complaints } = await watched(context));
    await page.goto(await office.link('operator'));
    await settled(page);
    const { runs } = await ask<{ runs: { id: string }[] }>('/v1/runs?dryRun=false&limit=1');
    paths = {
      ...{ plan: 'plan', partners: 'partners', deals: 'deals', forecast: 'forecast', runs: 'runs' },
      ...{ value: 'value', tiers: 'tiers', classes: 'classes', allocation: 'allocation' },
      ...{ c3: 'c3', health: 'health', profile: 'profile', return: 'return', funds: 'funds' },
      ...{ 'customer-value': 'customer-value', enablement: 'enablement', mapping: 'mapping' },
      partner: `partners/${await firstOf('partners')}`,
      'open deal': `deals/${await firstOf('deals', '&state=open')}`,
      'won deal': `deals/${await firstOf('deals', '&state=won')}`,
      run: `runs/${runs[0]!.id}`,
      'writes of a run': `runs/${runs[0]!.id}/writes`,
      'no such partner': 'partners/nobody',
      'no such page': 'elsewhere',
    };
  });
  afterAll(async () => {
    await browser.close();
    await office.close();
  });

  it.each(PAGES)(
    'of %s: no serious finding of axe in light and dark, no sideways scroll on a phone',
    async (name) => {
      await go(name);
      for (const [scheme, width] of LOOKS_OF[crm]) {
        await page.emulateMedia({ colorScheme: scheme });
        await page.setViewportSize({ width, height: 900 });
        expect(await axe(page), `${name} ${scheme} ${width}`).toEqual([]);
        const wide = await page.evaluate('document.documentElement.scrollWidth');
        expect(wide, `${name} at ${width}`).toBeLessThanOrEqual(width);
        if (SHOTS !== undefined)
          await page.screenshot({
            ...{ path: join(SHOTS, `${crm}-${name}-${scheme}-${width}.png`), fullPage: true },
          });
      }
      await page.emulateMedia({ colorScheme: 'light' });
      await page.setViewportSize({ width: 1280, height: 900 });
    },
  );

  it('is looked at on every page that the menu leads to', async () => {
    await go('plan');
    const links = await page.getByRole('navigation', { name: 'Pages' }).getByRole('link').all();
    const hrefs = await Promise.all(links.map(async (link) => await link.getAttribute('href')));
    expect(hrefs.length).toBeGreaterThan(10);
    for (const href of hrefs) expect(Object.values(paths)).toContain(href!.split('/').at(-1));
  });

  it('on a phone keeps the menu behind a button, which Escape and a choice close', async () => {
    await page.setViewportSize({ width: 390, height: 900 });
    await go('plan');
    const menu = page.getByRole('button', { name: 'Menu' });
    const deals = page.getByRole('link', { name: 'Deals', exact: true });
    expect(await deals.isVisible()).toBe(false);
    await menu.click();
    expect(await axe(page)).toEqual([]);
    if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, `${crm}-menu-390.png`) });
    await page.keyboard.press('Escape');
    expect(await deals.isVisible()).toBe(false);
    await menu.click();
    await deals.click();
    await page.waitForURL(/\/deals$/);
    await settled(page);
    expect(await deals.isVisible()).toBe(false);
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  it.each(PAGES.filter((name) => !BARE.has(name)))(
    'of %s: a name that is markup is text, and none turns what stands beside it',
    async (name) => {
      await go(name);
      const text = (await page.locator('body').textContent()) ?? '';
      if (!NAMELESS.has(name)) expect(text).toContain(HOSTILE);
      expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
      expect(await page.evaluate("document.querySelectorAll('main img').length")).toBe(0);
      expect(await page.title()).not.toBe('1');
    },
  );

  it('ran no script of the CRM, broke no rule of the policy, and logged no error', () => {
    expect(complaints.filter((text) => !/status of 404/.test(text))).toEqual([]);
  });
});
