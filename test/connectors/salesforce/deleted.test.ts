import { describe, expect, it } from 'vitest';
import { describeAnswer, scripted, type Answer } from './support/wire.ts';

const DAY = 86_400_000;
const now = Date.UTC(2026, 10, 22, 12);
const iso = (ms: number) => new Date(ms).toISOString().replace('Z', '+0000');

/**
 * A delete log with one deletion each day at noon, kept for `keptDays`, and `lagMs` behind the
 * clock.
 */
function log({ keptDays = 40, lagMs = 0, refuse = false } = {}) {
  const windows: [number, number][] = [];
  const wire = scripted((hit): Answer => {
    if (hit.path.endsWith('/describe')) return { json: describeAnswer('Account', []) };
    const [start, end] = ['start', 'end'].map((name) => Date.parse(hit.query.get(name) ?? '')) as [
      number,
      number,
    ];
    windows.push([start, end]);
    if (refuse || start < now - keptDays * DAY)
      return {
        status: 400,
        json: [
          {
            errorCode: 'INVALID_REPLICATION_DATE',
            message: 'startDate before org replication enabled date',
          },
        ],
      };
    const covered = Math.min(end, now - lagMs);
    const days = Array.from({ length: keptDays + 1 }, (_, age) => now - age * DAY).filter(
      (at) => at >= start && at <= covered,
    );
    return {
      json: {
        deletedRecords: days.map((at) => ({
          id: `001${String((now - at) / DAY).padStart(12, '0')}`,
          deletedDate: iso(at),
        })),
        earliestDateAvailable: iso(now - keptDays * DAY),
        latestDateCovered: iso(covered),
      },
    };
  });
  return { ...wire, windows };
}

describe('the delete log', () => {
  it('is read in windows of at most 15 days, on whole minutes, each deletion once', async () => {
    const { open, windows } = log();
    const from = now - 35 * DAY + 30_500;
    const page = (await (await open()).deleted('Account', from, now))!;
    expect(page.coveredUntilMs).toBe(now);
    expect(page.ids.map((row) => row.deletedAtMs).toSorted()).toEqual(
      Array.from({ length: 36 }, (_, age) => now - age * DAY).toSorted(),
    );
    for (const [start, end] of windows) {
      expect(end - start).toBeLessThanOrEqual(15 * DAY);
      expect([start % 60_000, end % 60_000]).toEqual([0, 0]);
    }
    expect(windows).toHaveLength(3);
  });
  it('vouches only for what it covers', async () => {
    const { open } = log({ lagMs: 90_000 });
    const page = (await (await open()).deleted('Account', now - DAY, now))!;
    expect(page.coveredUntilMs).toBe(now - 90_000);
    expect(page.ids).toHaveLength(1);
    const none = (await (await open()).deleted('Account', now - 60_000, now))!;
    expect(none.coveredUntilMs).toBe(now - 60_000);
  });
  it.each(['EXCEEDED_ID_LIMIT', 'INVALID_TYPE_FOR_OPERATION'])(
    'cannot tell when Salesforce answers %s, which ends no run',
    async (errorCode) => {
      const { open } = scripted((hit) =>
        hit.path.endsWith('/describe')
          ? { json: describeAnswer('Account', []) }
          : { status: 400, json: [{ errorCode, message: 'no' }] },
      );
      expect(await (await open()).deleted('Account', now - DAY, now)).toBeNull();
    },
  );
  it('asks for a full read when it no longer reaches back, whichever way Salesforce says so', async () => {
    expect(
      await (await log({ refuse: true }).open()).deleted('Account', now - DAY, now),
    ).toBeNull();
    const short = scripted((hit) =>
      hit.path.endsWith('/describe')
        ? { json: describeAnswer('Account', []) }
        : {
            json: {
              deletedRecords: [],
              earliestDateAvailable: iso(now - DAY),
              latestDateCovered: iso(now),
            },
          },
    );
    const first = scripted((hit) =>
      hit.path.endsWith('/describe')
        ? { json: describeAnswer('Account', []) }
        : {
            json: {
              deletedRecords: [{ id: '001000000000001', deletedDate: iso(now - DAY) }],
              earliestDateAvailable: iso(now - DAY),
              latestDateCovered: iso(now),
            },
          },
    );
    expect((await (await first.open()).deleted('Account', now - 2 * DAY, now))!.ids).toHaveLength(
      1,
    );
    expect(await (await short.open()).deleted('Account', now - 2 * DAY, now)).toBeNull();
  });
});
