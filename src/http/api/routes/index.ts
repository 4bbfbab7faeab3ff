import * as z from 'zod';
import { openApi } from '../openapi.ts';
import { route, type Route } from '../route.ts';
import { connectionRoutes } from './connections.ts';
import { planRoutes } from './plans.ts';
import { creditRoutes } from './credit.ts';
import { recordRoutes } from './record.ts';
import { resultRoutes } from './results.ts';
import { runRoutes } from './runs.ts';

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

export const allRoutes: Route[] = [
  health,
  document,
  ...connectionRoutes,
  ...runRoutes,
  ...resultRoutes,
  ...recordRoutes,
  ...planRoutes,
  ...creditRoutes,
];
