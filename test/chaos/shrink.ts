import type { Phase, Schedule } from './schedule.ts';

/** Tries after which a schedule is small enough for anybody. */
const MAX_TRIES = 300;

/**
 * Drops whatever a failing schedule does not need in order to fail, until nothing more can go.
 * `fails` plays a candidate.
 */
export async function shrink(
  schedule: Schedule,
  fails: (candidate: Schedule) => Promise<boolean>,
): Promise<Schedule> {
  let [smallest, tries] = [schedule, 0];
  for (let progress = true; progress && tries < MAX_TRIES; ) {
    progress = false;
    for (let at = 0; at < smaller(smallest).length && tries < MAX_TRIES; ) {
      const candidate = smaller(smallest)[at]!;
      tries += 1;
      if (await fails(candidate)) {
        smallest = candidate;
        progress = true;
      } else at += 1;
    }
  }
  return smallest;
}

/** The schedule with one thing less, biggest things first. */
function smaller(schedule: Schedule): Schedule[] {
  const { phases } = schedule;
  const phaseWith = (i: number, change: Partial<Phase>): Schedule => ({
    ...schedule,
    phases: phases.map((phase, j) => (j === i ? { ...phase, ...change } : phase)),
  });
  return [
    ...(phases.length > 1
      ? phases.map((_, i) => ({ ...schedule, phases: phases.filter((_phase, j) => j !== i) }))
      : []),
    ...phases.flatMap((phase, i) => [
      ...(phase.death === null ? [] : [phaseWith(i, { death: null })]),
      ...(phase.stall === null ? [] : [phaseWith(i, { stall: null })]),
      ...(phase.skewMs === 0 ? [] : [phaseWith(i, { skewMs: 0 })]),
      ...(phase.full ? [phaseWith(i, { full: false })] : []),
      ...(phase.dryRun ? [phaseWith(i, { dryRun: false })] : []),
      ...phase.faults.map((_, n) => phaseWith(i, { faults: without(phase.faults, n) })),
      ...phase.before.map((_, n) => phaseWith(i, { before: without(phase.before, n) })),
      ...phase.during.map((_, n) => phaseWith(i, { during: without(phase.during, n) })),
      ...phase.before.flatMap((change, n) =>
        change.delayMs === 0
          ? []
          : [phaseWith(i, { before: phase.before.with(n, { ...change, delayMs: 0 }) })],
      ),
    ]),
    ...(schedule.pageRows < 2000 ? [{ ...schedule, pageRows: 2000 }] : []),
    ...(schedule.bulkFromRows < 10_000 ? [{ ...schedule, bulkFromRows: 10_000 }] : []),
    ...(schedule.hubspot.lagMs > 0
      ? [{ ...schedule, hubspot: { ...schedule.hubspot, lagMs: 0 } }]
      : []),
    ...(schedule.hubspot.pageShrink > 0
      ? [{ ...schedule, hubspot: { ...schedule.hubspot, pageShrink: 0 } }]
      : []),
    ...(['dated', 'newIdOnMerge', 'showsLive'] as const)
      .filter((trait) => schedule.hubspot[trait])
      .map((trait) => ({ ...schedule, hubspot: { ...schedule.hubspot, [trait]: false } })),
    ...(schedule.renewable ? [{ ...schedule, renewable: false }] : []),
  ];
}

const without = <T>(items: T[], n: number): T[] => items.filter((_, i) => i !== n);
