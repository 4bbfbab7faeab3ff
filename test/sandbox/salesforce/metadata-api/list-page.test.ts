import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { file, list, manifest, openAdmin, type Admin } from './metadata.ts';

/** A list of deals that shows what its fields hold, with one filter. */
const view = (name: string, filter: string, operation = 'greaterThan'): string =>
  `<listViews><fullName>${name}</fullName><columns>OPPORTUNITY.NAME</columns><columns>OPPORTUNITY.AMOUNT</columns><columns>FiscalYear</columns><columns>CreatedDate</columns><filterScope>Everything</filterScope><filters><field>OPPORTUNITY.AMOUNT</field><operation>${operation}</operation><value>${filter}</value></filters><label>${name}</label></listViews>`;

let admin: Admin;
beforeAll(async () => {
  admin = await openAdmin();
  const deployed = await admin.deploy({
    'package.xml': manifest({
      ListView: ['Large', 'Huge', 'Least', 'Odd'].map((name) => `Opportunity.${name}`),
    }),
    'objects/Opportunity.object': file(
      'CustomObject',
      [
        view('Large', '1000'),
        view('Huge', '1000000'),
        view('Least', '24600.5', 'greaterOrEqual'),
        view('Odd', '24600.5', 'within'),
      ].join(''),
    ),
  });
  expect([deployed.status, list(deployed.details.componentFailures)]).toEqual(['Succeeded', []]);
  await admin.connection.sobject('Opportunity').create({
    ...{ Name: 'Contoso', StageName: 'Prospecting', CloseDate: '2026-12-31', Amount: 24600.5 },
  });
});
afterAll(async () => await admin.close());

describe('the page of a list view', () => {
  const page = async (path: string): Promise<string> =>
    await (await fetch(`${admin.sandbox.url}/list/Opportunity/${path}`)).text();

  it('groups amounts and no year, in the locale of the reader', async () => {
    const text = await page('Large');
    expect(text).toContain('<td class="number">$24,600.50</td><td class="number">2026</td>');
    expect(await page('Large?locale=de')).toMatch(/24\.600,50\s\$<\/td><td class="number">2026</);
  });

  it('writes moments as a record page does, and never as a number', async () => {
    const [row] = (await admin.connection.query('SELECT CreatedDate FROM Opportunity')).records;
    const made = String(row!['CreatedDate']).slice(0, 16).replace('T', ' ');
    expect(await page('Large')).toContain(`<td class="number">2026</td><td>${made}</td></tr>`);
  });

  it('takes a filter at its word, and shows nothing for one that it does not know', async () => {
    expect(await page('Least')).toContain('>Contoso<');
    const odd = await page('Odd');
    expect(odd).toContain('within');
    expect(odd).not.toContain('Contoso');
  });

  it('says when nothing is in it, and is dark or from the right when asked', async () => {
    expect(await page('Large')).not.toContain('No record is in this list.');
    const empty = await page('Huge?theme=dark&locale=ar');
    expect(empty).toContain('No record is in this list.');
    expect(empty).toContain('<html lang="ar" dir="rtl" class="dark">');
  });
});
