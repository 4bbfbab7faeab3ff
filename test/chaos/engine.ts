import type { Connector, ConnectorDeps } from '../../src/model/connector.ts';
import type { Statement, Store } from '../../src/store/store.ts';
import { asHeadwaterError } from '../../src/model/error.ts';
import type { SyncOptions } from '../../src/sync/run/flow.ts';
import { runSync, type SyncOutcome } from '../../src/sync/run/run.ts';
import type { Death } from './schedule.ts';

/** Parts of the engine that a test may replace by worse ones, to see that the oracle notices. */
export interface Breaks {
  store?(store: Store): Store;
  connector?(connector: Connector): Connector;
}

/** One process of the engine: what it reaches of the world goes through here, and ends with it. */
export interface Surroundings {
  store: Store;
  connector: Connector;
  settings: Record<string, unknown>;
  secrets: Record<string, string>;
  mappingText: string;
  crm: string;
  nowMs: () => number;
  /** The CRM's clock moves on while the process waits. */
  sleep: (ms: number) => void;
  /** One call over the wire; `n` counts the calls of this process from 1. */
  call: (
    n: number,
    input: Parameters<typeof fetch>[0],
    init: Parameters<typeof fetch>[1],
  ) => Promise<Response>;
  breaks: Breaks;
}

export type Ended =
  | { kind: 'done'; runId: string; outcome: SyncOutcome }
  | {
      kind: 'failed';
      runId: string;
      error: { kind: string; code: string | undefined; message: string };
    }
  | { kind: 'died'; runId: string };

class ProcessDied extends Error {}

/** Saves the place that a stream is read to. */
export const movesCursor = (statement: Statement): boolean =>
  statement.toSQL().sql.startsWith('insert into "cursors"');

/**
 * Runs one sync in a process that may die on the way. A dead process changes nothing more, neither
 * in the store nor in the CRM.
 */
export async function runEngine(
  around: Surroundings,
  runId: string,
  options: SyncOptions,
  death: Death | null,
): Promise<Ended> {
  let dead = false;
  let [calls, batches, pages] = [0, 0, 0];
  const die = (): never => {
    dead = true;
    throw new ProcessDied('the process died');
  };
  const strikes = (at: Death['at'], n: number, after: boolean): boolean =>
    death !== null && death.at === at && death.n === n && death.after === after;
  const mortal: Store = {
    ...around.store,
    batch: async (statements) => {
      if (dead) die();
      batches += 1;
      const n = batches;
      const page = death?.at === 'page' && statements.some(movesCursor) ? ++pages : 0;
      if (strikes('batch', n, false) || strikes('page', page, false)) die();
      await around.store.batch(statements);
      if (strikes('batch', n, true) || strikes('page', page, true)) die();
    },
  };
  const connectorDeps: ConnectorDeps = {
    fetch: (async (input, init) => {
      if (dead) die();
      calls += 1;
      const n = calls;
      if (strikes('call', n, false)) die();
      const answer = await around.call(n, input, init);
      if (strikes('call', n, true)) die();
      return answer;
    }) as typeof fetch,
    nowMs: around.nowMs,
    sleep: async (ms) => {
      if (!dead) around.sleep(ms);
    },
    random: () => 0.5,
    log: () => {},
    saveSecret: async () => {},
  };
  try {
    const outcome = await runSync(
      {
        store: around.breaks.store?.(mortal) ?? mortal,
        connector: around.breaks.connector?.(around.connector) ?? around.connector,
        connectorDeps,
        secrets: around.secrets,
        mappingText: around.mappingText,
        runId,
        progress: () => {},
        connection: {
          version: 1,
          id: 'chaos',
          crm: around.crm,
          mapping: 'chaos.yaml',
          secrets: {},
          shadow: [],
          limits: { quotaFloorPercent: QUOTA_FLOOR_PERCENT, maxAbsentPercent: MAX_ABSENT_PERCENT },
          settings: around.settings,
        },
      },
      options,
    );
    return { kind: 'done', runId, outcome };
  } catch (error) {
    if (dead) return { kind: 'died', runId };
    const { kind, code, message } = asHeadwaterError(error);
    return { kind: 'failed', runId, error: { kind, code, message } };
  }
}

/**
 * The world is small, so that a few deletions are a large share of it; its
 * admin lets them all through.
 */
const MAX_ABSENT_PERCENT = 100;
export const QUOTA_FLOOR_PERCENT = 30;
