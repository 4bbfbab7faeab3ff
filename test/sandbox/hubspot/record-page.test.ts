import { beforeAll, describe, expect, it } from 'vitest';
import { call, open } from './support.ts';

const HOSTILE = '<script>alert(1)</script> \u202eevil "quoted"';

describe('the page of a record', () => {
  let url = '';
  let door: typeof fetch;
  let company = '';
  let deal = '';
  beforeAll(async () => {
    const sandbox = await open();
    ({ url, fetch: door } = sandbox);
    const made = async (object: string, properties: Record<string, string>): Promise<string> =>
      String((await call(sandbox, 'POST', `/crm/v3/objects/${object}`, { properties })).body.id);
    company = await made('companies', { name: HOSTILE, industry: 'COMPUTER_SOFTWARE' });
    deal = await made('deals', {
      dealname: 'Contoso',
      dealstage: 'qualifiedtobuy',
      pipeline: 'default',
      closedate: '2026-12-31T00:00:00Z',
      amount: '24600.5',
    });
    const path = `/crm/v4/objects/deals/${deal}/associations/default/companies/${company}`;
    await call(sandbox, 'PUT', path);
  });
  const page = async (path: string): Promise<string> => await (await fetch(url + path)).text();

  it('shows properties by group with their labels, and values as people know them', async () => {
    const text = await page(`/record/0-3-${deal}`);
    expect(text).toContain('<h1><bdi>Contoso</bdi></h1>');
    expect(text).toContain('<dt>Deal stage</dt><dd><bdi>Qualified To Buy</bdi></dd>');
    expect(text).toContain('<bdi>2026-12-31 00:00</bdi>');
    expect(text).toContain(`<dt>Record ID</dt><dd><bdi>${deal}</bdi></dd>`);
    expect(text).toContain('hs project upload');
  });
  it('writes a number by its display hint: years and ids are not grouped', async () => {
    const sandbox = await open();
    const made = async (name: string, hint?: string): Promise<unknown> =>
      await call(sandbox, 'POST', '/crm/v3/properties/companies', {
        ...{ name, label: name, type: 'number', fieldType: 'number' },
        ...{ groupName: 'companyinformation', numberDisplayHint: hint },
      });
    await made('contract_year', 'unformatted');
    await made('seats');
    await made('share', 'percentage');
    const properties = { contract_year: '2026', seats: '2026', share: '0.125' };
    const { body } = await call(sandbox, 'POST', '/crm/v3/objects/companies', { properties });
    const shown = await (await fetch(`${sandbox.url}/record/${String(body.id)}`)).text();
    expect(shown).toContain('<dt>contract_year</dt><dd><bdi>2026</bdi>');
    expect(shown).toContain('<dt>seats</dt><dd><bdi>2,026</bdi>');
    expect(shown).toContain('<dt>share</dt><dd><bdi>12.5%</bdi>');
    expect(await page(`/record/0-3-${deal}`)).toContain('<dt>Amount</dt><dd><bdi>$24,600.5');
  });
  it('is found by an id alone, and by the address that HubSpot gives it', async () => {
    const text = await page(`/record/0-3-${deal}`);
    expect(await page(`/record/${deal}`)).toBe(text);
    expect(await page(`/contacts/1/record/0-3/${deal}`)).toBe(text);
  });
  it('links to what it is associated with, and shows names as text', async () => {
    const text = await page(`/record/0-3-${deal}`);
    expect(text).toContain(`href="/record/0-2-${company}"`);
    const other = await page(`/record/0-2-${company}`);
    expect(other).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(other).not.toContain('<script');
    expect(other).toContain(`href="/record/0-3-${deal}"`);
  });
  it('is for browsers on this machine, whatever a name elsewhere was bound to', async () => {
    expect((await door(`${url}/record/0-3-${deal}`)).status).toBe(200);
    expect((await door(`http://evil.example/record/0-3-${deal}`)).status).toBe(403);
  });
  it('says where there is nothing', async () => {
    expect((await fetch(`${url}/record/0-3-1`)).status).toBe(404);
    expect((await fetch(`${url}/record/x`)).status).toBe(404);
    expect((await fetch(`${url}/record/9-9-${deal}`)).status).toBe(404);
  });
});
