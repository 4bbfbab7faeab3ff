import type { ConnectorDeps } from '../../src/model/connector-deps.ts';
import { HeadwaterError } from '../../src/model/error.ts';
import { isCode } from './failure.ts';

interface What {
  /** What is asked for, such as `rest Opportunity`: each has a size of its own. */
  key: string;
  most: number;
  /** The setting of the connection that says `most`; null = it has none. */
  setting: string | null;
  /** Which of what is too much is so by this size; every one when left out. */
  bySize?: (error: HeadwaterError) => boolean;
}

/** How much to ask for at once, by what is asked: what was too much is remembered. */
export interface Sizes {
  /**
   * `work` with the size that is known to do, at most `most`; a smaller one each time the CRM gives
   * up on the size, down to a single row. What is too heavy even then comes from `lighter`, or is
   * refused with the setting that would help.
   */
  fitting<T>(
    what: What,
    work: (size: number) => Promise<T>,
    lighter?: (error: HeadwaterError) => Promise<T>,
  ): Promise<T>;
}

/** Pages in a row of one size after which twice as much is asked for: a slow hour is no rule. */
const GROW_AFTER = 20;
/** A call that was never answered costs its whole time limit, so few of them are made. */
const SHRINK_AFTER_TIMEOUT = 8;

interface Known {
  size: number;
  /** Pages of this size since it was last changed. */
  done: number;
}

export function makeSizes(memory: ConnectorDeps['pageSizes']): Sizes {
  const known = new Map<string, Known>(
    Object.entries(memory?.known ?? {}).map(([key, size]) => [key, { size, done: 0 }]),
  );
  const note = async (key: string, now: Known, most: number): Promise<void> => {
    const before = known.get(key)?.size ?? most;
    known.set(key, now);
    if (before !== now.size) await memory?.learn(key, now.size);
  };
  return {
    async fitting({ key, most, setting, bySize = () => true }, work, lighter) {
      const begun = known.get(key) ?? { size: most, done: 0 };
      for (let size = Math.min(begun.size, most); ; ) {
        const tried = await attempt(async () => await work(size), bySize);
        if ('result' in tried) {
          await note(key, after(begun, size, most), most);
          return tried.result;
        }
        const { error } = tried;
        if (size > 1) {
          size = Math.ceil(size / (isCode(error, 'TIMEOUT') ? SHRINK_AFTER_TIMEOUT : 2));
          continue;
        }
        if (lighter !== undefined) return await lastResort(error, setting, lighter);
        await note(key, { size, done: 0 }, most);
        throw tooHeavy(error, setting);
      }
    },
  };
}

/** What a smaller size may cure is given back; every other error is thrown. */
async function attempt<T>(
  work: () => Promise<T>,
  bySize: NonNullable<What['bySize']>,
): Promise<{ result: T } | { error: HeadwaterError }> {
  try {
    return { result: await work() };
  } catch (error) {
    if (error instanceof HeadwaterError && error.tooMuch && bySize(error)) return { error };
    throw error;
  }
}

/** What is known once this size has done. */
function after(begun: Known, size: number, most: number): Known {
  if (size === most) return { size, done: 0 };
  const done = size === begun.size ? begun.done + 1 : 1;
  return done < GROW_AFTER ? { size, done } : { size: Math.min(most, size * 2), done: 0 };
}

/** What even that is too much for is refused in the words of the first error. */
async function lastResort<T>(
  first: HeadwaterError,
  setting: What['setting'],
  lighter: (error: HeadwaterError) => Promise<T>,
): Promise<T> {
  try {
    return await lighter(first);
  } catch (error) {
    throw error instanceof HeadwaterError && error.tooMuch ? tooHeavy(first, setting) : error;
  }
}

const tooHeavy = (error: HeadwaterError, setting: What['setting']): HeadwaterError =>
  setting === null
    ? error
    : new HeadwaterError(error.kind, error.message, {
        code: error.code,
        tooMuch: true,
        cause: error,
        cure: `Even one row at a time is too much: map fewer or lighter fields of the object; \`${setting}\` in the connection's settings says how many rows are asked for at once.`,
      });
