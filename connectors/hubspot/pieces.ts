import { HeadwaterError } from '../../src/model/error.ts';

/** What HubSpot gives of a record that is too heavy by itself. */
export const BARE = ['hs_object_id', 'hs_lastmodifieddate', 'lastmodifieddate'];

interface Wanted {
  properties: string[];
  history: string[];
}
interface Pieces {
  properties: Record<string, unknown>;
  propertiesWithHistory?: Record<string, object[]> | null | undefined;
  unread?: string;
}

/**
 * A record that is too heavy in one answer, in pieces: what it is, then its properties, then the
 * history of each property by itself. A piece that is too heavy even so is missing, and `unread`
 * says why; what is missing is never the same as what is empty.
 */
export async function inPieces<T extends Pieces>(
  { properties, history }: Wanted,
  read: (piece: Wanted) => Promise<T | undefined>,
): Promise<T | null> {
  const bare = await read({ properties: BARE, history: [] });
  if (bare === undefined) return null;
  const pieces: Wanted[] = [
    ...(properties.length === 0 ? [] : [{ properties, history: [] }]),
    ...history.map((name) => ({ properties: [], history: [name] })),
  ];
  let whole: T = bare;
  for (const piece of pieces) {
    const found = await lightOnly(async () => await read(piece));
    if (found instanceof HeadwaterError) whole = { ...whole, unread: found.message };
    else if (found !== undefined) whole = joined(whole, found);
  }
  return whole;
}

async function lightOnly<R>(work: () => Promise<R>): Promise<R | HeadwaterError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HeadwaterError && error.tooMuch) return error;
    throw error;
  }
}

const joined = <T extends Pieces>(whole: T, piece: T): T => ({
  ...whole,
  properties: { ...whole.properties, ...piece.properties },
  propertiesWithHistory:
    whole.propertiesWithHistory == null && piece.propertiesWithHistory == null
      ? null
      : { ...whole.propertiesWithHistory, ...piece.propertiesWithHistory },
});
