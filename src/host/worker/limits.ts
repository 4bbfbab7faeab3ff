import { RETRIES } from '../../model/retry.ts';

/**
 * Cloudflare's limits on the Workers Paid plan, and where this host stops before them.
 * Stored copies of the pages differ in age; where they disagree the smaller number is taken,
 * so that a run is right on either. Bounds of D1 itself are in store/d1.ts, bounds of a
 * step's work in sync/limits.ts.
 */

/**
 * Steps of one Workflow instance
 * (https://developers.cloudflare.com/workflows/reference/limits/); newer copies say 10,000.
 */
export const WORKFLOW_STEPS = 1_024;
/**
 * Bytes of one step's result (same page): 1 MiB. Steps answer counts, so the largest is the
 * forecast with some kilobytes.
 */
export const STEP_RESULT_BYTES = 1_048_576;
/**
 * Subrequests of one invocation
 * (https://developers.cloudflare.com/workers/platform/limits/); older copies say 1,000.
 */
export const SUBREQUESTS = 1_000;
/**
 * D1 queries of one invocation (https://developers.cloudflare.com/d1/platform/limits/, "read
 * subrequest limits"): round trips, of which a batch is one.
 * Should the platform count otherwise, its refusal hands the run over just the same (`isUsedUp`).
 */
export const D1_CALLS = 1_000;
/**
 * Memory of an isolate (https://developers.cloudflare.com/workers/platform/limits/): 128
 * MB; a step stays below this.
 */
export const STEP_MEMORY_BYTES = 100_000_000;
/**
 * CPU of one step or invocation by default (same page); `limits.cpu_ms` in wrangler.toml
 * raises it to five minutes.
 */
export const STEP_CPU_MS = 30_000;
/**
 * Length of a Workflow instance's id
 * (https://developers.cloudflare.com/workflows/reference/limits/); older copies say 64, and
 * connection ids are cut to fit.
 */
export const INSTANCE_ID_CHARS = 64;
/**
 * Instances of one createBatch call
 * (https://developers.cloudflare.com/workflows/build/workers-api/).
 */
export const CREATE_BATCH = 100;

/**
 * What one instance may use in all; a successor takes the run on before a step could go beyond it.
 */
export interface Allowance {
  steps: number;
  subrequests: number;
  d1Calls: number;
}
export const ALLOWANCE: Allowance = {
  steps: WORKFLOW_STEPS,
  subrequests: SUBREQUESTS,
  d1Calls: D1_CALLS,
};

/**
 * Durable steps of an instance beside the engine's own: every try to begin
 * (RETRIES.audit), handing over or ending.
 */
const FRAME_STEPS = 20;
/**
 * The most that any step asks of the CRM or of D1 (tools/worker-bounds.ts measures it):
 * five pages with their links.
 */
const STEP_CALLS = 150;
/**
 * An apply step ends after APPLY_CALLS_PER_STEP calls, but a batch that the CRM refuses as a whole
 * is halved to its end: 399 calls for 200 records.
 */
const APPLY_STEP_CALLS = 500;

/**
 * Steps that make the past again read all deals twice, and once more for each forecast that they
 * lack: 277 calls of the database at 12,500 deals.
 */
const REPLAY_STEP_CALLS = 800;
const REPLAY_STEPS = ['replay', 'backfill record'];

/**
 * What has to be left of the allowance for a step to begin. Retries of single calls inside the
 * connector come on top; if they are many, the platform's refusal hands over.
 */
export function roomFor(step: string): Allowance {
  const calls = REPLAY_STEPS.some((name) => step.startsWith(name))
    ? REPLAY_STEP_CALLS
    : step.startsWith('apply ')
      ? APPLY_STEP_CALLS
      : STEP_CALLS;
  return { steps: FRAME_STEPS, subrequests: calls, d1Calls: calls };
}

/**
 * A step that takes longer has hung: the connector gives up on a call after 130 s,
 * and the lease outlives this.
 */
export const STEP_TIMEOUT = '4 minutes';
/** Retries of a step, as a Workflow is asked for them. */
export const STEP_RETRIES = {
  limit: RETRIES.step.tries - 1,
  delay: `${RETRIES.step.firstMs / 1000} seconds`,
  backoff: 'exponential',
} as const;
/** Successors of one run; a step that alone uses up an invocation would go round for ever. */
export const MAX_PARTS = 200;
/**
 * A lease that was renewed this recently outlives a step (lease 5 minutes, step 4),
 * so it is not renewed again.
 */
export const RENEW_AFTER_MS = 30_000;

/** The platform's words for an invocation that has used up its calls. */
export const isUsedUp = (message: string): boolean =>
  /too many (api requests|subrequests)/i.test(message);
