import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openClient, type Client } from './client.ts';

let client: Client;
let deal = '';
beforeAll(async () => {
  client = await openClient();
  deal = await client.create('Opportunity', {
    ...{ Name: 'Contoso', StageName: 'Prospecting', CloseDate: '2026-12-31' },
    ...{ Amount: 24600.5, TotalOpportunityQuantity: 1234.567, Probability: 35 },
  });
});
afterAll(() => client.close());

it('is for browsers on this machine, whatever a name elsewhere was bound to', async () => {
  const status = async (address: string): Promise<number> =>
    (await client.sandbox.fetch(`${address}/record/${deal}`)).status;
  expect(await status(client.sandbox.url)).toBe(200);
  expect(await status('http://evil.example')).toBe(403);
});

describe('the fields on the page of a record', () => {
  const page = async (search = ''): Promise<string> =>
    (await client.send('GET', `/record/${deal}${search}`)).text;

  it('group amounts, and no year', async () => {
    const text = await page();
    expect(text).toContain('<dt>Fiscal Year</dt><dd>2026</dd>');
    expect(text).toContain('<dt>Amount</dt><dd>$24,600.50</dd>');
    expect(text).toContain('<dt>Quantity</dt><dd>1,234.57</dd>');
    expect(text).toContain('<dt>Probability (%)</dt><dd>35%</dd>');
  });

  it('are written in the locale of the reader', async () => {
    const text = await page('?locale=de');
    expect(text).toContain('<dt>Fiscal Year</dt><dd>2026</dd>');
    expect(text).toContain('<dt>Quantity</dt><dd>1.234,57</dd>');
  });
});
