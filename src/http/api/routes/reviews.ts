import * as z from 'zod';
import { safePack } from '../../../model/partner-safe.ts';
import type { ReviewPack } from '../../../model/review.ts';
import { reviewPack } from '../../../sync/measure/review.ts';
import { reviewPlace } from '../../../sync/measure/review-place.ts';
import type { AppDeps } from '../deps.ts';
import { requireScored } from '../places.ts';
import { Problem } from '../problem.ts';
import { route, type Route } from '../route.ts';
import { internalReview, sharedReview } from '../shapes/review.ts';

const query = z.strictObject({
  period: z
    .string()
    .min(1)
    .max(60)
    .optional()
    .describe("Its label, such as 2026 Q3; the last run's when left out"),
});

async function packOf(
  deps: AppDeps,
  params: Record<string, string>,
  { period }: z.infer<typeof query>,
): Promise<ReviewPack> {
  const { store } = await requireScored(deps, params['id']!);
  const place = await reviewPlace(store, params['id']!, period ?? null);
  const pack = await reviewPack(place, params['partner']!);
  if (pack === null)
    throw new Problem(404, 'NO_PARTNER', `there is no scored partner "${params['partner']}"`);
  return pack;
}

export const reviewRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/connections/{id}/partners/{partner}/review',
    summary: 'What a review of one partner is held over: plan and actual, causes, deals, proposals',
    scope: 'read',
    query,
    response: z.object({ shared: sharedReview, internal: internalReview }),
    handle: async ({ deps, params, query: asked }) => await packOf(deps, params, asked),
  }),
  route({
    method: 'get',
    path: '/v1/connections/{id}/partners/{partner}/shared-review',
    summary: 'The part of it that the partner may see, for a portal',
    scope: 'shared',
    query,
    response: z.object({ shared: sharedReview }),
    handle: async ({ deps, params, query: asked }) => ({
      shared: safePack(await packOf(deps, params, asked)).shared,
    }),
  }),
];
