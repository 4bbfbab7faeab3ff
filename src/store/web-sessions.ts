import { and, desc, eq, gt, isNull, lt } from 'drizzle-orm';
import { digest, isScope, newToken, toHex, type Scope } from '../model/api-token.ts';
import { webSessions } from './schema.ts';
import type { Store } from './store.ts';

export interface WebSession {
  /** SHA-256 of the token, in hex. */
  hash: string;
  kind: 'link' | 'session';
  name: string;
  scopes: Scope[];
  madeMs: number;
  expiresMs: number;
}

type Stored = typeof webSessions.$inferSelect;
const toSession = ({ endedMs: _, ...row }: Stored): WebSession => ({
  ...row,
  kind: row.kind as WebSession['kind'],
  scopes: row.scopes.split(',').filter(isScope),
});
const goodAt = (nowMs: number) =>
  and(isNull(webSessions.endedMs), gt(webSessions.expiresMs, nowMs));

/** A link that nobody has used by then is good no more. */
const LINK_MS = 24 * 3_600_000;
/** A working day: whoever comes back tomorrow asks for a new link. */
const SESSION_MS = 12 * 3_600_000;

/** Keeps a new link or session; those that are long over go. The token is stored nowhere. */
async function begin(
  store: Store,
  kind: WebSession['kind'],
  who: { name: string; scopes: readonly Scope[] },
  nowMs: number,
): Promise<{ token: string; session: WebSession }> {
  const { token, hash } = await newToken();
  const session: WebSession = {
    ...{ hash, kind, name: who.name, scopes: [...who.scopes], madeMs: nowMs },
    expiresMs: nowMs + (kind === 'link' ? LINK_MS : SESSION_MS),
  };
  await store.batch([
    store.db.delete(webSessions).where(lt(webSessions.expiresMs, nowMs)),
    store.db
      .insert(webSessions)
      .values({ ...session, scopes: session.scopes.join(','), endedMs: null }),
  ]);
  return { token, session };
}

/** A token that signs somebody in once. */
export const newSignInLink = async (
  store: Store,
  who: { name: string; scopes: readonly Scope[] },
  nowMs: number,
): Promise<string> => (await begin(store, 'link', who, nowMs)).token;

/** The session that a link becomes; null = it is unknown, used or too old. */
export async function useSignInLink(
  store: Store,
  token: string,
  nowMs: number,
): Promise<{ token: string; session: WebSession } | null> {
  const link = await sessionOfToken(store, token, 'link', nowMs);
  if (link === null || !(await endWebSession(store, link.hash, nowMs))) return null;
  return await begin(store, 'session', link, nowMs);
}

/** The link or session that a token belongs to, if it is good. */
export async function sessionOfToken(
  store: Store,
  token: string,
  kind: WebSession['kind'],
  nowMs: number,
): Promise<WebSession | null> {
  const found = await findWebSession(store, toHex(await digest(token)), nowMs);
  return found?.kind === kind ? found : null;
}

/** The session or link of this hash, if it is good. */
async function findWebSession(
  store: Store,
  hash: string,
  nowMs: number,
): Promise<WebSession | null> {
  const [found] = await store.db
    .select()
    .from(webSessions)
    .where(and(eq(webSessions.hash, hash), goodAt(nowMs)));
  return found === undefined ? null : toSession(found);
}

/** Everything that is good, the newest first. */
export async function listWebSessions(store: Store, nowMs: number): Promise<WebSession[]> {
  const found = await store.db
    .select()
    .from(webSessions)
    .where(goodAt(nowMs))
    .orderBy(desc(webSessions.madeMs), webSessions.hash);
  return found.map(toSession);
}

/**
 * Ends what has this hash. One statement decides who ended it: the answer is true for only
 * one of two who use the same link at once.
 */
export async function endWebSession(store: Store, hash: string, nowMs: number): Promise<boolean> {
  const ended = await store.db
    .update(webSessions)
    .set({ endedMs: nowMs })
    .where(and(eq(webSessions.hash, hash), isNull(webSessions.endedMs)))
    .returning({ hash: webSessions.hash });
  return ended.length > 0;
}
