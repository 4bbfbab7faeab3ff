import * as z from 'zod';
import { safePack } from '../../../model/partner-safe.ts';
import type { ReviewPack } from '../../../model/review.ts';
import { reviewPack } from '../../../sync/measure/review.ts';
import { reviewPlace, type ReviewPlace } from '../../../sync/measure/review-place.ts';
import { packSummary, type Rewording } from '../../../sync/measure/summary.ts';
import type { AppDeps } from '../deps.ts';
import { requirePlace, requireScored } from '../places.ts';
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

async function packAt(
  deps: AppDeps,
  params: Record<string, string>,
  { period }: z.infer<typeof query>,
): Promise<{ place: ReviewPlace; pack: ReviewPack }> {
  const { store } = await requireScored(deps, params['id']!);
  const place = await reviewPlace(store, params['id']!, period ?? null);
  const pack = await reviewPack(place, params['partner']!);
  if (pack === null)
    throw new Problem(404, 'NO_PARTNER', `there is no scored partner "${params['partner']}"`);
  return { place, pack };
}

const packOf = async (...asked: Parameters<typeof packAt>): Promise<ReviewPack> =>
  (await packAt(...asked)).pack;

/** By what this host rewords. Errors: `config` where it has no document of the connection. */
async function rewording(deps: AppDeps, id: string): Promise<Rewording> {
  const { database } = await requirePlace(deps, id);
  const found = await deps.outbound?.(database, id);
  if (found == null) throw new Problem(409, 'NO_DOCUMENT', 'this host rewords nothing');
  return found;
}

export const reviewRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/connections/{id}/partners/{partner}/summary',
    summary: "A partner's period in three sentences",
    scope: 'read',
    query: query.extend({
      reword: z
        .enum(['true', 'false'])
        .default('false')
        .describe('In the words of the language model that the connection document names'),
    }),
    response: z.object({
      run: z.string(),
      period: z.string(),
      sentences: z.array(z.string()),
      rewritten: z.string().nullable().describe('null = not asked for, or see `refused`'),
      refused: z.string().nullable().describe('Why other words are not shown'),
    }),
    handle: async ({ deps, params, query: { reword, ...asked } }) => {
      const { place, pack } = await packAt(deps, params, asked);
      const wanted = reword === 'true' ? await rewording(deps, params['id']!) : null;
      const found = await packSummary(place, pack, wanted);
      return { run: place.run.runId, period: place.period.label, ...found };
    },
  }),
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
