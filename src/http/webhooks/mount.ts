import type { Hono } from 'hono';
import type { AppDeps } from '../api/deps.ts';
import { onHubSpot } from './hubspot.ts';
import { onSalesforce } from './salesforce.ts';

/** The addresses that CRMs post to. They take no token: each proves itself in its vendor's way. */
export function mountWebhooks(app: Hono, deps: AppDeps): void {
  app.post('/webhooks/hubspot', (c) => onHubSpot(c, deps));
  app.post('/webhooks/salesforce/:secret', (c) => onSalesforce(c, deps));
}
