import type { Store } from '../../src/store/store.ts';
import {
  QUOTA_FLOOR_PERCENT,
  runEngine,
  type Breaks,
  type Ended,
  type Surroundings,
} from './engine.ts';
import { afterRun, atRest } from './oracle.ts';
import type { Change, Crm, Phase, Schedule } from './schedule.ts';
import { openHubSpot } from './hubspot/world.ts';
import { openSalesforce } from './salesforce/world.ts';
import { openQuickStore } from './store.ts';
import { refusalsOf } from './tables.ts';
import type { World } from './world.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
export const WORLDS: Record<Crm, (schedule: Schedule) => Promise<World>> = {
  hubspot: openHubSpot,
  salesforce: async ({ seed, dailyCalls }) => await openSalesforce(seed, dailyCalls),
};
/** A run that is taken up after a change of the schema says so once; the next one begins anew. */
const SCHEMA_MOVED = 'MAPPING_CHANGED';
/**
 * Calls a run may make before it can know that the org is at its floor, and
 * between two looks at the budget.
 */
const CALLS_UNAWARE = 60;

export interface Played {
  violations: string[];
  runs: number;
  calls: number;
  writes: number;
  ended: Record<string, number>;
  log: string[];
}

/**
 * Plays a schedule to its end and past it, until nothing goes wrong any more and the engine has
 * come to rest. Deterministic. `look`: at what a failed one left behind; `open`: an empty store.
 */
export async function play(
  schedule: Schedule,
  breaks: Breaks = {},
  look: (store: Store, world: World) => Promise<void> = async () => {},
  open: () => Store | Promise<Store> = openQuickStore,
): Promise<Played> {
  const world = await WORLDS[schedule.crm](schedule);
  const store = await open();
  try {
    const played = await new Play(schedule, world, store, breaks).all();
    if (played.violations.length > 0) await look(store, world);
    return played;
  } finally {
    store.close();
  }
}

class Play {
  readonly #schedule: Schedule;
  readonly #world: World;
  readonly #store: Store;
  readonly #breaks: Breaks;
  readonly #violations: string[] = [];
  readonly #ended: Record<string, number> = {};
  readonly #log: string[] = [];
  #runs = 0;
  #calls = 0;

  constructor(schedule: Schedule, world: World, store: Store, breaks: Breaks) {
    this.#schedule = schedule;
    this.#world = world;
    this.#store = store;
    this.#breaks = breaks;
  }

  async all(): Promise<Played> {
    for (const [i, phase] of this.#schedule.phases.entries()) {
      this.#world.pass(phase.advanceMs);
      for (const change of phase.before) this.#world.do(change);
      this.#world.faults.clear();
      for (const fault of phase.faults)
        if (fault.kind === 'rule') this.#world.faults.add(fault.rule);
      await this.#run(phase, `phase ${i + 1}`);
      if (this.#violations.length > 0) break;
    }
    if (this.#violations.length === 0) await this.#settle();
    this.#violations.push(...this.#world.watch.violations);
    return {
      violations: this.#violations,
      runs: this.#runs,
      calls: this.#calls,
      writes: this.#world.watch.writes,
      ended: this.#ended,
      log: this.#log,
    };
  }

  async #run(phase: Phase, name: string): Promise<Ended> {
    const { nowMs } = this.#world;
    this.#runs += 1;
    const runId = `run-${String(this.#runs).padStart(3, '0')}`;
    const ended = await runEngine(
      this.#around(phase, () => nowMs() + phase.skewMs),
      runId,
      { dryRun: phase.dryRun, full: phase.full },
      phase.death,
    );
    const word =
      ended.kind === 'failed' ? `${ended.error.kind} ${ended.error.code ?? ''}`.trim() : ended.kind;
    this.#ended[word] = (this.#ended[word] ?? 0) + 1;
    this.#log.push(
      `${name}: ${runId} ${word}${ended.kind === 'failed' ? ` (${ended.error.message})` : ''}`,
    );
    if (ended.kind === 'failed' && ended.error.kind === 'bug')
      this.#violations.push(`${name}: a bug: ${ended.error.message}`);
    this.#violations.push(
      ...(await afterRun(this.#store, this.#world, ended)).map(
        (violation) => `${name}: ${violation}`,
      ),
    );
    return ended;
  }

