import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { csvCompany } from './csv-company.ts';
import { cli, ROOT, tempDir, type Ran } from './harness.ts';
import { story } from '../story.ts';

const YEAR = new Date().getUTCFullYear();
const dir = tempDir();
const got: { data: { rule: string; subject: string } }[] = [];
let server: Server;
const alert = async (...args: string[]): Promise<Ran> => await cli(dir, ['alert', ...args]);
const sync = async (): Promise<Ran> =>
  await cli(dir, ['sync', 'run'], { env: { HOOK_SECRET: 'a secret that is long enough' } });

const RULES = `
  alerts:
    rules:
      - { id: above-zero, on: partner.score, above: 0, channels: [hook] }
      - { id: runs-fail, on: engine.failedRuns, above: 1, channels: [hook], cooldownDays: 0 }
`;

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (data: Buffer) => (body += data.toString()));
    request.on('end', () => {
      got.push(JSON.parse(body) as (typeof got)[number]);
      response.end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  csvCompany(dir, 24, YEAR, YEAR + 1);
  const mapping = readFileSync(join(ROOT, 'mappings/csv.yaml'), 'utf8');
  writeFileSync(join(dir, 'mapping.yaml'), mapping.replace(/^settings:\n/m, `settings:${RULES}`));
  writeFileSync(
    join(dir, 'headwater.connection.yaml'),
    [
      ...['version: 1', 'id: files', 'crm: csv', 'mapping: mapping.yaml'],
      `settings: { dir: ${join(dir, 'data')} }`,
      'secrets: { hook: { env: HOOK_SECRET } }',
      `alerts: { channels: { hook: { kind: webhook, url: 'http://127.0.0.1:${port}/', secret: hook } } }`,
      '',
    ].join('\n'),
  );
});
afterAll(() => server.close());

const rules = (): string[] => got.map(({ data }) => data.rule);

describe('headwater alert', () => {
  const then = story('tells once, keeps, mutes and previews');
  then('tells once of what leaves its limits, after a run', async () => {
    expect((await cli(dir, ['field', 'deploy'], { env: { HOOK_SECRET: 'x' } })).code).toBe(0);
    const ran = await sync();
    expect(ran.code).toBe(0);
    expect(ran.stderr).not.toContain('alerts:');
    expect(got.map(({ data }) => data.subject).toSorted()).toEqual(['partner:p1', 'partner:p2']);
    expect((await sync()).code).toBe(0);
    expect(rules()).toEqual(['above-zero', 'above-zero']);
  });
  then('tells of a run that failed', async () => {
    const deals = join(dir, 'data/deals.csv');
    const whole = readFileSync(deals);
    writeFileSync(deals, '"unclosed');
    const failed = await sync();
    writeFileSync(deals, whole);
    expect(failed.code).toBe(1);
    expect(rules().at(-1)).toBe('runs-fail');
  });
  then('lists what became of each, and says what a quarter would have brought', async () => {
    const { stdout } = await alert('list');
    expect(stdout).toMatch(/Partner score of Northwind has reached [\d.]+, at or above 0/);
    expect(stdout).toContain('above-zero by hook');
    expect(stdout).toContain(': sent ');
    expect((await alert('list', '--state', 'dead')).stdout).toBe('no alert\n');
    const preview = JSON.parse((await alert('preview', '--json')).stdout) as {
      rules: { rule: string; alerts: number }[];
      owners: { alerts: number }[];
    };
    expect(preview.rules[0]).toEqual({ rule: 'above-zero', alerts: 2 });
    expect(preview.owners.map(({ alerts }) => alerts)).toEqual([2]);
  });
  then('tries a channel, and says what it answers', async () => {
    const env = { HOOK_SECRET: 'a secret that is long enough' };
    const tried = await cli(dir, ['alert', 'test'], { env });
    expect(tried).toMatchObject({ code: 0, stdout: expect.stringContaining('✓ hook') });
    expect(rules().at(-1)).toBe('test');
    const unknown = await cli(dir, ['alert', 'test', '--channel', 'nowhere'], { env });
    expect(unknown.stderr).toContain('no channel nowhere');
  });
  then('mutes what is known, and refuses the rest', async () => {
    const why = ['--by', 'Ada', '--why', 'in talks'];
    expect((await alert('mute', '--rule', 'nobody', ...why)).stderr).toContain('above-zero');
    expect((await alert('mute', '--partner', 'nobody', ...why)).code).toBe(1);
    expect((await alert('mute', ...why)).code).toBe(2);
    expect((await alert('mute', '--partner', 'p1', ...why)).code).toBe(0);
    expect((await alert('list')).stdout).toContain('partner:p1, by Ada (in talks)');
    expect((await alert('list', '--state', 'odd')).code).toBe(2);
  });
});
