import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FLOW_VERSION } from '../../src/sync/run/run.ts';
import type { JourneyHost, JourneyInput, JourneyResult } from '../../src/host/worker/instance.ts';
import { runJourney } from '../../src/host/worker/journey.ts';
import { D1_CALLS, STEP_RESULT_BYTES } from '../../src/host/worker/limits.ts';
import { HeadwaterError } from '../../src/model/error.ts';
import { pushBundle, removeBundle } from '../../src/store/bundles.ts';
import { newMeter } from '../../src/store/d1.ts';
import { dropLease, takeLease } from '../../src/store/lease.ts';
import { findRun, listRuns, listSteps } from '../../src/store/runs.ts';
import { MAPPING, openLab, type Lab } from '../sync/lab.ts';
import { contentsOf } from './contents.ts';
import { FakeWorkflow } from './fake-workflow.ts';

const SIZE = { seed: 7, partners: 6, deals: 60 };
const MINUTE_MS = 60_000;

/** The Worker's journey on this lab's database and CRM; `successors` collects what it starts. */
function hostOf(lab: Lab, successors: { id: string; input: JourneyInput }[] = []): JourneyHost {
  const { connectorDeps } = lab.deps();
  let calls = 0;
  return {
    store: lab.store,
    meter: newMeter(),
    subrequests: () => calls,
    nowMs: () => lab.sandbox.clock.nowMs(),
    keys: [],
    log: () => {},
    connector: async () => lab.connector,
    secrets: () => lab.secrets,
    connectorDeps: {
      ...connectorDeps,
      fetch: (input, init) => {
        calls++;
        return connectorDeps.fetch(input, init);
      },
    },
    startSuccessor: async (id, input) => {
      successors.push({ id, input });
    },
  };
}
const inputOf = (change: Partial<JourneyInput> = {}): JourneyInput => ({
  connectionId: 'lab',
  database: 'DB',
  runId: 'tick-1',
  dryRun: false,
  full: false,
  part: 1,
  ...change,
});

let lab: Lab;
let expected: Record<string, string[]>;
beforeAll(async () => {
  const node = await openLab(SIZE);
  await node.sync();
  expected = await contentsOf(node.store);
  await node.close();
});
beforeEach(async () => {
  lab = await openLab(SIZE);
  await pushBundle(lab.store, lab.connection, MAPPING, 1);
});
afterEach(async () => {
  await lab.close();
});
afterAll(() => {
  expect(expected['partner_scores']!.length).toBeGreaterThan(3);
});

