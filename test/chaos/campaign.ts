import type { Breaks } from './engine.ts';
import { aimed, generate, type Crms } from './generate.ts';
import { play } from './play.ts';
import type { Schedule } from './schedule.ts';
import { shrink } from './shrink.ts';

export interface Failure { seed: number; violations: string[]; log: string[]; schedule: Schedule }
export interface Campaign { schedules: number; runs: number; calls: number; writes: number; ended: Record<string, number>; failures: Failure[] }

export const nothing = (): Campaign => ({ schedules: 0, runs: 0, calls: 0, writes: 0, ended: {}, failures: [] });

/** Adds the figures of one campaign to another. */
export function add(sum: Campaign, more: Campaign): Campaign {
  const ended = { ...sum.ended };
  for (const [word, times] of Object.entries(more.ended)) ended[word] = (ended[word] ?? 0) + times;
  return { schedules: sum.schedules + more.schedules, runs: sum.runs + more.runs, calls: sum.calls + more.calls, writes: sum.writes + more.writes, ended, failures: [...sum.failures, ...more.failures] };
}

export interface CampaignOptions { crm?: Crms; breaks?: Breaks; /** Stop at the first failure. */ untilFailure?: boolean; shrinking?: boolean; onSchedule?: (done: Campaign, failure: Failure | null) => void }

/** Plays the schedules of these seeds one after the other. A failing one is shrunk. */
export async function campaign(seeds: Iterable<number>, options: CampaignOptions = {}): Promise<Campaign> {
  let sum = nothing();
  for (const seed of seeds) {
    const schedule = aimed(generate(seed, options.crm));
    const played = await play(schedule, options.breaks);
    const { violations, log, ...figures } = played;
    sum = add(sum, { schedules: 1, ...figures, failures: [] });
    let failure: Failure | null = null;
    if (violations.length > 0) {
      const small = options.shrinking === false ? schedule : await shrink(schedule, async (candidate) => (await play(candidate, options.breaks)).violations.length > 0);
      const last = small === schedule ? played : await play(small, options.breaks);
      failure = { seed, violations: last.violations, log: last.log, schedule: small };
      sum.failures.push(failure);
    }
    options.onSchedule?.(sum, failure);
    if (options.untilFailure === true && sum.failures.length > 0) break;
  }
  return sum;
}

/** `count` seeds from `first` on, every `step`-th. */
export function* seeds(first: number, count: number, step = 1): Generator<number> {
  for (let n = 0; n < count; n += step) yield first + n;
}
