/**
 * Records as the four kinds of call answer them: search, list, batch read, and list of the archive.
 */
import * as z from 'zod';
import { HeadwaterError } from '../../src/model/error.ts';
import type { Client } from './client.ts';
import type { SearchFilter } from './filters.ts';
import type { ObjectType } from './objects.ts';
import { BARE, inPieces } from './pieces.ts';
import { instantMs } from './values.ts';

export const SEARCH_PAGE = 200;
export const LIST_PAGE = 100;
export const BATCH = 100;
/** With property history HubSpot takes half as many. */
export const HISTORY_BATCH = 50;
/**
 * Longest property list that travels in an address; beyond it the list gives ids and a batch read
 * the rest.
 */
const LONGEST_QUERY = 6_000;

const version = z.object({
  value: z.unknown().optional(),
  timestamp: z.string().refine((text) => !Number.isNaN(instantMs(text)), 'is no time'),
  updatedByUserId: z.union([z.string(), z.number()]).transform(String).nullish(),
});
const record = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  properties: z.record(z.string(), z.unknown()).default({}),
  createdAt: z.string().nullish(),
  updatedAt: z.string().nullish(),
  archived: z.boolean().nullish(),
  archivedAt: z.string().nullish(),
  propertiesWithHistory: z.record(z.string(), z.array(version)).nullish(),
});
/** `unread`: why its properties are not there, where HubSpot would not give them. */
export type RawRecord = z.infer<typeof record> & { unread?: string };

const paging = z
  .object({
    next: z.object({ after: z.union([z.string(), z.number()]).transform(String) }).nullish(),
  })
  .nullish();
const listAnswer = z.object({ results: z.array(record), paging });
const searchAnswer = z.object({ total: z.number(), results: z.array(record), paging });
const batchError = z.object({ category: z.string().nullish(), message: z.string().nullish() });
const batchAnswer = z.object({ results: z.array(record), errors: z.array(batchError).nullish() });

/** What is known to be too much is known of one kind of call and one object. */
export const sizeOf = (
  call: string,
  type: ObjectType,
  history: string[],
  most: number,
): { key: string; most: number; setting: string } => ({
  key: `${call}${history.length > 0 ? ' with history' : ''} ${type.name}`,
  most,
  setting: 'pageRows',
});

export interface Found {
  records: RawRecord[];
  total: number;
  more: boolean;
}

/**
 * One search page in the order of one property. `more` also when the page is shorter than it might
 * be.
 */
export async function search(
  client: Client,
  type: ObjectType,
  properties: string[],
  filters: SearchFilter[],
  sort: string,
  limit: number,
): Promise<Found> {
  const body = {
    filterGroups: filters.length === 0 ? [] : [{ filters }],
    sorts: [{ propertyName: sort, direction: 'ASCENDING' }],
    properties,
    limit,
  };
  const what = `searching ${type.name}`;
  // The client's types know sorts as text only; HubSpot's documents write them like this.
  const build = () =>
    client.requests.search.doSearch(
      type.path,
      body as unknown as Parameters<typeof client.requests.search.doSearch>[1],
    );
  const answer = await client.json({ build, effect: 'read', lane: 'search', what }, searchAnswer);
  const more = answer.paging?.next != null || answer.total > answer.results.length;
  if (more && answer.results.length === 0 && limit > 0)
    throw new HeadwaterError(
      'transient',
      `HubSpot sent an empty page of ${type.name} and says there is more.`,
      { code: 'UNREADABLE_ANSWER' },
    );
  return { records: answer.results, total: answer.total, more };
}

/** How many records a search finds; the index may lag behind by seconds to minutes. */
export const searchTotal = async (
  client: Client,
  type: ObjectType,
  filters: SearchFilter[],
): Promise<number> =>
  (await search(client, type, ['hs_object_id'], filters, 'hs_object_id', 1)).total;

/**
 * One page of the list, which is always up to date and in the order of ids; `history` halves it.
 */
