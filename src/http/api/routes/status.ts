import * as z from 'zod';
import { eitherLine } from '../../../predict/index.ts';
import { hintCount } from '../../../store/hints.ts';
import { listConnections, statusOf } from '../../../store/status.ts';
import { listWithin } from '../auth/reach.ts';
import { route, type Route } from '../route.ts';
import { iso, time } from '../shapes/common.ts';

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
    .describe(
      'How what was said, or until then what was replayed on the past, came out, in one line; null = neither has ended',
    ),
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
      calls: z.number(),
      callsLeft: z
        .number()
        .nullable()
        .describe('Above the quota floor when it began; null = the CRM told no budget'),
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
  servedRun: z
    .object({ id: z.string(), asOf: time })
    .nullable()
    .describe('The run whose results are served'),
  schedule: z
    .object({
      everySeconds: z.number(),
      nextAt: time,
      missed: z.number().describe('Ticks since the service began that started nothing'),
      lastMissedAt: time,
      lastMissed: z.string().nullable().describe('Why'),
    })
    .nullable()
    .describe('null = nothing on this host starts runs by itself, or the platform does'),
});

export const statusRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/status',
    summary: 'Freshness, last run, quarantine and open writes of every connection that has run',
    scope: 'read',
    within: listWithin('connections', 'id'),
    response: z.object({ connections: z.array(state) }),
    handle: async ({ deps }) => {
      const connections: z.infer<typeof state>[] = [];
      for (const [database, store] of deps.stores) {
        for (const pinned of await listConnections(store)) {
          const { lastRun, servedRun, ...known } = await statusOf(store, pinned);
          const schedule = deps.schedule?.(pinned.id) ?? null;
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
            trackRecord: eitherLine(known.trackRecord, known.replayedRecord),
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
                    calls: lastRun.calls,
                    callsLeft: lastRun.callsLeft,
                    error: lastRun.error,
                  },
            paused: known.paused.map(({ object, field, message, sinceMs }) => ({
              object,
              field,
              message,
              since: iso(sinceMs),
            })),
            findings: known.findings,
            servedRun:
              servedRun === null ? null : { id: servedRun.id, asOf: iso(servedRun.asOfMs) },
            schedule:
              schedule === null
                ? null
                : {
                    everySeconds: schedule.everyMs / 1000,
                    nextAt: iso(schedule.nextMs),
                    missed: schedule.missed,
                    lastMissedAt: iso(schedule.lastMissedMs),
                    lastMissed: schedule.lastMissed,
                  },
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
