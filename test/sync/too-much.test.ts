import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeSizes } from '../../connectors/kit/sizes.ts';
import { HeadwaterError } from '../../src/model/error.ts';
import { startHubSpotSandbox } from '../../src/sandbox/hubspot/start.ts';
import { listFindings } from '../../src/store/findings.ts';
import { listIssues } from '../../src/store/issues.ts';
import { pageSizes } from '../../src/store/schema.ts';
import { statusOf, listConnections } from '../../src/store/status.ts';
import type { SyncOutcome } from '../../src/sync/run/run.ts';
import { openMemory } from '../store/open.ts';
import { openLab, type Lab } from './lab.ts';
import { hubspotDeps, runHubSpot } from './hubspot-run.ts';

const SOME = 7;
const DEALS = 40;

describe('what Salesforce refuses as too much', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab({ partners: 6, deals: DEALS });
  });
  afterEach(async () => await lab.close());
  const fault = async (rule: Record<string, unknown>): Promise<unknown> =>
    await lab.control('POST', '/faults', {
      kind: 'tooMuch',
      match: { object: 'Opportunity' },
      ...rule,
    });
  const read = ({ summary }: SyncOutcome): number =>
    summary.pulled.find(({ object }) => object === 'Opportunity')?.read ?? 0;
  const refused = async (): Promise<number> =>
    ((await lab.control('GET', '/faults')) as { fired: number }[]).reduce(
      (sum, { fired }) => sum + fired,
      0,
    );

  it.each([
    [{ code: 'QUERY_TIMEOUT' }],
    [{ code: 'REQUEST_TOO_LARGE' }],
    [{ status: 414 }],
    [{ status: 431 }],
    [{ status: 504 }],
  ])('%j: is read in smaller pages, and the next run begins with those', async (rule) => {
    await fault({ ...rule, overRows: SOME });
    expect(read(await lab.sync({ dryRun: true }))).toBeGreaterThanOrEqual(DEALS);
    expect(await refused()).toBeGreaterThan(4);
    await lab.control('DELETE', '/faults');
    await fault({ ...rule, overRows: SOME });
    expect(read(await lab.sync({ dryRun: true, full: true }))).toBeGreaterThanOrEqual(DEALS);
    // Once in a while twice as much is tried again.
    expect(await refused()).toBeLessThan(5);
  });

  it('too many fields: is asked in parts, and every row has all of them', async () => {
    await lab.sync({ dryRun: true });
    const local = async (): Promise<unknown> =>
      (await lab.store.db.query.crmRows.findMany())
        .filter(({ object }) => object === 'Opportunity')
        .map(({ id, fields }) => [id, JSON.parse(fields)]);
    const whole = await local();
    await fault({ code: 'QUERY_TOO_COMPLICATED', overFields: 12 });
    const outcome = await lab.sync({ dryRun: true, full: true });
    expect(await refused()).toBeGreaterThan(0);
    expect(read(outcome)).toBeGreaterThanOrEqual(DEALS);
    expect(await local()).toEqual(whole);
  });

  it('an empty page of a Bulk result is asked for again in smaller ones', async () => {
    lab.connection.settings = { ...lab.connection.settings, pageRows: 10, bulkFromRows: 10 };
    await lab.control('POST', '/faults', {
      kind: 'tooMuch',
      code: 'EMPTY_BODY',
      match: { path: '/results' },
      overRows: SOME,
    });
    const outcome = await lab.sync({ dryRun: true });
    expect(read(outcome)).toBeGreaterThanOrEqual(DEALS);
    expect(await refused()).toBeGreaterThan(2);
    expect(outcome.summary.paused).toEqual([]);
  });

  it('a filter of 900 values is read and counted, though no address holds it', async () => {
    const names = Array.from({ length: 900 }, (_, n) => `Some Type of Customer ${n}`);
    const values = JSON.stringify([...names, 'New Customer', 'Existing Customer - Upgrade']);
    lab.mapping.text = lab.mapping.text.replace(
      /(\n {2}deal:\n {4}object: Opportunity\n)/,
      `$1    pull: [{ field: Type, op: in, values: ${values} }]\n`,
    );
    expect(lab.mapping.text).toContain('Customer 899');
    const { run, summary } = await lab.sync({ dryRun: true });
    expect(run.state).toBe('done');
    expect(summary.receipts.find(({ object }) => object === 'Opportunity')?.verified).not.toBe(
      false,
    );
  });

  it('one row that is too heavy by itself is quarantined with the reason, and the others arrive', async () => {
    const heavy = (await lab.control('GET', '/dump?objects=Opportunity')) as {
      Opportunity: { Id: string }[];
    };
    const id = heavy.Opportunity[5]!.Id;
    const { fetch } = lab.wire;
    lab.wire.fetch = async (input, init) => {
      const answer = await fetch(input, init);
      const wide = decodeURIComponent(String(input)).split(',').length > 10;
      return wide && (await answer.clone().text()).includes(`"Id":"${id}"`)
        ? new Response('[{"errorCode":"QUERY_TIMEOUT","message":"too long"}]', { status: 400 })
        : answer;
    };
    const outcome = await lab.sync({ dryRun: true });
    expect(read(outcome)).toBeGreaterThanOrEqual(DEALS);
    const found = (await listIssues(lab.store, 'lab', 50)).filter((issue) => issue.id === id);
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]!.message).toContain('QUERY_TIMEOUT');
  });

  it('an object that is too heavy whatever is asked for is left out, with the cure, and the rest goes on', async () => {
    await lab.sync({ dryRun: true });
    await lab.control('POST', '/faults', {
      kind: 'tooMuch',
      code: 'QUERY_TIMEOUT',
      match: { object: 'OpportunityHistory', path: '/query' },
    });
    const { run, summary } = await lab.sync({ dryRun: true, full: true });
    expect(run.state).toBe('done');
    expect(summary.paused).toMatchObject([{ object: 'OpportunityHistory', why: 'heavy' }]);
    expect(summary.forecast).not.toBeNull();
    const [connection] = await listConnections(lab.store);
    const { paused } = await statusOf(lab.store, connection!);
    expect(paused[0]?.message).toContain('pageRows');
  });
});

