/**
 * HubSpot as a part of the sandbox: the API over a portal, and what the core and
 * the control plane ask of it.
 */
import * as z from 'zod';
import type { VirtualClock } from '../clock.ts';
import type { FaultRule } from '../faults.ts';
import type { SandboxVendor } from '../vendor.ts';
import { applyAdminChanges } from './admin-changes.ts';
import { AccessBook, ALL_SCOPES, type OAuthApp } from './http/access.ts';
import { createHubSpotApp } from './http/app.ts';
import { type LimitSettings, RateLimiter } from './http/limiter.ts';
import { objectWord } from './http/paths.ts';
import { errorResponse, type Site } from './http/site.ts';
import { expiredToken, HubSpotError, tooMany } from './model/errors.ts';
import { instant } from './model/text.ts';
import type { PortalSwitches } from './model/types.ts';
import type { Portal } from './portal.ts';
import { WebhookSender } from './webhooks/sender.ts';

export interface HubSpotVendorOptions {
  portal: Portal;
  clock: VirtualClock;
  limits?: Partial<LimitSettings>;
  scopes?: readonly string[];
  openAuth?: boolean;
}

export interface HubSpotVendor extends SandboxVendor {
  readonly site: Site;
  /** A private app's (or service key's) standing token. */
  readonly accessToken: string;
  /** An installed OAuth app. */
  readonly app: OAuthApp;
  readonly refreshToken: string;
  readonly webhooks: WebhookSender;
  /** Another portal takes the place of the old one; tokens stay good. */
  replacePortal(portal: Portal): void;
}

const START_TOKEN = 'pat-na1-5a4d3c2b-0000-4000-8000-headwater0001';
const START_REFRESH = 'na1-5a4d-3c2b-headwater-refresh';
const APP = {
  clientId: 'f6a1c0de-0000-4000-8000-headwater0002',
  clientSecret: 'c0ffee00-0000-4000-8000-headwater0003',
  redirectUri: 'http://127.0.0.1/oauth/hubspot',
};

const switchShape = z
  .strictObject({
    mergeCreatesNewId: z.boolean(),
    mergedGet: z.enum(['winner', 'notFound']),
    searchLagMs: z.number().min(0),
    searchShowsLive: z.boolean(),
    pageShrink: z.int().min(0),
    historyVersions: z.int().min(1),
    batchBadRow: z.enum(['refuse', 'multiStatus']),
    associationIdsAsNumbers: z.boolean(),
    customProperties: z.int().min(0),
  } satisfies Record<keyof PortalSwitches, z.ZodType>)
  .partial();
const limitShape = z
  .strictObject({
    burst: z.int().min(1),
    oauthBurst: z.int().min(1),
    searchPerSecond: z.int().min(1),
    daily: z.int().min(0),
    by: z.enum(['wall', 'virtual', 'off']),
  } satisfies Record<keyof LimitSettings, z.ZodType>)
  .partial();
/** HubSpot's own status while a portal moves to another data centre; it names the wait. */
const MIGRATING = 477;
const MIGRATION_SECONDS = 3600;
/**
 * Not switches but acts: calls made by others, the end of all OAuth tokens, webhooks sent by
 * themselves every so often (0 = only when flushed).
 */
const actShape = z
  .strictObject({
    /** Any token, client and secret is good. */
    openAuth: z.boolean(),
    useCalls: z.int().min(0),
    expireTokens: z.literal(true),
    /** An admin takes these scopes from the service key; the empty list gives all of them back. */
    lackingScopes: z.array(z.string()),
    webhookEveryMs: z.int().min(0),
  })
  .partial();

export function createHubSpotVendor({
  portal,
  clock,
  limits,
  scopes,
  openAuth = false,
}: HubSpotVendorOptions): HubSpotVendor {
  const access = new AccessBook(() => clock.wallMs());
  access.openAuth = openAuth;
  const standing = access.addStanding(START_TOKEN, scopes);
  const app = access.addApp({ ...APP, scopes: [...(scopes ?? ALL_SCOPES)] });
  access.install(app, app.scopes, 1, START_REFRESH);
  const limiter = new RateLimiter(limits ?? {}, {
    wallMs: () => clock.wallMs(),
    virtualMs: () => clock.nowMs(),
    utcOffsetMs: portal.settings.utcOffsetMinutes * 60_000,
  });
  let site: Site = { portal, clock, access, limiter };
  let answer = createHubSpotApp(site);
  const webhooks = new WebhookSender({ appId: app.appId, clientSecret: app.clientSecret });
  webhooks.watch(portal);
  return {
    name: 'hubspot',
    get site() {
      return site;
    },
    accessToken: standing.token,
    app,
    refreshToken: START_REFRESH,
    webhooks,
    fetch: (request) => answer(request),
    faultResponse: (rule, status, request) => inHubSpotForm(access, rule, status, request),
    sizeOf: sizeOfAnswer,
    objectOf: (url) => {
      const word = objectWord(url.pathname);
      return word === null ? null : (site.portal.types.find(word)?.plural ?? word);
    },
    dump: (objects) => dump(site.portal, objects),
    status: () => ({
      ...status(site),
      webhooks: {
        subscriptions: webhooks.subscriptions,
        pending: webhooks.pending,
        deliveries: webhooks.deliveries,
      },
    }),
    change: (input) => applyAdminChanges(site, webhooks, input),
    configure: (input) => configure(site, webhooks, input),
    replacePortal: (next) => {
      site = { ...site, portal: next };
      answer = createHubSpotApp(site);
      webhooks.watch(next);
    },
  };
}

