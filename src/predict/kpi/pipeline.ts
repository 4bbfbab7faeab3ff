import { say } from '../../model/language/say.ts';
import { speechOf } from '../math/speech.ts';
import { isWin } from '../deal/deal-at.ts';
import { durationQuantile } from '../math/survival.ts';
import { DAY_MS } from '../math/time.ts';
import { MIN_EVIDENCE, STAY_DAYS_CAP } from '../tuning.ts';
import { counted } from './counted.ts';
import { plain, unknown, type FactView, type Measures } from './kpi.ts';

/** Whole days spent in every stage so far, ended or still running. */
function stageStays(
  view: FactView,
  asOfMs: number,
): { ended: number[]; running: number[]; count: number } {
  const days = (): number[] => new Array<number>(STAY_DAYS_CAP + 1).fill(0);
  const stays = { ended: days(), running: days(), count: 0 };
  for (const { deal, closedMs } of view.states) {
    let sinceMs = deal.createdMs;
    const known = deal.events.filter((e) => e.atMs <= (closedMs ?? asOfMs));
    known.forEach((event, i) => {
      const next = known[i + 1];
      if (i > 0 && event.stage !== known[i - 1]!.stage) sinceMs = event.atMs;
      if (next && next.stage === event.stage) return;
      if (!next && closedMs !== null) return; // The closing itself is no stay.
      const length = Math.min(
        STAY_DAYS_CAP,
        Math.max(0, Math.floor(((next?.atMs ?? asOfMs) - sinceMs) / DAY_MS)),
      );
      (next ? stays.ended : stays.running)[length]!++;
      stays.count++;
    });
  }
  return stays;
}

/** What moves. */
export const pipeline = {
  registrations: (view, context) => {
    const count = counted(
      'registrations',
      view,
      context.period.startMs,
      context.period.endMs,
      context,
    )!;
    return plain(count, count);
  },
  active: ({ states }, context) => {
    const { asOfMs, horizonDays } = context;
    const fromMs = asOfMs - horizonDays * DAY_MS;
    const moved = states.filter(
      (s) =>
        (s.verifiedMs !== null && Math.max(s.verifiedMs, s.stageSinceMs) > fromMs) ||
        (isWin(s) && (s.closedMs ?? 0) > fromMs),
    ).length;
    return states.length === 0
      ? unknown(say(speechOf(context), 'why.noDeal'))
      : plain(moved > 0 ? 1 : 0, moved);
  },
  median_days_in_stage: (view, context) => {
    const { ended, running, count } = stageStays(view, context.asOfMs);
    if (count < MIN_EVIDENCE) return unknown(say(speechOf(context), 'why.fewStays'), count);
    const median = durationQuantile(ended, running, 0.5);
    return median === null
      ? unknown(say(speechOf(context), 'why.staysRun'), count)
      : plain(median, count);
  },
} satisfies Measures<FactView>;
