/**
 * Single-use addresses that open the org in a browser, as `sf org open` asks for them. There are no
 * pages behind: the door tells who came in.
 */
import { randomBytes } from 'node:crypto';
import type { Hono } from 'hono';
import { escapeXml } from '../metadata-api/xml.ts';
import { requireAccess, requireApi } from './access.ts';
import { fault, jsonResponse } from './faults.ts';
import type { SalesforceContext, SalesforceEnv, Site } from './site.ts';
import { originOf } from './oauth-answer.ts';

/** An address is good for a minute and for one visit [K]. */
const GOOD_FOR_MS = 60_000;
interface Ticket {
  username: string;
  goTo: string;
  untilMs: number;
}

export function mountFrontdoor(app: Hono<SalesforceEnv>, site: Site): void {
  const tickets = new Map<string, Ticket>();
  const issue = (c: SalesforceContext): Response => {
    const { user, session } = requireAccess(site, c.req.raw);
    requireApi(session);
    const goTo = c.req.query('redirect_uri') ?? '/lightning/page/home';
    // A path of the org, or a stranger's page would be opened in its name.
    if (!/^\/(?![/\\])/.test(goTo))
      throw fault(400, 'INVALID_PARAMETER', 'redirect_uri must be a path of the org');
    const ticket = randomBytes(24).toString('base64url');
    tickets.set(ticket, {
      username: user.username,
      goTo,
      untilMs: site.clock.wallMs() + GOOD_FOR_MS,
    });
    return jsonResponse({
      frontdoor_uri: `${originOf(c.req.raw)}/secur/frontdoor.jsp?otp=${ticket}&retURL=${encodeURIComponent(goTo)}`,
    });
  };
  app.get('/services/oauth2/singleaccess', issue);
  app.post('/services/oauth2/singleaccess', issue);
  app.get('/secur/frontdoor.jsp', (c) => {
    const otp = c.req.query('otp') ?? '';
    const ticket = tickets.get(otp);
    tickets.delete(otp);
    const isGood = ticket !== undefined && ticket.untilMs >= site.clock.wallMs();
    const text = isGood
      ? `${escapeXml(ticket.username)} would now see ${escapeXml(ticket.goTo)}. The sandbox has no pages.`
      : 'This address was used before or is too old.';
    return new Response(`<!doctype html><title>Salesforce sandbox</title><p>${text}</p>`, {
      status: isGood ? 200 : 403,
      headers: { 'content-type': 'text/html;charset=UTF-8' },
    });
  });
}