function configure(
  site: Site,
  webhooks: WebhookSender,
  input: Record<string, unknown>,
): Record<string, unknown> {
  const keysOf = (shape: z.ZodObject): string[] => Object.keys(shape.shape);
  const part = (shape: z.ZodObject): Record<string, unknown> =>
    Object.fromEntries(Object.entries(input).filter(([key]) => keysOf(shape).includes(key)));
  const known = [switchShape, limitShape, actShape].flatMap(keysOf);
  const unknown = Object.keys(input).filter((key) => !known.includes(key));
  if (unknown.length > 0)
    throw new RangeError(`No such switch: ${unknown.join(', ')}. There are: ${known.join(', ')}`);
  Object.assign(site.portal.settings.switches, switchShape.parse(part(switchShape)));
  Object.assign(site.limiter.settings, limitShape.parse(part(limitShape)));
  const acts = actShape.parse(part(actShape));
  if (acts.openAuth !== undefined) site.access.openAuth = acts.openAuth;
  if (acts.useCalls !== undefined) site.limiter.usedToday += acts.useCalls;
  if (acts.expireTokens === true) site.access.expireAll();
  const { lackingScopes } = acts;
  if (lackingScopes !== undefined)
    site.access.addStanding(
      START_TOKEN,
      ALL_SCOPES.filter((scope) => !lackingScopes.includes(scope)),
    );
  if (acts.webhookEveryMs === 0) webhooks.stop();
  else if (acts.webhookEveryMs !== undefined) webhooks.start(acts.webhookEveryMs);
  return {
    ...site.portal.settings.switches,
    ...site.limiter.settings,
    openAuth: site.access.openAuth,
    usedToday: site.limiter.usedToday,
  };
}

function inHubSpotForm(
  access: AccessBook,
  rule: FaultRule,
  status: number,
  request: Request,
): Response | null {
  if (rule.kind === 'expiredSession') {
    const token = /^Bearer\s+(\S+)/i.exec(request.headers.get('authorization') ?? '')?.[1];
    const holder = token === undefined ? null : access.find(token);
    if (rule.endSession && holder !== null) access.expire(holder);
    return errorResponse(expiredToken(1));
  }
  if (rule.kind === 'dailyLimit') return errorResponse(tooMany('DAILY'));
  if (rule.kind === 'tooManyRequests')
    return errorResponse(
      tooMany(
        new URL(request.url).pathname.endsWith('/search') ? 'SECONDLY' : 'TEN_SECONDLY_ROLLING',
      ),
    );
  if (rule.kind === 'tooMuch') return tooMuchAnswer(rule);
  // The front end answers these itself, in HTML.
  if (status === 502 || status === 504 || status === 524) return null;
  const answer = errorResponse(
    new HubSpotError(
      status,
      null,
      status === MIGRATING ? 'The account is being migrated.' : 'internal error',
    ),
  );
  if (status === MIGRATING) answer.headers.set('retry-after', String(MIGRATION_SECONDS));
  return answer;
}

/**
 * A search or list that takes too long ends with the gateway's own page (HubSpot's 504,
 * Cloudflare's 524); what is too large to be taken is refused in HubSpot's form.
 */
function tooMuchAnswer({ status = 504 }: FaultRule): Response | null {
  if (status === 504 || status === 524) return null;
  const words: Record<number, string> = {
    413: 'Request Entity Too Large',
    414: 'URI Too Long',
    431: 'Request Header Fields Too Large',
  };
  return errorResponse(new HubSpotError(status, null, words[status] ?? 'The request is too large'));
}

async function sizeOfAnswer(
  request: Request,
  answer: Response,
): Promise<{ rows: number; fields: number }> {
  const asked = request.method === 'POST' ? await json(request) : {};
  const given = await json(answer);
  const wanted = asked['properties'];
  const listed = new URL(request.url).searchParams.get('properties');
  return {
    rows: Array.isArray(given['results']) ? given['results'].length : 0,
    fields: Array.isArray(wanted) ? wanted.length : (listed?.split(',').length ?? 0),
  };
}

const json = async (body: Request | Response): Promise<Record<string, unknown>> =>
  await (body.json() as Promise<Record<string, unknown>>).catch(() => ({}));

/** Every record with its associations, archived ones flagged. */
function dump(portal: Portal, names: string[]): Record<string, Record<string, unknown>[]> {
  const types =
    names.length === 0
      ? portal.types.list()
      : names.map((name) => portal.types.find(name)).filter((type) => type !== null);
  return Object.fromEntries(
    types.map((type) => [
      type.plural,
      [...portal.table(type).all()].map((record) => ({
        id: record.id,
        archived: record.archivedMs !== null,
        createdAt: instant(record.createdMs),
        updatedAt: instant(record.updatedMs),
        properties: record.values,
        associations: Object.fromEntries(
          portal.types
            .list()
            .map(
              (to) =>
                [
                  to.plural,
                  portal.links.of(type.id, record.id, to.id).map((link) => ({
                    id: link.toId,
                    types: link.types.map((kind) => kind.label ?? kind.typeId),
                  })),
                ] as const,
            )
            .filter(([, links]) => links.length > 0),
        ),
      })),
    ]),
  );
}

function status({ portal, limiter }: Site): Record<string, unknown> {
  const records = Object.fromEntries(
    portal.types
      .list()
      .map((type) => [type.plural, portal.table(type).size])
      .filter(([, count]) => count !== 0),
  );
  return {
    portalId: portal.settings.portalId,
    records,
    owners: portal.owners.size,
    apiUsed: limiter.usedToday,
    limits: limiter.settings,
    switches: portal.settings.switches,
  };
}
