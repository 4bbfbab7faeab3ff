/**
 * A CRM's own part put behind the gate: address, control plane, time, faults and
 * log, the same for every CRM.
 */
import type { VirtualClock } from './clock.ts';
import { createControl } from './control.ts';
import { NoAnswer, type Wire } from './fault-effects.ts';
import { FaultPlan } from './faults.ts';
import { answer, CONTROL_PREFIX, type GateParts } from './gate.ts';
import { RequestLog } from './request-log.ts';
import { listen } from './server.ts';
import type { SandboxVendor, SandboxWorld } from './vendor.ts';

export interface RunningVendor<Vendor extends SandboxVendor> {
  /** Base address, without a slash at its end. */
  url: string;
  controlUrl: string;
  clock: VirtualClock;
  faults: FaultPlan;
  log: RequestLog;
  vendor: Vendor;
  /** The same answers without a socket; a cut connection throws as the platform's fetch does. */
  fetch: typeof fetch;
  close(): Promise<void>;
}

export interface RunOptions<Vendor extends SandboxVendor> {
  vendor: Vendor;
  clock: VirtualClock;
  /** 0 = any free port; null = no port at all, only `fetch`. */
  port: number | null;
  latencyMs: number;
  world(): SandboxWorld | null;
  reseed(changes: Record<string, unknown>): Promise<void>;
}

/**
 * In-process addresses have a name that never resolves, so that a stray real fetch fails loudly.
 */
const IN_PROCESS_URL = 'https://sandbox.invalid';

export async function runVendor<Vendor extends SandboxVendor>({
  vendor,
  clock,
  port,
  latencyMs,
  world,
  reseed,
}: RunOptions<Vendor>): Promise<RunningVendor<Vendor>> {
  const shared = {
    vendor,
    clock,
    log: new RequestLog(),
    faults: new FaultPlan(),
    latency: { ms: latencyMs },
  };
  const parts: GateParts = { ...shared, control: createControl({ ...shared, world, reseed }) };
  const running =
    port === null ? null : await listen((request, wire) => answer(parts, request, wire), port);
  const url = running === null ? IN_PROCESS_URL : `http://127.0.0.1:${running.port}`;
  return {
    url,
    controlUrl: `${url}${CONTROL_PREFIX}`,
    clock,
    faults: parts.faults,
    log: parts.log,
    vendor,
    fetch: inProcess(parts),
    close: async () => running?.close(),
  };
}

function inProcess(parts: GateParts): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const wire: Wire = {
      cut: () => false,
      gone: new Promise((resolve) =>
        request.signal.addEventListener('abort', () => resolve(), { once: true }),
      ),
    };
    try {
      const response = await answer(parts, request, wire);
      request.signal.throwIfAborted();
      return response;
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      request.signal.throwIfAborted();
      throw new TypeError('fetch failed', {
        cause: Object.assign(new Error(error.message), { code: 'ECONNRESET' }),
      });
    }
  };
}
