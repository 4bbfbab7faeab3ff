import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseTokens, principalOfToken } from '../../src/http/api/auth/tokens.ts';
import { allRoutes } from '../../src/http/api/routes/index.ts';
import { createToken, SCOPES } from '../../src/model/api-token.ts';
import { saveRun, type Run } from '../../src/store/runs.ts';
import { openHttpLab, type HttpLab } from './lab.ts';

const run = (id: string, connectionId: string): Run =>
  ({
    ...{ id, connectionId, kind: 'sync', state: 'done', dryRun: false, full: false },
    ...{ startedMs: 1, endedMs: 2, asOfMs: 1, resumeAtMs: null, mapping: null, model: null },
    ...{ calls: 0, error: null, summary: null, undoes: null },
  }) as Run;

describe('a token that is limited to connections', () => {
  let lab: HttpLab;
  let token = '';
  beforeAll(async () => {
    const made = await createToken('partner team', [...SCOPES], ['sf']);
    token = made.token;
    const entries = parseTokens(made.line);
    lab = await openHttpLab({
      authenticate: (request) => principalOfToken(entries, request.headers.get('authorization')),
    });
    await saveRun(lab.store, run('of-sf', 'sf'));
    await saveRun(lab.second, run('of-hs', 'hs'));
  });
  afterAll(() => lab.close());
  const get = async (path: string): Promise<{ status: number; body: unknown }> => {
    const answer = await lab.call('GET', path, { token });
    return { status: answer.status, body: await answer.json() };
  };

  it('sees those in lists and no others', async () => {
    for (const [path, list] of [
      ['/v1/connections', 'connections'],
      ['/v1/status', 'connections'],
      ['/v1/runs', 'runs'],
    ] as const) {
      const { status, body } = await get(path);
      expect([path, status]).toEqual([path, 200]);
      const text = JSON.stringify((body as Record<string, unknown>)[list]);
      expect([text.includes('"sf"'), text.includes('"hs"')]).toEqual([true, false]);
    }
  });

  it('finds neither a connection nor a run of others, whatever it asks of them', async () => {
    const paths = allRoutes.filter(({ path }) => /^\/v1\/(connections|runs)\/\{id\}/.test(path));
    expect(paths.length).toBeGreaterThan(20);
    for (const { method, path } of paths) {
      const own = path.startsWith('/v1/runs') ? 'of-hs' : 'hs';
      const asked = path.replace('{id}', own).replace(/\{\w+\}/g, 'x');
      const answer = await lab.call(method.toUpperCase(), asked, {
        token,
        body: method === 'get' ? undefined : {},
      });
      expect([method, asked, answer.status]).toEqual([method, asked, 404]);
    }
    expect((await get('/v1/runs/of-sf')).status).toBe(200);
  });

  it('is refused by every other route that does not say how its answer is cut', async () => {
    const rest = allRoutes.filter(
      ({ path, scope, within }) => scope !== null && within === undefined && !/\{id\}/.test(path),
    );
    expect(rest.length).toBeGreaterThan(1);
    for (const { method, path } of rest) {
      const answer = await lab.call(method.toUpperCase(), path.replace(/\{\w+\}/g, 'x'), {
        token,
        body: method === 'get' ? undefined : {},
      });
      expect([method, path, answer.status]).toEqual([method, path, 403]);
    }
  });

  it.each(['@', '@sf@hs', '@Sf', '@../x'])('reaches nothing with %s as its limit', (limit) => {
    expect(() => parseTokens(`x:read${limit}:${'a'.repeat(64)}`)).toThrow(/not written as/);
  });
});

describe('secrets that a pushed connection names', () => {
  it('are its own or those the operator allows', async () => {
    const lab = await openHttpLab({ allowedSecrets: new Map([['acme-eu', new Set(['SF_KEY'])]]) });
    const push = async (id: string, env: string): Promise<number> =>
      (
        await lab.call('PUT', `/v1/connections/${id}`, {
          token: lab.tokens.admin,
          body: {
            connection: {
              ...{ version: 1, id, crm: 'salesforce', mapping: 'm.yaml' },
              secrets: { clientSecret: { env } },
            },
            mapping: 'version: 1\ncrm: salesforce\nentities: {}\n',
          },
        })
      ).status;
    const refused = ['OTHER_KEY', 'ACME_KEY', 'HEADWATER_KEY', 'headwater_x', 'ACME_EU', 'PATH'];
    for (const env of refused) expect([env, await push('acme-eu', env)]).toEqual([env, 400]);
    expect(await push('other', 'SF_KEY')).toBe(400);
    for (const env of ['ACME_EU_KEY', 'SF_KEY']) {
      const answer = await lab.call('PUT', '/v1/connections/acme-eu', {
        token: lab.tokens.admin,
        body: {
          connection: {
            ...{ version: 1, id: 'acme-eu', crm: 'salesforce', mapping: 'm.yaml' },
            secrets: { clientSecret: { env } },
          },
          mapping: 'version: 1\ncrm: salesforce\nentities: {}\n',
        },
      });
      expect(await answer.text()).not.toContain('may not name');
    }
    lab.close();
  });
});
