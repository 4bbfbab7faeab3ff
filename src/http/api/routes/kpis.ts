import * as z from 'zod';
import { dictionary } from '../../../model/own-kpi.ts';
import { kpisOf } from '../../../store/forecast-views.ts';
import { proofsByKpi } from '../../../store/worth.ts';
import { planSettings } from '../../../sync/measure/plan-import.ts';
import { ROLL_UP_DIMENSIONS, rollUpLabel, rollUps } from '../../../sync/measure/roll-ups.ts';
import { requirePlace } from '../places.ts';
import { Problem } from '../problem.ts';
import { sameForAll } from '../auth/reach.ts';
import { route, type Route } from '../route.ts';
import { iso, time } from '../shapes/common.ts';
import { kpi } from '../shapes/score.ts';
import { kpiProof } from '../shapes/traits.ts';
import { askedPartner } from '../asked-partner.ts';

const words = { family: z.string(), unit: z.string(), label: z.string(), doc: z.string() };

export const kpiRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/kpis',
    summary: 'The metric dictionary: words, units and formulas',
    scope: 'read',
    within: sameForAll,
    response: z.object({ kpis: z.array(z.object({ kpi: z.string(), ...words })) }),
    handle: async () => ({
      kpis: [...dictionary()].map(([id, { family, unit, label, doc }]) => ({
        ...{ kpi: id, family, unit, label, doc },
      })),
    }),
  }),
  route({
    method: 'get',
    path: '/v1/connections/{id}/kpis',
    summary: 'The metrics of a partner as the last run measured them',
    scope: 'read',
    query: z.strictObject({ partner: z.string().min(1).describe('Id of the partner') }),
    response: z.object({
      asOf: time,
      kpis: z.array(kpi.extend({ ...words, proof: kpiProof.nullable() })),
    }),
    handle: async ({ deps, params, query }) => {
      const { store } = await requirePlace(deps, params['id']!);
      const partner = await askedPartner(deps, store, params['id']!, query.partner);
      const found = await kpisOf(store, params['id']!, partner);
      if (found.length === 0)
        throw new Problem(404, 'NO_KPIS', `nothing was measured of a partner "${query.partner}"`);
      const { kpis: own } = await planSettings(store, params['id']!);
      const shapes = dictionary(own);
      const proofs = await proofsByKpi(store, params['id']!);
      return {
        asOf: iso(Math.max(...found.map((one) => one.asOfMs))),
        kpis: found.flatMap(({ asOfMs: _, ...one }) => {
          const shape = shapes.get(one.kpi);
          if (shape === undefined) return [];
          const { family, unit, label, doc } = shape;
          const proof = proofs.get(one.kpi) ?? null;
          return [{ ...one, family, unit, label, doc, proof }];
        }),
      };
    },
  }),
  route({
    method: 'get',
    path: '/v1/connections/{id}/rollup',
    summary: 'Metrics of all partners by type, tier, region or owner, and what is systemic in them',
    scope: 'read',
    query: z.strictObject({ by: z.enum(ROLL_UP_DIMENSIONS).default('programme') }),
    response: z.object({
      asOf: time,
      groups: z.array(
        z.object({
          group: z.string(),
          partners: z.number(),
          cells: z.array(
            z.object({
              metric: z.string(),
              label: z.string(),
              n: z.number().describe('Partners of which it could be measured'),
              mean: z.number(),
              low: z.number().nullable(),
              high: z.number().nullable(),
            }),
          ),
        }),
      ),
      findings: z.array(
        z.object({
          dimension: z.string(),
          group: z.string(),
          metric: z.string(),
          label: z.string(),
          n: z.number(),
          mean: z.number(),
          others: z.number(),
          othersMean: z.number(),
          p: z.number().describe('Corrected for all comparisons that were made'),
        }),
      ),
    }),
    handle: async ({ deps, params, query }) => {
      const { store } = await requirePlace(deps, params['id']!);
      const { asOfMs, groups, findings } = await rollUps(store, params['id']!, query.by);
      const labelled = <Of extends { metric: string }>(one: Of) => ({
        ...one,
        label: rollUpLabel(one.metric),
      });
      return {
        asOf: iso(asOfMs),
        groups: groups.map(({ group, partners, cells }) => ({
          ...{ group, partners },
          cells: cells.map(labelled),
        })),
        findings: findings.map(labelled),
      };
    },
  }),
];