async function openHubspot(nowMs: number) {
  const sandbox = await startHubSpotSandbox({
    port: 0,
    partners: 5,
    deals: DEALS,
    nowMs,
    ticking: false,
    limits: { by: 'off' },
  });
  const store = openMemory();
  const deps = hubspotDeps(sandbox);
  let runs = 0;
  return {
    sandbox,
    store,
    /** HubSpot gives up on what `heavy` says is so; a list is asked for without inputs. */
    refuse(
      heavy: (body: { inputs?: { id: string }[]; propertiesWithHistory?: string[] }) => boolean,
    ): void {
      const { fetch } = deps;
      deps.fetch = async (input, init) => {
        const { pathname, searchParams } = new URL(String(input));
        const body =
          init?.method === 'POST' && pathname.endsWith('/batch/read')
            ? JSON.parse(String(init.body))
            : { propertiesWithHistory: searchParams.getAll('propertiesWithHistory') };
        return pathname.includes('/objects/') && heavy(body)
          ? new Response('<html>', { status: 504 })
          : await fetch(input, init);
      };
    },
    sync: async ({ full } = { full: true }): Promise<SyncOutcome> =>
      await runHubSpot({ sandbox, store, runId: `run-${++runs}`, deps, dryRun: true, full }),
    close: async (): Promise<void> => {
      store.close();
      await sandbox.close();
    },
  };
}

