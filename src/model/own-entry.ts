/**
 * The entry that a record has itself. Words of a CRM are keys, and one such as `constructor` or
 * `__proto__` names nothing that every object inherits.
 */
export const ownEntry = <T>(
  record: Readonly<Record<string, T>>,
  key: string | null | undefined,
): T | undefined => (key != null && Object.hasOwn(record, key) ? record[key] : undefined);

/** The same, made where there is none. */
export function entryAt<T>(record: Record<string, T>, key: string, make: () => T): T {
  if (!Object.hasOwn(record, key)) putEntry(record, key, make());
  return record[key]!;
}

/** Sets an entry under any word: an assignment to `__proto__` would make none. */
export const putEntry = <T>(record: Record<string, T>, key: string, value: T): void => {
  Object.defineProperty(record, key, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
};
