import * as z from 'zod';
import { openApi } from '../openapi.ts';
import { route, type Route } from '../route.ts';
import { alertRoutes } from './alerts.ts';
import { allocationRoutes } from './allocation.ts';
import { attentionRoutes } from './attention.ts';
import { c3Routes } from './c3.ts';
import { changeRoutes } from './changes.ts';
import { classRoutes } from './classes.ts';
import { connectionRoutes } from './connections.ts';
import { customerValueRoutes } from './customer-value.ts';
import { creditRoutes } from './credit.ts';
import { recordRoutes } from './record.ts';
import { cosellRoutes } from './cosell.ts';
import { dealRoutes } from './deals.ts';
import { decisionRoutes } from './decisions.ts';
import { forecastRoutes } from './forecasts.ts';
import { forgetRoutes } from './forget.ts';
import { enablementRoutes } from './enablement.ts';
import { fundRoutes } from './funds.ts';
import { kpiRoutes } from './kpis.ts';
import { mappingLookRoutes } from './mapping-looks.ts';
import { mappingRoutes } from './mappings.ts';
import { partnerHealthRoutes } from './partner-health.ts';
import { partnerRoutes } from './partners.ts';
import { planRoutes } from './plans.ts';
import { profileRoutes } from './profile.ts';
import { quarantineRoutes } from './quarantine.ts';
import { resultRoutes } from './results.ts';
import { routingRoutes } from './routing.ts';
import { reviewRoutes } from './reviews.ts';
import { returnRoutes } from './returns.ts';
import { runRoutes } from './runs.ts';
import { sessionRoutes } from './sessions.ts';
import { shadowRoutes } from './shadow.ts';
import { signalRoutes } from './signals.ts';
import { statusRoutes } from './status.ts';
import { tierRoutes } from './tiers.ts';
import { valueRoutes } from './value.ts';
import { writeRoutes } from './writes.ts';

const health = route({
  method: 'get',
  path: '/healthz',
  summary: 'Is the service up',
  scope: null,
  response: z.object({ ok: z.boolean(), version: z.string() }),
  handle: async ({ deps }) => ({ ok: true, version: deps.version }),
});

const document = route({
  method: 'get',
  path: '/openapi.json',
  summary: 'This document',
  scope: 'read',
  response: z.record(z.string(), z.unknown()),
  handle: async ({ deps }) => openApi(allRoutes, deps.version),
});

/** A file of routes and its line here are all that a new route needs. */
export const allRoutes: Route[] = [
  health,
  document,
  ...connectionRoutes,
  ...sessionRoutes,
  ...statusRoutes,
  ...runRoutes,
  ...writeRoutes,
  ...decisionRoutes,
  ...shadowRoutes,
  ...quarantineRoutes,
  ...resultRoutes,
  ...reviewRoutes,
  ...attentionRoutes,
  ...alertRoutes,
  ...recordRoutes,
  ...changeRoutes,
  ...forecastRoutes,
  ...forgetRoutes,
  ...partnerRoutes,
  ...dealRoutes,
  ...planRoutes,
  ...creditRoutes,
  ...kpiRoutes,
  ...signalRoutes,
  ...valueRoutes,
  ...tierRoutes,
  ...classRoutes,
  ...allocationRoutes,
  ...c3Routes,
  ...enablementRoutes,
  ...cosellRoutes,
  ...partnerHealthRoutes,
  ...profileRoutes,
  ...returnRoutes,
  ...routingRoutes,
  ...fundRoutes,
  ...customerValueRoutes,
  ...mappingRoutes,
  ...mappingLookRoutes,
];
