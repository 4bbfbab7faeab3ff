import { contentHash } from '../../src/model/canonical.ts';
import { bareText } from '../../src/model/fold.ts';

/** How the rows of a file are told apart. */
export interface RowKey {
  /** positions of the id columns; none = by the whole row */ columns: number[];
}

const escape = (text: string): string => text.replaceAll('%', '%25').replaceAll('/', '%2F');

/**
 * The id of a row; several columns are joined by a slash. A row whose id cells are empty is known
 * by its content, so that it is seen rather than lost.
 */
export function rowId(key: RowKey, cells: string[]): string {
  const parts = key.columns.map((column) => bareText(cells[column] ?? ''));
  if (parts.length === 1 && parts[0] !== '') return parts[0]!;
  if (parts.some((part) => part !== '')) return parts.map(escape).join('/');
  return `#${contentHash(JSON.stringify(cells))}`;
}

/** The id columns of a header: the given ones, else `id`, else `<object>_id`; positions. */
export function keyOf(
  header: string[],
  object: string,
  given: string[] | undefined,
): RowKey | { missing: string } {
  if (given !== undefined) {
    const missing = given.find((name) => !header.includes(name));
    return missing === undefined
      ? { columns: given.map((name) => header.indexOf(name)) }
      : { missing };
  }
  const bare = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const names = ['id', `${bare(object)}id`, `${bare(object).replace(/s$/, '')}id`];
  for (const name of names) {
    const at = header.findIndex((column) => bare(column) === name);
    if (at >= 0) return { columns: [at] };
  }
  return { columns: [] };
}
