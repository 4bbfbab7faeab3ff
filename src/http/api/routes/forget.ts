import * as z from 'zod';
import { eraseRecords } from '../../../store/erase.ts';
import { recordObjects } from '../../../store/record-objects.ts';
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
      const found = (await recordObjects(store, params['id']!, body.id)).filter(
        ({ object }) => body.object === null || object === body.object,
      );
      if (found.length === 0)
        throw new Problem(404, 'NO_RECORD', `nothing is held of a record ${body.id}`);
      const alive = found.find((one) => one.alive);
      if (alive !== undefined)
        throw new Problem(
          409,
          'STILL_THERE',
          `the CRM still has ${alive.object} ${body.id}`,
          'Delete it there first; the run after that would only read it again.',
        );
      for (const { object } of found) await eraseRecords(store, params['id']!, object, [body.id]);
      return { id: body.id, objects: found.map(({ object }) => object) };
    },
  }),
];
