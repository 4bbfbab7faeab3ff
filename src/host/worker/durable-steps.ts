import { asHeadwaterError } from '../../model/error.ts';
import { RETRIES } from '../../model/retry.ts';
import { failureOf, type RunFailure } from '../../sync/run/end.ts';
import type { Steps } from '../../sync/run/steps.ts';
import { isUsedUp, roomFor, STEP_RETRIES, STEP_TIMEOUT, type Allowance } from './limits.ts';

/** What this host uses of a Workflow's `step`. */
export interface DurableStep {
  do<T>(
    name: string,
    config: { retries: { limit: number; delay: string; backoff: 'exponential' }; timeout: string },
    work: () => Promise<T>,
  ): Promise<T>;
  sleepUntil(name: string, at: Date): Promise<void>;
}

/**
 * What a step's callback answers: errors that no retry can cure, and waits for quota, are results,
 * so that their kind survives the engine.
 */
type Answer<T> =
  | { value: T }
  | { waitUntilMs: number; why: string }
  | { usedUp: true }
  | { failed: RunFailure };

/** A step ended for good. */
export class StepFailed extends Error {
  readonly failure: RunFailure;
  constructor(failure: RunFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

/**
 * Thrown inside a durable step to have it retried. Of an error only name and message survive the
 * Workflow, so the kind is in the name.
 */
class TransientStepError extends Error {
  override readonly name = 'TransientStepError';
}

/**
 * This instance has used what one instance may; a successor takes the run on (or begins a new one,
 * when the view of the CRM has grown old).
 */
export class HandOver extends Error {
  readonly fresh: boolean;
  constructor(fresh: boolean) {
    super('handed over');
    this.fresh = fresh;
  }
}

/**
 * The Workflow itself stopped this instance: paused, terminated, moved. Nothing may be recorded or
 * cleaned up; it goes on elsewhere or not at all.
 */
export class EngineStopped extends Error {
  override readonly name = 'EngineStopped';
}

/**
 * A durable step. Errors: StepFailed after its last retry; EngineStopped for what the Workflow
 * throws of its own accord, with its error as the cause.
 */
export async function durable<T>(
  step: DurableStep,
  name: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await step.do(name, { retries: STEP_RETRIES, timeout: STEP_TIMEOUT }, () =>
      work().catch((error: unknown) => {
        throw error instanceof TransientStepError
          ? error
          : new TransientStepError(asHeadwaterError(error).message);
      }),
    );
  } catch (error) {
    // Of an error only name and message survive the Workflow.
    const words = error instanceof Error ? `${error.name} ${error.message}` : String(error);
    if (/TransientStepError|Workflow\w*Timeout|timed out/i.test(words))
      throw new StepFailed({
        kind: 'transient',
        code: 'RETRIES',
        message: error instanceof Error ? error.message : words,
        cure: 'The next tick goes on from the last page.',
        retryAtMs: null,
      });
    throw new EngineStopped(words, { cause: error });
  }
}

export async function sleeping(step: DurableStep, name: string, untilMs: number): Promise<void> {
  try {
    await step.sleepUntil(name, new Date(untilMs));
  } catch (error) {
    throw new EngineStopped(String(error), { cause: error });
  }
}

const RESOURCES = ['steps', 'subrequests', 'd1Calls'] as const;

export interface DurableStepsDeps {
  step: DurableStep;
  /** Results of steps that the run has done already, by this instance or an earlier one. */
  done: ReadonlyMap<string, unknown>;
  /** Runs and records one step; called inside the durable step. */
  attempt<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Called inside the durable step that will be waited for. */
  onWait(untilMs: number, why: string): Promise<void>;
  /** After a wait: is the run's view of the CRM too old to go on with? */
  tooOld(nowMs: number): boolean;
  used(): Allowance;
  allowance: Allowance;
}

/**
 * The engine's steps as steps of a Workflow. `transient` errors are retried with backoff, `limit`
 * sleeps until the call may go on, all other kinds end the run.
 * A step that the run has recorded as done takes no step of this instance.
 */
export function durableSteps(deps: DurableStepsDeps): Steps {
  return {
    async run<T>(name: string, work: () => Promise<T>): Promise<T> {
      if (deps.done.has(name)) return deps.done.get(name) as T;
      for (let waits = 0; ; waits++) {
        const [used, room] = [deps.used(), roomFor(name)];
        if (RESOURCES.some((one) => used[one] + room[one] > deps.allowance[one]))
          throw new HandOver(false);
        const answer: Answer<T> = await durable(
          deps.step,
          waits === 0 ? name : `${name}, after wait ${waits}`,
          () => answered(deps, name, work),
        );
        if ('value' in answer) return answer.value;
        const { waitUntilMs, why } = waitOrThrow(answer);
        if (waits === RETRIES.quota.tries) throw tooManyWaits(waits, why);
        await sleeping(deps.step, `${name}: wait ${waits + 1}`, waitUntilMs);
        if (deps.tooOld(waitUntilMs)) throw new HandOver(true);
      }
    },
  };
}

/** Every answer but a wait ends this instance or the run. */
function waitOrThrow<T>(
  answer: Exclude<Answer<T>, { value: T }>,
): Extract<Answer<T>, { why: string }> {
  if ('usedUp' in answer) throw new HandOver(false);
  if ('failed' in answer) throw new StepFailed(answer.failed);
  return answer;
}

const tooManyWaits = (waits: number, why: string): StepFailed =>
  new StepFailed({
    kind: 'limit',
    code: 'WAITS',
    message: `gave up after ${waits} waits: ${why}`,
    cure: 'Raise the quota of the org, or lower how often this connection runs.',
    retryAtMs: null,
  });

async function answered<T>(
  deps: DurableStepsDeps,
  name: string,
  work: () => Promise<T>,
): Promise<Answer<T>> {
  try {
    return { value: await deps.attempt(name, work) };
  } catch (thrown) {
    const error = asHeadwaterError(thrown);
    if (isUsedUp(error.message)) return { usedUp: true };
    // Thrown on, so that the Workflow retries it; the message is all that it keeps.
    if (error.kind === 'transient') throw error;
    if (error.kind !== 'limit' || error.retryAtMs === undefined)
      return { failed: failureOf(error) };
    await deps.onWait(error.retryAtMs, error.message);
    return { waitUntilMs: error.retryAtMs, why: error.message };
  }
}
