import * as z from 'zod';
import { LEADING_METRICS } from '../../../model/proof.ts';
import { fitRecruits, foundProfile } from '../../../sync/measure/recruits.ts';
import { fitList } from '../../../sync/measure/trait-list.ts';
import { requireScored } from '../places.ts';
import { route, type Route } from '../route.ts';
import { iso, next, pageOf, paging, skipOf, time } from '../shapes/common.ts';
import { partnerFit, profile, profileFit } from '../shapes/profile.ts';

const MOST_RECRUITS = 1000;
const word = z.string().max(200).nullish();

export const profileRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/connections/{id}/profile',
    summary: 'What successful partners have in common, and how well each partner fits',
    scope: 'read',
    query: z.strictObject({
      partner: z.string().min(1).max(200).optional().describe('Id, or a part of the name'),
      ...paging,
    }),
    response: z.object({
      run: z.string(),
      asOf: time,
      profile: z.object({
        ...profile,
        places: z.number().describe('Partners that managers have room for'),
      }),
      total: z.number(),
      partners: z.array(
        z.object({
          ...{ id: z.string(), name: z.string(), type: z.string().nullable() },
          fit: partnerFit,
        }),
      ),
      next,
    }),
    handle: async ({ deps, params, query }) => {
      const { store, place, asOfMs, partner } = await requireScored(
        deps,
        params['id']!,
        query.partner,
      );
      const found = await fitList(store, place, partner);
      const page = pageOf(found.slice(skipOf(query.after)), query);
      return {
        ...{ run: place.runId, asOf: iso(asOfMs), total: found.length },
        profile: await foundProfile(store, place.resultsId),
        partners: page.rows.map(({ trait, ...row }) => ({ ...row, fit: trait })),
        next: page.next,
      };
    },
  }),
  route({
    method: 'post',
    path: '/v1/connections/{id}/profile/fit',
    summary: 'How well companies fit that are no partners yet',
    scope: 'read',
    body: z.strictObject({
      recruits: z
        .array(
          z.strictObject({
            name: z.string().min(1).max(200),
            ...{ type: word, region: word, industry: word, product: word },
            sellers: z.number().min(0).nullish(),
            metrics: z.partialRecord(z.enum(LEADING_METRICS), z.number()).optional(),
          }),
        )
        .min(1)
        .max(MOST_RECRUITS),
    }),
    response: z.object({ recruits: z.array(profileFit.extend({ name: z.string() })) }),
    handle: async ({ deps, params, body }) => {
      const { store, place, asOfMs } = await requireScored(deps, params['id']!);
      const words = (of: string | null | undefined) => (of ? [{ of, n: 0, won: 0 }] : []);
      const recruits = body.recruits.map(({ name, type, region, industry, product, ...rest }) => ({
        ...{ name, type: type ?? null, region: region ?? null },
        ...{ industries: words(industry), products: words(product) },
        ...{ sellers: rest.sellers ?? null, now: rest.metrics ?? {} },
      }));
      const profileFound = await foundProfile(store, place.resultsId);
      return { recruits: fitRecruits(profileFound, recruits, asOfMs) };
    },
  }),
];
