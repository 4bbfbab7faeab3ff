import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeDeps } from '../../src/host/node/node-main.ts';
import type { Routed } from '../../src/sync/measure/routing.ts';
import type { Fairness } from '../../src/sync/measure/routing-fairness.ts';
import { openHttpLab } from '../http/lab.ts';
import { cli, ROOT, tempDir, type Ran } from './harness.ts';

const dir = tempDir();
const on = async (...args: string[]): Promise<Ran> => await cli(dir, args);
const DAY_MS = 86_400_000;
const day = (ago: number): string => new Date(Date.now() - ago * DAY_MS).toISOString().slice(0, 10);
const save = (name: string, rows: string[]): void =>
  writeFileSync(join(dir, name), `${rows.join('\n')}\n`);

const ROUTING = `  routing:
    territories: [{ partner: Alpine, regions: [AT] }, { partner: Nobody Ltd, regions: [FR] }]
    exclusions: [{ type: broker, products: [Cloud], why: sells its own cloud }]`;

/** Northwind wins what Keystone loses; Newcomer has no record; registrations protect one customer. */
function company(): void {
  mkdirSync(join(dir, 'data'));
  save('data/partners.csv', [
    'id,name,type',
    ...['p1,Northwind,reseller', 'p2,Keystone,reseller', 'p3,Newcomer,reseller'],
    ...['p4,Alpine,reseller', 'p5,Broker,broker'],
  ]);
  save('data/accounts.csv', [
    ...['id,name,industry,country', 'a1,Baker,Retail,DE', 'a2,Miller,,', 'a3,Smith,Retail,DE'],
  ]);
  const past = Array.from({ length: 40 }, (_, i) => {
    const won = (i % 2 === 0) === i % 10 < 8;
    const partner = i % 2 === 0 ? 'p1' : 'p2';
    return `d${i},Deal ${i},${partner},a1,Cloud,${won ? 'won' : 'lost'},1000,${day(120 + i)},${day(200 + i)}T00:00:00Z`;
  });
  save('data/deals.csv', [
    'id,name,partner_id,account_id,product,stage,amount,close_date,created_at',
    ...past,
    `open,New one,,a3,Cloud,proposal,5000,${day(-60)},${day(3)}T00:00:00Z`,
    `bare,Bare one,,a2,,proposal,5000,${day(-60)},${day(3)}T00:00:00Z`,
  ]);
  save('data/registrations.csv', [
    'id,partner_id,deal_id,company,domain,product,submitted_at,decided_at,status',
    `r1,p2,,Held Holding,held.example,,${day(20)}T00:00:00Z,${day(18)}T00:00:00Z,approved`,
    `r2,p2,,Free Foods,free.example,,${day(20)}T00:00:00Z,${day(18)}T00:00:00Z,rejected`,
  ]);
  const mapping = readFileSync(join(ROOT, 'mappings/csv.yaml'), 'utf8')
    .replace(/^settings:$/m, `settings:\n${ROUTING}`)
    .replace(
      /^ {6}partnerId: partner_id\n {6}stage: stage$/m,
      (found) => `      accountId: account_id\n      product: product\n${found}`,
    )
    .replace(
      /^entities:$/m,
      'entities:\n  account: { object: accounts, fields: { name: name, industry: industry, country: country } }',
    );
  writeFileSync(join(dir, 'mapping.yaml'), mapping);
  writeFileSync(
    join(dir, 'headwater.connection.yaml'),
    `version: 1\nid: files\ncrm: csv\nmapping: ${join(dir, 'mapping.yaml')}\nsettings: { dir: ${join(dir, 'data')} }\n`,
  );
}

beforeAll(() => company());

const routed = async (...args: string[]): Promise<Routed> =>
  JSON.parse((await on('route', 'suggest', '--json', ...args)).stdout) as Routed;

