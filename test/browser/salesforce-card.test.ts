import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardTexts } from '../../connectors/kit/card/texts.ts';
import { compileWrites } from '../../src/mapping/compile/writes.ts';
import { parsed, SALESFORCE } from '../mapping/fixtures/document.ts';
import { file, manifest } from '../sandbox/salesforce/metadata-api/metadata.ts';
import { axe } from './axe.ts';
import { openCardOrg, type CardOrg } from './card-org.ts';
import { hasBrowser, inBrowser } from './open-chromium.ts';

const CARD_TEXTS = cardTexts('en');
const LONG_REASONS = [
  '62.4 = 50.1 for a comparable peer',
  ...Array.from({ length: 78 }, (_, at) => `+0.${at % 9}1 reason number ${at}, in some more words`),
]
  .join('\n')
  .slice(0, 4000);
const SCORED = {
  Name: 'Nordwind',
  HW_Partner_Score__c: 62.4,
  HW_Score_Low__c: 41.2,
  HW_Score_High__c: 77.9,
  HW_Score_Evidence__c: 1,
};

const AS_SHIPPED = inBrowser('the component as the package ships it');

describe.skipIf(!hasBrowser)(AS_SHIPPED, () => {
  let org: CardOrg;
  beforeAll(async () => {
    org = await openCardOrg(SALESFORCE, {
      // An admin may put it on pages of other objects as well.
      change: (files) => ({
        ...files,
        'lwc/headwaterScore/headwaterScore.js-meta.xml': files[
          'lwc/headwaterScore/headwaterScore.js-meta.xml'
        ]!.replace('<objects>', '<objects><object>Contact</object>'),
      }),
    });
  });
  afterAll(async () => await org.close());

  it('draws the band, and says it for those who do not see it', async () => {
    const text = await org.card(await org.create('Account', SCORED));
    expect(text).toContain('62%');
    expect(text).toContain(CARD_TEXTS.likely);
    expect(text).toContain(CARD_TEXTS.evidenceOne);
    const bar = org.page.getByRole('img', { name: '8 times in 10 it is between 41% and 78%.' });
    expect(await bar.count()).toBe(1);
    const range = await org.page.locator('c-headwater-bar .range').first().boundingBox();
    const whole = await org.page.locator('c-headwater-bar .bar').first().boundingBox();
    expect((range?.width ?? 0) / (whole?.width ?? 1)).toBeCloseTo(0.367, 1);
  });

  it('tells a missing permission set from a record without a score', async () => {
    const id = await org.create('Account', { Name: 'Unscored' });
    expect(await org.card(id)).toContain(CARD_TEXTS.noScorePartner);
    const other = org.admin.sandbox.org.users().find(({ username }) => /^admin@/.test(username));
    const text = await org.card(id, `?as=${other?.username}`);
    expect(text).toContain(CARD_TEXTS.noAccess.replace('{0}', 'permission set “Headwater”'));
    expect(text).not.toContain(CARD_TEXTS.noScorePartner);
  });

  it('shows three of 4,000 characters of reasons, and all of them when asked', async () => {
    const id = await org.create('Account', { ...SCORED, HW_Score_Reasons__c: LONG_REASONS });
    await org.card(id);
    const shown = org.page.locator('ul.reasons li');
    expect(await shown.count()).toBe(3);
    await org.page.getByRole('button', { name: /more reasons/ }).click();
    expect(await shown.count()).toBe(LONG_REASONS.split('\n').length - 1);
    await org.page.getByRole('button', { name: CARD_TEXTS.fewerReasons }).click();
    expect(await shown.count()).toBe(3);
  });

  it('shows scripts as text, and takes the marks away that turn its direction', async () => {
    const name = '<img src=x onerror=alert(1)> \u202eevil\u202c "><script>alert(2)</script>';
    const id = await org.create('Account', { ...SCORED, HW_Next_Action__c: `Revive ${name}` });
    expect(await org.card(id)).toContain(
      'Revive <img src=x onerror=alert(1)> evil "><script>alert(2)</script>',
    );
    expect(await org.page.locator('aside img[src=x], aside script').count()).toBe(0);
  });

  it('links to the deal that the action names, and says so where the reader may not see it', async () => {
    const deal = await org.create('Opportunity', {
      Name: 'Contoso',
      StageName: 'Prospecting',
      CloseDate: new Date().toISOString().slice(0, 10),
    });
    const action = { HW_Next_Action__c: 'Revive “Contoso”', HW_Next_Deal__c: deal };
    const id = await org.create('Account', { ...SCORED, ...action });
    await org.card(id);
    const link = org.page.getByRole('link', { name: CARD_TEXTS.openDeal });
    expect(await link.getAttribute('href')).toContain(`/record/${deal}`);
    await link.click();
    await org.page.getByRole('heading', { level: 1, name: 'Contoso' }).waitFor();
    const rep = await org.addReader('rep@example.com', ['Account']);
    await org.card(id, `?as=${rep}`);
    await org.page.getByText(CARD_TEXTS.noDealAccess).waitFor();
    expect(await link.count()).toBe(0);
  });

  it('calls a deal that is closed closed, and gives no next step for it', async () => {
    const id = await org.create('Opportunity', {
      Name: 'Just won',
      StageName: 'Closed Won',
      CloseDate: new Date().toISOString().slice(0, 10),
      HW_Win_Probability__c: 71,
      HW_Next_Action__c: 'Get in touch',
    });
    const text = await org.card(id);
    expect(text).toContain(CARD_TEXTS['closed-won']);
    expect(text).toContain('71%');
    expect(text).not.toContain('Get in touch');
  });

  it('warns of numbers older than ten days, and of no younger ones', async () => {
    const daysAgo = (days: number): string =>
      new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
    const old = await org.create('Account', { ...SCORED, HW_As_Of__c: daysAgo(14) });
    expect(await org.card(old)).toContain(CARD_TEXTS.old.replace('{0}', '14'));
    const young = await org.create('Account', { ...SCORED, HW_As_Of__c: daysAgo(9) });
    expect(await org.card(young)).not.toContain(CARD_TEXTS.old.split('{0}')[1]);
  });

  it('keeps a date from the right whole in a sentence from the left', async () => {
    const id = await org.create('Account', { ...SCORED, HW_As_Of__c: '2026-02-03' });
    const text = await org.card(id, '?locale=ar');
    const day = new Intl.DateTimeFormat('ar', { dateStyle: 'medium', timeZone: 'UTC' });
    const shown = day.format(Date.UTC(2026, 1, 3));
    expect(text).toContain(`As of \u2068${shown}\u2069`);
  });

  it('says so on a page of an object that the mapping does not write to', async () => {
    const id = await org.create('Contact', { LastName: 'Someone' });
    expect(await org.card(id)).toContain(CARD_TEXTS.unknownObject.replace('{0}', 'Contact'));
  });

  it("shows the CRM's own words when the record cannot be read", async () => {
    const id = await org.create('Account', SCORED);
    const { controlUrl } = org.admin.sandbox;
    const body = { kind: 'serverError', status: 503, match: { path: '/ui-api/records' } };
    await fetch(`${controlUrl}/faults`, { method: 'POST', body: JSON.stringify(body) });
    const text = await org.card(id);
    await fetch(`${controlUrl}/faults`, { method: 'DELETE' });
    expect(text).toContain(CARD_TEXTS.failed.replace('{0}', ''));
    expect(await org.page.getByRole('alert').count()).toBe(1);
  });

  it('fits a sidebar, a page and a phone, light and dark, from left and from right', async () => {
    const id = await org.create('Account', { ...SCORED, HW_Score_Reasons__c: LONG_REASONS });
    const queries = ['', '?wide', '?theme=dark', '?locale=ar', '?wide&theme=dark&locale=ar'];
    for (const [query, width] of queries.flatMap((one) => [
      [one, 1200] as const,
      [one, 390] as const,
    ])) {
      await org.page.setViewportSize({ width, height: 900 });
      await org.card(id, query);
      expect(await axe(org.page), `${query} ${width}`).toEqual([]);
      const over = await org.page.evaluate<number>(
        "document.querySelector('aside').scrollWidth - document.querySelector('aside').clientWidth",
      );
      expect(over, query).toBeLessThanOrEqual(0);
    }
    await org.page.setViewportSize({ width: 1200, height: 900 });
    await org.card(id, '?theme=dark');
    const number = org.page.locator('.number');
    const color = await number.evaluate(
      (element) =>
        (
          globalThis as unknown as { getComputedStyle(of: unknown): { color: string } }
        ).getComputedStyle(element).color,
    );
    expect(color).toBe('rgb(229, 229, 229)');
  });

  it('keeps what it can show when a field has another name since, and names the field', async () => {
    const id = await org.create('Account', SCORED);
    org.admin.sandbox.org.setup([{ op: 'deleteField', object: 'Account', field: 'HW_Gap__c' }]);
    const text = await org.card(id);
    expect(text).toContain('62%');
    expect(text).toContain(CARD_TEXTS.missing.replace('{0}', 'HW_Gap__c'));
  });
});

