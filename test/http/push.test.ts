/**
 * What is pushed is what could run: everything that can be known without the CRM is refused at
 * once.
 */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demandRunnable } from '../../src/host/worker/connectors.ts';
import { readBundle } from '../../src/store/bundles.ts';
import { cpuMs } from '../cpu.ts';
import { openHttpLab, type HttpLab } from './lab.ts';

const read = (name: string): string =>
  readFileSync(new URL(`../../mappings/${name}`, import.meta.url), 'utf8');
const SALESFORCE = read('salesforce.yaml');
const CONNECTION = {
  version: 1,
  id: 'acme',
  crm: 'salesforce',
  mapping: 'salesforce.yaml',
  settings: { auth: 'jwt', clientId: '3MVG', username: 'hw@acme.example' },
  secrets: { privateKey: { env: 'ACME_KEY' } },
};

let lab: HttpLab;
beforeEach(async () => {
  lab = await openHttpLab({ demandRunnable: (connection) => demandRunnable(connection, []) });
});
afterEach(() => {
  lab.close();
});

interface Told {
  status: number;
  code: string | undefined;
  text: string;
}
async function put(body: unknown): Promise<Told> {
  const response = await lab.call('PUT', '/v1/connections/acme', {
    token: lab.tokens.admin,
    body,
  });
  const text = await response.text();
  const answer = JSON.parse(text) as { error?: { code: string } };
  return { status: response.status, code: answer.error?.code, text };
}
const pushed = (change: object, mapping = SALESFORCE): Promise<Told> =>
  put({ connection: { ...CONNECTION, ...change }, mapping });

describe('a pushed connection', () => {
  it('that can run is kept', async () => {
    expect(await pushed({})).toMatchObject({ status: 200 });
    expect((await readBundle(lab.store, 'acme'))?.connection.crm).toBe('salesforce');
  });

  it.each(['constructor', '__proto__', 'toString', '../x', 'csv', 'memory', 'salesforce ', '𝕏'])(
    'for the CRM %j is refused: this host speaks to none of that name',
    async (crm) => {
      expect(await pushed({ crm })).toMatchObject({ status: 400, code: 'NO_CONNECTOR' });
      expect(await readBundle(lab.store, 'acme')).toBeNull();
    },
  );

  it('may not name the variables of a connection whose id is longer, in either order', async () => {
    const longer = {
      connection: { ...CONNECTION, id: 'acme-eu', secrets: { privateKey: { env: 'ACME_EU_KEY' } } },
      mapping: SALESFORCE,
    };
    const pushLonger = async (): Promise<number> =>
      (await lab.call('PUT', '/v1/connections/acme-eu', { token: lab.tokens.admin, body: longer }))
        .status;
    const borrowed = { secrets: { privateKey: { env: 'ACME_EU_KEY' } } };
    expect(await pushed(borrowed)).toMatchObject({ status: 200 });
    expect(await pushLonger()).toBe(409);
    expect(await pushed({})).toMatchObject({ status: 200 });
    expect(await pushLonger()).toBe(200);
    expect(await pushed(borrowed)).toMatchObject({
      ...{ status: 400, code: 'SECRET' },
      text: expect.stringContaining('acme-eu'),
    });
  });

  it.each<[string, object]>([
    ['a setting that is missing', { settings: { auth: 'jwt', username: 'hw@acme.example' } }],
    ['an unknown setting', { settings: { ...CONNECTION.settings, clientID: 'x' } }],
    ['an unknown way to sign in', { settings: { auth: 'constructor' } }],
    ['a secret that nobody named', { secrets: {} }],
    [
      'a host that is not the vendor',
      { settings: { ...CONNECTION.settings, loginUrl: 'https://sf.evil.example' } },
    ],
    [
      'another vendor',
      { settings: { ...CONNECTION.settings, loginUrl: 'https://api.hubapi.com' } },
    ],
    ['settings of another CRM', { crm: 'hubspot' }],
  ])('with %s is refused as by the command line', async (_, change) => {
    const told = await pushed(change);
    expect([told.status, told.text]).toEqual([400, expect.stringMatching(/SETTINGS|HOST/)]);
    expect(await readBundle(lab.store, 'acme')).toBeNull();
  });

  it.each<[string, string | RegExp, string, RegExp]>([
    ['of another CRM', 'crm: salesforce', 'crm: hubspot', /mapping is for hubspot/],
    [
      'of a CRM called constructor',
      'crm: salesforce',
      'crm: constructor',
      /mapping is for constructor/,
    ],
    ['with an unknown output', 'value: partner.score }', 'value: constructor }', /no output/],
    ['with no time zone', 'timeZone: UTC', 'timeZone: Mars/Phobos', /no time zone/],
    ['without deals', /\n {2}deal:\n(?: {4}.*\n|\n)*/, '\n', /no source of deal/],
  ])('with a mapping %s is refused', async (_, from, to, words) => {
    expect(SALESFORCE).toMatch(from);
    const told = await pushed(
      {},
      SALESFORCE.replace(from, () => to),
    );
    expect([told.status, told.code, told.text]).toEqual([
      400,
      'MAPPING',
      expect.stringMatching(words),
    ]);
  });

  it.each(['(?=x)x', '(x)\\1', '(', 'x'.repeat(300)])(
    'with the pattern %j is refused',
    async (pattern) => {
      const mapping = SALESFORCE.replace(
        /(\n +fields:\n)( +)/,
        (_, head: string, indent: string) =>
          `${head}${indent}industry: { field: Industry, parse: ${JSON.stringify(pattern)} }\n${indent}`,
      );
      const told = await pushed({}, mapping);
      expect([told.status, told.code, told.text]).toEqual([
        400,
        'MAPPING',
        expect.stringMatching(/pattern|twice|long/),
      ]);
    },
  );
});

