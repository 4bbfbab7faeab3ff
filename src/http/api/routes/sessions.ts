import * as z from 'zod';
import { ROLES, SCOPES } from '../../../model/api-token.ts';
import { endWebSession, listWebSessions, newSignInLink } from '../../../store/web-sessions.ts';
import type { Store } from '../../../store/store.ts';
import type { AppDeps } from '../deps.ts';
import { Problem } from '../problem.ts';
import { sameForAll } from '../auth/reach.ts';
import { route, type Route } from '../route.ts';
import { iso, time } from '../shapes/common.ts';

/** Enough of a hash to name a session among those of one company. */
const ID_CHARS = 12;
const session = z.object({
  id: z.string(),
  kind: z.enum(['link', 'session']).describe('A link becomes a session when it is used'),
  name: z.string(),
  scopes: z.array(z.string()),
  since: time,
  expiresAt: time,
});

function kept({ sessions }: AppDeps): Store {
  if (sessions !== undefined) return sessions;
  throw new Problem(
    409,
    'NO_SESSIONS',
    'on this host the platform signs people in',
    'Manage them in Cloudflare Access.',
  );
}

export const sessionRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/session',
    summary: 'Who asks, and what they may do',
    scope: 'read',
    within: sameForAll,
    response: z.object({
      name: z.string(),
      by: z.enum(['token', 'access', 'session']),
      scopes: z.array(z.enum(SCOPES)),
      expiresAt: time,
      version: z.string(),
    }),
    handle: async ({ deps, principal }) => ({
      name: principal?.name,
      by: principal?.by,
      scopes: [...(principal?.scopes ?? [])],
      expiresAt: iso(principal?.session?.expiresMs),
      version: deps.version,
    }),
  }),
  route({
    method: 'delete',
    path: '/v1/session',
    summary: 'Sign out',
    scope: 'read',
    response: z.object({ ended: z.boolean() }),
    handle: async ({ deps, principal }) => ({
      ended:
        principal?.session !== undefined &&
        (await endWebSession(kept(deps), principal.session.hash, deps.nowMs())),
    }),
  }),
  route({
    method: 'get',
    path: '/v1/sessions',
    summary: 'Sessions and links that are good',
    scope: 'admin',
    response: z.object({ sessions: z.array(session) }),
    handle: async ({ deps }) => ({
      sessions: (await listWebSessions(kept(deps), deps.nowMs())).map((one) => ({
        id: one.hash.slice(0, ID_CHARS),
        kind: one.kind,
        name: one.name,
        scopes: one.scopes,
        since: iso(one.madeMs),
        expiresAt: iso(one.expiresMs),
      })),
    }),
  }),
  route({
    method: 'post',
    path: '/v1/sessions',
    summary: 'Make a link that signs somebody in once',
    scope: 'admin',
    body: z.strictObject({
      name: z.string().min(1).max(80).describe('Who it is for'),
      role: z.enum(Object.keys(ROLES) as [keyof typeof ROLES]).default('viewer'),
    }),
    response: z.object({ path: z.string().describe('Path and query of the link') }),
    handle: async ({ deps, body }) => {
      const who = { name: body.name, scopes: ROLES[body.role] };
      return { path: `/sign-in?token=${await newSignInLink(kept(deps), who, deps.nowMs())}` };
    },
  }),
  route({
    method: 'delete',
    path: '/v1/sessions/{session}',
    summary: 'Revoke a session or a link',
    scope: 'admin',
    response: z.object({ id: z.string() }),
    handle: async ({ deps, params }) => {
      const store = kept(deps);
      const id = params['session']!;
      const found = (await listWebSessions(store, deps.nowMs())).find(
        (one) => one.hash.slice(0, ID_CHARS) === id,
      );
      if (found === undefined || !(await endWebSession(store, found.hash, deps.nowMs())))
        throw new Problem(404, 'NO_SESSION', `there is no session "${id}"`);
      return { id };
    },
  }),
];
