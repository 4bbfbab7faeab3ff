/** The document that `bench:worlds` prints, from the rows of all worlds. */
import type { DealSum, WorldRows } from './rows.ts';
import { coverageOf, integralOf, quantileOf, skillOf, slopeOf, type WorldRow } from './stats.ts';

const FIFTHS = [0, 0.2, 0.4, 0.6, 0.8];

/** Four digits are more than any of these numbers carries. */
const rounded = (value: unknown): unknown =>
  typeof value === 'number'
    ? Math.round(value * 1e4) / 1e4
    : Array.isArray(value)
      ? value.map(rounded)
      : value !== null && typeof value === 'object'
        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rounded(inner)]))
        : value;

function labelled(all: readonly DealSum[]): unknown[] {
  const sums = new Map<string, DealSum>();
  for (const row of all) {
    const sum = sums.get(row.key) ?? { key: row.key, n: 0, said: 0, happened: 0 };
    sums.set(row.key, {
      key: row.key,
      n: sum.n + row.n,
      said: sum.said + row.said,
      happened: sum.happened + row.happened,
    });
  }
  return [...sums.values()]
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ key, n, said, happened }) => ({
      label: key,
      n,
      said: said / n,
      happened: happened / n,
    }));
}

const dealsOf = (worlds: readonly WorldRows[], by: keyof WorldRows['deals']): unknown[] =>
  labelled(worlds.flatMap((world) => world.deals[by]));
const movingOf = (worlds: readonly WorldRows[], by: keyof WorldRows['moving']): unknown[] =>
  labelled(worlds.flatMap((world) => world.moving[by]));

export function summary(worlds: readonly WorldRows[]): unknown {
  const scores = worlds.flatMap((world) =>
    world.scores.map((row) => ({ ...row, partner: `${world.seed} ${row.partner}` })),
  );
  const withSeed = <T>(of: (world: WorldRows) => T[]): WorldRow<T>[] =>
    worlds.flatMap((world) => of(world).map((row) => ({ ...row, seed: world.seed })));
  const forecasts = withSeed((world) => world.forecasts);
  const planned = FIFTHS.map((from) => ({
    from,
    to: from + 0.2,
    rows: scores.filter(
      (row) => row.elapsed !== null && row.elapsed >= from && row.elapsed < from + 0.2,
    ),
  })).filter(({ rows }) => rows.length > 0);
  const unplanned = scores.filter((row) => row.elapsed === null);
  const days = [...new Set(forecasts.map((row) => row.day))].sort((a, b) => a - b);
  const quiet = worlds.flatMap((world) => world.quiet);
  return rounded({
    worlds: worlds.length,
    slope: {
      byFifth: planned.map(({ from, to, rows }) => ({ from, to, ...slopeOf(rows) })),
      noPlan: slopeOf(unplanned),
    },
    skill: {
      byFifth: planned.map(({ from, to, rows }) => ({ from, to, ...skillOf(rows) })),
      noPlan: skillOf(unplanned),
    },
    forecast: {
      ...coverageOf(forecasts),
      byDay: days.map((day) => ({
        day,
        ...coverageOf(forecasts.filter((row) => row.day === day)),
      })),
      partners: integralOf(withSeed((world) => world.partners)),
    },
    deals: {
      byHealth: dealsOf(worlds, 'byHealth'),
      bySilence: dealsOf(worlds, 'bySilence'),
      byDay: dealsOf(worlds, 'byDay'),
    },
    stalls: movingOf(worlds, 'stalls'),
    closes: movingOf(worlds, 'closes'),
    quiet: {
      n: quiet.length,
      p99: quantileOf(quiet, 0.99),
      p999: quantileOf(quiet, 0.999),
      max: quantileOf(quiet, 1),
    },
    boundary: {
      n: worlds.reduce((sum, world) => sum + world.boundary.length, 0),
      max: quantileOf(
        worlds.flatMap((world) => world.boundary),
        1,
      ),
    },
  });
}