describe('a run as a Workflow instance', () => {
  it('that dies again and again, before and after its results are kept, ends with what one clean run ends with', async () => {
    const kept = new Map<string, string>();
    let ended: JourneyResult | null = null;
    let deaths = 0;
    for (let life = 0; ended === null; life++) {
      // A new context each time: nothing but the database and the kept results is handed on.
      const workflow = new FakeWorkflow(kept, { after: 3 + (life % 7), losing: life % 2 === 0 });
      ended = await Promise.race([
        runJourney(hostOf(lab), 'tick-1', inputOf(), workflow),
        workflow.died,
      ]);
      deaths += ended === null ? 1 : 0;
    }
    expect(deaths).toBeGreaterThan(10);
    expect(ended.state).toBe('done');
    expect(await contentsOf(lab.store)).toEqual(expected);
    expect((await listRuns(lab.store, 5)).map((run) => run.state)).toEqual(['done']);
  });

  it('hands over to a successor when it has used what one instance may, and the last one ends the run', async () => {
    const successors: { id: string; input: JourneyInput }[] = [
      { id: 'tick-1', input: inputOf({ allowance: { steps: 40 } }) },
    ];
    const states: string[] = [];
    for (let next = successors.shift(); next !== undefined; next = successors.shift())
      states.push(
        (await runJourney(hostOf(lab, successors), next.id, next.input, new FakeWorkflow())).state,
      );
    expect(states.length).toBeGreaterThan(3);
    expect(new Set(states.slice(0, -1))).toEqual(new Set(['handed-over']));
    expect(states.at(-1)).toBe('done');
    expect(await contentsOf(lab.store)).toEqual(expected);
    expect(await listRuns(lab.store, 5)).toHaveLength(1);
  });

  it('hands over when the platform says that the invocation is used up, whatever was counted', async () => {
    let calls = 0;
    lab.wire.fetch = async (input, init) =>
      ++calls === 40
        ? Promise.reject(new Error('Too many subrequests by single Worker invocation.'))
        : await lab.sandbox.fetch(input, init);
    const successors: { id: string; input: JourneyInput }[] = [];
    const first = await runJourney(
      hostOf(lab, successors),
      'tick-1',
      inputOf(),
      new FakeWorkflow(),
    );
    expect(first.state).toBe(successors.length > 0 ? 'handed-over' : 'done');
    for (const next of successors)
      expect((await runJourney(hostOf(lab), next.id, next.input, new FakeWorkflow())).state).toBe(
        'done',
      );
    expect(await contentsOf(lab.store)).toEqual(expected);
  });

  it('sleeps while the org has no calls left, holds the connection meanwhile, and goes on with the same call', async () => {
    let refused = 0;
    let empty = false;
    let calls = 0;
    lab.wire.fetch = async (input, init) => {
      if (++calls === 30) empty = true;
      if (!empty) return await lab.sandbox.fetch(input, init);
      refused++;
      return Response.json(
        [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }],
        { status: 403 },
      );
    };
    const workflow = new FakeWorkflow(new Map(), null, async () => {
      expect(await findRun(lab.store, 'tick-1')).toMatchObject({ state: 'paused-budget' });
      expect(
        await takeLease(
          lab.store,
          'lab',
          'another',
          lab.sandbox.clock.nowMs() + 59 * MINUTE_MS,
          MINUTE_MS,
        ),
      ).toBeNull();
      empty = false;
    });
    const ended = await runJourney(hostOf(lab), 'tick-1', inputOf(), workflow);
    expect(refused).toBe(1);
    expect(workflow.slept).toHaveLength(1);
    expect(workflow.slept[0]!.untilMs - lab.sandbox.clock.nowMs()).toBe(60 * MINUTE_MS);
    expect(ended.state).toBe('done');
    expect(await contentsOf(lab.store)).toEqual(expected);
  });

  it('leaves the connection to the engine that is at work; an audit waits for it', async () => {
    const other = await takeLease(
      lab.store,
      'lab',
      'node',
      lab.sandbox.clock.nowMs(),
      60 * MINUTE_MS,
    );
    expect((await runJourney(hostOf(lab), 'tick-1', inputOf(), new FakeWorkflow())).state).toBe(
      'skipped',
    );
    expect(await listRuns(lab.store, 5)).toEqual([]);
    const audit = new FakeWorkflow(new Map(), null, async () => {
      await dropLease(lab.store, other!);
    });
    const ended = await runJourney(
      hostOf(lab),
      'night',
      inputOf({ runId: 'night', full: true }),
      audit,
    );
    expect(audit.slept.length).toBe(1);
    expect(ended.state).toBe('done');
  });

  it('keeps every result far below the size of one, and a small run within one invocation', async () => {
    const workflow = new FakeWorkflow();
    await runJourney(hostOf(lab), 'tick-1', inputOf(), workflow);
    expect(Math.max(...[...workflow.kept.values()].map((text) => text.length))).toBeLessThan(
      STEP_RESULT_BYTES / 50,
    );
    expect(workflow.kept.size).toBeLessThan(D1_CALLS / 5);
    expect((await listSteps(lab.store, 'tick-1')).every((step) => step.state === 'done')).toBe(
      true,
    );
  });
});

describe('an instance that the Workflow stops', () => {
  it('records nothing and frees nothing: it is not over', async () => {
    const workflow = new FakeWorkflow();
    const run = workflow.do.bind(workflow);
    let stopped = false;
    workflow.do = async (name, config, work) => {
      if (name.startsWith('fit')) {
        stopped = true;
        throw new Error('Aborting engine: User called pause');
      }
      return await run(name, config, work);
    };
    await expect(runJourney(hostOf(lab), 'tick-1', inputOf(), workflow)).rejects.toMatchObject({
      name: 'EngineStopped',
      cause: { message: 'Aborting engine: User called pause' },
    });
    expect([stopped, (await findRun(lab.store, 'tick-1'))?.state]).toEqual([true, 'running']);
    expect(
      await takeLease(lab.store, 'lab', 'another', lab.sandbox.clock.nowMs(), MINUTE_MS),
    ).toBeNull();
    workflow.do = run;
    expect((await runJourney(hostOf(lab), 'tick-1', inputOf(), workflow)).state).toBe('done');
    expect(await contentsOf(lab.store)).toEqual(expected);
  });
});

