import * as z from 'zod';
import { eraseRecord } from '../../../store/erase-record.ts';
import { requirePlace } from '../places.ts';
import { Problem } from '../problem.ts';
import { route, type Route } from '../route.ts';

export const forgetRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/connections/{id}/erase',
    summary: 'Erase what is still said of a record that the CRM has deleted',
    scope: 'admin',
    body: z.strictObject({
      id: z.string().min(1).max(200).describe('Of the record, in the CRM'),
      object: z.string().min(1).max(200).nullable().default(null),
    }),
    response: z.object({ id: z.string(), objects: z.array(z.string()) }),
    handle: async ({ deps, params, body }) => {
      const { store } = await requirePlace(deps, params['id']!);
      const { objects, alive, atWork } = await eraseRecord(store, params['id']!, {
        ...{ id: body.id, object: body.object, nowMs: deps.nowMs() },
      });
      if (objects.length === 0)
        throw new Problem(404, 'NO_RECORD', `nothing is held of a record ${body.id}`);
      if (alive !== null)
        throw new Problem(
          409,
          'STILL_THERE',
          `the CRM still has ${alive} ${body.id}`,
          'Delete it there first; the run after that would only read it again.',
        );
      if (atWork !== null)
        throw new Problem(
          409,
          'LEASED',
          `run ${atWork} is at work on "${params['id']!}"`,
          'It may write the names anew: wait for it, then ask again.',
        );
      return { id: body.id, objects };
    },
  }),
];
