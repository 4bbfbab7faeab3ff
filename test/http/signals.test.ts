/** Signals that other systems send over HTTP. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { saveMapped } from '../../src/store/rows.ts';
import { mapped } from '../store/open.ts';
import { openHttpLab, type HttpLab } from './lab.ts';
import { syncedBy } from './synced.ts';

const MAPPING = readFileSync(join(import.meta.dirname, '../../mappings/salesforce.yaml'), 'utf8');

let lab: HttpLab;
beforeEach(async () => {
  lab = await openHttpLab();
  await syncedBy(lab.store, 'sf', MAPPING);
  const partner = mapped('partner', 'A1', { name: 'Northwind', domain: 'northwind.example' });
  await lab.store.batch(saveMapped(lab.store, 'sf', [partner], 1));
});
afterEach(() => {
  lab.close();
});

const login = (key: string, change: object = {}) => ({
  key,
  partner: 'ann@northwind.example',
  kind: 'login',
  at: '2026-01-05T10:00:00Z',
  ...change,
});
async function send(signals: object[], path = '/v1/connections/sf/signals', token = 'signals') {
  const answer = await lab.call('POST', path, {
    token: lab.tokens[token as keyof typeof lab.tokens],
    body: { source: 'portal', signals },
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

it('are kept once, and say of each that was refused why', async () => {
  const batch = [login('1'), login('2'), login('3', { partner: 'nobody' })];
  // Words may name partners, and whoever sends may not read.
  const refused = [
    { ...{ key: '3', field: 'partner', code: 'UNKNOWN_PARTNER' }, message: null, cure: null },
  ];
  expect(await send(batch)).toEqual({
    status: 200,
    body: { kept: 2, corrected: 0, same: 0, refused },
  });
  expect((await send(batch.toReversed())).body).toEqual({
    ...{ kept: 0, corrected: 0, same: 2 },
    refused,
  });
  const seen = await lab.call('GET', '/v1/connections/sf/signals', { token: lab.tokens.read });
  const { kinds, refused: held } = (await seen.json()) as {
    kinds: { kind: string; signals: number; unit: string }[];
    refused: number;
  };
  expect(kinds.find((one) => one.kind === 'portal_login')).toMatchObject({
    signals: 2,
    unit: 'count',
  });
  expect(held).toBe(1);
  const quarantine = '/v1/connections/sf/quarantine?kind=signal';
  const issues = await lab.call('GET', quarantine, { token: lab.tokens.read });
  expect(await issues.json()).toMatchObject({
    issues: [{ id: 'portal/3', code: 'UNKNOWN_PARTNER' }],
  });
});

it('of the CRM are listed under their kind, whichever of its words it has there', async () => {
  const inCrm = (id: string, kind: string) =>
    mapped('signal', id, { partnerId: 'A1', kind, at: 1_767_600_000_000, value: 2 });
  await lab.store.batch(
    saveMapped(lab.store, 'sf', [inCrm('s1', 'Portal Login'), inCrm('s2', 'mood')], 1),
  );
  await send([login('1')]);
  const seen = await lab.call('GET', '/v1/connections/sf/signals', { token: lab.tokens.read });
  const { kinds } = (await seen.json()) as { kinds: { kind: string; signals: number }[] };
  const arrived = kinds.filter(({ signals }) => signals > 0);
  expect(arrived.map(({ kind, signals }) => [kind, signals])).toEqual([
    ['portal_login', 2],
    ['mood', 1],
  ]);
});

it('are dated back by nobody but an admin', async () => {
  const past = (token: string) =>
    lab.call('POST', '/v1/connections/sf/signals', {
      token,
      body: { source: 'portal', history: true, signals: [login('1')] },
    });
  expect((await past(lab.tokens.signals)).status).toBe(403);
  expect(await lab.store.db.query.signals.findMany()).toEqual([]);
});

it('need a scope of their own, which sees nothing', async () => {
  expect((await send([login('1')], undefined, 'admin')).status).toBe(403);
  const status = await lab.call('GET', '/v1/status', { token: lab.tokens.signals });
  expect(status.status).toBe(403);
});

it.each([
  ['no key', [{ ...login('1'), key: '' }]],
  ['none', []],
  ['an unknown word', [login('1', { mood: 'good' })]],
  ['too many', Array.from({ length: 2_001 }, (_, i) => login(String(i)))],
  ['a value that is no number', [login('1', { value: 'NaN' })]],
])('with %s are refused whole', async (_, signals) => {
  expect((await send(signals)).status).toBe(400);
  expect(await lab.store.db.query.signals.findMany()).toEqual([]);
});
