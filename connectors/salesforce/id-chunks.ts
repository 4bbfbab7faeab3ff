import { HeadwaterError } from '../../src/model/error.ts';
import { isId, to18 } from './ids.ts';
import { soqlString } from './soql.ts';

/** An id takes 25 characters of an encoded URL, so 250 leave half of it to the field list. */
const IDS_PER_QUERY = 250;

/**
 * Ids as Salesforce writes them, each once, in groups that fit a query; the same list always falls
 * into the same groups.
 */
export function chunkIds(ids: string[]): string[][] {
  const bad = ids.find((id) => !isId(id));
  if (bad !== undefined)
    throw new HeadwaterError(
      'rejected',
      `${JSON.stringify(bad.slice(0, 40))} is no Salesforce id.`,
      { code: 'MALFORMED_ID' },
    );
  const unique = [...new Set(ids.map(to18))];
  const chunks: string[][] = [];
  for (let from = 0; from < unique.length; from += IDS_PER_QUERY)
    chunks.push(unique.slice(from, from + IDS_PER_QUERY));
  return chunks;
}

export const idCondition = (ids: string[]): string => `Id IN (${ids.map(soqlString).join(',')})`;
