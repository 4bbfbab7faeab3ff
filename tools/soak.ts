/**
 * `npm run soak -- [--hours 24] [--crm salesforce|hubspot] [--seed 1] [--json]`: one process that
 * syncs every quarter of a virtual hour into one file, while people change the CRM and calls fail.
 * `--processes N --minutes M`: N processes on one file, in real time.
 * Exit code 1: something grew that must stay flat, or the copy is not the CRM at the end.
 */
import { parseArgs } from 'node:util';
import { growthOf } from '../test/chaos/soak-limits.ts';
import { soak } from '../test/chaos/soak.ts';
import { share } from '../test/chaos/share.ts';

const text = (preset: string) => ({ type: 'string', default: preset }) as const;
const { values } = parseArgs({
  options: {
    hours: text('24'),
    crm: text('salesforce'),
    seed: text('1'),
    processes: text('0'),
    minutes: text('1'),
    json: { type: 'boolean', default: false },
  },
});
const whole = (name: 'hours' | 'seed' | 'processes' | 'minutes'): number => {
  const number = Number(values[name]);
  if (/^\d+$/.test(values[name]) && Number.isSafeInteger(number)) return number;
  throw new Error(`--${name} is a whole number, and not "${values[name]}"`);
};
const { crm } = values;
if (crm !== 'salesforce' && crm !== 'hubspot') throw new Error('--crm is salesforce or hubspot');
const mib = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MiB`;
const say = (line: string): void => {
  if (!values.json) process.stdout.write(`${line}\n`);
};

if (whole('processes') > 0) {
  const shared = await share({
    ...{ crm, seed: whole('seed'), processes: whole('processes') },
    forMs: whole('minutes') * 60_000,
  });
  if (values.json) process.stdout.write(`${JSON.stringify(shared)}\n`);
  say(
    `${shared.runs} runs, ${shared.barred} found another at work, ${shared.looks} looks meanwhile`,
  );
  for (const violation of shared.violations) say(`! ${violation}`);
  process.exitCode = shared.violations.length === 0 ? 0 : 1;
} else {
  const soaked = await soak({ crm, seed: whole('seed'), hours: whole('hours') }, (gauge) =>
    say(
      `hour ${gauge.hour}: heap ${mib(gauge.heapBytes)}, file ${mib(gauge.fileBytes)}, ${gauge.handles} handles`,
    ),
  );
  const growth = growthOf(soaked);
  if (values.json) process.stdout.write(`${JSON.stringify({ ...soaked, growth })}\n`);
  const ends = Object.entries(soaked.ended).map(([word, times]) => `${times} ${word}`);
  say(`${soaked.runs} runs (${ends.join(', ')}), ${soaked.calls} calls, ${soaked.writes} writes`);
  say(
    `an hour: heap ${mib(growth.heapBytesPerHour)}, file ${mib(growth.fileBytesPerHour)}, handles ${growth.handlesPerHour.toFixed(2)}`,
  );
  const largest = Object.entries(soaked.gauges.at(-1)?.tables ?? {})
    .sort(([, a], [, b]) => b - a)
    .slice(0, 5);
  say(`largest: ${largest.map(([name, bytes]) => `${name} ${mib(bytes)}`).join(', ')}`);
  const broken = [...growth.broken.map((what) => `grew: ${what}`), ...soaked.violations];
  for (const one of broken) say(`! ${one}`);
  process.exitCode = broken.length === 0 ? 0 : 1;
}
