import * as z from 'zod';
import { LEADING_METRICS } from '../../../model/proof.ts';
import { fitRecruits, foundProfile } from '../../../sync/measure/recruits.ts';
import { fitList } from '../../../sync/measure/trait-list.ts';
import { partnerListRoute } from '../partner-list.ts';
import { requireScored } from '../places.ts';
import { route, type Route } from '../route.ts';
import { partnerFit, profile, profileFit } from '../shapes/profile.ts';

const MOST_RECRUITS = 1000;
const word = z.string().max(200).nullish();

export const profileRoutes: Route[] = [
  partnerListRoute({
    ...{ path: 'profile', name: 'fit', shape: partnerFit, list: fitList },
    summary: 'What successful partners have in common, and how well each partner fits',
    beside: {
      shape: {
        profile: z.object({
          ...profile,
          places: z.number().describe('Partners that managers have room for'),
        }),
      },
      of: async (store, { resultsId }) => ({ profile: await foundProfile(store, resultsId) }),
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
