import type { CrmSession } from '../../model/connector.ts';
import { asHeadwaterError, type HeadwaterError } from '../../model/error.ts';
import type { StreamSpec } from '../../model/mapping.ts';
import type { Gone, HeldFields } from '../../mapping/compile/gone.ts';
import { listCursors, readCursor, saveCursor } from '../../store/cursors.ts';
import { GONE, type Finding } from '../../store/findings.ts';
import type { Store } from '../../store/store.ts';
import type { RunContext } from '../run/context.ts';

/**
 * Streams that cannot be read for now because the CRM no longer has or shows something that they
 * need: their rows, cursors and deletions stay as they were, and the rest of the run goes on.
 */

/** What earlier runs read, object by object; asked for when a mapping does not fit the CRM. */
export async function heldFields(store: Store, connectionId: string): Promise<HeldFields> {
  const read = (await listCursors(store, connectionId)).filter(
    (cursor) => cursor.throughMs !== null,
  );
  return new Map(
    read.map(({ object, fields, shape }) => [object, new Set([...fields, ...filterFields(shape)])]),
  );
}

/** A filter inside the CRM is not among the fields that are read. */
const filterFields = (shape: string): string[] =>
  shape === ''
    ? []
    : (JSON.parse(shape) as Pick<StreamSpec, 'where'>).where.map(({ field }) => field);

/**
 * Marks a stream, so that the pass that ends the pause is a full one: what comes back may hold
 * other values under old stamps.
 */
export async function markPaused(
  store: Store,
  connectionId: string,
  object: string,
  asOfMs: number,
): Promise<void> {
  const cursor = await readCursor(store, connectionId, object);
  if (cursor.pausedMs === null)
    await store.batch(saveCursor(store, connectionId, { ...cursor, pausedMs: asOfMs }));
}

export interface PausedStep {
  paused: Gone[];
  done: true;
}
export const isPaused = (step: object | null | undefined): step is PausedStep =>
  step != null && 'paused' in step;

/**
 * One step's work on a stream. When the CRM refuses it because something that the stream reads
 * vanished since the run began, the stream is paused instead; what the step committed before stays.
 * Errors: every other one of `work`.
 */
export async function orPause<T>(
  context: RunContext,
  stream: StreamSpec,
  work: () => Promise<T>,
): Promise<T | PausedStep> {
  try {
    return await work();
  } catch (error) {
    const known = asHeadwaterError(error);
    if (known.tooMuch && (await answers(context.session)))
      return { paused: [{ ...refusedGone(stream, known), why: 'heavy' }], done: true };
    if (known.kind !== 'config' && known.kind !== 'auth') throw error;
    const paused =
      known.refused === 'forbidden'
        ? [refusedGone(stream, known)]
        : await vanished(context.session, stream).catch(() => []);
    if (paused.length === 0) throw error;
    await markPaused(context.store, context.connectionId, stream.object, context.asOfMs);
    return { paused, done: true };
  }
}

/**
 * Whether the CRM is there at all: then what it gave up on is heavy, and the rest of the run goes
 * on.
 */
const answers = async (session: CrmSession): Promise<boolean> =>
  await session.serverTimeMs().then(
    () => true,
    () => false,
  );

/** By the CRM's description, which a connector reads anew once a field or an object was refused. */
async function vanished(session: CrmSession, stream: StreamSpec): Promise<Gone[]> {
  const { object, entities } = stream;
  if ((await session.describe(object)) === null) {
    const refusal = session.refusal?.(object) ?? null;
    return [refusal === null ? { object, field: null, entities } : refusedGone(stream, refusal)];
  }
  const lost: Gone[] = [];
  for (const field of new Set([...stream.fields, ...stream.where.map((term) => term.field)]))
    if (!(await reaches(session, object, field))) lost.push({ object, field, entities });
  return lost;
}

const refusedGone = ({ object, entities }: StreamSpec, error: HeadwaterError): Gone => ({
  object,
  field: null,
  entities,
  why: error.refused,
  said: error.message,
  cure: error.cure,
});

async function reaches(session: CrmSession, object: string, path: string): Promise<boolean> {
  const fields = (await session.describe(object))?.fields ?? [];
  if (fields.some((field) => field.name === path)) return true;
  const dot = path.indexOf('.');
  for (const target of dot < 0
    ? []
    : (fields.find((field) => field.relationshipName === path.slice(0, dot))?.referenceTo ?? []))
    if (await reaches(session, target, path.slice(dot + 1))) return true;
  return false;
}

/**
 * Every score rests on partners and deals: while one of them cannot be read, results would be of a
 * past that nobody sees, and nothing is written back.
 * Without anything else (activities, plans, histories) scores say what they say without
 * news of it, and are written.
 */
export const holdsWrites = (paused: Gone[]): boolean =>
  paused.some(
    ({ entities, unread }) =>
      unread !== true && (entities.includes('partner') || entities.includes('deal')),
  );

const listed = (names: string[]): string => names.join(', ').replace(/, ([^,]*)$/, ' and $1');

/** What is missed, and which of the three it is, as far as the CRM says it. */
function missed({ object, field, why }: Gone): string {
  const what = field === null ? `the object ${object}` : `the field ${field} of ${object}`;
  if (why === 'heavy') return `the CRM gives up on reading ${what}, however little is asked for`;
  if (why === 'forbidden') return `the CRM does not let the connected user read ${what}`;
  if (why === 'absent') return `the CRM no longer has ${what}`;
  return `the CRM no longer has ${what}, or hides it from the connected user`;
}

const GENERAL_CURE =
  'Restore it, give that user read access, or take it out of the mapping (or make it `optional: true`)';

function codeOf({ field, why }: Gone): string {
  if (field !== null) return GONE.field;
  return why === 'forbidden' || why === 'heavy' ? GONE[why] : GONE.object;
}

export function pausedFinding(gone: Gone): Finding {
  const { object, field, entities, said, unread } = gone;
  const cure = (gone.cure ?? GENERAL_CURE).replace(/\.$/, '');
  const words = said === undefined ? '' : ` (${said.replace(/\.$/, '')})`;
  const effect =
    unread === true
      ? `its ${listed(entities)} rows are left out, since the mapping says \`optional\``
      : `${object} is not read, and its ${listed(entities)} rows stay as they were${holdsWrites([gone]) ? '; no score is written back meanwhile' : ''}`;
  return {
    object,
    id: field ?? object,
    entity: entities[0] ?? object,
    field: field ?? object,
    code: codeOf(gone),
    message: `${missed(gone)}${words}: ${effect}. ${cure}; ${gone.why === 'heavy' ? 'the next run tries again' : `the next run that finds it reads ${object} from the beginning`}.`,
  };
}
