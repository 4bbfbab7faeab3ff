/** Short addresses of what belongs to a connection. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseTokens, principalOfToken } from '../../src/http/api/auth/tokens.ts';
import { createToken } from '../../src/model/api-token.ts';
import { saveMapped } from '../../src/store/rows.ts';
import { mapped } from '../store/open.ts';
import { openHttpLab, type HttpLab } from './lab.ts';
import { syncedBy } from './synced.ts';

const MAPPING = 'version: 1\ncrm: salesforce\nentities: {}\n';
const SIGNAL = { key: '1', partner: 'A1', kind: 'login', at: '2026-01-05' };
let lab: HttpLab;
beforeEach(async () => {
  const { token, line } = await createToken('limited', ['signals'], ['sf']);
  limited = token;
  const entries = parseTokens(line);
  lab = await openHttpLab();
  const { authenticate } = lab.deps;
  lab.deps.authenticate = async (request) =>
    (await principalOfToken(entries, request.headers.get('authorization'))) ??
    (await authenticate(request));
  await syncedBy(lab.store, 'sf', MAPPING);
  const partner = mapped('partner', 'A1', { name: 'Northwind' });
  await lab.store.batch(saveMapped(lab.store, 'sf', [partner], 1));
});
afterEach(() => {
  lab.close();
});
let limited: string;
const post = (path: string, token: string) =>
  lab.call('POST', path, { token, body: { source: 'lms', signals: [SIGNAL] } });

it('lead to the connection that is named, or that alone is meant', async () => {
  const named = await post('/v1/signals?connection=sf', lab.tokens.signals);
  expect([named.status, await named.json()]).toEqual([200, expect.objectContaining({ kept: 1 })]);
  // A token that is limited to one connection can mean no other.
  const own = await post('/v1/signals', limited);
  expect([own.status, await own.json()]).toEqual([200, expect.objectContaining({ same: 1 })]);
});

it('say which connections there are where several could be meant', async () => {
  const several = await post('/v1/signals', lab.tokens.signals);
  expect([several.status, await several.json()]).toEqual([
    400,
    { error: expect.objectContaining({ cure: 'Name one: ?connection=hs (hs, sf).' }) as object },
  ]);
});

it('open nothing that the long ones do not', async () => {
  expect((await lab.call('POST', '/v1/signals')).status).toBe(401);
  expect((await post('/v1/signals?connection=sf', lab.tokens.admin)).status).toBe(403);
  expect((await post('/v1/signals?connection=hs', limited)).status).toBe(404);
  expect((await lab.call('GET', '/v1/partners/x', { token: lab.tokens.signals })).status).toBe(400);
  const path = '/v1/plans?connection=sf/../hs';
  expect((await lab.call('GET', path, { token: lab.tokens.read })).status).toBe(404);
});
