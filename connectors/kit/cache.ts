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
