import { HeadwaterError } from '../../src/model/error.ts';

/** The engine cuts its writes to `features.writeBatch`; more is a mistake of its own. */
export function checkBatch(rows: readonly unknown[], most: number): void {
  if (rows.length > most)
    throw new HeadwaterError('bug', `${rows.length} rows in one write; at most ${most}.`, {
      code: 'WRITE_BATCH',
    });
}

/** The field that windows are cut by; an object without one has no windows. */
export function needStamp(
  object: { name: string; stampField: string | null },
  words: string,
): string {
  if (object.stampField !== null) return object.stampField;
  throw new HeadwaterError(
    'config',
    `${object.name} has no ${words} changed, so it can only be read whole.`,
    { code: 'NO_STAMP', cure: 'Read it with range `all`.' },
  );
}