describe('headwater route', () => {
  it('ranks partners for a deal, hard rules first, and assigns nothing', async () => {
    expect((await on('route', 'suggest', '--deal', 'open')).stderr).toMatch(/headwater sync run/);
    await on('field', 'deploy');
    expect((await on('sync', 'run')).stderr).not.toMatch(/error/i);
    const { proposals, rulesOfNobody } = await routed('--deal', 'open');
    expect(rulesOfNobody).toEqual(['Nobody Ltd']);
    const [{ ranked, refused, unknown }] = proposals as [Routed['proposals'][number]];
    expect(ranked.map(({ name }) => name)).toEqual(['Northwind', 'Newcomer', 'Keystone']);
    expect(ranked.map(({ n, won }) => [n, won])).toEqual([
      [20, 16],
      [0, 0],
      [20, 4],
    ]);
    expect(unknown).toEqual([]);
    expect(refused.map(({ name, refusals }) => [name, refusals[0]!.rule])).toEqual([
      ['Alpine', 'territory'],
      ['Broker', 'exclusion'],
    ]);
    const { stdout } = await on('route', 'suggest', '--deal', 'open', '--top', '1');
    expect(stdout).toMatch(/1\. Northwind: \d+% \(\d+% to \d+%\), 20 deals like it/);
    expect(stdout).toMatch(/log odds: its record \+\d\.\d\d \(16 of 20 won\)/);
    expect(stdout).toContain('not Alpine: territory: sells in AT alone');
    expect(stdout).toContain('nothing was assigned');
  });
  it('says what is not known of a deal, and refuses those that are closed or not there', async () => {
    const bare = await on('route', 'suggest', '--deal', 'bare');
    expect(bare.stdout).toMatch(/not known of it, .*: product, industry, region/);
    expect(bare.stdout).toContain('the customer’s country is not known');
    expect((await on('route', 'suggest', '--deal', 'd1')).stderr).toContain('deal d1 is closed');
    expect((await on('route', 'suggest', '--deal', 'nope')).stderr).toContain('no deal nope');
    expect((await on('route', 'suggest')).code).toBe(2);
    expect((await on('route', 'suggest', '--deal', 'open', '--file', 'x')).code).toBe(2);
    expect((await on('route', 'suggest', '--lead', 'x', '--task')).code).toBe(2);
    const lead = await on('route', 'suggest', '--lead', 'L1');
    expect(lead.stderr).toContain('the mapping does not say where leads stand');
    const task = await on('route', 'suggest', '--deal', 'open', '--task');
    expect([task.code, task.stderr]).toEqual([1, expect.stringContaining('has no tasks')]);
  });
  it('routes leads, not all to one, and leaves customers to whom they are protected for', async () => {
    const file = join(dir, 'leads.csv');
    const free = Array.from({ length: 6 }, (_, i) => `Zeta ${'abcdef'[i]!.repeat(6)},DE,Cloud,`);
    save('leads.csv', [
      'Company,Country,Product,Domain,Mood',
      ...['Held Holding GmbH,DE,Cloud,', 'Other,DE,Cloud,www.held.example'],
      ...['Free Foods,DE,Cloud,', ',DE,,', ...free],
    ]);
    const { stderr } = await on('route', 'suggest', '--file', file);
    expect(stderr).toContain('line 5: the row names no company');
    expect(stderr).toContain('not read: Mood');
    const names = (await routed('--file', file)).proposals.map(({ ranked }) =>
      ranked.map(({ name }) => name),
    );
    expect(names.slice(0, 2)).toEqual([['Keystone'], ['Keystone']]);
    expect(names[2]!.length).toBeGreaterThan(1);
    expect(new Set(names.slice(3).map(([first]) => first)).size).toBeGreaterThan(1);
    save('empty.csv', ['Country', 'DE']);
    const none = await on('route', 'suggest', '--file', join(dir, 'empty.csv'));
    expect(none.stderr).toContain('no column holds the company');
    expect(none.code).toBe(1);
  });
  it('shows how deals are spread', async () => {
    const { stdout } = await on('route', 'fairness', '--json');
    const { partners, types, sizes, maxShare } = JSON.parse(stdout) as Fairness;
    const first = partners.slice(0, 3).map(({ name, n, won }) => [name, n, won]);
    expect(first).toEqual([
      ['Northwind', 20, 16],
      ['Keystone', 20, 4],
      ['Newcomer', 0, 0],
    ]);
    expect(types.map(({ of, partners: all }) => [of, all])).toEqual([
      ['reseller', 4],
      ['broker', 1],
    ]);
    expect(sizes.map(({ of }) => of)).toContain('large');
    expect(maxShare).toBeNull();
    expect((await on('route', 'fairness')).stdout).toMatch(/Northwind +20 +50% +16 +80%/);
  });
  it('answers the same over the API, to readers', async () => {
    const store = await nodeDeps().openStore(join(dir, 'headwater.sqlite'));
    const lab = await openHttpLab({ stores: new Map([['DB', store]]) });
    try {
      const ask = (deal: string, token = lab.tokens.read): Promise<Response> =>
        lab.call('GET', `/v1/connections/files/routing?deal=${deal}`, { token });
      expect(await (await ask('open')).json()).toEqual(await routed('--deal', 'open'));
      expect((await ask('nope')).status).toBe(404);
      expect((await ask('open&lead=x')).status).toBe(400);
      expect((await ask('d1')).status).toBe(409);
      expect((await ask('open', lab.tokens.shared)).status).toBe(403);
    } finally {
      lab.close();
      store.close();
    }
  });
});
