import { describe, expect, it } from 'vitest';
import { retried, type Obstacle } from '../../../connectors/kit/backoff.ts';
import { HeadwaterError, type ErrorDetails, type ErrorKind } from '../../../src/model/error.ts';
import { RETRIES, waitAfter } from '../../../src/model/retry.ts';

const NOW_MS = 1_000_000;

/** Waits and tries of a call that fails each time with the same error. */
async function endless(
  kind: ErrorKind,
  details: ErrorDetails,
  { write = false, met = null }: { write?: boolean; met?: Obstacle | null } = {},
): Promise<{ tries: number; waits: number[] }> {
  const waits: number[] = [];
  const error = new HeadwaterError(kind, 'no', details);
  let tries = 0;
  const deps = {
    log: () => {},
    nowMs: () => NOW_MS,
    random: () => 0.5,
    sleep: async (ms: number) => {
      waits.push(ms);
    },
  };
  const retries = {
    event: 'x',
    what: 'y',
    write,
    toError: () => error,
    obstacle: (): Obstacle | null => met,
  };
  await expect(
    retried(deps, retries, async () => {
      tries++;
      throw new Error('wire');
    }),
  ).rejects.toBe(error);
  return { tries, waits };
}

describe('a call is tried again', () => {
  it('five times on a bad wire, with waits that double', async () => {
    expect(await endless('transient', { code: 'NETWORK' })).toEqual({
      tries: 5,
      waits: [375, 750, 1500, 3000],
    });
  });

  it('never when it may have changed records', async () => {
    expect(await endless('transient', {}, { write: true })).toEqual({ tries: 1, waits: [] });
  });

  it.each<ErrorKind>(['config', 'auth', 'rejected', 'bug', 'limit'])(
    'never after an error of kind %s',
    async (kind) => {
      expect(await endless(kind, {})).toEqual({ tries: 1, waits: [] });
    },
  );

  it('once after its time limit, and never when it was too much', async () => {
    for (const code of ['TIMEOUT', 'HTTP_504', 'HTTP_524'])
      expect((await endless('transient', { code, tooMuch: true })).tries).toBe(2);
    expect((await endless('transient', { code: 'HTTP_414', tooMuch: true })).tries).toBe(1);
  });

  it('even a write, when it was refused before anything happened', async () => {
    const burst = { retryAtMs: NOW_MS + 7_000 };
    expect(await endless('limit', burst, { write: true, met: 'burst' })).toEqual({
      tries: 5,
      waits: [7_000, 7_000, 7_000, 7_000],
    });
    expect(await endless('transient', {}, { write: true, met: 'locked' })).toEqual({
      tries: 5,
      waits: [2_375, 2_750, 3_500, 5_000],
    });
  });
});

it('waits grow to the longest, and chance takes at most half of them', () => {
  const { call } = RETRIES;
  for (let tries = 1; tries < 12; tries++) {
    const least = waitAfter(call, tries, () => 0);
    const most = waitAfter(call, tries, () => 0.999);
    expect(least).toBe(Math.min(call.longestMs, call.firstMs * 2 ** (tries - 1)) / 2);
    expect(most).toBeLessThanOrEqual(2 * least);
  }
  expect(waitAfter(RETRIES.step, 5, () => 0)).toBe(160_000);
});
