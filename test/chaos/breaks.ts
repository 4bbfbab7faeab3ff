import type { Connector, CrmSession } from '../../src/model/connector.ts';
import { asHeadwaterError } from '../../src/model/error.ts';
import { movesCursor, type Breaks } from './engine.ts';

/** Guards of the engine taken away one by one, from outside: chaos must notice each. */
export const BREAKS = {
  /** The fast pass begins where the last one ended: what is committed late stays behind. */
  'drop the overlap': {
    connector: (connector) =>
      withSession(connector, (session) => ({
        ...session,
        read: (request, next) =>
          session.read(
            request.range.kind === 'changed' && request.range.fromMs > connector.features.settleMs
              ? {
                  ...request,
                  range: {
                    ...request.range,
                    fromMs: Math.min(
                      request.range.fromMs + connector.features.settleMs,
                      request.range.untilMs,
                    ),
                  },
                }
              : request,
            next,
          ),
      })),
  },
  /** The place to go on from is saved in a batch of its own, ahead of the rows. */
  'commit the cursor before the rows': {
    store: (store) => ({
      ...store,
      batch: async (statements) => {
        const cursor = statements.filter(movesCursor);
        if (cursor.length === 0 || cursor.length === statements.length)
          return await store.batch(statements);
        await store.batch(cursor);
        await store.batch(statements.filter((statement) => !cursor.includes(statement)));
      },
    }),
  },
  /** A write whose answer was lost counts as not done. */
  'skip the read-back': {
    connector: (connector) =>
      withSession(connector, (session) => ({
        ...session,
        write: async (object, rows) =>
          await session.write(object, rows).catch((error: unknown) => {
            if (!asHeadwaterError(error).outcomeUnknown) throw error;
            return rows.map(({ id }) => ({
              id,
              status: 'rejected' as const,
              code: 'LOST',
              message: 'no answer',
              fields: [],
            }));
          }),
      })),
  },
  /** A write that was partly refused counts as done. */
  'take a partial answer for a whole one': {
    connector: (connector) =>
      withSession(connector, (session) => ({
        ...session,
        write: async (object, rows) =>
          (await session.write(object, rows)).map(({ id }) => ({ id, status: 'done' as const })),
      })),
  },
} satisfies Record<string, Breaks>;

const withSession = (
  connector: Connector,
  change: (session: CrmSession) => CrmSession,
): Connector => ({
  ...connector,
  open: async (...given) => change(await connector.open(...given)),
});
