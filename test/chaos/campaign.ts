import type { Store } from '../../src/store/store.ts';
import type { Breaks } from './engine.ts';
import { add, nothing, type Campaign, type Failure } from './figures.ts';
import { aimed, generate, type Crms } from './generate.ts';
import { play, type Played } from './play.ts';
import type { Schedule } from './schedule.ts';
import { shrink } from './shrink.ts';

export interface CampaignOptions {
  crm?: Crms;
  breaks?: Breaks;
  /** Opens an empty store; Node's when left out. */
  open?: () => Promise<Store>;
  /** Stop at the first failure. */
  untilFailure?: boolean;
  shrinking?: boolean;
  onSchedule?: (done: Campaign, failure: Failure | null) => void;
}

/** Plays the schedules of these seeds one after the other. A failing one is shrunk. */
export async function campaign(
  seeds: Iterable<number>,
  options: CampaignOptions = {},
): Promise<Campaign> {
  let sum = nothing();
  const once = async (schedule: Schedule): Promise<Played> =>
    await play(schedule, options.breaks, undefined, options.open);
  for (const seed of seeds) {
    const schedule = aimed(generate(seed, options.crm));
    const played = await once(schedule);
    const { violations, log, ...figures } = played;
    sum = add(sum, { schedules: 1, ...figures, failures: [] });
    let failure: Failure | null = null;
    if (violations.length > 0) {
      const small =
        options.shrinking === false
          ? schedule
          : await shrink(
              schedule,
              async (candidate) => (await once(candidate)).violations.length > 0,
            );
      const last = small === schedule ? played : await once(small);
      failure = { seed, violations: last.violations, log: last.log, schedule: small };
      sum.failures.push(failure);
    }
    options.onSchedule?.(sum, failure);
    if (options.untilFailure === true && sum.failures.length > 0) break;
  }
  return sum;
}

/** `count` seeds from `first` on. */
export function* seeds(first: number, count: number): Generator<number> {
  for (let n = 0; n < count; n++) yield first + n;
}

/**
 * The same for one of several workers: each takes the next seed that none has taken, so that all
 * end at about the same time. `taken` counts across them.
 */
export function* seedsShared(
  first: number,
  count: number,
  taken: Int32Array<SharedArrayBuffer>,
): Generator<number> {
  for (let n = Atomics.add(taken, 0, 1); n < count; n = Atomics.add(taken, 0, 1)) yield first + n;
}
