import * as z from 'zod';
import type { HeadwaterError } from '../../src/model/error.ts';
import type { RawLink } from './association-fields.ts';
import type { Client } from './client.ts';
import { toHeadwaterError } from './errors.ts';
import type { ObjectType } from './objects.ts';
import { sizeOf } from './records.ts';

/** Inputs of one association batch read. */
const MOST_INPUTS = 1_000;

const number = z.union([z.string(), z.number()]).transform(String);
const answer = z.object({
  results: z.array(
    z.object({
      from: z.object({ id: number }),
      to: z.array(
        z.object({
          toObjectId: number,
          associationTypes: z
            .array(
              z.object({
                category: z.string().default(''),
                typeId: z.number(),
                label: z.string().nullish(),
              }),
            )
            .default([]),
        }),
      ),
      paging: z.object({ next: z.object({ after: number }).nullish() }).nullish(),
    }),
  ),
  errors: z
    .array(
      z.object({
        category: z.string().nullish(),
        subCategory: z.unknown().optional(),
        message: z.string().nullish(),
        id: number.nullish(),
        context: z.record(z.string(), z.unknown()).nullish(),
      }),
    )
    .nullish(),
});
type Answer = z.infer<typeof answer>;

/** Links by record number; null = could not be read, which is never "none". */
export type Links = Map<string, RawLink[] | null>;

/**
 * Associations of records with one kind of record. A call that fails for good gives null for its
 * records, one that is too much is made in halves; sign-in, budget and setup errors are thrown.
 */
export async function readLinks(
  client: Client,
  from: ObjectType,
  to: ObjectType,
  ids: string[],
): Promise<Links> {
  const links: Links = new Map();
  let inputs: Input[] = ids.map((id) => ({ id }));
  while (inputs.length > 0) {
    const left = inputs;
    const { batch, rest } = await client.sizes.fitting(
      sizeOf(`links to ${to.name} of`, from, [], MOST_INPUTS),
      async (rows) => await readPiece(client, from, to, left.slice(0, rows), links),
      async (error) => leftUnread(client, { from, to, batch: left.slice(0, 1), error }, links),
    );
    inputs = [...left.slice(batch.length), ...rest];
  }
  return links;
}

type Input = { id: string; after?: string };
type Piece = { batch: Input[]; rest: Input[] };

async function readPiece(
  client: Client,
  from: ObjectType,
  to: ObjectType,
  batch: Input[],
  links: Links,
): Promise<Piece> {
  try {
    return { batch, rest: take(links, batch, await readBatch(client, from, to, batch)) };
  } catch (thrown) {
    const error = toHeadwaterError(thrown, {
      nowMs: client.deps.nowMs(),
      write: false,
      what: 'reading associations',
    });
    if (error.tooMuch || (error.kind !== 'transient' && error.kind !== 'rejected')) throw error;
    return leftUnread(client, { from, to, batch, error }, links);
  }
}

function leftUnread(
  client: Client,
  {
    from,
    to,
    batch,
    error,
  }: { from: ObjectType; to: ObjectType; batch: Input[]; error: HeadwaterError },
  links: Links,
): Piece {
  client.deps.log('hubspot.associations.unread', {
    from: from.name,
    to: to.name,
    records: batch.length,
    code: error.code,
  });
  for (const { id } of batch) links.set(id, null);
  return { batch, rest: [] };
}

async function readBatch(
  client: Client,
  from: ObjectType,
  to: ObjectType,
  inputs: { id: string; after?: string }[],
): Promise<Answer> {
  const body = { inputs };
  const build = () => client.requests.associations.getPage(from.path, to.path, body);
  return await client.json(
    { build, effect: 'read', what: `reading associations of ${from.name} with ${to.name}` },
    answer,
  );
}

/**
 * Puts one answer in its place; gives the inputs whose links go on beyond it. A record with more
 * links than one answer holds is whole only with the last.
 */
function take(
  links: Links,
  inputs: { id: string }[],
  { results, errors }: Answer,
): { id: string; after: string }[] {
  const rest: { id: string; after: string }[] = [];
  const answered = new Set<string>();
  for (const result of results) {
    const before = links.get(result.from.id) ?? [];
    links.set(result.from.id, [
      ...before,
      ...result.to.map((link) => ({
        toId: link.toObjectId,
        types: link.associationTypes.map((type) => ({ ...type, label: type.label ?? null })),
      })),
    ]);
    answered.add(result.from.id);
    if (result.paging?.next != null)
      rest.push({ id: result.from.id, after: result.paging.next.after });
  }
  const failed = (errors ?? []).filter((error) => !isNone(error));
  const named = new Set(failed.flatMap(idsOf));
  // An error that names no record may stand for any that was not answered.
  const vague = failed.some((error) => idsOf(error).length === 0);
  for (const { id } of inputs) {
    if (named.has(id)) links.set(id, null);
    else if (!answered.has(id)) links.set(id, vague ? null : (links.get(id) ?? []));
  }
  return rest.filter(({ id }) => links.get(id) !== null);
}

type ItemError = NonNullable<Answer['errors']>[number];

/** HubSpot tells a record without associations as an error. */
const isNone = (error: ItemError): boolean =>
  String(error.subCategory ?? '').includes('NO_ASSOCIATIONS_FOUND') ||
  /\bno\b.* associat/i.test(error.message ?? '');

function idsOf(error: ItemError): string[] {
  const context = Object.entries(error.context ?? {})
    .filter(([key]) => /id/i.test(key))
    .flatMap(([, value]) => (Array.isArray(value) ? value : [value]));
  return [
    ...(error.id == null ? [] : [error.id]),
    ...context.map(String).filter((each) => /^\d+$/.test(each)),
  ];
}