/** A document as large as the door lets through must cost it little, and its answer be short. */
const MAX_CPU_MS = 1_000;
const MAX_ANSWER = 20_000;
async function timed(work: () => Promise<Told>): Promise<{ ms: number; result: Told }> {
  const before = cpuMs();
  const result = await work();
  return { ms: cpuMs() - before, result };
}
const lines = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');
const HEAD = 'version: 1\ncrm: salesforce\n';

describe('a document that is an attack', () => {
  it.each<[string, string]>([
    ['20,000 unknown keys', `${HEAD}${lines(20_000, (i) => `k${i}: 1`)}`],
    [
      '20,000 unknown keys in ten blocks',
      HEAD + lines(10, (b) => `b${b}:\n${lines(2_000, (i) => `  k${i}: 1`)}`),
    ],
    [
      '5,000 unknown keys in three blocks',
      HEAD + lines(3, (b) => `b${b}:\n${lines(1_900, (i) => `  k${i}: 1`)}`),
    ],
    [
      '1,900 unknown entities',
      `${HEAD}entities:\n${lines(1_900, (i) => `  e${i}: { object: X }`)}`,
    ],
    [
      '1,900 unknown outputs',
      SALESFORCE.replace(
        /\nwrite:[^]*$/,
        `\nwrite:\n  - object: Account\n    entity: partner\n    fields:\n${lines(1_900, (i) => `      F${i}__c: { value: partner.scoer${i} }`)}`,
      ),
    ],
    ['one key 80,000 times', `{${lines(80_000, () => 'a,')}}`],
    ['a list of 80,000', `${HEAD}write: [${lines(80_000, () => 'a,')}]`],
    ['20,000 levels of lists', `a: ${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['200 levels of blocks', lines(200, (i) => `${' '.repeat(i)}a:`)],
    ['20,000 aliases', `a: &a [1]\nb: [${lines(20_000, () => '*a,')}]`],
    [
      'aliases of aliases',
      `a: &a [x,x,x,x]\n${lines(60, (i) => `k${i}: &k${i} [${`*${i === 0 ? 'a' : `k${i - 1}`},`.repeat(9)}]`)}`,
    ],
    ['20,000 broken lines', lines(20_000, () => '- a: b: c')],
    ['20,000 open quotes', lines(20_000, () => '"')],
    ['20,000 open brackets', lines(20_000, (i) => `k${i}: [`)],
    ['a key of 100,000 characters', `${HEAD}${'k'.repeat(100_000)}: 1`],
  ])('%s: refused, briefly', async (_, mapping) => {
    const { ms, result } = await timed(async () => await pushed({}, mapping));
    expect([result.status, result.code]).toEqual([400, 'MAPPING']);
    expect(result.text.length).toBeLessThan(MAX_ANSWER);
    expect(ms).toBeLessThan(MAX_CPU_MS);
  });

  it.each<[string, unknown]>([
    ['settings 100 deep', deep(100)],
    ['settings 5,000 deep', deep(5_000)],
    ['a list 20,000 deep', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
  ])('%s: 400, not 500', async (_, settings) => {
    const text = `{"connection":${JSON.stringify(CONNECTION).replace('"settings":{', `"settings":{"x":${String(settings)},`)},"mapping":${JSON.stringify(SALESFORCE)}}`;
    expect(await put(text)).toMatchObject({ status: 400, code: 'TOO_DEEP' });
  });

  it('20,000 unknown settings: refused, briefly', async () => {
    const settings = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${i}`, i]));
    const { ms, result } = await timed(async () => await pushed({ settings }));
    expect([result.status, result.code]).toEqual([400, 'SETTINGS']);
    expect(result.text.length).toBeLessThan(MAX_ANSWER);
    expect(ms).toBeLessThan(MAX_CPU_MS);
  });

  it('20,000 unknown keys of the connection itself: refused, briefly', async () => {
    const wrong = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${i}`, i]));
    const { ms, result } = await timed(async () => await pushed(wrong));
    expect([result.status, result.code]).toEqual([400, 'INVALID']);
    expect(result.text.length).toBeLessThan(MAX_ANSWER);
    expect(ms).toBeLessThan(MAX_CPU_MS);
  });
});

function deep(levels: number): string {
  return `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
}
