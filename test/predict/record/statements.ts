import type { JudgedStatement } from '../../../src/model/record.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import { random } from '../../properties/world.ts';

export const DUE_MS = Date.UTC(2027, 0, 1);

export const statement = (over: Partial<JudgedStatement> = {}): JudgedStatement => ({
  kind: 'deal',
  subjectId: 'd1',
  saidMs: DUE_MS - 30 * DAY_MS,
  fromMs: DUE_MS - 30 * DAY_MS,
  dueMs: DUE_MS,
  goal: null,
  chance: 0.25,
  mean: null,
  low: null,
  middle: null,
  high: null,
  beside: { baseRate: 0.2, stageAge: 0.2 },
  model: 'm',
  happened: false,
  amount: null,
  ...over,
});

/**
 * Deals whose true chance varies. `skill` = how much of it the model sees beyond the stage table,
 * 0 = nothing: then what it says is the table's number and noise of its own.
 */
export function deals(seed: number, count: number, skill: number): JudgedStatement[] {
  const r = random(seed);
  return Array.from({ length: count }, (_, i) => {
    const table = 0.1 + 0.4 * r();
    const own = 0.9 * (r() - 0.5);
    const bounded = (p: number): number => Math.min(0.97, Math.max(0.03, p));
    const chance = bounded(table + (skill > 0 ? skill * own : 0.15 * (r() - 0.5)));
    const truth = skill > 0 ? bounded(table + own) : table;
    return statement({
      subjectId: `d${String(i).padStart(4, '0')}`,
      chance,
      beside: { baseRate: 0.3, stageAge: table },
      happened: r() < truth,
    });
  });
}
