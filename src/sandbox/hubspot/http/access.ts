/**
 * Who may call: tokens that stand (private apps, service keys) and OAuth apps with
 * access tokens of thirty minutes.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { expiredToken, noCredentials } from '../model/errors.ts';
import { OTHERS } from '../model/object-types.ts';

/** The super admin of every portal here. */
export const ADMIN_ID = 1;
/** Lifetime of an OAuth access token. */
const TOKEN_SECONDS = 1800;

export interface Access {
  appId: number;
  kind: 'private' | 'oauth';
  token: string;
  scopes: ReadonlySet<string>;
  userId: number;
  expiresMs: number | null;
}
export interface OAuthApp {
  appId: number;
  clientId: string;
  clientSecret: string;
  redirectUri: string;
  scopes: string[];
}
export interface Grant {
  app: OAuthApp;
  scopes: string[];
  userId: number;
  refreshToken: string;
}

/** All that this sandbox can be asked; a connection needs far fewer. */
export const ALL_SCOPES: readonly string[] = [
  'oauth',
  'settings.currencies.read',
  'multi-currency-read',
  'account-info.security.read',
  'forecast-settings.read',
  'crm.objects.owners.read',
  'tickets',
  ...[
    'contacts',
    'companies',
    'deals',
    'leads',
    'products',
    'line_items',
    'quotes',
    'orders',
    ...Object.values(OTHERS).map(([, , plural]) => plural),
    'custom',
  ].flatMap((scope) => [
    `crm.objects.${scope}.read`,
    `crm.objects.${scope}.write`,
    `crm.schemas.${scope}.read`,
    `crm.schemas.${scope}.write`,
  ]),
];

export class AccessBook {
  /** Any token, client, code and secret is good, so that a tool can be tried on the portal. */
  openAuth = false;
  readonly apps = new Map<string, OAuthApp>();
  readonly #wallMs: () => number;
  readonly #tokens = new Map<string, Access>();
  readonly #grants = new Map<string, Grant>();
  readonly #codes = new Map<string, { app: OAuthApp; scopes: string[]; userId: number }>();
  #nextApp = 2_400_001;

  /** Token lifetimes are counted by the real clock, because clients count them by theirs. */
  constructor(wallMs: () => number) {
    this.#wallMs = wallMs;
  }

  /** A token that stands until it is revoked. */
  addStanding(token: string, scopes: readonly string[] = ALL_SCOPES): Access {
    const access: Access = {
      appId: this.#nextApp++,
      kind: 'private',
      token,
      scopes: new Set(scopes),
      userId: 0,
      expiresMs: null,
    };
    this.#tokens.set(token, access);
    return access;
  }

  addApp(app: Omit<OAuthApp, 'appId'>): OAuthApp {
    const made: OAuthApp = { ...app, appId: this.#nextApp++ };
    this.apps.set(app.clientId, made);
    return made;
  }

  /** What a user's consent leaves behind: a code, good once. */
  authorize(app: OAuthApp, scopes: string[], userId: number): string {
    const code = randomUUID();
    this.#codes.set(code, { app, scopes, userId });
    return code;
  }

  /** The app of this client id; under `openAuth` any id is the first app's. */
  app(clientId: string): OAuthApp | null {
    return this.apps.get(clientId) ?? this.#stranger(this.apps);
  }

  redeem(app: OAuthApp, code: string): Grant | null {
    const found = this.#codes.get(code);
    this.#codes.delete(code);
    if (found === undefined && this.openAuth) return this.install(app, app.scopes, ADMIN_ID);
    return found === undefined || found.app !== app
      ? null
      : this.install(app, found.scopes, found.userId);
  }

  /** An installed app's standing consent; its refresh token does not rotate. */
  install(
    app: OAuthApp,
    scopes: string[],
    userId: number,
    refreshToken: string = randomUUID(),
  ): Grant {
    const grant: Grant = { app, scopes, userId, refreshToken };
    this.#grants.set(grant.refreshToken, grant);
    return grant;
  }

  grant(refreshToken: string): Grant | null {
    return this.#grants.get(refreshToken) ?? this.#stranger(this.#grants);
  }

  /** A fresh access token; those given before stay good until they expire. */
  issue(grant: Pick<Grant, 'app' | 'scopes' | 'userId'>): Access {
    const token = `C${randomBytes(48).toString('base64url')}`;
    const access: Access = {
      appId: grant.app.appId,
      kind: 'oauth',
      token,
      scopes: new Set(grant.scopes),
      userId: grant.userId,
      expiresMs: this.#wallMs() + TOKEN_SECONDS * 1000,
    };
    this.#tokens.set(token, access);
    return access;
  }

  /** The token's holder, expired or not; null for one never given. */
  find(token: string): Access | null {
    return this.#tokens.get(token) ?? this.#stranger(this.#tokens);
  }

  secondsLeft(access: Access): number {
    return access.expiresMs === null
      ? TOKEN_SECONDS
      : Math.floor((access.expiresMs - this.#wallMs()) / 1000);
  }

  /** Ends a token or a whole grant. */
  revoke(token: string): void {
    this.#grants.delete(token);
    this.#tokens.delete(token);
  }

  /** Makes an OAuth token an expired one; a standing token has no end. */
  expire(access: Access): void {
    if (access.expiresMs !== null) access.expiresMs = this.#wallMs() - 1000;
  }

  expireAll(): void {
    for (const access of this.#tokens.values()) this.expire(access);
  }

  /** Whom an unknown credential stands for under `openAuth`: the first that was given. */
  #stranger<T>(known: ReadonlyMap<string, T>): T | null {
    return this.openAuth ? (known.values().next().value ?? null) : null;
  }

  /** Who calls. Throws 401. */
  require(request: Request): Access {
    const header = request.headers.get('authorization') ?? '';
    const token = /^bearer (.+)$/i.exec(header)?.[1]?.trim();
    const access = token === undefined ? null : this.find(token);
    if (access === null) throw noCredentials();
    if (!this.openAuth && access.expiresMs !== null && access.expiresMs <= this.#wallMs())
      throw expiredToken(Math.ceil((this.#wallMs() - access.expiresMs) / 1000));
    return access;
  }
}
