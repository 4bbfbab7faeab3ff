import * as z from 'zod';
import { SIGNAL_SOURCE, SIGNAL_UNITS, signalShape } from '../../../model/signals.ts';
import { takeSignals } from '../../../sync/measure/signal-intake.ts';
import { signalOverview } from '../../../sync/measure/signal-overview.ts';
import { requirePlace } from '../places.ts';
import { Problem } from '../problem.ts';
import { route, type Route } from '../route.ts';
import { iso, time } from '../shapes/common.ts';

/** About half a megabyte; who has more sends several requests, in any order. */
const MAX_SIGNALS = 2_000;

const refusal = z.object({
  key: z.string(),
  field: z.string(),
  code: z.string(),
  message: z
    .string()
    .nullable()
    .describe('null = names of partners may stand in it, and the token lacks the scope read'),
  cure: z.string().nullable(),
});

export const signalRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/connections/{id}/signals',
    summary: 'Takes what happened outside the CRM; the same signals sent again change nothing',
    scope: 'signals',
    body: z.strictObject({
      source: z
        .string()
        .regex(SIGNAL_SOURCE, 'lower-case letters, digits and dashes')
        .describe('The system that they come from; keys are its own'),
      history: z
        .boolean()
        .default(false)
        .describe('They were known when they happened: a past that is loaded for the first time'),
      signals: z.array(signalShape).min(1).max(MAX_SIGNALS),
    }),
    response: z.object({
      kept: z.number(),
      corrected: z.number().describe('Known under the same key, with another content'),
      same: z.number().describe('Known already'),
      refused: z.array(refusal).describe('In quarantine, until sent again put right'),
    }),
    handle: async ({ deps, principal, params, body }) => {
      if (body.history && principal?.scopes.has('admin') !== true)
        throw new Problem(403, 'SCOPE', 'only an admin says since when something was known');
      const { store } = await requirePlace(deps, params['id']!);
      const done = await takeSignals(store, params['id']!, body, deps.nowMs());
      const mayRead = principal?.scopes.has('read') === true;
      return {
        ...done,
        refused: done.refused.map(({ key, field, code, message, cure }) => ({
          ...{ key, field, code },
          ...(mayRead ? { message, cure } : { message: null, cure: null }),
        })),
      };
    },
  }),
  route({
    method: 'get',
    path: '/v1/connections/{id}/signals',
    summary: 'Kinds of signals with their units, and what has arrived of each',
    scope: 'read',
    response: z.object({
      kinds: z.array(
        z.object({
          kind: z.string(),
          label: z.string().nullable().describe('null = a word of the CRM that no kind has'),
          unit: z.enum(SIGNAL_UNITS).nullable(),
          signals: z.number(),
          partners: z.number(),
          first: time,
          last: time,
          received: time.describe('When the last of them came'),
        }),
      ),
      refused: z.number().describe('In quarantine'),
    }),
    handle: async ({ deps, params }) => {
      const { store } = await requirePlace(deps, params['id']!);
      const { kinds, refused } = await signalOverview(store, params['id']!);
      return {
        kinds: kinds.map(({ firstMs, lastMs, receivedMs, ...one }) => ({
          ...one,
          first: iso(firstMs),
          last: iso(lastMs),
          received: iso(receivedMs),
        })),
        refused,
      };
    },
  }),
];
