import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBench, type Bench } from './bench.ts';
import { lines } from './harness.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench({ partners: 4, deals: 20 });
  bench.env = { ...bench.env, HEADWATER_LOG: 'json' };
});
afterAll(async () => {
  await bench.close();
});

it('a run is told as one JSON object a line on stderr, with its id, durations and calls; stdout stays the result', async () => {
  const { code, stdout, stderr } = await bench.run('sync', 'run', '--dry-run', '--json');
  expect(code).toBe(0);
  const { run } = JSON.parse(stdout) as { run: { id: string } };
  const told = lines(stderr).map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(
    told.every(
      (line) => typeof line['event'] === 'string' && !Number.isNaN(Date.parse(String(line['at']))),
    ),
  ).toBe(true);
  const steps = told.filter((line) => line['event'] === 'step');
  expect(new Set(steps.map((line) => line['run']))).toEqual(new Set([run.id]));
  expect(steps.filter((line) => line['state'] === 'started').map((line) => line['step'])).toEqual(
    steps.filter((line) => line['state'] === 'done').map((line) => line['step']),
  );
  expect(
    steps.find((line) => line['step'] === 'pull Opportunity #1' && line['state'] === 'done'),
  ).toMatchObject({ ms: expect.any(Number) as number, calls: expect.any(Number) as number });
  expect(
    told.find((line) => line['event'] === 'rows' && line['object'] === 'Opportunity'),
  ).toMatchObject({ rows: expect.any(Number) as number, changed: expect.any(Number) as number });
});

it('so is an error', async () => {
  const { code, stderr } = await bench.run('sync', 'run', '-c', 'nowhere.yaml');
  expect([code, lines(stderr).length]).toEqual([1, 1]);
  expect(JSON.parse(stderr)).toMatchObject({
    event: 'error',
    kind: 'config',
    message: expect.stringContaining('nowhere.yaml') as string,
  });
});