describe('a run that cannot be right', () => {
  const fails = async (
    input = inputOf(),
    workflow = new FakeWorkflow(),
    host = hostOf(lab),
  ): Promise<unknown> =>
    await runJourney(host, 'tick-1', input, workflow).then(
      () => null,
      (error: unknown) => error,
    );

  it('ends when the connection was never pushed or was taken away', async () => {
    expect(await fails(inputOf({ connectionId: 'nobody' }))).toMatchObject({
      failure: { kind: 'config', code: 'BUNDLE' },
    });
    await removeBundle(lab.store, 'lab', 2);
    expect(await fails()).toMatchObject({ failure: { kind: 'config', code: 'BUNDLE' } });
  });

  it('ends with the name of a missing secret, frees the connection and is recorded', async () => {
    const host = {
      ...hostOf(lab),
      secrets: () => {
        throw new HeadwaterError(
          'config',
          'the secret accessToken should be in the Workers secret TOKEN, which is not set',
          { code: 'SECRET' },
        );
      },
    };
    expect(await fails(inputOf(), new FakeWorkflow(), host)).toMatchObject({
      failure: { kind: 'config', code: 'SECRET' },
    });
    expect(await findRun(lab.store, 'tick-1')).toMatchObject({ state: 'failed' });
    expect(
      await takeLease(lab.store, 'lab', 'next', lab.sandbox.clock.nowMs(), MINUTE_MS),
    ).not.toBeNull();
  });

  it('ends an instance that began under another flow, and the next tick does the work', async () => {
    const workflow = new FakeWorkflow();
    const dying = new FakeWorkflow(workflow.kept, { after: 12, losing: false });
    await Promise.race([runJourney(hostOf(lab), 'tick-1', inputOf(), dying), dying.died]);
    const begun = JSON.parse(workflow.kept.get('begin')!) as { begun: { flow: number } };
    workflow.kept.set(
      'begin',
      JSON.stringify({ begun: { ...begun.begun, flow: FLOW_VERSION + 1 } }),
    );
    expect(await fails(inputOf(), workflow)).toMatchObject({
      failure: { kind: 'config', code: 'FLOW_VERSION' },
    });
    expect(
      (await runJourney(hostOf(lab), 'tick-2', inputOf({ runId: 'tick-2' }), new FakeWorkflow()))
        .state,
    ).toBe('done');
    expect(await contentsOf(lab.store)).toEqual(expected);
  });

  it('does not write again when the instance of a run that is done is restarted', async () => {
    await runJourney(hostOf(lab), 'tick-1', inputOf(), new FakeWorkflow());
    expect(await fails()).toMatchObject({ failure: { kind: 'config', code: 'DONE' } });
  });

  it.each([
    ['a broken rule', 'bug', 'D1_CONSTRAINT'],
    ['a full database', 'config', 'D1_FULL'],
  ] as const)(
    'ends when D1 refuses a batch for %s, with nothing half saved, and the next tick goes on',
    async (_, kind, code) => {
      const host = hostOf(lab);
      let batches = 0;
      const refusing = {
        ...lab.store,
        batch: async (statements: Parameters<typeof lab.store.batch>[0]) => {
          if (++batches === 30) throw new HeadwaterError(kind, 'D1: refused', { code });
          await lab.store.batch(statements);
        },
      };
      expect(
        await fails(inputOf(), new FakeWorkflow(), { ...host, store: refusing }),
      ).toMatchObject({ failure: { kind, code } });
      expect(await findRun(lab.store, 'tick-1')).toMatchObject({
        state: 'failed',
        error: 'D1: refused',
      });
      expect(
        (await runJourney(hostOf(lab), 'tick-2', inputOf({ runId: 'tick-2' }), new FakeWorkflow()))
          .state,
      ).toBe('done');
      expect(await contentsOf(lab.store)).toEqual(expected);
    },
  );

  it('gives up on a database that stays away, and tells it from a bug', async () => {
    const host = hostOf(lab);
    let batches = 0;
    const broken = {
      ...lab.store,
      batch: async (statements: Parameters<typeof lab.store.batch>[0]) => {
        if (++batches > 20 && batches < 40)
          throw new HeadwaterError('transient', 'D1: Network connection lost.', {
            code: 'D1_BUSY',
          });
        await lab.store.batch(statements);
      },
    };
    expect(await fails(inputOf(), new FakeWorkflow(), { ...host, store: broken })).toMatchObject({
      failure: { kind: 'transient' },
    });
    // Nobody could free the connection: its lease has to end.
    await lab.control('POST', '/clock/advance', { ms: 6 * MINUTE_MS, world: false });
    expect(
      (await runJourney(hostOf(lab), 'tick-2', inputOf({ runId: 'tick-2' }), new FakeWorkflow()))
        .state,
    ).toBe('done');
    expect(await contentsOf(lab.store)).toEqual(expected);
  });
});
