/**
 * `npm run -s attacks -- [--json] [--seed N] [--author partner|unknown] [--pairs]`: what each
 * attack brings on the naive composite and on ours. Exit code 1 when a limit is broken.
 */
import { parseArgs } from 'node:util';
import { campaign, limitsOf, pairs, withinLimits } from '../test/attacks/campaign.ts';
import type { Row } from '../test/attacks/measure.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    author: { type: 'string', default: 'partner' },
    pairs: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
if (!Number.isInteger(seed) || seed < 0) throw new Error('--seed is a whole number from 0 on');
if (values.author !== 'partner' && values.author !== 'unknown')
  throw new Error('--author is partner or unknown');
const by = values.author === 'unknown' ? null : 'partner';
const KEPT_AT_LEAST = by === null ? 0.8 : 0.9;

const holds = (row: Row): boolean =>
  row.rule === 'control'
    ? (row.kept as number) >= KEPT_AT_LEAST
    : row.rule === 'visible'
      ? row.kept === true
      : withinLimits(row, limitsOf(by));

const rows = values.pairs ? pairs(seed, by) : campaign(seed, by);
if (values.json) process.stdout.write(`${JSON.stringify(rows)}\n`);
else {
  const cells = (row: Row): (string | number)[] => [
    holds(row) ? 'holds' : 'BROKEN',
    row.naiveGain,
    row.scoreGain.mean,
    row.scoreGain.max,
    row.planHealthGain.max,
    row.places.max,
    row.forecastRatio,
    row.rule,
    row.kept === null ? '' : String(row.kept),
    row.name,
  ];
  const head = ['', 'naive', 'mean', 'max', 'health', 'places', 'forecast', 'rule', 'kept', 'name'];
  for (const line of [head, ...rows.map(cells)])
    process.stdout.write(`${line.map((cell) => String(cell).padEnd(9)).join('')}\n`);
}
process.exitCode = rows.every(holds) ? 0 : 1;
