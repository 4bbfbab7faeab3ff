import { parse } from 'csv-parse/sync';
import * as z from 'zod';
import { HeadwaterError } from '../../src/model/error.ts';
import type { Client } from './client.ts';

const job = z.object({
  id: z.string(),
  state: z.string().default('UploadComplete'),
  errorMessage: z.string().nullish(),
});

export interface BulkPage {
  rows: Map<string, string>[] /** null = the last page */;
  locator: string | null;
}

/**
 * Starts a Bulk 2.0 query job and gives its id. Repeating it after a lost answer leaves an idle job
 * behind, which costs nothing but itself, so it counts as a read.
 * Never an ORDER BY: it switches Salesforce's own partitioning off.
 */
export async function createJob(
  client: Client,
  statement: string,
  all: boolean,
  what: string,
): Promise<string> {
  const body = {
    operation: all ? 'queryAll' : 'query',
    query: statement,
    contentType: 'CSV',
    columnDelimiter: 'COMMA',
    lineEnding: 'LF',
  };
  return (
    await client.json({ method: 'POST', path: '/jobs/query', body, effect: 'read', what }, job)
  ).id;
}

export type JobState = 'running' | 'complete' | { failed: string };

export async function jobState(client: Client, id: string, what: string): Promise<JobState> {
  const answer = await client.json(
    { method: 'GET', path: `/jobs/query/${encodeURIComponent(id)}`, effect: 'read', what },
    job,
  );
  if (answer.state === 'JobComplete') return 'complete';
  if (answer.state === 'Failed' || answer.state === 'Aborted')
    return { failed: `${answer.state}: ${answer.errorMessage ?? 'no reason given'}` };
  return 'running';
}

/**
 * One page of results, fetched by itself: jsforce's own Bulk reader mixes header rows of later
 * pages into the records.
 */
export async function resultPage(
  client: Client,
  id: string,
  locator: string | null,
  maxRecords: number,
  what: string,
): Promise<BulkPage> {
  const place = locator === null ? '' : `&locator=${encodeURIComponent(locator)}`;
  const path = `/jobs/query/${encodeURIComponent(id)}/results?maxRecords=${maxRecords}${place}`;
  return await client.parsed(
    { method: 'GET', path, headers: { accept: 'text/csv' }, effect: 'read', what },
    ({ text, headers }) => {
      // Salesforce answers 200 with nothing at all where a page outgrew it; an empty result has a
      // header.
      if (text.trim() === '') throw tooLarge(what);
      const rows = parseResults(text, what);
      const promised = Number(headers['sforce-numberofrecords'] ?? Number.NaN);
      if (Number.isFinite(promised) && promised !== rows.length)
        throw damaged(what, `${rows.length} rows instead of ${promised}`);
      const next = headers['sforce-locator'];
      return { rows, locator: next === undefined || next === 'null' || next === '' ? null : next };
    },
  );
}

function parseResults(text: string, what: string): Map<string, string>[] {
  let lines: string[][];
  try {
    lines = parse(text, { bom: true, relax_column_count: false, skip_empty_lines: true });
  } catch (error) {
    throw damaged(what, error instanceof Error ? error.message : String(error));
  }
  const header = lines[0];
  if (header === undefined || !header.includes('Id')) throw damaged(what, 'no header line');
  return lines.slice(1).map((line) => new Map(header.map((name, at) => [name, line[at] ?? ''])));
}

const tooLarge = (what: string) =>
  new HeadwaterError('transient', `Salesforce sent an empty page (${what}).`, {
    code: 'EMPTY_PAGE',
    tooMuch: true,
  });

const damaged = (what: string, detail: string) =>
  new HeadwaterError(
    'transient',
    `A Bulk result page was damaged on the way (${what}): ${detail}.`,
    { code: 'UNREADABLE_ANSWER' },
  );
