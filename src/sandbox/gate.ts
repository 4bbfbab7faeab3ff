/**
 * The one way into the sandbox: latency, faults, the request log and the Date header around
 * whichever CRM is behind it.
 */
import type { VirtualClock } from './clock.ts';
import { answerWithFault, NoAnswer, sleep, type Wire } from './fault-effects.ts';
import type { FaultPlan, FaultRule } from './faults.ts';
import type { RequestLog } from './request-log.ts';
import type { SandboxVendor } from './vendor.ts';

export const CONTROL_PREFIX = '/__sandbox__';

export interface GateParts {
  vendor: SandboxVendor;
  /** Answers everything below the control prefix, untouched by faults and not logged. */
  control: (request: Request) => Promise<Response>;
  clock: VirtualClock;
  log: RequestLog;
  faults: FaultPlan;
  latency: { ms: number };
}

/** Answers one request, or throws NoAnswer where the connection is cut. */
export async function answer(parts: GateParts, request: Request, wire: Wire): Promise<Response> {
  const url = new URL(request.url);
  if (url.pathname.startsWith(CONTROL_PREFIX)) return parts.control(request);
  const startedMs = performance.now();
  const rule = parts.faults.pick(request.method, url, (asked) => parts.vendor.objectOf(asked));
  let hit = rule;
  let status = 0; // 0 in the log = no answer was given
  try {
    if (parts.latency.ms > 0) await sleep(parts.latency.ms);
    const small = rule === null ? null : await smallAnswer(rule, request, parts.vendor);
    if (rule !== null && small !== null) {
      parts.faults.takeBack(rule.id);
      hit = null;
    }
    const response =
      small ??
      (hit === null
        ? await parts.vendor.fetch(request)
        : await answerWithFault(hit, request, parts.vendor, wire));
    status = response.status;
    response.headers.set('date', new Date(parts.clock.nowMs()).toUTCString());
    return response;
  } catch (error) {
    if (error instanceof NoAnswer) throw error;
    status = 500;
    throw error;
  } finally {
    parts.log.add({
      atMs: parts.clock.nowMs(),
      method: request.method,
      path: url.pathname,
      query: url.search,
      status,
      tookMs: Math.round(performance.now() - startedMs),
      fault: hit === null ? null : faultWord(hit),
      userAgent: request.headers.get('user-agent'),
    });
  }
}

/**
 * The vendor's own answer to a request that is too small for a rule of sizes; null = the rule does
 * not look at sizes, or this is too much for it. Only what changes nothing is answered to be
 * measured.
 */
async function smallAnswer(
  { overRows, overFields }: FaultRule,
  request: Request,
  vendor: SandboxVendor,
): Promise<Response | null> {
  if (overRows === undefined && overFields === undefined) return null;
  const response = await vendor.fetch(request.clone());
  const { rows, fields } = await vendor.sizeOf(request.clone(), response.clone());
  const over = rows > (overRows ?? Infinity) || fields > (overFields ?? Infinity);
  return over ? null : response;
}

function faultWord(rule: FaultRule): string {
  return rule.when === 'after' ? `${rule.kind} after commit` : rule.kind;
}