describe('what HubSpot refuses as too much', () => {
  let world: Awaited<ReturnType<typeof openHubspot>>;
  beforeEach(async () => {
    world = await openHubspot(Date.parse('2026-11-16T09:00:00Z'));
  });
  afterEach(async () => await world.close());
  const control = async (method: string, path: string, body?: unknown): Promise<unknown> =>
    await (
      await fetch(`${world.sandbox.controlUrl}${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
    ).json();
  it.each([
    ['lists', { match: { path: '/objects/(deals|0-3)\\?' }, status: 504 }],
    ['lists', { match: { path: '/objects/(deals|0-3)\\?' }, status: 414 }],
    ['reads by id', { match: { path: '/batch/read' }, status: 413 }],
    ['associations', { match: { path: 'associations' }, status: 524 }],
  ])('%s %j: everything arrives in smaller pieces, which are remembered', async (_what, rule) => {
    const whole = await world.sync();
    const links = async (): Promise<unknown> =>
      (await world.store.db.query.crmRows.findMany()).map(({ id, fields }) => [
        id,
        JSON.parse(fields),
      ]);
    const before = await links();
    await control('POST', '/faults', { kind: 'tooMuch', overRows: SOME, ...rule });
    const { summary } = await world.sync();
    expect(summary.pulled.map(({ object, read }) => [object, read])).toEqual(
      whole.summary.pulled.map(({ object, read }) => [object, read]),
    );
    expect(await links()).toEqual(before);
    expect(summary.paused).toEqual([]);
    const learnt = await world.store.db.select().from(pageSizes);
    expect(learnt.length).toBeGreaterThan(0);
    expect(learnt.every(({ rows }) => rows <= 2 * SOME)).toBe(true);
    expect((await listFindings(world.store, 'hs')).map(({ code }) => code)).not.toContain(
      'OBJECT_GONE',
    );
  });
});

describe('a HubSpot deal whose history alone is too heavy', () => {
  const NEW = Date.parse('2026-11-16T09:00:00Z');
  const DAY_MS = 86_400_000;
  it('is asked for in pieces, stands in quarantine while one is refused, and arrives afterwards', async () => {
    const world = await openHubspot(NEW);
    const rows = async (): Promise<string[]> =>
      (await world.store.db.query.crmRows.findMany())
        .filter((row) => row.object === 'deals.history' && row.deleted === 0)
        .map(({ id, fields }) => `${id} ${fields}`)
        .sort();
    const [deal] = world.sandbox.portal.table(world.sandbox.portal.typeNamed('deals')).all();
    const refused = new Set<string>();
    const quarantined = async () =>
      (await listIssues(world.store, 'hs', 50)).filter(({ object }) => object === 'deals.history');
    await world.sync();
    const plain = await rows();
    world.refuse((body) => {
      const { inputs = [], propertiesWithHistory: wanted = [] } = body;
      const here = inputs.length === 0 || inputs.some(({ id }) => id === deal!.id);
      const heavy = wanted.length > 1 || wanted.some((name) => refused.has(name));
      return here && heavy;
    });
    try {
      // In pieces: nothing is missing, though no answer holds two histories of this deal.
      await world.sync();
      const whole = await rows();
      expect(whole).toEqual(plain);
      expect(whole.filter((row) => row.startsWith(`0-3-${deal!.id}/`)).length).toBeGreaterThan(0);
      expect(await quarantined()).toEqual([]);
      refused.add('amount');
      await world.sync();
      const found = await quarantined();
      expect(new Set(found.map(({ id }) => id))).toEqual(new Set([`0-3-${deal!.id}/unread`]));
      expect(found[0]!.message).toContain('could not be read');
      // What is known of it stays.
      expect((await rows()).filter((row) => !row.includes('/unread '))).toEqual(whole);
      refused.clear();
      world.sandbox.clock.advance(2 * DAY_MS);
      await world.sync({ full: false });
      expect(await quarantined()).toEqual([]);
      expect(await rows()).toEqual(whole);
    } finally {
      await world.close();
    }
  });
});

describe('a size that did once', () => {
  const tooMuch = new HeadwaterError('transient', 'too much', { tooMuch: true, code: 'X' });
  it('grows again after many pages, and what is heavy by itself changes nothing', async () => {
    const learnt: [string, number][] = [];
    const sizes = makeSizes({
      known: { a: 4 },
      learn: async (what, rows) => {
        learnt.push([what, rows]);
      },
    });
    const what = { key: 'a', most: 100, setting: 'pageRows' };
    const asked: number[] = [];
    for (let n = 0; n < 45; n++)
      await sizes.fitting(what, async (size) => {
        asked.push(size);
        if (size > 10) throw tooMuch;
      });
    expect([...new Set(asked)]).toEqual([4, 8, 16]);
    expect(learnt.map(([, rows]) => rows)).toEqual([8, 16, 8]);
    await sizes.fitting(
      what,
      async () => {
        throw tooMuch;
      },
      async () => {},
    );
    let next = 0;
    await sizes.fitting(what, async (size) => {
      next = size;
    });
    expect(next).toBe(8);
  });
});
