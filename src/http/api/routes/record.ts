import * as z from 'zod';
import { currentRecord } from '../../../sync/measure/read-record.ts';
import { requirePlace } from '../places.ts';
import { route, type Route } from '../route.ts';

/** A record is the model's own shape (src/model/record.ts, TrackRecord). */
const record = z.record(z.string(), z.unknown()).nullable();

export const recordRoutes: Route[] = [
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
