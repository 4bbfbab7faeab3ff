import type { ReadPage } from '../../model/connector.ts';
import type { StreamSpec } from '../../model/mapping.ts';
import { readCursor } from '../../store/cursors.ts';
import type { RunContext } from '../run/context.ts';
import { BESIDE, choosePass, type Pass } from './pass.ts';

/** A stream whose rows come with the records of another one, and its pass. */
export interface Joined extends Pass {
  stream: StreamSpec;
}

/**
 * Streams of the mapping that have rows for each record of this one and can be read with them: both
 * without a filter, since a page has all rows of its records or none. `links`: only those whose
 * rows are links.
 */
export async function readableBeside(
  { session, mapping }: RunContext,
  stream: StreamSpec,
  links = false,
): Promise<StreamSpec[]> {
  const beside: StreamSpec[] = [];
  for (const other of stream.where.length > 0 ? [] : mapping.streams) {
    const of = (await session.describe(other.object))?.perRecord;
    const fits = of?.object === stream.object && other.where.length === 0;
    if (fits && (!links || of.links === true)) beside.push(other);
  }
  return beside;
}

/** Those of them whose pass is the same, from its beginning or from where a dead process was. */
export async function joinedTo(
  context: RunContext,
  pass: Pass,
  beside: StreamSpec[],
  begun: boolean,
  { full, deferred }: { full: boolean; deferred: boolean },
): Promise<Joined[]> {
  const joined: Joined[] = [];
  for (const stream of beside) {
    const one = begun
      ? await asJoined(context, stream)
      : await choosePass(context, stream, full, deferred);
    if (
      one !== null &&
      (begun || one.mode !== 'resumed') &&
      one.cursor.passFromMs === pass.cursor.passFromMs &&
      one.cursor.passUntilMs === pass.cursor.passUntilMs
    )
      joined.push({ ...one, stream, cursor: { ...one.cursor, passNext: BESIDE } });
  }
  return joined;
}

/** null = it is not read beside another. */
async function asJoined(context: RunContext, stream: StreamSpec): Promise<Pass | null> {
  const cursor = await readCursor(context.store, context.connectionId, stream.object);
  const same = stream.fields.every((field) => cursor.fields.includes(field));
  return cursor.passNext === BESIDE && same ? { cursor, mode: 'resumed' } : null;
}

/** The rows that came beside a page, as a page; the CRM has no count of them. */
export const besidePage = (page: ReadPage, object: string): Omit<ReadPage, 'next'> => ({
  rows: page.beside?.find((each) => each.object === object)?.rows ?? [],
  transport: page.transport,
  totalRows: null,
  confirmed: true,
});
