import * as z from 'zod';
import type { Client } from './client.ts';

/**
 * Longest encoded statement that is sent in a URL; Salesforce's own border is about 16,000
 * characters for the whole request line.
 */
const LONGEST_URL_STATEMENT = 12_000;

const record = z.record(z.string(), z.unknown());
const answer = z.object({ totalSize: z.number(), done: z.boolean(), records: z.array(record) });
export type QueryAnswer = z.infer<typeof answer>;

export const fitsUrl = (statement: string): boolean =>
  encodeURIComponent(statement).length <= LONGEST_URL_STATEMENT;

/**
 * One query call. `all` also sees deleted and archived rows. The answer may hold fewer rows than
 * asked for, with `done` false.
 */
export async function query(
  client: Client,
  statement: string,
  options: { all?: boolean; tooling?: boolean; what: string; pageRows?: number },
): Promise<QueryAnswer> {
  const path = options.tooling ? '/tooling/query' : options.all ? '/queryAll' : '/query';
  return await client.json(
    {
      method: 'GET',
      path: `${path}?q=${encodeURIComponent(statement)}`,
      effect: 'read',
      what: options.what,
      // Salesforce takes 200 to 2,000 and treats it as a hint.
      headers:
        options.pageRows === undefined
          ? {}
          : { 'Sforce-Query-Options': `batchSize=${Math.max(200, options.pageRows)}` },
    },
    answer,
  );
}

/** Value at a dotted path of a query record; a missing parent is null. */
export function valueAt(row: Record<string, unknown>, path: string): unknown {
  let at: unknown = row;
  for (const word of path.split('.')) {
    if (typeof at !== 'object' || at === null) return null;
    at = Reflect.get(at, word);
  }
  return at ?? null;
}
