/**
 * The generated partner channel: a world with known truth, told deal by deal so that a
 * million deals need no memory.
 */
import { isoDate, weekOf, YEAR_MS } from './calendar.ts';
import { campaignEvents } from './campaigns.ts';
import type { Channel, WorldOptions } from './channel.ts';
import { openChannel } from './channel.ts';
import type { DealRef } from './deal.ts';
import { dealEvents, NOISE_SD } from './deal.ts';
import type { World, WorldEvent, WorldTruth } from './events.ts';
import { EvidenceTally } from './evidence-truth.ts';
import { advancer } from './future.ts';
import { winChance } from './hazards.ts';
import { hostileEvents } from './hostile.ts';
import type { HousekeepingSetting } from './housekeeping.ts';
import { housekeepingHistory, housekeepingWeek } from './housekeeping.ts';
import type { Partner } from './partners.ts';
import { partnerEvents, settledPartners, SKILL_SPREAD } from './partners.ts';
import { planEvents } from './plans.ts';
import { programmeWeek } from './programme.ts';
import { slipEvents } from './slips.ts';

/** The deals that start in a week, of one partner or of none. */
function* startingDeals(
  channel: Channel,
  partner: Partner | null,
  week: number,
): Generator<DealRef> {
  const stream = channel.root.fork('arrivals', partner?.index ?? -1, week - channel.endWeek);
  const real = stream.poisson(channel.arrivals.real(partner, week));
  for (let number = 0; number < real; number++) yield { partner, junk: false, week, number };
  const junk =
    partner?.junkFromMs == null ? 0 : stream.poisson(channel.arrivals.junk(partner, week));
  for (let number = 0; number < junk; number++) yield { partner, junk: true, week, number };
}

function* historyDeals(channel: Channel): Generator<DealRef> {
  for (const partner of [null, ...channel.partners]) {
    for (let week = channel.startWeek; week <= channel.endWeek; week++)
      yield* startingDeals(channel, partner, week);
  }
}

function setting(channel: Channel): HousekeepingSetting {
  const settled = settledPartners(channel.partners, channel.endMs);
  return {
    root: channel.root,
    endWeek: channel.endWeek,
    currency: channel.currency,
    product: 'Support Plus',
    customer: (stream, atMs) => {
      const { id, name, rep } = channel.customers.pickBefore(stream, atMs);
      return { id, name, ownerId: channel.staff.acting(rep, atMs).id };
    },
    partnerId: (stream) => (settled.length === 0 ? null : stream.pick(settled).id),
  };
}

function planYears(channel: Channel): number[] {
  const year = new Date(channel.endMs).getUTCFullYear();
  return [year, year + 1];
}

function* history(channel: Channel): Generator<WorldEvent> {
  const { endMs, root, staff, crmFromMs } = channel;
  const past = (event: WorldEvent): boolean => event.atMs <= endMs;
  yield* staff.events;
  for (const partner of channel.partners) yield* partnerEvents(root, partner, staff, crmFromMs);
  if (channel.deals > 0)
    for (let number = 0, count = channel.customers.enteredBy(endMs); number < count; number++)
      yield* channel.customers.events(number);
  for (const partner of channel.partners) {
    if (channel.deals > 0) yield* campaignEvents(channel, partner);
    for (const year of planYears(channel)) yield* planEvents(channel, partner, year).filter(past);
    for (let week = channel.startWeek; week <= channel.endWeek; week++)
      yield* programmeWeek(channel, partner, week).filter(past);
  }
  if (channel.deals === 0) return;
  yield* hostileEvents(channel);
  yield* slipEvents(channel);
  for (const ref of historyDeals(channel))
    for (const event of dealEvents(channel, ref)) if (past(event)) yield event;
  yield* housekeepingHistory(setting(channel), endMs);
}

/** The history as it is; what it says of each partner is put into the truth when it ends. */
function* tallied(events: Iterable<WorldEvent>, truth: WorldTruth): Generator<WorldEvent> {
  const tally = new EvidenceTally();
  for (const event of events) {
    tally.see(event);
    yield event;
  }
  truth.evidence = tally.result();
}

/** Deals that still have something to come, by the week of their next event. */
class Waiting {
  readonly #byWeek = new Map<number, DealRef[]>();