  #around(phase: Phase, nowMs: () => number): Surroundings {
    const { connector, crm, mappingText } = this.#world;
    return {
      store: this.#store,
      connector,
      crm,
      mappingText,
      nowMs,
      breaks: this.#breaks,
      ...this.#world.connection(this.#schedule),
      sleep: (ms) => this.#world.pass(ms),
      call: this.#wire(phase),
    };
  }

  /** The way to the CRM, with everything that happens on it in this phase. */
  #wire(phase: Phase): Surroundings['call'] {
    const world = this.#world;
    let [unaware, writes] = [0, 0];
    return async (n, input, init) => {
      const address = String(input instanceof Request ? input.url : input);
      const writing = world.isWrite(address, init);
      this.#calls += 1;
      this.#world.pass(this.#schedule.callMs + slownessMs(phase, n));
      const now = phase.during.filter(({ call }) => call === n).map(({ change }) => change);
      // The CRM has no compare-and-set: what a person types between the engine's look and its write
      // cannot be seen by anybody.
      const late = (change: Change): boolean => writing && change.mutation.op === 'human';
      for (const change of now.filter((each) => !late(each))) this.#world.do(change);
      if (phase.stall?.call === n && !writing) await this.#otherEngine(phase.stall.ms);
      if (this.#overFloor() && ++unaware > CALLS_UNAWARE)
        this.#violations.push(
          `quota floor crossed: call ${n} of the run was made at ${world.budget().used} of ${world.budget().limit}`,
        );
      if (writing) writes += 1;
      try {
        return await world.send(address, init, writing ? lockedShare(phase, writes) : null);
      } finally {
        for (const change of now.filter(late)) this.#world.do(change);
      }
    };
  }

  #overFloor(): boolean {
    const { used, limit } = this.#world.budget();
    return used >= Math.floor(limit * (1 - QUOTA_FLOOR_PERCENT / 100));
  }

  /** While one process hangs in a call, another one is started. */
  async #otherEngine(ms: number): Promise<void> {
    this.#world.pass(ms);
    await this.#run(QUIET, 'other engine');
  }

  /**
   * Nothing goes wrong any more: a bounded number of syncs must bring everything right, and then
   * there must be nothing left to do.
   */
  async #settle(): Promise<void> {
    this.#world.calm();
    // Late transactions end, leases of the dead run out. Mostly a day passes as well, and their
    // runs are too old to go on.
    if (this.#schedule.seed % 4 === 0) await this.#recover(12 * MINUTE_MS);
    // A day brings the refresh of what moves no stamp; the settle lag closes the last windows.
    await this.#recover(25 * HOUR_MS);
    this.#world.pass(this.#world.settleMs + MINUTE_MS);
    const closing = await this.#mustEnd('close');
    // A record that took a write frees what was refused on it before, which the next run sends.
    if ((await refusalsOf(this.#store, closing.runId)) > 0) {
      this.#world.pass(2_000 + this.#world.lagMs);
      await this.#mustEnd('freed');
    }
    // The CRM's clock has whole seconds, and its readers may lag: what was written just
    // now is read a little later.
    this.#world.pass(2_000 + this.#world.lagMs);
    let last = await this.#mustEnd('at rest');
    // A text that counts days may turn over just then; not twice, though.
    if (last.kind === 'done' && last.outcome.summary.applied.some(({ fields }) => fields > 0)) {
      this.#world.pass(2_000 + this.#world.lagMs);
      last = await this.#mustEnd('still at rest');
    }
    if (this.#violations.length === 0 && last.kind === 'done')
      this.#violations.push(...(await atRest(this.#store, this.#world, last.outcome)));
  }

  /**
   * The first run after trouble may have to say once that the schema changed
   * since the run that it takes up.
   */
  async #recover(ms: number): Promise<void> {
    this.#world.pass(ms);
    if ((await this.#run(QUIET, 'recover')).kind === 'done') return;
    // A dead engine whose clock ran an hour ahead holds its lease that much longer.
    this.#world.pass(70 * MINUTE_MS);
    const again = await this.#run(QUIET, 'recover again');
    if (again.kind === 'failed' && again.error.code === SCHEMA_MOVED)
      await this.#mustEnd('recover anew');
    else this.#mustHaveEnded('recover again', again);
  }

  async #mustEnd(name: string): Promise<Ended> {
    const ended = await this.#run(QUIET, name);
    this.#mustHaveEnded(name, ended);
    return ended;
  }

  #mustHaveEnded(name: string, ended: Ended): void {
    if (ended.kind === 'failed')
      this.#violations.push(
        `${name}: failed without any fault: ${ended.error.kind} ${ended.error.code ?? ''} ${ended.error.message}`,
      );
  }
}

const QUIET: Phase = {
  advanceMs: 0,
  before: [],
  during: [],
  faults: [],
  death: null,
  stall: null,
  skewMs: 0,
  full: false,
  dryRun: false,
};

/** How much longer than usual a call of this phase takes. */
const slownessMs = (phase: Phase, call: number): number =>
  phase.faults.reduce(
    (sum, fault) => sum + (fault.kind === 'slow' && fault.call === call ? fault.ms : 0),
    0,
  );

/** The share of its rows that a write of this phase finds locked, or null. */
function lockedShare(phase: Phase, nth: number): number | null {
  const lock = phase.faults.find((fault) => fault.kind === 'lock' && fault.nth === nth);
  return lock?.kind === 'lock' ? lock.share : null;
}
