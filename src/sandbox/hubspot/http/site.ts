/** What the handlers share: the portal, who may call, how often, and the answers' form. */
import type { Hono } from 'hono';
import type { VirtualClock } from '../../clock.ts';
import { HubSpotError, missingScopes } from '../model/errors.ts';
import type { ObjectType, Source } from '../model/types.ts';
import type { Portal } from '../portal.ts';
import type { WriteContext } from '../records/write.ts';
import type { Access, AccessBook } from './access.ts';
import type { RateLimiter } from './limiter.ts';

export interface HubEnv {
  Variables: { access: Access };
}
export type HubApp = Hono<HubEnv>;

export interface Site {
  portal: Portal;
  clock: VirtualClock;
  access: AccessBook;
  limiter: RateLimiter;
}

const JSON_TYPE = 'application/json;charset=utf-8';

export function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': JSON_TYPE } });
}

export const noContent = (): Response => new Response(null, { status: 204 });

export function errorResponse(error: HubSpotError): Response {
  return json(error.body(), error.status);
}

/** Throws 403 unless the caller has one of the scopes. */
export function requireScope(access: Access, ...anyOf: string[]): void {
  if (!anyOf.some((scope) => access.scopes.has(scope))) throw missingScopes(anyOf);
}

export function requireObject(access: Access, type: ObjectType, right: 'read' | 'write'): void {
  requireScope(access, ...objectScopes(type, right));
}

/** Tickets are of an older time: one scope of theirs opens everything. */
const objectScopes = (type: ObjectType, right: 'read' | 'write'): string[] =>
  type.scope === 'tickets' ? ['tickets'] : [`crm.objects.${type.scope}.${right}`];

/** Properties, pipelines and schemas may be read with the object's scope too. */
export function requireSchema(access: Access, type: ObjectType, right: 'read' | 'write'): void {
  if (type.scope === 'tickets') requireScope(access, 'tickets');
  else if (right === 'write') requireScope(access, `crm.schemas.${type.scope}.write`);
  else
    requireScope(
      access,
      `crm.schemas.${type.scope}.read`,
      `crm.objects.${type.scope}.read`,
      `crm.schemas.${type.scope}.write`,
      `crm.objects.${type.scope}.write`,
    );
}

/** The stamp and the source of a write by this caller. */
export function writeContext(site: Site, access: Access): WriteContext {
  const source: Source = {
    sourceType: 'INTEGRATION',
    sourceId: String(access.appId),
    userId: null,
  };
  return { atMs: site.clock.nowMs(), source };
}
