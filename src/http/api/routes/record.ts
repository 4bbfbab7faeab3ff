import * as z from 'zod';
import { currentRecord } from '../../../sync/measure/read-record.ts';
import { keepBacktest, readBacktest } from '../../../store/backtests.ts';
import { countDeals } from '../../../store/facts.ts';
import { backtest } from '../../../sync/measure/backtest.ts';
import { backtestPlace } from '../../../sync/measure/backtest-place.ts';
import { requirePlace } from '../places.ts';
import { Problem } from '../problem.ts';
import { route, type Route } from '../route.ts';
import { backtestReport, trackRecord } from '../shapes/record.ts';

const record = trackRecord.nullable();

/** Deals times origins that one request may replay: a minute of a machine. */
const MAX_REPLAYED = 20_000;
const ORIGINS_A_YEAR = { weekly: 52, monthly: 12 };

const start = z.iso.date().nullable().default(null);
const asked = z.strictObject({
  origins: z.enum(['weekly', 'monthly']).default('monthly'),
  horizon: z.union([z.literal('quarter'), z.number().int().min(1).max(365)]).default('quarter'),
  from: start.describe('First origin; null = a year before the end'),
  until: start.describe('Last origin; null = the last run'),
});
const ms = (day: string | null): number | null => (day === null ? null : Date.parse(day));

export const recordRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/connections/{id}/backtest',
    summary: 'The report of the last backtest',
    scope: 'read',
    response: z.object({ report: backtestReport }),
    handle: async ({ deps, params }) => {
      const { store } = await requirePlace(deps, params['id']!);
      const found = await readBacktest(store, params['id']!);
      if (found === null) throw new Problem(404, 'NO_BACKTEST', 'no backtest has been run yet');
      return { report: found };
    },
  }),
  route({
    method: 'post',
    path: '/v1/connections/{id}/backtest',
    summary: 'Replay past moments on the local copy and judge what would have been said',
    scope: 'run',
    body: asked,
    response: z.object({ report: backtestReport }),
    handle: async ({ deps, params, body }) => {
      const id = params['id']!;
      const { store } = await requirePlace(deps, id);
      const deals = await countDeals(store, id);
      if (deals * ORIGINS_A_YEAR[body.origins] > MAX_REPLAYED)
        throw new Problem(
          409,
          'TOO_MANY_DEALS',
          `${deals} deals are too many to replay in a request`,
          'Use `headwater backtest run` on the database, or monthly origins.',
        );
      const { report: found, judged } = await backtest(
        await backtestPlace(store, id),
        {
          every: body.origins,
          horizon: body.horizon,
          fromMs: ms(body.from),
          untilMs: ms(body.until),
        },
        () => {},
      );
      await keepBacktest(store, id, found, judged);
      return { report: found };
    },
  }),
  route({
    method: 'get',
    path: '/v1/connections/{id}/record',
    summary: 'The track record: what was said, and how it came out',
    scope: 'read',
    response: z.object({
      live: record.describe('What runs said; null = nothing yet'),
      replayed: record.describe('What the last backtest made again of the past; null = none'),
    }),
    handle: async ({ deps, params }) => {
      const id = params['id']!;
      const { store } = await requirePlace(deps, id);
      return {
        live: await currentRecord(store, id, 'live', deps.nowMs()),
        replayed: await currentRecord(store, id, 'replayed', deps.nowMs()),
      };
    },
  }),
];
