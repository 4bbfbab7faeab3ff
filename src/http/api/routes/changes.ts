import * as z from 'zod';
import { HeadwaterError } from '../../../model/error.ts';
import { findPartnerScores } from '../../../store/results.ts';
import { changePlace } from '../../../sync/measure/change-place.ts';
import { forecastChange } from '../../../sync/measure/kept-changes.ts';
import { changesSince } from '../../../sync/measure/changes.ts';
import { namedPartners } from '../../../store/keep-plans.ts';
import { requirePlace } from '../places.ts';
import { Problem } from '../problem.ts';
import { route, type Route } from '../route.ts';
import { changeReport } from '../shapes/change.ts';
import { askedPartner } from '../asked-partner.ts';

/**
 * Partners that one request may look at, some 10 ms each; other requests get their turn between.
 */
const MAX_PARTNERS = 3000;

const since = z
  .enum(['run', 'week', 'quarter'])
  .default('run')
  .describe('The run before, a week ago, or the start of the quarter');

export const changeRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/connections/{id}/forecast/changes',
    summary: 'Why the forecast moved, from what each run has kept of the run before it',
    scope: 'read',
    query: z.strictObject({ since }),
    response: z.object({
      change: changeReport
        .omit({ partners: true })
        .nullable()
        .describe('null = the newest run has nothing to compare with, or too many partners'),
    }),
    handle: async ({ deps, params, query }) => {
      const { store } = await requirePlace(deps, params['id']!);
      return { change: await forecastChange(store, params['id']!, query.since) };
    },
  }),
  route({
    method: 'get',
    path: '/v1/connections/{id}/changes',
    summary: 'Why scores, plan health and the forecast are others than before, adding up exactly',
    scope: 'read',
    query: z.strictObject({
      since,
      partner: z.string().min(1).optional().describe('Id or name of one partner'),
    }),
    response: changeReport,
    handle: async ({ deps, params, query }) => {
      const id = params['id']!;
      const { store } = await requirePlace(deps, id);
      const place = await changePlace(store, id, query.since).catch((error: unknown) => {
        if (error instanceof HeadwaterError && error.code === 'NO_EARLIER_RUN')
          throw new Problem(404, 'NO_EARLIER_RUN', error.message, error.cure);
        throw error;
      });
      if (query.partner === undefined) {
        const { length } = await namedPartners(store, id);
        if (length > MAX_PARTNERS)
          throw new Problem(
            409,
            'TOO_MANY_PARTNERS',
            `${length} partners are too many for one request`,
            'Ask for one partner, or use `headwater change show` on the database.',
          );
        return await changesSince(place, query.since, null);
      }
      const found = await findPartnerScores(
        store,
        id,
        await askedPartner(deps, store, id, query.partner),
      );
      if (found.length === 0)
        throw new Problem(404, 'NO_PARTNER', `no scored partner matches "${query.partner}"`);
      const ids = [...new Set(found.map(({ score }) => score.partnerId))];
      return await changesSince(place, query.since, ids);
    },
  }),
];
