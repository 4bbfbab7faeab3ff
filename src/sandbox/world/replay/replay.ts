/**
 * A real pipeline as a world: the loan log of the BPI Challenge 2012, moved in time so that it ends
 * now, with made-up partners.
 */
import type { RandomStream } from '../../random.ts';
import { randomStream } from '../../random.ts';
import { DAY_MS, weekOf } from '../calendar.ts';
import type { World, WorldEvent, WorldTruth } from '../events.ts';
import { advancer } from '../future.ts';
import { AUTOMATIC_RESOURCE, caseEvents, REPLAY_CURRENCY, standing, userId } from './case.ts';
import { continuedCases, newCases, repeatable } from './future.ts';
import { planMishaps } from './mishaps.ts';
import type { MadeUpPartner } from './partners.ts';
import { assignPartner, ASSIGNMENT_RULE, makePartners, partnerAccounts } from './partners.ts';
import type { LoanLog, LogCase } from './read.ts';
import { readLoanLog } from './read.ts';

export interface ReplayOptions {
  /** where the log shall end, epoch ms */
  endMs: number;
  seed: number;
  /** made-up partners, 60 by default */
  partners?: number;
}

const DEFAULT_PARTNERS = 60;

interface Replay {
  root: RandomStream;
  log: LoanLog;
  partners: MadeUpPartner[];
  shiftMs: number;
  endMs: number;
}

function eventsOf(replay: Replay, one: LogCase): WorldEvent[] {
  return caseEvents(one, {
    shiftMs: replay.shiftMs,
    partnerId: assignPartner(replay.root, replay.partners, one.id),
  });
}

function* users({ log, shiftMs }: Replay): Generator<WorldEvent> {
  const resources = new Set([AUTOMATIC_RESOURCE]);
  for (const one of log.cases)
    for (const event of [...one.events, ...one.work])
      if (event.resource !== null) resources.add(event.resource);
  const atMs = log.firstMs + shiftMs - DAY_MS;
  for (const resource of [...resources].sort()) {
    yield {
      kind: 'user',
      id: userId(resource),
      atMs,
      name: resource === AUTOMATIC_RESOURCE ? 'Automatic 112' : `Resource ${resource}`,
      email: `resource${resource}@loans.example`,
      active: true,
    };
  }
}

function* history(replay: Replay): Generator<WorldEvent> {
  yield* users(replay);
  yield* partnerAccounts(replay.root, replay.partners, replay.log, replay.shiftMs);
  for (const one of replay.log.cases) yield* eventsOf(replay, one);
}

function beginFuture(replay: Replay): (week: number) => WorldEvent[] {
  const { root, log, endMs, shiftMs } = replay;
  const byWeek = new Map<number, WorldEvent[]>();
  const spread = (events: readonly WorldEvent[]): void => {
    for (const event of events) {
      if (event.atMs <= endMs) continue;
      const week = weekOf(event.atMs);
      const list = byWeek.get(week);
      if (list) list.push(event);
      else byWeek.set(week, [event]);
    }
  };
  const continued = continuedCases(root, log);
  const donors = repeatable(log, continued);
  for (const one of continued) spread(eventsOf(replay, one));
  const mishaps = planMishaps(root, log, endMs);
  return (week) => {
    for (const one of newCases(root, log, donors, week, shiftMs))
      if (one.startMs + shiftMs > endMs) spread(eventsOf(replay, one));
    spread(mishaps(week));
    const events = byWeek.get(week) ?? [];
    byWeek.delete(week);
    return events;
  };
}

function truthOf({ log, partners }: Replay): WorldTruth {
  const outcomes = log.cases.map((one) => standing(one).outcome);
  const won = outcomes.filter((outcome) => outcome === 'won').length;
  const lost = outcomes.filter((outcome) => outcome === 'lost').length;
  return {
    // The rule is blind to outcomes, so no partner is truly better than another. The
    // log spans about a quarter.
    partners: partners.map(({ id, share }) => ({
      id,
      skill: 0,
      dealsPerQuarter: share * log.cases.length,
      growthPerYear: 0,
      dormantFromMs: null,
      junkRegistrant: false,
    })),
    poolWinLogit: Math.log((won + 0.5) / (lost + 0.5)),
    skillSpread: 0,
  };
}

/**
 * Loads the log from `dataDir` and moves it in time so that its last event falls on `endMs`. What
 * the log has not (partners, plans, accounts, contacts, currency, close dates of open cases) is
 * made up and says so. Throws DataError on a folder that is not as expected.
 */
export async function replayLoanLog(dataDir: string, options: ReplayOptions): Promise<World> {
  const log = await readLoanLog(dataDir);
  const partners = makePartners(options.partners ?? DEFAULT_PARTNERS);
  const replay: Replay = {
    root: randomStream(options.seed).fork('replay'),
    log,
    partners,
    shiftMs: Math.floor(options.endMs) - log.lastMs,
    endMs: Math.floor(options.endMs),
  };
  return {
    events: () => history(replay),
    truth: truthOf(replay),
    provenance:
      `Real loan applications of a Dutch bank (BPI Challenge 2012, doi 10.4121/uuid:3926db30-f712-4394-aebc-75976070e91f), ${log.cases.length} cases, moved in time to end now. ` +
      `MADE UP: the ${partners.length} partners and their plans (seed ${options.seed}; ${ASSIGNMENT_RULE}), a placeholder account and contact a case, close dates of open cases (30 days after registration); ` +
      'after the end, everything. So no partner is truly better than another here.',
    currency: REPLAY_CURRENCY,
    advance: advancer({ begin: () => beginFuture(replay), endMs: replay.endMs }),
  };
}
