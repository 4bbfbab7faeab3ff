import { HeadwaterError } from '../../src/model/error.ts';

/**
 * Answers that are kept for the life of a session. A failed one is forgotten, so the next asks
 * again.
 */

export interface KeyedCache<T> {
  get(key: string): Promise<T>;
  forget(key: string): void;
}

/** Parallel askers of one key share one call. */
export function keyedCache<T>(
  load: (key: string) => Promise<T>,
  sameKey: (key: string) => string = (key) => key,
): KeyedCache<T> {
  const answers = new Map<string, Promise<T>>();
  return {
    get(key) {
      const kept = sameKey(key);
      let answer = answers.get(kept);
      if (answer === undefined) {
        answer = load(key);
        answers.set(kept, answer);
        answer.catch(() => answers.delete(kept));
      }
      return answer;
    },
    forget: (key) => void answers.delete(sameKey(key)),
  };
}

export interface RefusalCache<T> extends KeyedCache<T | null> {
  /** Why `get` gave null, where the CRM said it. */
  refusal(key: string): HeadwaterError | null;
}

/**
 * As `keyedCache`, for what may not be there: errors that say so of the key itself, or that this
 * user may not see it, become null and are kept in the CRM's words. All others are thrown.
 */
export function refusalCache<T>(
  load: (key: string) => Promise<T | null>,
  sameKey?: (key: string) => string,
): RefusalCache<T> {
  const refusals = new Map<string, HeadwaterError>();
  const kept = sameKey ?? ((key: string) => key);
  const cache = keyedCache(async (key: string): Promise<T | null> => {
    try {
      return await load(key);
    } catch (error) {
      const refused = error instanceof HeadwaterError ? error.refused : undefined;
      if (refused !== 'absent' && refused !== 'forbidden') throw error;
      refusals.set(kept(key), error as HeadwaterError);
      return null;
    }
  }, sameKey);
  return {
    get: cache.get,
    refusal: (key) => refusals.get(kept(key)) ?? null,
    forget(key) {
      cache.forget(key);
      refusals.delete(kept(key));
    },
  };
}

/** One answer, asked for when it is first needed. */
export function once<T>(load: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | null = null;
  return () => {
    answer ??= load().catch((error: unknown) => {
      answer = null;
      throw error;
    });
    return answer;
  };
}
