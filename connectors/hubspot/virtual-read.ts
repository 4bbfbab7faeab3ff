import type { ReadPage, ReadRequest } from '../../src/model/connector.ts';
import { HeadwaterError } from '../../src/model/error.ts';
import { needObject } from './columns.ts';
import { readHistory } from './history.ts';
import type { Reader } from './reader.ts';
import { DEAL_HISTORY, type ListedRow, virtualObject, virtualRows } from './virtual.ts';

const LISTS: Record<string, (reader: Reader) => Promise<ListedRow[]>> = {
  owners: (reader) => reader.owners(),
  deal_stages: (reader) => reader.stages(),
  exchange_rates: (reader) => reader.rates(),
};

/** A page of an object that has no records of its own; null when `request.object` has. */
export async function readVirtual(
  reader: Reader,
  request: ReadRequest,
  next: string | null,
): Promise<ReadPage | null> {
  if (request.object === DEAL_HISTORY) return await readHistory(reader, request, next);
  const readList = Object.hasOwn(LISTS, request.object) ? LISTS[request.object] : undefined;
  if (readList === undefined) return null;
  if (next !== null)
    throw new HeadwaterError('bug', `${request.object} is read in one page.`, { code: 'CURSOR' });
  await checkRequest(reader, request);
  const rows = virtualRows(virtualObject(request.object), request, await readList(reader));
  return { rows, next: null, transport: 'rest', totalRows: rows.length, confirmed: true };
}

async function checkRequest(reader: Reader, request: ReadRequest): Promise<void> {
  const object = await needObject(reader.describer, request.object);
  if (request.range.kind === 'changed' && object.stampField === null)
    throw new HeadwaterError('config', `${object.name} can only be read whole.`, {
      code: 'NO_STAMP',
      cure: 'Read it with range `all`.',
    });
  const missing = [...request.fields, ...request.where.map((term) => term.field)].find(
    (path) => !object.fields.some((field) => field.name === path),
  );
  if (missing !== undefined)
    throw new HeadwaterError('config', `${object.name} has no field ${missing}.`, {
      code: 'PROPERTY_DOESNT_EXIST',
      cure: `Known: ${object.fields.map((field) => field.name).join(', ')}.`,
    });
}
