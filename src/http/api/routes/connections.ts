import * as z from 'zod';
import { connectionSchema } from '../../../model/connection.ts';
import { parseMapping } from '../../../mapping/document/parse.ts';
import { recordLine } from '../../../predict/index.ts';
import { listBundleIds, pushBundle, readBundle, removeBundle } from '../../../store/bundles.ts';
import { hintCount } from '../../../store/hints.ts';
import { listConnections, statusOf } from '../../../store/status.ts';
import type { AppDeps } from '../deps.ts';
import { placeOf, requirePlace } from '../places.ts';
import { Problem } from '../problem.ts';
import { route, type Route } from '../route.ts';

const time = z.string().nullable().describe('ISO 8601; null = never');
const iso = (ms: number | null | undefined): string | null =>
  ms == null ? null : new Date(ms).toISOString();

const summary = z.object({
  id: z.string(),
  database: z.string(),
  crm: z.string(),
  version: z.string(),
  pushedAt: time,
  missingSecrets: z.array(z.string()),
});
const stream = z.object({
  object: z.string(),
  rows: z.number(),
  readThrough: time,
  verifiedThrough: time,
  fullRead: time,
  fieldsAsOf: time,
  associationsAsOf: z
    .string()
    .nullable()
    .describe(
      'Links of every row, and fields of linked records, are as they were then; null = the stream has none, or they were not all read yet',
    ),
  calculatedAsOf: z.string().nullable().describe('The same of formulas and roll-ups'),
  pausedSince: z
    .string()
    .nullable()
    .describe(
      'Something that the stream needs is gone from the CRM: its rows stay as they were; null = it is read',
    ),
});
const paused = z.object({
  object: z.string(),
  field: z.string().nullable().describe('null = the whole object'),
  message: z.string(),
  since: time,
});
const state = z.object({
  id: z.string(),
  database: z.string(),
  crm: z.string(),
  orgId: z.string(),
  orgName: z.string(),
  verifiedThrough: time,
  quarantined: z.number(),
  unsettledWrites: z.number(),
  hints: z.number(),
  trackRecord: z
    .string()
    .nullable()
    .describe('How what was said came out, in one line; null = nothing of it has ended yet'),
  shadow: z
    .object({ open: z.boolean(), since: time, why: z.string() })
    .nullable()
    .describe('Where `shadow: until-skill` stands; null = the connection does not ask for it'),
  lastRun: z
    .object({
      id: z.string(),
      state: z.string(),
      startedAt: time,
      endedAt: time,
      resumesAt: time,
      error: z.string().nullable(),
    })
    .nullable(),
  paused: z.array(paused).describe('What the mapping needs and the CRM no longer has or shows'),
  findings: z
    .array(
      z.object({
        object: z.string(),
        id: z.string(),
        entity: z.string(),
        field: z.string(),
        code: z.string(),
        message: z.string(),
      }),
    )
    .describe('What of the data a person should put right, as the last run found it'),
  streams: z.array(stream),
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

/** What guards Headwater itself: a pushed document must not have it sent to a host of its choice. */
const OWN_SECRETS: ReadonlySet<string> = new Set([
  ...['HEADWATER_KEY', 'HEADWATER_OLD_KEYS', 'HEADWATER_TOKENS', 'HEADWATER_TOKEN'],
  ...['HEADWATER_HUBSPOT_SECRET', 'HEADWATER_SALESFORCE_SECRET'],
]);

export const connectionRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/connections',
    summary: 'Connections that were pushed',
    scope: 'read',
    response: z.object({ connections: z.array(summary) }),
    handle: async ({ deps }) => {
      const connections: z.infer<typeof summary>[] = [];
      for (const [database, store] of deps.stores) {
        for (const id of await listBundleIds(store)) {
          const bundle = await readBundle(store, id);
          if (bundle !== null)
            connections.push({
              id,
              database,
              crm: bundle.connection.crm,
              version: bundle.version,
              pushedAt: iso(bundle.savedMs),
              missingSecrets: deps.missingSecrets?.(bundle.connection) ?? [],
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
    handle: async ({ deps, params, query, body: { connection, mapping } }) => {
      const missingSecrets = pushable(deps);
      if (connection.id !== params['id'])
        throw new Problem(400, 'ID', `the document is of connection "${connection.id}"`);
      const held = Object.entries(connection.secrets).find(([, source]) => 'file' in source);
      if (held !== undefined)
        throw new Problem(
          400,
          'SECRET',
          `the secret ${held[0]} is in a file, which this host cannot read`,
          'Name it as { env: NAME } and set it with `npx wrangler secret put NAME`.',
        );
      const own = Object.values(connection.secrets).find(
        (source) => 'env' in source && OWN_SECRETS.has(source.env),
      );
      if (own !== undefined)
        throw new Problem(
          400,
          'SECRET',
          "a connection may not name one of Headwater's own secrets",
          'Give the CRM secret a variable of its own.',
        );
      const faults = parseMapping(mapping).faults.filter((fault) => fault.severity === 'error');
      if (faults.length > 0)
        throw new Problem(
          400,
          'MAPPING',
          faults.map((fault) => `${fault.line}:${fault.column} ${fault.message}`).join('\n'),
          'Run `headwater mapping check` first.',
        );
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
      return {
        id: connection.id,
        database: query.database,
        version: await pushBundle(store, connection, mapping, deps.nowMs()),
        missingSecrets: missingSecrets(connection),
      };
    },
  }),
  route({
    method: 'delete',
    path: '/v1/connections/{id}',
    summary: 'Stop syncing a connection; its data and the ledger stay',
    scope: 'admin',
    response: z.object({ id: z.string() }),
    handle: async ({ deps, params }) => {
      pushable(deps);
      const { store } = await requirePlace(deps, params['id']!);
      await removeBundle(store, params['id']!, deps.nowMs());
      return { id: params['id'] };
    },
  }),
  route({
    method: 'get',
    path: '/v1/status',
    summary: 'Freshness, last run, quarantine and open writes of every connection that has run',
    scope: 'read',
    response: z.object({ connections: z.array(state) }),
    handle: async ({ deps }) => {
      const connections: z.infer<typeof state>[] = [];
      for (const [database, store] of deps.stores) {
        for (const pinned of await listConnections(store)) {
          const { lastRun, ...known } = await statusOf(store, pinned);
          connections.push({
            id: pinned.id,
            database,
            crm: pinned.crm,
            orgId: pinned.orgId,
            orgName: pinned.orgName,
            verifiedThrough: iso(known.verifiedThroughMs),
            quarantined: known.quarantined,
            unsettledWrites: known.unsettledWrites,
            hints: await hintCount(store, pinned.id),
            trackRecord: known.trackRecord === null ? null : recordLine(known.trackRecord),
            shadow:
              known.shadow === null
                ? null
                : {
                    open: known.shadow.open,
                    since: iso(known.shadow.sinceMs),
                    why: known.shadow.why,
                  },
            lastRun:
              lastRun === null
                ? null
                : {
                    id: lastRun.id,
                    state: lastRun.state,
                    startedAt: iso(lastRun.startedMs),
                    endedAt: iso(lastRun.endedMs),
                    resumesAt: iso(lastRun.resumeAtMs),
                    error: lastRun.error,
                  },
            paused: known.paused.map(({ object, field, message, sinceMs }) => ({
              object,
              field,
              message,
              since: iso(sinceMs),
            })),
            findings: known.findings,
            streams: known.streams.map((one) => ({
              object: one.object,
              rows: one.rows,
              readThrough: iso(one.throughMs),
              verifiedThrough: iso(one.verifiedMs),
              fullRead: iso(one.fullMs),
              fieldsAsOf: iso(one.throughMs),
              associationsAsOf: iso(one.associationsMs),
              calculatedAsOf: iso(one.calculatedMs),
              pausedSince: iso(one.pausedMs),
            })),
          });
        }
      }
      return { connections };
    },
  }),
];
