import { HeadwaterError } from '../../src/model/error.ts';

/** How much to ask for at once, by what is asked: what was too much is remembered for the session. */
export interface Sizes {
  /**
   * `work` with the size that is known to do, at most `most`; half of it each time the CRM gives up
   * on the size, down to a single row. That one is refused with the setting that would help.
   */
  fitting<T>(
    what: { key: string; most: number; setting: string },
    work: (size: number) => Promise<T>,
  ): Promise<T>;
}

export function makeSizes(): Sizes {
  const known = new Map<string, number>();
  return {
    async fitting({ key, most, setting }, work) {
      for (let size = Math.min(known.get(key) ?? most, most); ; size = Math.ceil(size / 2)) {
        try {
          const result = await work(size);
          known.set(key, size);
          return result;
        } catch (error) {
          if (!(error instanceof HeadwaterError) || !error.tooMuch) throw error;
          if (size > 1) continue;
          throw new HeadwaterError(error.kind, error.message, {
            code: error.code,
            tooMuch: true,
            cause: error,
            cure: `Even one row at a time is too much: map fewer or lighter fields of the object; \`${setting}\` in the connection's settings says how many rows are asked for at once.`,
          });
        }
      }
    },
  };
}
