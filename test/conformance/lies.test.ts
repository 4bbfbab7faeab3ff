import { describe, expect, it } from 'vitest';
import { connectTo, memory, type MemoryCrm } from '../../connectors/memory/index.ts';
import type {
  Connector,
  ConnectorFeatures,
  CrmRow,
  CrmSession,
  ReadPage,
} from '../../src/model/connector.ts';
import { HeadwaterError } from '../../src/model/error.ts';
import {
  CHECKS,
  ConformanceFailure,
  connectorConformance,
  runCheck,
  type ConformanceOptions,
} from '../../connectors/testing/index.ts';
import { memoryWorld } from './worlds/memory.ts';

/**
 * The reference connector with one fault planted; the suite must notice, and by the check that is
 * about it.
 */
interface Lie {
  lie: string;
  caughtBy: string[];
  features?: Partial<ConnectorFeatures>;
  session?: (honest: CrmSession) => Partial<CrmSession>;
}

const mapRows = (page: ReadPage, change: (row: CrmRow) => CrmRow | null): ReadPage => ({
  ...page,
  rows: page.rows.map(change).filter((row) => row !== null),
});
const reading =
  (change: (row: CrmRow) => CrmRow | null) =>
  (honest: CrmSession): Partial<CrmSession> => ({
    read: async (request, next) => mapRows(await honest.read(request, next), change),
  });
let sentBefore = 0;

