/** What every OAuth flow shares: the form it is asked with, and the answer it gives. */
import type { Site } from './site.ts';
import type { Session } from './sessions.ts';
import { jsonResponse } from './faults.ts';
import { createHmac } from 'node:crypto';
import type { OrgUser } from '../org-types.ts';
import { anyAdmin } from './access.ts';

export type Form = Record<string, string>;

/** The 200 answer of every flow; `extra` are the keys only some flows carry. */
export function tokenAnswer(
  site: Site,
  session: Session,
  origin: string,
  extra: Record<string, string> = {},
): Response {
  const host = site.switches.identityHost === 'login' ? 'https://login.salesforce.com' : origin;
  return jsonResponse({
    access_token: session.token,
    scope: session.scope,
    instance_url: origin,
    id: `${host}/id/${site.org.id}/${session.userId}`,
    token_type: 'Bearer',
    ...extra,
  });
}

/** `issued_at` (wall ms as text) and the signature over identity and time that some flows carry. */
export function signed(site: Site, origin: string): Record<string, string> {
  const issuedAt = String(site.clock.wallMs());
  return {
    issued_at: issuedAt,
    signature: createHmac('sha256', site.org.id)
      .update(origin + issuedAt)
      .digest('base64'),
  };
}

/** With open auth: the named user when there is one, else the first administrator. */
export function openUser(site: Site, username?: string): OrgUser {
  return (username === undefined ? undefined : site.org.userByName(username)) ?? anyAdmin(site);
}

/** The address the client knows us by. */
export function originOf(request: Request): string {
  const url = new URL(request.url);
  const host = request.headers.get('host') ?? url.host;
  return `${url.protocol}//${host}`;
}