  add(ref: DealRef, events: readonly WorldEvent[], afterMs: number, afterWeek: number): void {
    const next = events.find((event) => event.atMs > afterMs && weekOf(event.atMs) > afterWeek);
    if (!next) return;
    const week = weekOf(next.atMs);
    const queue = this.#byWeek.get(week);
    if (queue) queue.push(ref);
    else this.#byWeek.set(week, [ref]);
  }

  take(week: number): DealRef[] {
    const refs = this.#byWeek.get(week) ?? [];
    this.#byWeek.delete(week);
    return refs;
  }
}

/**
 * Finds the deals alive at the end once, then makes week after week from
 * them and from the new ones.
 */
function beginFuture(channel: Channel): (week: number) => WorldEvent[] {
  const { endMs } = channel;
  const waiting = new Waiting();
  if (channel.deals > 0)
    for (const ref of historyDeals(channel))
      waiting.add(ref, dealEvents(channel, ref), endMs, channel.endWeek - 1);
  const mishaps = setting(channel);
  let customersKnown = channel.customers.enteredBy(endMs);
  return (week) => {
    const events: WorldEvent[] = [];
    const take = (list: readonly WorldEvent[]): void => {
      for (const event of list)
        if (weekOf(event.atMs) === week && event.atMs > endMs) events.push(event);
    };
    for (const partner of channel.partners) {
      for (const year of planYears(channel)) take(planEvents(channel, partner, year));
      take(programmeWeek(channel, partner, week));
    }
    if (channel.deals === 0) return events;
    for (; ; customersKnown++) {
      const entered = channel.customers.events(customersKnown);
      if (weekOf(entered[0]?.atMs ?? 0) > week) break;
      take(entered);
    }
    const refs = waiting.take(week);
    if (week > channel.endWeek)
      for (const partner of [null, ...channel.partners])
        refs.push(...startingDeals(channel, partner, week));
    for (const ref of refs) {
      const life = dealEvents(channel, ref);
      take(life);
      waiting.add(ref, life, endMs, week);
    }
    take(housekeepingWeek(mishaps, week));
    return events;
  };
}

/** Nodes and weights of five-point Gauss-Hermite quadrature for a standard normal. */
const NORMAL_NODES = [-2.857, -1.3556, 0, 1.3556, 2.857];
const NORMAL_WEIGHTS = [0.0113, 0.2221, 0.5333, 0.2221, 0.0113];

/** First moments of the quarters of the history and of the year after it. */
function quartersOf(channel: Channel): number[] {
  const from = new Date(channel.startMs);
  const first = Math.floor(from.getUTCMonth() / 3) * 3;
  const found: number[] = [];
  for (let k = 0; ; k++) {
    const ms = Date.UTC(from.getUTCFullYear(), first + 3 * k, 1);
    if (ms > channel.endMs + YEAR_MS) return found;
    found.push(ms);
  }
}

function truthOf(channel: Channel): WorldTruth {
  const pool = NORMAL_NODES.reduce(
    (sum, node, i) => sum + (NORMAL_WEIGHTS[i] ?? 0) * winChance(node * NOISE_SD),
    0,
  );
  return {
    partners: channel.partners.map((partner) => ({
      id: partner.id,
      skill: partner.skill,
      dealsPerQuarter: channel.arrivals.dealsPerQuarter(partner),
      growthPerYear: partner.growthPerYear,
      dormantFromMs: partner.dormantFromMs,
      junkRegistrant: partner.junkFromMs !== null,
    })),
    poolWinLogit: Math.log(pool / (1 - pool)),
    skillSpread: SKILL_SPREAD,
    demand: {
      shockSd: channel.demand.shockSd,
      fading: channel.demand.fading,
      shocks: quartersOf(channel).map((ms) => ({
        from: isoDate(ms),
        factor: channel.demand.shockAt(ms),
      })),
    },
  };
}

/**
 * A partner channel over `years` (3) up to `endMs`, with about `deals` deals. The same options give
 * the same events. Deals over time are Poisson, so their number is only expected to be `deals`.
 * Throws RangeError on sizes that are not whole numbers >= 0.
 */
export function generateWorld(options: WorldOptions): World {
  const channel = openChannel(options);
  const truth = truthOf(channel);
  return {
    events: () => tallied(history(channel), truth),
    truth,
    provenance: `Generated partner channel, seed ${options.seed}: every company, person and deal is made up; ${options.partners} partners, about ${options.deals} deals.`,
    currency: channel.currency,
    advance: advancer({ begin: () => beginFuture(channel), endMs: channel.endMs }),
  };
}