const LIES: Lie[] = [
  {
    lie: 'drops deleted rows',
    caughtBy: ['reads a deletion as a change, flagged, and only for whoever asks for deleted rows'],
    session: reading((row) => (row.deleted ? null : row)),
  },
  {
    lie: 'shows deleted rows as alive',
    caughtBy: ['reads a deletion as a change, flagged, and only for whoever asks for deleted rows'],
    session: reading((row) => ({ ...row, deleted: false })),
  },
  {
    lie: 'forgets who won a merge',
    caughtBy: ['names the winner of a merge on the row that lost'],
    session: reading((row) => ({ ...row, mergedIntoId: null })),
  },
  {
    lie: 'counts deleted rows too',
    caughtBy: ['counts what it reads'],
    session: (honest) => ({
      count: async (request) => (await honest.count({ ...request, includeDeleted: true })) + 1,
    }),
  },
  {
    lie: 'counts without the filter',
    caughtBy: ['counts what it reads'],
    session: (honest) => ({
      count: async (request) => await honest.count({ ...request, where: [] }),
    }),
  },
  {
    lie: 'goes on behind a stamp instead of behind a row',
    caughtBy: ['reads all rows of one stamp, however many pages they fill'],
    session: (honest) => ({
      read: async (request, next) => {
        const page = await honest.read(request, next);
        if (page.next === null || request.range.kind !== 'changed') return page;
        const last = page.rows.at(-1)!;
        return { ...page, next: JSON.stringify({ stampMs: last.stampMs, id: '\uffff' }) };
      },
    }),
  },
  {
    lie: 'goes on from a position',
    caughtBy: ['misses no row when others vanish during the read'],
    session: (honest) => ({
      read: async (request, next) => {
        const rows: CrmRow[] = [];
        for (
          let place: string | null = null, first = true;
          first || place !== null;
          first = false
        ) {
          const page: ReadPage = await honest.read(request, place);
          rows.push(...page.rows);
          place = page.next;
        }
        const from = Number(next ?? 0);
        return {
          rows: rows.slice(from, from + 3),
          next: from + 3 < rows.length ? String(from + 3) : null,
          transport: 'memory',
          totalRows: rows.length,
        };
      },
    }),
  },
  {
    lie: 'keeps its place in the session',
    caughtBy: ['goes on from every place, in another session, as often as asked'],
    session: (honest) => {
      const places = new Map<string, string>();
      return {
        read: async (request, next) => {
          const page = await honest.read(
            request,
            next === null
              ? null
              : (places.get(next) ??
                  JSON.stringify({
                    stampMs: request.range.kind === 'changed' ? Infinity : null,
                    id: '\uffff',
                  })),
          );
          if (page.next === null) return page;
          const token = `place-${places.size}`;
          places.set(token, page.next);
          return { ...page, next: token };
        },
      };
    },
  },
  {
    lie: 'closes a window at its last moment',
    caughtBy: ['takes the first moment of a window and leaves the last to the next one'],
    session: (honest) => ({
      read: async (request, next) =>
        await honest.read(
          request.range.kind === 'changed'
            ? { ...request, range: { ...request.range, untilMs: request.range.untilMs + 1 } }
            : request,
          next,
        ),
    }),
  },
  {
    lie: 'never looks back for late commits',
    caughtBy: ['finds a row that was committed late, with an older stamp than rows already read'],
    session: (honest) => {
      return {
        read: async (request, next) => {
          const page = await honest.read(request, next);
          if (request.range.kind === 'changed') {
            const floor = sentBefore;
            sentBefore = Math.max(sentBefore, ...page.rows.map((row) => row.stampMs));
            return mapRows(page, (row) => (row.stampMs < floor ? null : row));
          }
          return page;
        },
      };
    },
  },
  {
    lie: 'says none for associations that it could not read',
    caughtBy: ['says "not read" when associations cannot be read, never "none"'],
    session: reading((row) => ({
      ...row,
      ...(row.links === undefined
        ? {}
        : {
            links: Object.fromEntries(
              Object.entries(row.links).map(([type, links]) => [type, links ?? []]),
            ),
          }),
    })),
  },
  {
    lie: 'claims associations and reads none',
    caughtBy: ['reads associations, and a change of nothing but them'],
    session: reading(({ links: _, ...row }) => row),
  },
  {
    lie: 'claims history and tells the last value only',
    caughtBy: ['reads every value that a field has had'],
    session: reading((row) => ({
      ...row,
      ...(row.history === undefined ? {} : { history: row.history.slice(-1) }),
    })),
  },
  {
    lie: 'reads a field that is not there as empty',
    caughtBy: [
      'refuses a field that is not there instead of reading it as empty',
      'takes a hidden field for none: not described, not read as empty, not written',
    ],
    session: (honest) => ({
      read: async (request, next) => {
        const known = new Set(
          (await honest.describe(request.object))?.fields.map((field) => field.name),
        );
        const page = await honest.read(
          { ...request, fields: request.fields.filter((name) => known.has(name)) },
          next,
        );
        return mapRows(page, (row) => ({
          ...row,
          fields: {
            ...Object.fromEntries(request.fields.map((name) => [name, null])),
            ...row.fields,
          },
        }));
      },
    }),
  },
  {
    lie: 'turns empty numbers into zero',
    caughtBy: ['gives exactly the fields that were asked for, in canonical form'],
    session: reading((row) => ({
      ...row,
      fields: Object.fromEntries(
        Object.entries(row.fields).map(([name, value]) => [
          name,
          name === 'Amount' && value === null ? 0 : value,
        ]),
      ),
    })),
  },
  {
    lie: 'spells dates its own way in windows',
    caughtBy: [
      'gives a row the same bytes in a full read, a window, by id and in pages of any size',
    ],
    session: (honest) => ({
      read: async (request, next) =>
        mapRows(await honest.read(request, next), (row) =>
          request.range.kind !== 'changed'
            ? row
            : {
                ...row,
                fields: {
                  ...row.fields,
                  SignedAt: String(row.fields['SignedAt'] ?? '').replace('.000Z', 'Z') || null,
                },
              },
        ),
    }),
  },
  {
    lie: 'says done for all rows of a batch',
    caughtBy: [
      'rejects a bad row in words and writes the good ones beside it',
      'rejects a row that the CRM refuses, with its words',
    ],
    session: (honest) => ({
      write: async (object, rows) => (
        await honest.write(object, rows), rows.map(({ id }) => ({ id, status: 'done' as const }))
      ),
    }),
  },
  {
    lie: 'loses the batch for one bad row',
    caughtBy: ['rejects a bad row in words and writes the good ones beside it'],
    session: (honest) => ({
      write: async (object, rows) => {
        const there = new Set(
          (
            await honest.read(
              {
                object,
                fields: [],
                where: [],
                range: { kind: 'ids', ids: rows.map(({ id }) => id) },
                includeDeleted: false,
              },
              null,
            )
          ).rows.map((row) => row.id),
        );
        if (rows.every(({ id }) => there.has(id))) return await honest.write(object, rows);
        throw new HeadwaterError('rejected', 'one of them is bad');
      },
    }),
  },
  {
    lie: 'answers in another order',
    caughtBy: ['writes values, answers in order, and moves the stamp'],
    session: (honest) => ({
      write: async (object, rows) => (await honest.write(object, rows)).toReversed(),
    }),
  },
  {
    lie: 'takes a lost answer for a failure',
    caughtBy: ['says so when the outcome of a write is unknown'],
    session: (honest) => ({
      write: async (object, rows) =>
        await honest.write(object, rows).catch((error: HeadwaterError) => {
          throw new HeadwaterError(error.kind, error.message);
        }),
    }),
  },
  {
    lie: 'writes empty text over what it was not asked to write',
    caughtBy: ['leaves alone what it was not asked to write'],
    session: (honest) => ({
      write: async (object, rows) =>
        await honest.write(
          object,
          rows.map((row) => ({ ...row, fields: { Amount: null, ...row.fields } })),
        ),
    }),
  },
  {
    lie: 'calls the end of the session a passing trouble',
    caughtBy: ['the end of the session is an auth error'],
    session: (honest) => ({
      read: async (request, next) =>
        await honest.read(request, next).catch((error: HeadwaterError) => {
          throw new HeadwaterError('transient', error.message);
        }),
    }),
  },
  {
    lie: 'gives no rows instead of an error',
    caughtBy: [
      'a busy CRM is a transient error',
      'an answer that is no data is an error, never no rows',
    ],
    session: (honest) => ({
      read: async (request, next) =>
        await honest
          .read(request, next)
          .catch(() => ({ rows: [], next: null, transport: 'memory' as const, totalRows: null })),
    }),
  },
  {
    lie: 'throws what the library threw',
    caughtBy: ['a busy CRM is a transient error'],
    session: (honest) => ({
      read: async (request, next) =>
        await honest.read(request, next).catch((error: Error) => {
          throw new TypeError(error.message);
        }),
    }),
  },
  {
    lie: 'vouches for deletions that are still to come',
    caughtBy: ['logs deletions of both kinds, and vouches for no moment that is not over'],
    session: (honest) => ({
      deleted: async (object, fromMs, untilMs) => {
        const log = await honest.deleted(object, fromMs, untilMs);
        return log === null ? null : { ...log, coveredUntilMs: untilMs };
      },
    }),
  },
  {
    lie: 'has a delete log without end',
    caughtBy: ['logs deletions of both kinds, and vouches for no moment that is not over'],
    session: (honest) => ({
      deleted: async (object, fromMs, untilMs) =>
        (await honest.deleted(object, fromMs, untilMs)) ?? { ids: [], coveredUntilMs: untilMs },
    }),
  },
  {
    lie: 'claims a budget that it does not know',
    caughtBy: ['tells its budget'],
    session: () => ({ budget: async () => ({ usedCalls: null, limitCalls: null, readAtMs: 0 }) }),
  },
  {
    lie: 'tells a budget that never moves',
    caughtBy: ['tells its budget'],
    session: () => ({ budget: async () => ({ usedCalls: 1, limitCalls: 100, readAtMs: 0 }) }),
  },
  {
    lie: 'plans fields by making them',
    caughtBy: [
      'makes fields: planned without a trace, created, described, written, and never twice',
    ],
    session: (honest) => ({
      planFields: async (specs) => {
        const plan = await honest.planFields(specs);
        await honest.deployFields(plan);
        return plan;
      },
    }),
  },
  {
    lie: 'leaves a rejection that nobody awaits',
    caughtBy: ['a session closed in the middle of a read leaves nothing behind'],
    session: (honest) => ({
      close: async () => {
        void Promise.reject(new Error('left behind'));
        await honest.close();
      },
    }),
  },
  {
    lie: 'trusts a foreign place',
    caughtBy: ['refuses a place that it never gave'],
    session: (honest) => ({
      read: async (request, next) =>
        await honest.read(request, next).catch(async (error: HeadwaterError) => {
          if (error.code === 'CURSOR') return await honest.read(request, null);
          throw error;
        }),
    }),
  },
  {
    lie: 'declares a page size of none',
    caughtBy: ['declares features that can be'],
    features: { readPage: 0 },
  },
];

