import type { ConnectorDeps } from '../model/connector.ts';
import { asHeadwaterError, HeadwaterError } from '../model/error.ts';
import { dropLease, takeLease, type Lease } from './lease.ts';
import { forgetLoss, recordLoss, wasLost } from './secret-loss.ts';
import type { Store } from './store.ts';

export type SpendSecret = NonNullable<ConnectorDeps['spendSecret']>;
type Exchange<T> = (current: string) => Promise<{ result: T; next: string | undefined }>;

/** Where the newest value of a rotating secret is kept. */
export interface SecretHome {
  read(name: string): Promise<string>;
  /** Asked before anything is spent. Errors: `config` when a successor could not be kept here. */
  ready?(name: string): Promise<void>;
  /** Resolves when the value would survive the death of this process. */
  save(name: string, value: string): Promise<void>;
}

export interface Spender {
  connectionId: string;
  /** The database that every process on the connection sees; asked for once a spending. */
  withStore: <T>(work: (store: Store) => Promise<T>) => Promise<T>;
  home: (store: Store) => SecretHome;
  nowMs: () => number;
  sleep: (ms: number) => Promise<void>;
  log: ConnectorDeps['log'];
}

const late = (name: string): HeadwaterError =>
  new HeadwaterError(
    'transient',
    `the right to use ${name} ran out while this process was asleep`,
    { code: 'SECRET_LATE' },
  );

/**
 * The only right to spend a secret lasts this long; a process that died with it keeps
 * others waiting until then.
 */
export const SPEND_TTL_MS = 4 * 60_000;
/**
 * An exchange begins only with this much of the right left: longer than a connector waits for any
 * answer (130 s), so that nobody else spends the same value meanwhile.
 */
const SPEND_LEFT_MS = 3 * 60_000;
/**
 * An exchange takes a second or two, so whoever finds another at it waits a moment before giving
 * up.
 */
const LOOK_AGAIN_MS = 500;
const LOOKS = 20;
/**
 * What the CRM gave exists nowhere else, so a busy or full disk is tried
 * again before the run fails.
 */
const KEEP_TRIES = 5;

/**
 * Spends a secret that works once: alone among all processes on the database, always with the
 * newest value, and what the CRM gives in its place is kept before anything is done with the
 * session. The right is taken in the database first, so a full or read-only disk refuses
 * before the secret is spent.
 * What no client can help: a process that dies, or an answer that is lost, between the CRM's commit
 * and our save. The next owner then tries the value it has, which works if the CRM never saw the
 * first try; if it did, the person has to sign in again either way.
 * A `lasting` secret is spent without a place for its successor; if the CRM gives one all the same,
 * the run goes on, and an issue says that the next may not.
 * Errors: `limit` SECRET_BUSY when another process is at it for too long; those of
 * the exchange and of the home.
 */
export function secretSpender(deps: Spender): SpendSecret {
  const holder = crypto.randomUUID();
  /** Given by the CRM, and not kept yet because the home failed. */
  const unsaved = new Map<string, string>();
  let turn: Promise<unknown> = Promise.resolve();

  async function spend<T>(
    store: Store,
    name: string,
    exchange: Exchange<T>,
    lasting: boolean,
  ): Promise<T> {
    const home = deps.home(store);
    const { lease, endsMs } = await soleRight(deps, store, `${deps.connectionId}#${name}`, holder);
    try {
      const current = unsaved.get(name) ?? (await home.read(name));
      const refusal = await readiness(home, name);
      if (refusal !== null && !lasting) throw refusal;
      if (unsaved.has(name) && refusal === null) await keep(home, name, current);
      if (endsMs - deps.nowMs() < SPEND_LEFT_MS) throw late(name);
      const { result, next } = await exchange(current).catch(async (error: unknown) => {
        throw refusal !== null && (await wasLost(store, deps.connectionId, name))
          ? lostBefore(error, name, refusal)
          : error;
      });
      const changed = next !== undefined && next !== current ? next : null;
      if (changed !== null && refusal !== null) await lose(store, name, changed, refusal);
      else await hold(store, home, { name, changed, lasting });
      return result;
    } finally {
      // With a value that only this process knows the right is not given back:
      // another would spend the old one.
      if (!unsaved.has(name) || lasting)
        await dropLease(store, lease).catch(() => {
          /* It ends by itself. */
        });
    }
  }

  /** A successor, if there is one, is kept before the result is handed on. */
  async function hold(
    store: Store,
    home: SecretHome,
    { name, changed, lasting }: { name: string; changed: string | null; lasting: boolean },
  ): Promise<void> {
    if (changed !== null) await keep(home, name, changed);
    if (lasting && !unsaved.has(name))
      await store.batch(forgetLoss(store, deps.connectionId, name));
  }

  /** A successor that no place can keep: this process goes on with it, and an issue says so. */
  async function lose(
    store: Store,
    name: string,
    next: string,
    refusal: HeadwaterError,
  ): Promise<void> {
    unsaved.set(name, next);
    deps.log('secret.lost', { name, cure: refusal.cure });
    await store.batch(recordLoss(store, deps.connectionId, name, refusal, deps.nowMs()));
  }

  async function keep(home: SecretHome, name: string, value: string): Promise<void> {
    unsaved.set(name, value);
    for (let tries = 1; unsaved.has(name); tries++) {
      try {
        await home.save(name, value);
        unsaved.delete(name);
      } catch (error) {
        if (tries === KEEP_TRIES) throw error;
        await deps.sleep(LOOK_AGAIN_MS);
      }
    }
  }

  return async (name, exchange, options) => {
    const mine = turn.then(() =>
      deps.withStore((store) => spend(store, name, exchange, options?.lasting ?? false)),
    );
    turn = mine.catch(() => {});
    return await mine;
  };
}

/** Why a successor could not be kept; null = it could. */
async function readiness(home: SecretHome, name: string): Promise<HeadwaterError | null> {
  try {
    await home.ready?.(name);
    return null;
  } catch (error) {
    return asHeadwaterError(error);
  }
}

/**
 * What the CRM refuses now is a value that it replaced: signing in again helps for one time only.
 */
function lostBefore(thrown: unknown, name: string, refusal: HeadwaterError): unknown {
  const error = asHeadwaterError(thrown);
  return error.kind !== 'auth'
    ? thrown
    : new HeadwaterError(
        'auth',
        `${error.message} (in an earlier run the CRM replaced ${name}, and there was no place to keep the new one in)`,
        {
          ...(error.code === undefined ? {} : { code: error.code }),
          cure: `${error.cure ?? 'Sign in again.'} Before that: ${refusal.cure ?? refusal.message}`,
          cause: error,
        },
      );
}

async function soleRight(
  deps: Spender,
  store: Store,
  place: string,
  holder: string,
): Promise<{ lease: Lease; endsMs: number }> {
  for (let look = 1; ; look++) {
    // Counted from before the taking: a process may sleep in the middle of it.
    const askedMs = deps.nowMs();
    const lease = await takeLease(store, place, holder, askedMs, SPEND_TTL_MS);
    if (lease !== null) return { lease, endsMs: askedMs + SPEND_TTL_MS };
    if (look === LOOKS) {
      throw new HeadwaterError(
        'limit',
        `another process is signing in on connection "${deps.connectionId}", or died while it did`,
        {
          code: 'SECRET_BUSY',
          retryAtMs: deps.nowMs() + SPEND_TTL_MS,
          cure: 'Try again in a few minutes: the sign-in secret works only once, so only one process may use it at a time.',
        },
      );
    }
    await deps.sleep(LOOK_AGAIN_MS);
  }
}
