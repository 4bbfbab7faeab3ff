import { plainJson } from '../../model/clean-text.ts';
import { parseHosts } from '../../../connectors/kit/hosts.ts';
import { newMeter, openD1Store } from '../../store/d1.ts';
import { connectorOf } from './connectors.ts';
import { databaseOf, secretsOf, textOf, workflowOf, type WorkerEnv } from './env.ts';
import type { JourneyHost } from './instance.ts';
import { startInstance } from './schedule.ts';

/**
 * This isolate, as a run sees it. Nothing in it outlives the invocation: clients and queues of
 * another one would hang (docs/decisions).
 */
export function journeyHost(env: WorkerEnv, database: string): JourneyHost {
  const meter = newMeter();
  const log = (event: string, data: Record<string, unknown> = {}): void => {
    if (textOf(env, 'HEADWATER_LOG') !== 'off') console.log(plainJson({ event, ...data }));
  };
  let subrequests = 0;
  const nowMs = (): number => Date.now();
  workflowOf(env);
  return {
    store: openD1Store(databaseOf(env, database), meter),
    meter,
    nowMs,
    log,
    subrequests: () => subrequests,
    connector: connectorOf,
    secrets: (connection) => secretsOf(env, connection),
    connectorDeps: {
      // Called through an arrow: workerd's fetch refuses to be a method.
      fetch: (input, init) => {
        subrequests++;
        return fetch(input, init);
      },
      hosts: parseHosts(textOf(env, 'HEADWATER_HOSTS') ?? ''),
      nowMs,
      random: Math.random,
      log,
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    },
    keys: [
      textOf(env, 'HEADWATER_KEY'),
      ...(textOf(env, 'HEADWATER_OLD_KEYS') ?? '').split(','),
    ].filter((key) => key !== undefined && key !== '') as string[],
    startSuccessor: async (id, input) => {
      await startInstance(env, id, input);
    },
  };
}
