import * as z from 'zod';
import { ALERT_STATES } from '../../../model/alert.ts';
import { listAlerts, muteAlerts, mutesAt } from '../../../store/alerts.ts';
import { previewAlerts } from '../../../sync/alert/preview.ts';
import { requirePlace } from '../places.ts';
import { route, type Route } from '../route.ts';
import { iso, next, pageOf, paging, skipOf, time } from '../shapes/common.ts';
import { DAY_MS } from '../../../model/time.ts';

const mute = z.object({ what: z.string(), until: time, by: z.string(), why: z.string() });
const alert = z.object({
  ...{ rule: z.string(), on: z.string(), subject: z.string(), ownerId: z.string().nullable() },
  ...{ channel: z.string(), recipient: z.string().nullable(), way: z.enum(['above', 'below']) },
  ...{ value: z.number(), limit: z.number(), at: time, due: time, sent: time },
  state: z.enum(ALERT_STATES).describe('dead = nobody got it, see `error`'),
  attempts: z.number(),
  error: z.string().nullable(),
});

export const alertRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/connections/{id}/alerts',
    summary: 'Alerts, the newest first, with what became of each, and what is muted',
    scope: 'read',
    query: z.strictObject({ ...paging, state: z.enum(ALERT_STATES).optional() }),
    response: z.object({ alerts: z.array(alert), mutes: z.array(mute), next }),
    handle: async ({ deps, params, query }) => {
      const { store } = await requirePlace(deps, params['id']!);
      const asked = { skip: skipOf(query.after), limit: query.limit + 1 };
      const found = await listAlerts(store, params['id']!, query.state ?? null, asked);
      const page = pageOf(found, query);
      const mutes = await mutesAt(store, params['id']!, deps.nowMs());
      return {
        alerts: page.rows.map(({ atMs, dueMs, sentMs, seq: _, key: _k, ...one }) => ({
          ...{ ...one, at: iso(atMs), due: iso(dueMs), sent: iso(sentMs) },
        })),
        mutes: mutes.map(({ untilMs, ...one }) => ({ ...one, until: iso(untilMs) })),
        next: page.next,
      };
    },
  }),
  route({
    method: 'get',
    path: '/v1/connections/{id}/alerts/preview',
    summary: 'What the rules would have told over the last quarter, owner by owner',
    scope: 'read',
    response: z.object({
      ...{ from: time, until: time, runs: z.number(), lastRunOnly: z.array(z.string()) },
      owners: z.array(
        z.object({
          id: z.string().nullable(),
          name: z.string().nullable(),
          email: z.string().nullable(),
          alerts: z.number(),
        }),
      ),
      rules: z.array(z.object({ rule: z.string(), alerts: z.number() })),
    }),
    handle: async ({ deps, params }) => {
      const { store } = await requirePlace(deps, params['id']!);
      const { fromMs, untilMs, ...preview } = await previewAlerts(store, params['id']!);
      return { from: iso(fromMs), until: iso(untilMs), ...preview };
    },
  }),
  route({
    method: 'post',
    path: '/v1/connections/{id}/alerts/mute',
    summary: 'Let a rule or a record tell nobody for a while',
    scope: 'admin',
    body: z.strictObject({
      what: z
        .string()
        .regex(/^(rule|partner|deal):.{1,200}$/)
        .describe('rule:ID, partner:ID or deal:ID'),
      days: z.number().int().min(0).max(365).describe('0 ends it'),
      by: z.string().min(1).max(200),
      why: z.string().min(1).max(2000),
    }),
    response: z.object({ mute }),
    handle: async ({ deps, params, body }) => {
      const { store } = await requirePlace(deps, params['id']!);
      const { what, by, why, days } = body;
      const untilMs = deps.nowMs() + days * DAY_MS;
      await muteAlerts(store, params['id']!, { what, untilMs, by, why });
      return { mute: { what, until: iso(untilMs), by, why } };
    },
  }),
];
