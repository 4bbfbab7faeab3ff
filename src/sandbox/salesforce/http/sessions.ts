import { randomBytes } from 'node:crypto';

export interface Session {
  token: string;
  userId: string;
  clientId: string | null;
  scope: string;
  createdMs: number;
  lastUsedMs: number;
  /** Ends only when ended: the token printed at start. */
  lasting: boolean;
  refreshToken: string | null;
}

interface Grant {
  userId: string;
  clientId: string;
  scope: string;
  /** Every refresh token ever issued in this line; only the last one is good under rotation. */
  family: string;
}

/** Opaque access tokens and refresh tokens of one org. */
export class SessionStore {
  #sessions = new Map<string, Session>();
  #refresh = new Map<string, Grant>();
  #spent = new Map<string, string>();
  readonly #orgId: string;
  readonly #nowMs: () => number;

  constructor(orgId: string, nowMs: () => number) {
    this.#orgId = orgId;
    this.#nowMs = nowMs;
  }

  /**
   * A new session. The token has Salesforce's form: the 15-character org
   * id, `!`, and an opaque rest.
   */
  open(
    userId: string,
    options: {
      clientId?: string | null;
      scope?: string;
      lasting?: boolean;
      refreshToken?: string | null;
    } = {},
  ): Session {
    const token = `${this.#orgId.slice(0, 15)}!AQ${randomBytes(48).toString('base64url').replace(/-/g, '.')}`;
    const nowMs = this.#nowMs();
    const session: Session = {
      token,
      userId,
      clientId: options.clientId ?? null,
      scope: options.scope ?? 'api refresh_token',
      createdMs: nowMs,
      lastUsedMs: nowMs,
      lasting: options.lasting ?? false,
      refreshToken: options.refreshToken ?? null,
    };
    this.#sessions.set(token, session);
    return session;
  }

  /**
   * The live session of a token, touched; null when unknown, ended, or unused
   * for longer than `sessionMs`.
   */
  use(token: string, sessionMs: number): Session | null {
    const session = this.#sessions.get(token);
    if (session === undefined) return null;
    if (!session.lasting && this.#nowMs() - session.lastUsedMs >= sessionMs) {
      this.#sessions.delete(token);
      return null;
    }
    session.lastUsedMs = this.#nowMs();
    return session;
  }

  end(token: string): boolean {
    return this.#sessions.delete(token);
  }

  /**
   * A token handed out before goes on, for the user who has taken that place
   * (the org was filled anew).
   */
  adopt(session: Session, userId: string): void {
    this.#sessions.set(session.token, { ...session, userId });
  }

  /** Ends every session, as an administrator or a policy would. Refresh tokens stay good. */
  endAll(): number {
    const count = this.#sessions.size;
    this.#sessions.clear();
    return count;
  }

  issueRefresh(userId: string, clientId: string, scope: string, family?: string): string {
    const token = `5Aep${randomBytes(48).toString('base64url')}`;
    this.#refresh.set(token, { userId, clientId, scope, family: family ?? token });
    return token;
  }

  refreshGrant(token: string): Grant | null {
    return this.#refresh.get(token) ?? null;
  }

  regrant(token: string, userId: string): void {
    const grant = this.#refresh.get(token);
    if (grant !== undefined) this.#refresh.set(token, { ...grant, userId });
  }

  /** Rotation: the old refresh token is spent, a new one of the same family takes its place. */
  rotate(token: string): string {
    const grant = this.#refresh.get(token);
    if (grant === undefined) throw new Error('Unknown refresh token');
    this.#refresh.delete(token);
    this.#spent.set(token, grant.family);
    return this.issueRefresh(grant.userId, grant.clientId, grant.scope, grant.family);
  }

  /** A spent refresh token came back: everything of its family ends. Returns whether it was one. */
  punishReuse(token: string): boolean {
    const family = this.#spent.get(token);
    if (family === undefined) return false;
    this.#endFamily(family);
    return true;
  }

  /** Revokes an access or a refresh token; a refresh token takes its sessions with it. */
  revoke(token: string): boolean {
    const grant = this.#refresh.get(token);
    if (grant === undefined) return this.end(token);
    this.#endFamily(grant.family);
    return true;
  }

  #endFamily(family: string): void {
    const tokens = new Set<string>();
    for (const [token, grant] of this.#refresh) if (grant.family === family) tokens.add(token);
    for (const [token, of] of this.#spent) if (of === family) tokens.add(token);
    for (const token of tokens) this.#refresh.delete(token);
    for (const [token, session] of this.#sessions)
      if (session.refreshToken !== null && tokens.has(session.refreshToken))
        this.#sessions.delete(token);
  }
}
