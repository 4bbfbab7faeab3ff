import * as z from 'zod';
import type { Store } from '../../store/store.ts';
import type { ScoredPlace } from '../../sync/measure/last-scored.ts';
import type { TraitRow } from '../../sync/measure/trait-list.ts';
import { requireScored } from './places.ts';
import { route, type Route } from './route.ts';
import { iso, next, pageOf, paging, skipOf, time } from './shapes/common.ts';

interface PartnerList<Trait> {
  /** Last part of the address. */
  path: string;
  summary: string;
  /** What a row calls it. */
  name: string;
  shape: z.ZodType<Trait>;
  list(store: Store, place: ScoredPlace, partner: string | null): Promise<TraitRow<Trait>[]>;
  /** What is said of all partners, beside the rows. */
  beside?: {
    shape: z.ZodRawShape;
    of(store: Store, place: ScoredPlace): Promise<Record<string, unknown>>;
  };
}

/** A route that tells one thing of every partner, or of those that are asked for, in pages. */
export const partnerListRoute = <Trait>(of: PartnerList<Trait>): Route =>
  route({
    method: 'get',
    path: `/v1/connections/{id}/${of.path}`,
    summary: of.summary,
    scope: 'read',
    query: z.strictObject({
      partner: z.string().min(1).max(200).optional().describe('Id, or a part of the name'),
      ...paging,
    }),
    response: z.object({
      run: z.string(),
      asOf: time,
      currency: z.string(),
      ...of.beside?.shape,
      total: z.number(),
      partners: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          type: z.string().nullable(),
          [of.name]: of.shape,
        }),
      ),
      next,
    }),
    handle: async ({ deps, params, query }) => {
      const { store, place, asOfMs, currency, partner } = await requireScored(
        deps,
        params['id']!,
        query.partner,
      );
      const found = await of.list(store, place, partner);
      const page = pageOf(found.slice(skipOf(query.after)), query);
      return {
        ...{ run: place.runId, asOf: iso(asOfMs), currency, total: found.length },
        ...(await of.beside?.of(store, place)),
        partners: page.rows.map(({ trait, ...row }) => ({ ...row, [of.name]: trait })),
        next: page.next,
      };
    },
  });
