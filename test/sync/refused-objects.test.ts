import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hubspot } from '../../connectors/hubspot/index.ts';
import { ALL_SCOPES } from '../../src/sandbox/hubspot/http/access.ts';
import { startHubSpotSandbox, type HubSpotSandbox } from '../../src/sandbox/hubspot/start.ts';
import { findConnection } from '../../src/store/runs.ts';
import { statusOf } from '../../src/store/status.ts';
import type { Store } from '../../src/store/store.ts';
import { prepareMapping } from '../../src/sync/run/prepare.ts';
import type { SyncOutcome } from '../../src/sync/run/run.ts';
import { pausedText } from '../../src/cli/summary-text.ts';
import { openLab, type Lab } from './lab.ts';
import { openMemory } from '../store/open.ts';
import { HUBSPOT_MAPPING, hubspotDeps, hubspotSettings, runHubSpot } from './hubspot-run.ts';

describe('not there, not allowed, and blocked on the way', () => {
  let sandbox: HubSpotSandbox;
  let store: Store;
  let runs: number;
  let page: { path: RegExp; status: number; body: string } | null;
  beforeEach(async () => {
    [runs, page] = [0, null];
    sandbox = await startHubSpotSandbox({
      port: 0,
      partners: 5,
      deals: 40,
      nowMs: Date.parse('2026-11-16T09:00:00Z'),
      ticking: false,
      limits: { by: 'off' },
    });
    store = openMemory();
  });
  afterEach(async () => {
    store.close();
    await sandbox.close();
  });

  const scopes = (missing: RegExp | null): void => {
    const lackingScopes = ALL_SCOPES.filter((scope) => missing?.test(scope) === true);
    sandbox.vendor.configure({ lackingScopes });
  };
  /** A proxy in front of the CRM. */
  const proxied: typeof fetch = async (input, init) =>
    page?.path.test(String(input)) === true
      ? new Response(page.body, { status: page.status, headers: { server: 'corp-proxy' } })
      : await fetch(input, init);
  const deps = () => hubspotDeps(sandbox, { fetch: proxied });
  const sync = async (): Promise<SyncOutcome> => {
    sandbox.clock.advance(60_000);
    return await runHubSpot({ sandbox, store, runId: `run-${++runs}`, deps: deps(), dryRun: true });
  };
  const open = async () =>
    await hubspot.open(hubspotSettings(sandbox), { accessToken: sandbox.accessToken }, deps());
  const paused = async () => (await statusOf(store, (await findConnection(store, 'hs'))!)).paused;

  it('a scope that is lost after good runs is said in run, status and check, for optional objects too', async () => {
    expect((await sync()).summary.paused).toEqual([]);
    scopes(/\.custom\./);
    const { summary } = await sync();
    const plan = summary.paused.find(({ object }) => object === 'partner_plan');
    expect(plan).toMatchObject({
      field: null,
      why: 'forbidden',
      said: expect.stringContaining('MISSING_SCOPES'),
    });
    expect(summary.paused.map(({ object }) => object)).toContain('partner_certification');
    expect(pausedText(summary.paused)).toMatch(
      /does not let the connected user read the object partner_plan .*MISSING_SCOPES.*rows stay as they were/,
    );
    expect(await paused()).toContainEqual(
      expect.objectContaining({
        object: 'partner_plan',
        field: null,
        message: expect.stringContaining('crm.'),
      }),
    );
    const session = await open();
    const check = (await session.check(['partner_plan'])).find(({ name }) =>
      name.startsWith('partner_plan'),
    );
    expect(check).toMatchObject({ ok: false, detail: expect.stringContaining('MISSING_SCOPES') });
    const { faults } = await prepareMapping(session, HUBSPOT_MAPPING, 'hubspot');
    expect(faults).toContainEqual(
      expect.objectContaining({
        severity: 'warning',
        message: expect.stringMatching(/partner_plan.*MISSING_SCOPES/),
      }),
    );

    scopes(null);
    expect((await sync()).summary.paused).toEqual([]);
    expect(await paused()).toEqual([]);
  });

  it('an object that was deleted is said to be not there', async () => {
    await sync();
    page = { path: /crm-object-schemas/, status: 200, body: '{"results":[]}' };
    const { summary } = await sync();
    expect(summary.paused.find(({ object }) => object === 'partner_plan')).toMatchObject({
      why: 'absent',
    });
    expect(pausedText(summary.paused)).toMatch(
      /no longer has the object partner_plan \(HubSpot lists no object/,
    );
  });

  it('the right to read the records alone is missing: the object waits, the rest is read', async () => {
    await sync();
    page = {
      path: /objects\/(0-27|tasks)/,
      status: 403,
      body: '{"status":"error","message":"no","category":"MISSING_SCOPES"}',
    };
    const { summary } = await sync();
    expect(summary.paused).toMatchObject([{ object: 'tasks', why: 'forbidden' }]);
    expect(summary.pulled.map(({ object }) => object)).toContain('deals');
  });

  it.each([
    ['a page with 403', 403, '<html>Blocked by policy</html>'],
    ['a page with 404', 404, '<html>Not found</html>'],
    ['a page with 401', 401, '<html>Sign in to the network</html>'],
    ['an empty 403', 403, ''],
    ['the word of a proxy', 407, 'authentication required'],
    ['a gateway that speaks JSON', 403, '{"message":"Forbidden"}'],
    ['a gateway without a route', 404, '{"message":"no Route matched with those values"}'],
    ['an access broker', 403, '{"success":false,"errors":[{"code":1003}]}'],
    ['a filter with a sentence', 403, '{"error":"Blocked by policy","status":403}'],
  ])("%s in front of custom objects is nobody's word on them", async (_name, status, body) => {
    await sync();
    page = { path: /crm-object-schemas/, status, body };
    await expect(sync()).rejects.toMatchObject({
      kind: 'config',
      code: 'BLOCKED',
      refused: 'blocked',
      message: expect.stringContaining('corp-proxy'),
      cure: expect.stringContaining('proxy'),
    });
    const session = await open();
    const [check] = (await session.check(['partner_plan'])).filter(({ name }) =>
      name.startsWith('partner_plan'),
    );
    expect(check).toMatchObject({ ok: false, detail: expect.stringContaining('Somebody between') });
  });

  it('a key that never had the scope is told once the mapping names such an object', async () => {
    scopes(/\.custom\./);
    const { summary } = await sync();
    expect(summary.writesHeld).toBe(false);
    expect(pausedText(summary.paused)).toMatch(/partner_plan .*MISSING_SCOPES.*left out/);
  });
});

describe('on Salesforce', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab({ partners: 6, deals: 40 });
  });
  afterEach(async () => {
    await lab.close();
  });
  const answering = (path: RegExp, status: number, body: string): void => {
    const { fetch } = lab.wire;
    lab.wire.fetch = async (input, init) => {
      if (path.test(String(input))) return new Response(body, { status });
      const sent = String(init?.body ?? '');
      // Small reads travel together, and come with what each of them answers.
      return String(input).endsWith('/composite') && path.test(sent)
        ? inComposite(sent, await fetch(input, init))
        : await fetch(input, init);
    };
    const inComposite = async (sent: string, answer: Response): Promise<Response> => {
      const { compositeRequest } = JSON.parse(sent) as { compositeRequest: { url: string }[] };
      const { compositeResponse } = (await answer.json()) as { compositeResponse: object[] };
      const refused = { httpStatusCode: status, body: parsed(body) };
      return Response.json({
        compositeResponse: compositeResponse.map((each, at) =>
          path.test(compositeRequest[at]!.url) ? { ...each, ...refused } : each,
        ),
      });
    };
  };
  const parsed = (body: string): unknown => (body.startsWith('<') ? body : JSON.parse(body));
  const refusal = (code: string) => JSON.stringify([{ errorCode: code, message: 'no' }]);

  it('a right that is lost pauses its object, in the words of Salesforce', async () => {
    await lab.sync();
    answering(/Partner_Certification__c\/describe/, 403, refusal('INSUFFICIENT_ACCESS'));
    const { summary } = await lab.sync();
    expect(summary.paused).toMatchObject([
      {
        object: 'Partner_Certification__c',
        why: 'forbidden',
        said: expect.stringContaining('INSUFFICIENT_ACCESS'),
      },
    ]);
    expect(
      (await statusOf(lab.store, (await findConnection(lab.store, 'lab'))!)).paused,
    ).toHaveLength(1);
  });

  it('so does a refusal in the middle of reading', async () => {
    await lab.sync();
    answering(/FROM(%20|\+)Task/, 403, refusal('INSUFFICIENT_ACCESS_OR_READONLY'));
    expect((await lab.sync()).summary.paused).toMatchObject([{ object: 'Task', why: 'forbidden' }]);
  });

  it.each([
    ['a page', 404, '<html>404</html>'],
    ['a gateway that speaks JSON', 403, '{"message":"Forbidden"}'],
    ['a gateway without a route', 404, '{"statusCode":404,"message":"Resource not found"}'],
    ['a filter with a sentence', 403, '[{"error":"Blocked by policy"}]'],
  ])("%s in front of an object is nobody's word on it", async (_name, status, body) => {
    await lab.sync();
    answering(/Partner_Certification__c\/describe/, status, body);
    await expect(lab.sync()).rejects.toMatchObject({ code: 'BLOCKED', refused: 'blocked' });
  });
});