/** A value that no other field shows, as its type has it. */
function valueFor(type: string, at: number): unknown {
  if (type === 'number' || type === 'percent') return 10 + at;
  if (type === 'date') return '2026-02-03';
  return `text ${at}`;
}

const RENAMED = inBrowser('the component of another mapping');

describe.skipIf(!hasBrowser)(RENAMED, () => {
  const own = (name: string): string =>
    file(
      'CustomObject',
      `<deploymentStatus>Deployed</deploymentStatus><label>${name}</label><nameField><label>Name</label><type>Text</type></nameField><pluralLabel>${name}s</pluralLabel><sharingModel>ReadWrite</sharingModel>`,
    );
  const renamed = SALESFORCE.replace(/^write:[\s\S]*/m, (block) =>
    block
      .replaceAll(/HW_(\w+)__c/g, 'Our_$1_X__c')
      .replace('object: Account', 'object: Our_Partner__c')
      .replace('object: Opportunity', 'object: Our_Deal__c'),
  )
    .replace(/^ {2}deal:\n {4}object: Opportunity$/m, '  deal:\n    object: Our_Deal__c')
    .replace('      stage: StageName\n', '      stage: Name\n')
    .replace(
      /^entities:$/m,
      'stages:\n  - { key: Linked, order: 1, closed: false, won: false }\n  - { key: Kept, order: 2, closed: true, won: true }\nentities:',
    );
  let org: CardOrg;
  beforeAll(async () => {
    org = await openCardOrg(renamed, {
      before: {
        'package.xml': manifest({ CustomObject: ['Our_Partner__c', 'Our_Deal__c'] }),
        'objects/Our_Partner__c.object': own('Partner'),
        'objects/Our_Deal__c.object': own('Deal'),
      },
    });
  });
  afterAll(async () => await org.close());

  const writes = compileWrites(parsed(renamed), () => null);
  it.each(writes.map((write) => [write.object, write] as const))(
    'shows every value that is written into %s, whatever object and fields are called',
    async (object, { fields }) => {
      const linked = await org.create('Our_Deal__c', { Name: 'Linked' });
      const values = fields.map(
        ({ field, output, spec }, at) =>
          [field, output === 'partner.nextDeal' ? linked : valueFor(spec.type, at)] as const,
      );
      const id = await org.create(object, { Name: 'One', ...Object.fromEntries(values) });
      const text = await org.card(id);
      const links = await org.page
        .getByRole('link', { name: CARD_TEXTS.openDeal })
        .evaluateAll((all) => all.map((one) => String((one as unknown as { href: string }).href)));
      for (const [field, value] of values) {
        if (value === linked) {
          expect(links.join()).toContain(linked);
          continue;
        }
        // A number stands as a percentage, as money or as it is; a band's ends in one sentence.
        // A day in the reader's words.
        const shown = value === '2026-02-03' ? 'Feb 3, 2026' : String(value);
        const pattern = typeof value === 'number' ? `\\b${value}\\b|€${value}` : shown;
        expect(text, field).toMatch(new RegExp(pattern));
      }
    },
  );

  it('calls a deal closed by the stage that the mapping reads', async () => {
    const values = { Our_Win_Probability_X__c: 71, Our_Next_Action_X__c: 'Get in touch' };
    const closed = await org.card(await org.create('Our_Deal__c', { Name: 'Kept', ...values }));
    expect(closed).toContain(CARD_TEXTS['closed-won']);
    expect(closed).not.toContain('Get in touch');
    const open = await org.card(await org.create('Our_Deal__c', { Name: 'Linked', ...values }));
    expect(open).not.toContain(CARD_TEXTS['closed-won']);
  });
});
