import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensurePages } from '../../tools/web/ensure.ts';
import { settled } from './settle.ts';
import { HOSTILE, openOffice, watched, type Office } from './office.ts';
import { hasBrowser, inBrowser, openChromium } from './open-chromium.ts';

const NAME = inBrowser('the pages over a sandbox %s');

describe.skipIf(!hasBrowser).each(['salesforce', 'hubspot'] as const)(NAME, (crm) => {
  let office: Office;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  const go = async (path: string): Promise<void> => {
    await page.goto(`${office.url}/c/acme/${path}`);
    await settled(page);
  };
  beforeAll(async () => {
    ensurePages();
    [office, browser] = await Promise.all([openOffice(crm), openChromium()]);
    context = await browser.newContext({
      locale: 'en-GB',
      viewport: { width: 1280, height: 900 },
    });
    ({ page, complaints } = await watched(context));
    await page.goto(await office.link('operator'));
    await settled(page);
  });
  afterAll(async () => {
    await browser.close();
    await office.close();
  });

  it('lead in by the link to the plan, and approve what is in view: the CRM gets nothing else', async () => {
    expect(page.url()).toBe(`${office.url}/c/acme/plan`);
    const plan = await newestPlan();
    const answer = await context.request.get(
      `${office.url}/v1/runs/${plan}/writes?state=planned&limit=10`,
    );
    const { rows } = (await answer.json()) as { rows: { move: number }[] };
    await page.getByLabel('Moves by at least').fill(String(rows.at(-1)!.move));
    const approve = page.getByRole('button', { name: /^Approve 1?\d fields in view$/ });
    await approve.waitFor();
    const fields = Number(/\d+/.exec((await approve.textContent())!)![0]);
    expect(fields).toBeGreaterThanOrEqual(rows.length);
    expect(fields).toBeLessThan(await counted(plan));
    await approve.click();
    await page.getByRole('button', { name: /^Yes, approve/ }).click();
    await page.waitForURL(/\/runs\//);
    await page.getByRole('status').getByText('done', { exact: true }).waitFor();
    expect(await counted(page.url().split('/').at(-1)!)).toBe(fields);
  });

  const counted = async (run: string): Promise<number> => {
    const answer = await context.request.get(
      `${office.url}/v1/runs/${run}/writes/counts?state=planned,done`,
    );
    return ((await answer.json()) as { fields: number }).fields;
  };

  it('approve one partner: the CRM holds what was shown', async () => {
    await go('plan');
    const row = page
      .getByRole('row')
      .filter({ has: page.getByRole('checkbox') })
      .first();
    await row.getByRole('checkbox').check();
    const id = (await row.getByRole('link').getAttribute('href'))!.split('/').at(-1)!;
    const shown = await context.request.get(
      `${office.url}/v1/runs/${await newestPlan()}/writes?partner=${id}&state=planned&limit=500`,
    );
    const { rows } = (await shown.json()) as {
      rows: { object: string; recordId: string; field: string; to: unknown }[];
    };
    await page
      .getByRole('button', { name: `Approve ${rows.length} fields of 1 partner`, exact: true })
      .click();
    await page.getByRole('button', { name: /^Yes, approve/ }).click();
    await page.waitForURL(/\/runs\//);
    await page.getByRole('status').getByText('done', { exact: true }).waitFor();
    expect(rows.length).toBeGreaterThan(0);
    for (const { object, recordId, field, to } of rows.slice(0, 12))
      expect(String(await office.field(object, recordId, field)), field).toBe(String(to));
  });

  const newestPlan = async (): Promise<string> => {
    const answer = await context.request.get(`${office.url}/v1/runs?dryRun=true&kind=sync&limit=1`);
    return ((await answer.json()) as { runs: { id: string }[] }).runs[0]!.id;
  };

  it('decide on nothing while a changed filter is counted, nor on a partner out of view', async () => {
    await go('plan');
    const approve = page.getByRole('button', { name: /^Approve / });
    let counted = (): void => {};
    const held = new Promise<void>((resolve) => (counted = resolve));
    await page.route(/writes\/counts.*minMove=2/, async (route) => {
      await held;
      await route.continue();
    });
    expect(await approve.isEnabled()).toBe(true);
    await page.getByLabel('Moves by at least').fill('2');
    await page.waitForURL(/minMove=2/);
    for (const name of [/^Approve /, /^Reject /])
      expect(await page.getByRole('button', { name }).isDisabled()).toBe(true);
    counted();
    // A trial waits until the button could be pressed.
    await approve.click({ trial: true });
    expect(await approve.textContent()).toMatch(/^Approve [\d,]+ fields in view$/);
    await page
      .getByRole('checkbox', { name: /^Choose / })
      .first()
      .check();
    await page
      .getByRole('button', { name: / of 1 partner$/ })
      .first()
      .click({ trial: true });
    await page.evaluate("history.pushState({}, '', '?partner=nobody')");
    const none = page.getByRole('button', { name: 'Approve 0 fields of 0 partners', exact: true });
    await none.waitFor();
    expect(await none.isDisabled()).toBe(true);
  });

  it('narrow the plan, keep the filter in the address, and turn the rest down', async () => {
    await go('plan');
    await page.getByLabel('Moves by at least').fill('1000000000');
    await page.getByText('0 fields of 0 records in view').waitFor();
    expect(page.url()).toContain('minMove=1000000000');
    await page.reload();
    await page.getByText('0 fields of 0 records in view').waitFor();
    await go('plan');
    await page.getByRole('button', { name: /^Reject all \d+ fields$/ }).click();
    await page.getByRole('button', { name: /^Yes, reject all/ }).click();
    await page.getByText('rejected by ann').and(page.locator(':visible')).first().waitFor();
  });

  it('show a partner from the list: standing, reasons, plan, deals, and where each fact is from', async () => {
    await go('partners');
    await page.getByRole('table').getByRole('link').first().click();
    for (const name of ['Why the score is what it is', 'Joint plan', 'Open deals'])
      await page.getByRole('heading', { name }).waitFor();
    await settled(page);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain(HOSTILE);
    await page.getByText(crm === 'salesforce' ? 'Account.Name' : 'companies.name').waitFor();
    expect(await page.getByRole('img', { name: /80% band/ }).count()).toBeGreaterThan(1);
  });

  it('show the forecast drawn, as a table, and by what it is made of', async () => {
    await go('forecast');
    await page.getByText('The same as a table').click();
    await page.getByRole('table', { name: 'Forecast by day' }).waitFor();
    await page.getByRole('tab', { name: 'By owner' }).click();
    await page.getByRole('table', { name: 'Forecast by owner' }).waitFor();
    expect(await page.locator('canvas').count()).toBe(1);
  });

  it('let the quarantine try again, and show the timeline of a run', async () => {
    await go('runs');
    const retry = page.getByRole('button', { name: 'Let all try again' });
    if ((await retry.count()) > 0) {
      await retry.click();
      await page.getByRole('button', { name: 'Yes, let all try again' }).click();
      await page.getByText(/will try again in the next run/).waitFor();
    }
    await page.getByRole('table', { name: 'Newest first' }).getByRole('link').last().click();
    await page.getByRole('table', { name: 'Its steps' }).waitFor();
  });

  it('ran no script of the CRM, broke no rule of the policy, and logged no error', async () => {
    expect(await page.evaluate("document.querySelectorAll('main img').length")).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('say in words what is not there, what is not allowed, and that a link was used', async () => {
    await page.goto(`${office.url}/c/acme/partners/nobody`);
    await page.getByText('there is no scored partner "nobody"').waitFor();
    await page.goto(`${office.url}/c/elsewhere/plan`);
    await page.getByText('There is no connection “elsewhere”.').waitFor();
    const other = await browser.newContext();
    const stranger = await other.newPage();
    await stranger.goto(`${office.url}/c/acme/partners`);
    await stranger.getByText('You are signed out').waitFor();
    const link = await office.link('viewer');
    await stranger.goto(link);
    await stranger.getByText('You may look at this, not decide on it.').waitFor();
    expect(await stranger.getByRole('button', { name: /Approve/ }).count()).toBe(0);
    await stranger.getByRole('button', { name: 'Sign out' }).click();
    await stranger.getByText('You are signed out').waitFor();
    await stranger.goto(link);
    await stranger.getByText('This link does not work any more').waitFor();
    await other.close();
  });
});
