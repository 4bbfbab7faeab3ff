/**
 * Somebody who knows the generator's rates, though not its dice: how often each partner brings
 * deals, how good it is, how fast deals move and die in each week.
 * What it says of a partner's goal is the best that any model could learn to say, but for what
 * touches tell of a deal's health.
 */
import { chanceToReach, type ForecastItem } from '../../../src/predict/forecast/distribution.ts';
import { quarterPace, weekOf } from '../../../src/sandbox/world/calendar.ts';
import {
  openChannel,
  type Channel,
  type WorldOptions,
} from '../../../src/sandbox/world/channel.ts';
import { AMOUNT_QUALITY, MEAN_AMOUNT, OWN_QUALITY_SD } from '../../../src/sandbox/world/deal.ts';
import { ENTRY_WEIGHTS, OPEN_STAGES, rates } from '../../../src/sandbox/world/hazards.ts';
import type { DealFacts } from '../../../src/model/facts.ts';

/**
 * Means of the 24 equal parts of the generator's amounts, relative to their mean: lognormal over
 * the products, whales included.
 */
const SIZES = [
  0.047, 0.086, 0.118, 0.149, 0.181, 0.214, 0.25, 0.289, 0.331, 0.376, 0.425, 0.481, 0.543, 0.613,
  0.693, 0.787, 0.897, 1.029, 1.192, 1.406, 1.699, 2.133, 2.934, 7.128,
];
/**
 * Larger deals are won less often, so a won deal is smaller than a new one by about this factor.
 */
const WON_SIZE = 0.93;
/**
 * Part of dead deals that nobody has marked yet, week after week since the death: the middling rep
 * marks in about three weeks.
 */
const unmarked = (weeks: number): number => 0.12 + 0.88 * Math.exp(-weeks / 3.2);

/** Chance that a deal in `stage` at `ageWeeks` in week `from` is won before week `until`. */
function wonBefore(
  start: number[],
  ageWeeks: number,
  from: number,
  until: number,
  quality: number,
): number {
  let here = start;
  let won = 0;
  for (let week = from; week < until; week++) {
    const next = here.map(() => 0);
    here.forEach((mass, stage) => {
      if (mass === 0) return;
      const { advance, die, back } = rates(
        stage,
        ageWeeks + week - from,
        quality,
        quarterPace(week),
      );
      const total = advance + die + back;
      const move = mass * (1 - Math.exp(-total));
      next[stage] = next[stage]! + mass - move;
      if (back > 0) next[stage - 1] = next[stage - 1]! + (move * back) / total;
      if (stage === OPEN_STAGES.length - 1) won += (move * advance) / total;
      else next[stage + 1] = next[stage + 1]! + (move * advance) / total;
    });
    here = next;
  }
  return won;
}

/**
 * How likely a deal that stands in `stage` since `sinceWeek` lives at all: alive and unmoved,
 * against dead and not yet marked.
 */
function alive(
  stage: number,
  createdWeek: number,
  sinceWeek: number,
  now: number,
  q: number,
): number {
  let living = 1;
  let dead = 0;
  for (let week = sinceWeek; week < now; week++) {
    const { advance, die, back } = rates(stage, week - createdWeek, q, quarterPace(week));
    const total = advance + die + back;
    const gone = living * (1 - Math.exp(-total));
    dead += ((gone * die) / total) * unmarked(now - week);
    living -= gone;
  }
  return living / (living + dead);
}

/** Since when the deal has stood in the stage it has at `asOfMs`. */
function stageSince(deal: DealFacts, asOfMs: number): number {
  let since = deal.createdMs;
  let stage: string | null = null;
  for (const event of deal.events) {
    if (event.atMs > asOfMs) break;
    if (event.stage !== stage) since = event.atMs;
    stage = event.stage;
  }
  return since;
}

export interface Oracle {
  /** Chance that `partnerId` comes to `goal` by `endMs`, of which `won` is there. */
  chance(
    partnerId: string,
    deals: readonly DealFacts[],
    asOfMs: number,
    endMs: number,
    won: number,
    goal: number,
  ): number;
}

export function openOracle(options: WorldOptions): Oracle {
  const channel: Channel = openChannel(options);
  const partners = new Map(channel.partners.map((partner) => [partner.id, partner]));
  const newWins = new Map<string, number>();
  const winsOf = (skill: number, start: number, until: number): number => {
    const key = `${skill} ${start} ${until}`;
    let found = newWins.get(key);
    if (found === undefined) {
      found = wonBefore(ENTRY_WEIGHTS.slice(), 0, start, until, skill);
      newWins.set(key, found);
    }
    return found;
  };
  return {
    chance(partnerId, deals, asOfMs, endMs, won, goal) {
      const partner = partners.get(partnerId);
      if (!partner) return 0;
      const now = weekOf(asOfMs);
      const until = weekOf(endMs);
      const items: ForecastItem[] = [];
      for (const deal of deals) {
        const event = deal.events.findLast((e) => e.atMs <= asOfMs);
        const stage = OPEN_STAGES.findIndex((name) => name === event?.stage);
        if (!event || stage < 0 || deal.id.startsWith('j') || deal.id.startsWith('h')) continue;
        const since = stageSince(deal, asOfMs);
        const created = weekOf(deal.createdMs);
        const amount = event.amount ?? MEAN_AMOUNT;
        const relative = Math.log(Math.max(0.05, amount / (MEAN_AMOUNT * 0.6)));
        const quality = partner.skill + AMOUNT_QUALITY * relative;
        const start = OPEN_STAGES.map((_, i) => (i === stage ? 1 : 0));
        const age = now - created;
        const nodes = [-OWN_QUALITY_SD, OWN_QUALITY_SD].map(
          (own) =>
            alive(stage, created, weekOf(since), now, quality + own) *
            wonBefore(start, age, now, until, quality + own),
        );
        items.push({ amount: Math.max(0, amount), probability: (nodes[0]! + nodes[1]!) / 2 });
      }
      let mean = 0;
      for (let week = now; week < until; week++)
        mean += channel.arrivals.real(partner, week) * winsOf(partner.skill, week, until);
      return chanceToReach(
        won,
        items,
        [{ mean, shape: 1e4, sizes: SIZES.map((x) => x * MEAN_AMOUNT * WON_SIZE) }],
        goal,
        0.004,
      );
    },
  };
}
