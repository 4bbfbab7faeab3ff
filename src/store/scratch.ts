import { and, asc, eq } from 'drizzle-orm';
import { upsertRows } from './json-batch.ts';
import { given, preparedRead, preparedWrite } from './prepared.ts';
import { scratch } from './schema.ts';
import type { Statement, Store } from './store.ts';

/**
 * D1 refuses values over 2,000,000 bytes; a piece of this many characters
 * stays below it in any script.
 */
const PIECE_CHARS = 400_000;

const ofName = and(eq(scratch.runId, given('runId')), eq(scratch.name, given('name')));
const dropNamed = preparedWrite((db) => db.delete(scratch).where(ofName));
const piecesOf = preparedRead({ body: scratch.body }, (select) =>
  select.from(scratch).where(ofName).orderBy(asc(scratch.part)),
);
const dropAll = preparedWrite((db) => db.delete(scratch).where(eq(scratch.runId, given('runId'))));

/** Replaces what the run keeps under this name. */
export function saveScratch(
  store: Store,
  runId: string,
  name: string,
  value: unknown,
): Statement[] {
  const text = JSON.stringify(value);
  const pieces = cut(text).map((body, part) => ({ runId, name, part, body }));
  return [dropNamed(store, { runId, name }), ...upsertRows(store, scratch, pieces)];
}

/** Never between the two halves of a character, which the database would not give back. */
function cut(text: string): string[] {
  const pieces: string[] = [];
  for (let from = 0; from < text.length || pieces.length === 0; ) {
    const to = from + PIECE_CHARS;
    const halved = isLowSurrogate(text.charCodeAt(to));
    pieces.push(text.slice(from, halved ? to - 1 : to));
    from = halved ? to - 1 : to;
  }
  return pieces;
}

const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/** What an earlier step of the run kept; undefined = nothing. */
export async function readScratch(store: Store, runId: string, name: string): Promise<unknown> {
  const pieces = await piecesOf(store, { runId, name });
  return pieces.length === 0
    ? undefined
    : (JSON.parse(pieces.map((piece) => piece.body).join('')) as unknown);
}

export const dropScratch = (store: Store, runId: string): Statement[] => [
  dropAll(store, { runId }),
];
