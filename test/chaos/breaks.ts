import type { Connector, CrmSession } from '../../src/model/connector.ts';
import { movesCursor, type Breaks } from './engine.ts';
import { WRITTEN } from './salesforce/mapping.ts';

/** Guards of the engine taken away one by one, from outside: chaos must notice each. */
export const BREAKS = {
  /** The fast pass begins where the last one ended: what is committed late stays behind. */
  'drop the overlap': {
    connector: (connector) => withSession(connector, (session) => ({
      ...session,
      read: (request, next) => session.read(request.range.kind === 'changed' && request.range.fromMs > connector.features.settleMs ? { ...request, range: { ...request.range, fromMs: Math.min(request.range.fromMs + connector.features.settleMs, request.range.untilMs) } } : request, next),
    })),
  },
  /** The place to go on from is saved in a batch of its own, ahead of the rows. */
  'commit the cursor before the rows': {
    store: (store) => ({
      ...store,
      batch: async (statements) => {
        const cursor = statements.filter(movesCursor);
        if (cursor.length === 0 || cursor.length === statements.length) return await store.batch(statements);
        await store.batch(cursor);
        await store.batch(statements.filter((statement) => !cursor.includes(statement)));
      },
    }),
  },
  /** A write whose answer was lost counts as not done. */
  'skip the read-back': {
    connector: (connector) => withSession(connector, (session) => ({
      ...session,
      read: async (request, next) => request.range.kind === 'ids' && request.fields.length > 0 && request.fields.every((field) => WRITTEN[request.object]?.some((written) => written.field === field) === true)
        ? { rows: [], next: null, transport: 'rest', totalRows: 0 } : await session.read(request, next),
    })),
  },
} satisfies Record<string, Breaks>;

const withSession = (connector: Connector, change: (session: CrmSession) => CrmSession): Connector => ({ ...connector, open: async (...given) => change(await connector.open(...given)) });