export async function list(
  client: Client,
  type: ObjectType,
  options: {
    properties: string[];
    history?: string[];
    after: string | null;
    archived: boolean;
    limit?: number;
  },
): Promise<{ records: RawRecord[]; after: string | null }> {
  const { properties, history = [], archived } = options;
  const limit = Math.min(
    history.length > 0 ? HISTORY_BATCH : LIST_PAGE,
    options.limit ?? LIST_PAGE,
  );
  const wide = encodeURIComponent(properties.join('&properties=')).length > LONGEST_QUERY;
  const page = async (rows: number, wanted: { properties: string[]; history: string[] }) =>
    await client.json(
      {
        build: () =>
          client.requests.objects.getPage(
            type.path,
            rows,
            options.after ?? undefined,
            wanted.properties,
            wanted.history.length > 0 ? wanted.history : undefined,
            undefined,
            archived,
          ),
        effect: 'read',
        what: `listing ${archived ? 'archived ' : ''}${type.name}`,
      },
      listAnswer,
    );
  const answer = await client.sizes.fitting(
    sizeOf('list', type, history, limit),
    async (rows) => await page(rows, { properties: wide ? [] : properties, history }),
    async () => {
      const bare = await page(1, { properties: BARE, history: [] });
      const ids = bare.results.map(({ id }) => id);
      const wanted = { properties: wide ? [] : properties, history, archived };
      return { ...bare, results: await readPieces(client, type, ids, wanted) };
    },
  );
  const after = answer.paging?.next?.after ?? null;
  if (!wide) return { records: answer.results, after };
  const whole = new Map(
    (
      await batchRead(client, type, {
        ids: answer.results.map(({ id }) => id),
        properties,
        archived,
      })
    ).map((each) => [each.id, each]),
  );
  return {
    records: answer.results.flatMap(({ id, archivedAt }) => {
      const each = whole.get(id);
      return each === undefined ? [] : [{ ...each, archivedAt: each.archivedAt ?? archivedAt }];
    }),
    after,
  };
}

interface BatchRead {
  ids: string[];
  properties: string[];
  history?: string[];
  archived?: boolean;
}

/**
 * Records by number, straight from the store; those that are not there are left out. A merged-away
 * number may give its winner.
 */
export async function batchRead(
  client: Client,
  type: ObjectType,
  options: BatchRead,
): Promise<RawRecord[]> {
  const { ids, history = [] } = options;
  const size = history.length > 0 ? HISTORY_BATCH : BATCH;
  const found: RawRecord[] = [];
  for (let from = 0; from < ids.length; ) {
    const rest = ids.slice(from);
    const { results, asked } = await client.sizes.fitting(
      sizeOf('ids', type, history, size),
      async (rows) => await readBatch(client, type, rest.slice(0, rows), options),
      async () => ({
        results: await readPieces(client, type, rest.slice(0, 1), options),
        asked: 1,
      }),
    );
    found.push(...results);
    from += asked;
  }
  return found;
}

async function readPieces(
  client: Client,
  type: ObjectType,
  ids: string[],
  { properties, history = [], archived = false }: Omit<BatchRead, 'ids'>,
): Promise<RawRecord[]> {
  const found: RawRecord[] = [];
  for (const id of ids) {
    const one = await inPieces({ properties, history }, async (piece) => {
      const { results } = await readBatch(client, type, [id], { ...piece, archived });
      return results[0];
    });
    if (one !== null) found.push(one);
  }
  return found;
}

async function readBatch(
  client: Client,
  type: ObjectType,
  ids: string[],
  { properties, history = [], archived = false }: Omit<BatchRead, 'ids'>,
): Promise<{ results: RawRecord[]; asked: number }> {
  const input = { inputs: ids.map((id) => ({ id })), properties, propertiesWithHistory: history };
  const what = `reading ${type.name} by id`;
  const answer = await client.json(
    {
      build: () => client.requests.batch.read(type.path, input, archived),
      effect: 'read',
      what,
    },
    batchAnswer,
  );
  const other = (answer.errors ?? []).find((error) => error.category !== 'OBJECT_NOT_FOUND');
  // What could not be read is not the same as what is not there.
  if (other !== undefined)
    throw new HeadwaterError(
      'transient',
      `HubSpot could not read some ${type.name}: ${other.message ?? other.category ?? 'no reason given'} (${what}).`,
      { code: 'PARTIAL_ANSWER' },
    );
  return { results: answer.results, asked: ids.length };
}
