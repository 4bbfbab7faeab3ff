import type { MemoryCrm } from './crm.ts';
import type { MemoryCall } from './crm-types.ts';
import { toHeadwaterError } from './errors.ts';

export interface Client {
  readonly crm: MemoryCrm;
  /** One call to the CRM; throws HeadwaterError only. */
  call<T>(call: MemoryCall, object: string | null, work: () => T): Promise<T>;
  calls(): number;
}

/**
 * The way to the CRM: counts its calls and turns the CRM's faults into the engine's errors. A
 * connector over HTTP signs in, retries and renews its session here.
 */
export function makeClient(crm: MemoryCrm): Client {
  let calls = 0;
  return {
    crm,
    async call(call, object, work) {
      calls += 1;
      try {
        return crm.answer(call, object, work);
      } catch (error) {
        throw toHeadwaterError(error, { write: call === 'write', nowMs: crm.nowMs() });
      }
    },
    calls: () => calls,
  };
}
