import type { MeasureContext } from '../../../model/facts.ts';
import type {
  TierItem,
  TierLadder,
  TierMeasure,
  TierSeries,
  TierSettings,
  TierStanding,
} from '../../../model/tier.ts';
import { TIER_MEASURES } from '../../../model/tier.ts';
import { isoDay } from '../../math/calendar.ts';
import { DAY_MS } from '../../math/time.ts';
import { earned, lapsed, misses, smoothed, type Held, type Rung } from './holding.ts';
import { ladderFor, rungAt } from './ladder.ts';

/** A run a week late still warns in time. */
const WEEK_DAYS = 7;

function itemsOf(rung: Rung, series: TierSeries, held: Held): TierItem[] {
  const at = series.pastWeeks;
  const asked = rung.requires.map(({ measure, atLeast }): TierItem => {
    const now = series.measures[measure][at]!;
    const smooth = held.smooth[measure][at]!;
    const projected = series.projected[measure];
    return { side: 'partner', measure, atLeast, now, smooth, projected, met: now >= atLeast };
  });
  if (rung.ours === undefined) return asked;
  const now = series.vendorHealth;
  const met = now === null || now >= rung.ours;
  const ours = { side: 'vendor', measure: 'vendorHealth', atLeast: rung.ours, now, met } as const;
  return [...asked, { ...ours, smooth: null, projected: null }];
}

/** The first week from now on in which the rung would lapse if nothing were won; null = none. */
function lapseWeek(rung: Rung, held: Held, from: number): number | null {
  for (let week = from; week < held.raw.wonYear.length; week++)
    if (lapsed(rung, held, week)) return week;
  return null;
}

const nothing = (
  state: 'no ladder' | 'unknown tier',
  ladder: TierLadder | null,
  tier: string | null,
): TierStanding => ({
  ...{
    state,
    ladder: ladder?.name ?? null,
    rungs: ladder?.rungs.map(({ name }) => name) ?? [],
    tier,
    proposed: null,
    next: null,
    items: [],
    benefits: [],
  },
  ...{ lapsesOn: null, warned: false },
});

const nextOf = (rung: Rung | undefined, series: TierSeries, held: Held): TierStanding['next'] =>
  rung === undefined
    ? null
    : { tier: rung.name, items: itemsOf(rung, series, held), benefits: rung.benefits };

/** The highest rung that is earned above the one in force, else the highest kept below it. */
function proposal(rungs: readonly Rung[], at: number, held: Held, week: number): Rung | null {
  const up = rungs.findLast((rung, r) => r > at && earned(rung, held, week));
  if (up !== undefined) return up;
  // Below the lowest there is nothing to fall to.
  if (at === 0 || !lapsed(rungs[at]!, held, week)) return null;
  return rungs.findLast((rung, r) => r < at && !lapsed(rung, held, week)) ?? rungs[0]!;
}

/** `decided`: the tier that a person approved last; it goes before what the CRM says. */
export function tierStanding(
  series: TierSeries,
  settings: TierSettings,
  decided: string | null,
  { asOfMs, timeZone }: Pick<MeasureContext, 'asOfMs' | 'timeZone'>,
): TierStanding {
  const ladder = ladderFor(settings, series.type);
  const inForce = decided ?? series.crmTier;
  if (ladder === null) return nothing('no ladder', null, inForce);
  const at = inForce === null ? 0 : rungAt(ladder, inForce);
  const rung = ladder.rungs[at];
  if (rung === undefined) return nothing('unknown tier', ladder, inForce);
  const smooth = Object.fromEntries(
    TIER_MEASURES.map((measure) => [measure, smoothed(series.measures[measure])]),
  ) as Record<TierMeasure, number[]>;
  const held: Held = { raw: series.measures, smooth, settings };
  const week = series.pastWeeks;
  const proposed = proposal(ladder.rungs, at, held, week);
  const up = proposed !== null && ladder.rungs.indexOf(proposed) > at;
  const lapse = at === 0 ? null : lapseWeek(rung, held, week);
  const inDays = lapse === null ? null : WEEK_DAYS * (lapse - week);
  const state = proposed === null ? (misses(rung, held, week) ? 'grace' : 'stays') : null;
  return {
    state: state ?? (up ? 'up' : 'down'),
    ladder: ladder.name,
    rungs: ladder.rungs.map(({ name }) => name),
    tier: rung.name,
    proposed: proposed?.name ?? null,
    next: nextOf(ladder.rungs[at + 1], series, held),
    items: itemsOf(rung, series, held),
    benefits: rung.benefits,
    lapsesOn: inDays === null ? null : isoDay(asOfMs + inDays * DAY_MS, timeZone),
    warned: inDays !== null && inDays <= settings.warnDays + WEEK_DAYS,
  };
}