function lying({ features, session }: Lie): ConformanceOptions {
  const wrap = (honest: Connector): Connector => ({
    ...honest,
    features: { ...honest.features, ...features },
    open: async (...given) => {
      const real = await honest.open(...given);
      return { ...real, ...session?.(real) };
    },
  });
  sentBefore = 0;
  return {
    name: 'liar',
    connector: wrap(memory),
    world: async () => await memoryWorld((crm: MemoryCrm) => wrap(connectTo(crm))),
  };
}

describe('the suite catches a connector that', () => {
  for (const lie of LIES) {
    it(lie.lie, async () => {
      for (const name of lie.caughtBy) {
        const check = CHECKS.find((each) => each.name === name);
        expect(check, name).toBeDefined();
        await expect(runCheck(lying(lie), check!), name).rejects.toThrow(ConformanceFailure);
      }
    });
  }

  it('claims a feature that its world cannot show', async () => {
    const cases = connectorConformance({
      name: 'unproven',
      connector: memory,
      world: async () => ({ ...(await memoryWorld()), merge: undefined }),
    });
    await expect(
      cases.find((each) => each.name.startsWith('names the winner'))!.run(),
    ).rejects.toThrow(/lacks merge/);
  });
  it('is skipped by a name that no check has', () => {
    expect(() =>
      connectorConformance({
        name: 'typo',
        connector: memory,
        world: memoryWorld,
        skip: { nonsense: 'a reason' },
      }),
    ).toThrow(/nonsense/);
  });
});

describe('the cases', () => {
  it('leave out what a connector does not declare', () => {
    const modest: Connector = {
      ...memory,
      features: { ...memory.features, merges: false, associations: false },
    };
    const names = connectorConformance({
      name: 'modest',
      connector: modest,
      world: memoryWorld,
    }).map((each) => each.name);
    expect(names.some((name) => /merge|associations/.test(name))).toBe(false);
    expect(names.length).toBeLessThan(CHECKS.length);
  });
});
