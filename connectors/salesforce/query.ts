import * as z from 'zod';
import { readReply } from '../kit/reply.ts';
import { HttpFailure } from '../kit/wire.ts';
import type { Client } from './client.ts';
import { unreadable } from './errors.ts';
import type { Together } from './together.ts';

/**
 * Longest encoded statement that is sent in a URL; Salesforce's own border is about 16,000
 * characters for the whole request line.
 */
const LONGEST_URL_STATEMENT = 12_000;

const record = z.record(z.string(), z.unknown());
const answer = z.object({ totalSize: z.number(), done: z.boolean(), records: z.array(record) });
export type QueryAnswer = z.infer<typeof answer>;

const batch = z.object({
  results: z.array(z.object({ statusCode: z.number(), result: z.unknown() })),
});

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
  const path = `${options.tooling ? '/tooling/query' : options.all ? '/queryAll' : '/query'}?q=${encodeURIComponent(statement)}`;
  if (!fitsUrl(statement)) return await inBody(client, path, options.what);
  return await client.json(
    {
      method: 'GET',
      path,
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

/** A query of one page, which goes along with other small reads. */
export async function smallQuery(
  together: Together,
  statement: string,
  options: { all?: boolean; what: string },
): Promise<QueryAnswer> {
  const path = `${options.all === true ? '/queryAll' : '/query'}?q=${encodeURIComponent(statement)}`;
  return await together.read({ path, what: options.what }, answer);
}

/** A statement that is too long for an address travels in the body of a batch of one. */
async function inBody(client: Client, path: string, what: string): Promise<QueryAnswer> {
  const url = `v${client.apiVersion}${path}`;
  const body = { batchRequests: [{ method: 'GET', url }] };
  return await client.parsed(
    { method: 'POST', path: '/composite/batch', body, effect: 'read', what },
    ({ text }, context) => {
      const found = readReply(text, batch, (detail) => unreadable(context, detail)).results[0];
      if (found === undefined) throw unreadable(context, 'no result');
      const result = JSON.stringify(found.result);
      if (found.statusCode > 299)
        throw new HttpFailure({ status: found.statusCode, headers: {}, body: result });
      return readReply(result, answer, (detail) => unreadable(context, detail));
    },
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
