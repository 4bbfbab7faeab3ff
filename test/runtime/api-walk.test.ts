import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBench } from '../cli/bench.ts';
import { serveToBrowser, type ServedBrowser } from '../cli/served-browser.ts';
import { walkReads } from './api-walk.ts';
import { openWorkerLab, type WorkerLab } from './worker-lab.ts';
import { startWorld, type World } from './worlds.ts';

interface Row {
  object: string;
  recordId: string;
  field: string;
  from: unknown;
  to: unknown;
  move: number | null;
}

/** A service over a database of its own that was synced. */
async function onNode(): Promise<ServedBrowser> {
  const bench = await openBench({ partners: 6, deals: 40, seed: 3 });
  await bench.json('field', 'deploy');
  await bench.json('sync', 'run');
  const browser = await serveToBrowser(bench);
  return {
    ask: browser.ask,
    close: async () => {
      await browser.close();
      await bench.close();
    },
  };
}

describe('the API on workerd', () => {
  let lab: WorkerLab;
  let world: World;
  const id = 'salesforce-lab';
  beforeAll(async () => {
    world = await startWorld('salesforce');
    lab = await openWorkerLab(world.secrets);
    await lab.push(world.connection, world.mapping);
  });
  afterAll(async () => {
    await lab.close();
    await world.close();
  });

  const asked = async (path: string, body: unknown): Promise<string> => {
    const answer = await lab.api('POST', path, body);
    expect(answer.status, JSON.stringify(answer.body)).toBe(202);
    return (answer.body as { id: string }).id;
  };
  const writesOf = async (run: string, query: string): Promise<Row[]> =>
    ((await lab.api('GET', `/v1/runs/${run}/writes?limit=500&${query}`)).body as { rows: Row[] })
      .rows;
  /** What the CRM holds of a field. */
  const held = async ({ object, recordId, field }: Row): Promise<unknown> => {
    const dump = (await world.written()) as Record<string, { Id: string }[]>;
    const record = dump[object]?.find((one) => one.Id === recordId) as
      | Record<string, unknown>
      | undefined;
    return record?.[field] ?? null;
  };

  it('writes the part of a plan that a filter leaves, and takes it back', async () => {
    const plan = await asked(`/v1/connections/${id}/runs`, { dryRun: true });
    await lab.ended(plan);
    const all = await writesOf(plan, 'state=planned');
    const moves = all.flatMap(({ move }) => (move === null ? [] : [move])).sort((a, b) => b - a);
    const minMove = moves[5]!;
    const meant = all.filter(({ move }) => move !== null && move >= minMove);
    expect(meant.length).toBeGreaterThan(0);
    expect(meant.length).toBeLessThan(all.length);

    const applied = await asked(`/v1/runs/${plan}/apply`, { minMove });
    await lab.ended(applied);
    const done = await writesOf(applied, 'state=done');
    expect(done.map(({ recordId, field }) => `${recordId}/${field}`).sort()).toEqual(
      meant.map(({ recordId, field }) => `${recordId}/${field}`).sort(),
    );
    for (const row of meant) expect(await held(row), row.field).toEqual(row.to);
    const [other] = all.filter(({ move }) => move !== null && move < minMove);
    expect(await held(other!)).toEqual(other!.from);

    await lab.ended(await asked(`/v1/runs/${applied}/undo`, {}));
    for (const row of meant) expect(await held(row), row.field).toEqual(row.from);
  });

  it('ends a run that somebody stops, and frees its connection', async () => {
    const waits = world.turnstile.hold(20);
    const run = await asked(`/v1/connections/${id}/runs`, { full: true });
    await waits;
    await asked(`/v1/runs/${run}/stop`, {});
    world.turnstile.release();
    expect((await lab.api('GET', `/v1/runs/${run}`)).body).toMatchObject({
      run: { state: 'stopped' },
    });
    await lab.ended(await asked(`/v1/connections/${id}/runs`, {}));
  });

  it('answers every read as it is declared, with the same names as on Node', async () => {
    const node = await onNode();
    try {
      const shapes = await walkReads(lab.api, id);
      expect(Object.keys(shapes).length).toBeGreaterThan(30);
      expect(await walkReads(node.ask, 'acme')).toEqual(shapes);
    } finally {
      await node.close();
    }
  });
});
