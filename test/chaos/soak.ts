import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openNodeStore } from '../../src/store/node.ts';
import type { Store } from '../../src/store/store.ts';
import { MIGRATIONS } from '../store/open.ts';
import { runEngine, type Ended } from './engine.ts';
import { aimed, change, generate, rule } from './generate.ts';
import { afterRun } from './oracle.ts';
import { copyDifferences } from './oracle-copy.ts';
import { WORLDS } from './play.ts';
import { random } from './random.ts';
import type { Crm, Schedule } from './schedule.ts';
import { readGauge, type Gauge } from './soak-gauge.ts';
import type { World } from './world.ts';

const TICK_MS = 15 * 60_000;
const TICKS_AN_HOUR = 4;
/** At its last run the world has been calm for a day, so that everything late has arrived. */
const CALM_HOURS = 25;
/** In a long life a call fails now and then, and most ticks bring a change or two. */
const FAULT_CHANCE = 0.1;
const CHANGES = [0, 0, 1, 1, 2, 3];

export interface Soaked {
  crm: Crm;
  seed: number;
  hours: number;
  runs: number;
  calls: number;
  writes: number;
  ended: Record<string, number>;
  gauges: Gauge[];
  violations: string[];
}

/**
 * One process that syncs every 15 minutes of a virtual clock into one file, while people change
 * the CRM and calls fail; its gauges are read every hour.
 */
export async function soak(
  options: { crm: Crm; seed: number; hours: number },
  onHour: (gauge: Gauge) => void = () => {},
): Promise<Soaked> {
  const { crm, seed, hours } = options;
  const schedule: Schedule = { ...aimed(generate(seed, crm)), dailyCalls: 1_000_000, callMs: 40 };
  const folder = mkdtempSync(join(tmpdir(), 'soak-'));
  const file = join(folder, 'soak.db');
  const world = await WORLDS[crm](schedule);
  const store = openNodeStore(file, MIGRATIONS);
  const dice = random(seed);
  const life = new Life(world, store, schedule);
  const gauges: Gauge[] = [];
  try {
    for (let tick = 1; tick <= hours * TICKS_AN_HOUR; tick++) {
      world.pass(TICK_MS);
      world.faults.clear();
      for (let left = dice.pick(CHANGES); left > 0; left--) world.do(change(dice, crm));
      if (dice.chance(FAULT_CHANCE)) world.faults.add(rule(dice, crm));
      await life.run(tick % (24 * TICKS_AN_HOUR) === 0);
      if (tick % TICKS_AN_HOUR > 0) continue;
      const gauge = readGauge(tick / TICKS_AN_HOUR, file);
      gauges.push(gauge);
      onHour(gauge);
    }
    await life.comeToRest();
    const { runs, calls, ended, violations } = life;
    return { crm, seed, hours, runs, calls, writes: world.watch.writes, ended, gauges, violations };
  } finally {
    store.close();
    rmSync(folder, { recursive: true });
  }
}

/** The runs of one process and what came of them. */
class Life {
  readonly violations: string[] = [];
  readonly ended: Record<string, number> = {};
  runs = 0;
  calls = 0;
  readonly #world: World;
  readonly #store: Store;
  readonly #schedule: Schedule;

  constructor(world: World, store: Store, schedule: Schedule) {
    this.#world = world;
    this.#store = store;
    this.#schedule = schedule;
  }

  async run(full: boolean): Promise<Ended> {
    const world = this.#world;
    this.runs += 1;
    const ended = await runEngine(
      {
        store: this.#store,
        ...world,
        ...world.connection(this.#schedule),
        breaks: {},
        sleep: (ms) => world.pass(ms),
        call: async (_n, input, init) => {
          this.calls += 1;
          world.pass(this.#schedule.callMs);
          return await world.send(String(input instanceof Request ? input.url : input), init, null);
        },
      },
      `run-${String(this.runs).padStart(6, '0')}`,
      { dryRun: false, full },
      null,
    );
    const word =
      ended.kind === 'failed' ? `${ended.error.kind} ${ended.error.code ?? ''}`.trim() : ended.kind;
    this.ended[word] = (this.ended[word] ?? 0) + 1;
    if (ended.kind === 'failed' && ended.error.kind === 'bug')
      this.violations.push(`run ${this.runs}: a bug: ${ended.error.message}`);
    this.violations.push(
      ...(await afterRun(this.#store, world, ended)).map((one) => `run ${this.runs}: ${one}`),
    );
    return ended;
  }

  /** Nothing goes wrong any more: the copy must be the CRM, and the engine be left with no work. */
  async comeToRest(): Promise<void> {
    this.#world.calm();
    for (const ms of [CALM_HOURS * 3_600_000, TICK_MS, TICK_MS]) {
      this.#world.pass(ms);
      const ended = await this.run(false);
      if (ended.kind !== 'done') this.violations.push(`at rest: a run ended as ${ended.kind}`);
    }
    const differences = await copyDifferences(
      this.#store,
      this.#world,
      this.#world.copy(),
      new Set(),
    );
    this.violations.push(...differences, ...this.#world.watch.violations);
  }
}
