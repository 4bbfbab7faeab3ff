import * as z from 'zod';
import { connectionSchema } from '../../../model/connection.ts';
import { listBundleIds, pushBundle, readBundle, removeBundle } from '../../../store/bundles.ts';
import { forgetConnection } from '../../../store/forget-connection.ts';
import { heldLease } from '../../../store/lease.ts';
import { listConnections } from '../../../store/status.ts';
import type { AppDeps } from '../deps.ts';
import { notePushed } from '../mapping/activate.ts';
import { placeOf, requirePlace } from '../places.ts';
import { Problem } from '../problem.ts';
import { listWithin } from '../auth/reach.ts';
import { demandMapping, demandOwnSecrets, demandRuns } from '../pushable.ts';
import { route, type Route } from '../route.ts';
import { iso, time } from '../shapes/common.ts';

const summary = z.object({
  id: z.string(),
  database: z.string(),
  crm: z.string(),
  orgName: z.string().nullable().describe('null = it has not been synced yet'),
  version: z.string().nullable().describe('Of the pushed documents; null = they are files'),
  pushedAt: time,
  missingSecrets: z.array(z.string()),
  startable: z.boolean().describe('Runs can be started on request'),
});
function pushable({ missingSecrets }: AppDeps): NonNullable<AppDeps['missingSecrets']> {
  if (missingSecrets === undefined)
    throw new Problem(
      409,
      'FILES',
      'on this host connection and mapping are files',
      'Edit the files; the next run uses them.',
    );
  return missingSecrets;
}

export const connectionRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/connections',
    summary: 'Connections: pushed, served from files, or synced into this database',
    scope: 'read',
    within: listWithin('connections', 'id'),
    response: z.object({ connections: z.array(summary) }),
    handle: async ({ deps }) => {
      const connections: z.infer<typeof summary>[] = [];
      const files = deps.documents === undefined ? [] : await deps.documents.list();
      for (const [database, store] of deps.stores) {
        const pinned = new Map((await listConnections(store)).map((one) => [one.id, one]));
        const pushed = await listBundleIds(store);
        // Files belong to the only database of their host; what was pushed says where it is.
        const own = deps.missingSecrets === undefined ? files.map((one) => one.id) : [];
        for (const id of [...new Set([...pushed, ...own, ...pinned.keys()])].sort()) {
          const bundle = pushed.includes(id) ? await readBundle(store, id) : null;
          const document = bundle?.connection ?? files.find((one) => one.id === id);
          connections.push({
            id,
            database,
            crm: document?.crm ?? pinned.get(id)?.crm ?? '',
            orgName: pinned.get(id)?.orgName ?? null,
            version: bundle?.version ?? null,
            pushedAt: iso(bundle?.savedMs),
            missingSecrets: bundle === null ? [] : (deps.missingSecrets?.(bundle.connection) ?? []),
            startable: deps.startRun !== undefined && document !== undefined,
          });
        }
      }
      return { connections };
    },
  }),
  route({
    method: 'put',
    path: '/v1/connections/{id}',
    summary: 'Push a connection document and its mapping; the next run uses them',
    scope: 'admin',
    query: z.strictObject({
      database: z
        .string()
        .default('DB')
        .describe('Binding of the database; a connection stays where it was first pushed'),
    }),
    body: z.strictObject({
      connection: connectionSchema,
      mapping: z.string().min(1).describe('Text of the mapping document (YAML)'),
    }),
    response: z.object({
      id: z.string(),
      database: z.string(),
      version: z.string(),
      missingSecrets: z.array(z.string()),
    }),
    handle: async ({ deps, principal, params, query, body: { connection, mapping } }) => {
      const missingSecrets = pushable(deps);
      if (connection.id !== params['id'])
        throw new Problem(400, 'ID', `the document is of connection "${connection.id}"`);
      await demandOwnSecrets(deps, connection);
      await demandRuns(deps, connection);
      demandMapping(connection.crm, mapping);
      const place = await placeOf(deps, connection.id);
      if (place !== null && place.database !== query.database)
        throw new Problem(
          409,
          'PLACE',
          `connection "${connection.id}" lives in ${place.database}`,
          `Push it there (?database=${place.database}), or give the new one an id of its own.`,
        );
      const store = deps.stores.get(query.database);
      if (store === undefined)
        throw new Problem(
          400,
          'DATABASE',
          `there is no database ${query.database}; there are ${[...deps.stores.keys()].join(', ')}`,
        );
      const version = await pushBundle(store, connection, mapping, deps.nowMs());
      await notePushed(store, connection.id, mapping, principal!.name, deps.nowMs());
      return {
        ...{ id: connection.id, database: query.database, version },
        missingSecrets: missingSecrets(connection),
      };
    },
  }),
  route({
    method: 'delete',
    path: '/v1/connections/{id}',
    summary:
      'Stop syncing a connection; its data and the ledger stay unless they are to be forgotten',
    scope: 'admin',
    query: z.strictObject({
      data: z
        .enum(['keep', 'forget'])
        .default('keep')
        .describe('forget: everything that the database holds of it is deleted as well'),
    }),
    response: z.object({ id: z.string(), rows: z.number().describe('That were deleted') }),
    handle: async ({ deps, params, query }) => {
      pushable(deps);
      const { store } = await requirePlace(deps, params['id']!);
      const id = params['id']!;
      await removeBundle(store, id, deps.nowMs());
      if (query.data === 'keep') return { id, rows: 0 };
      const held = await heldLease(store, id);
      if (held !== null && held.expiresMs > deps.nowMs())
        throw new Problem(
          409,
          'LEASED',
          `the connection is stopped, its data is still there: run ${held.holder} is at work on "${id}"`,
          'It is the last one: stop it or wait for it, then ask again.',
        );
      return { id, rows: await forgetConnection(store, id) };
    },
  }),
];
