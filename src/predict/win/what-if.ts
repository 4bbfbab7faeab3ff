import { ownEntry } from '../../model/own-entry.ts';
import type { ActivityFacts, MeasureContext, StageFacts } from '../../model/facts.ts';
import type { DealState } from '../deal/deal-at.ts';
import type { PoolModel } from './pool-model.ts';

/**
 * What might happen to an open deal next: somebody meets the buyer, or it comes to the next stage.
 */
export type Happening = 'met' | 'moved';

/** The kinds that "a meeting or call" can mean, the likelier first. */
const TALKS = ['meeting', 'call'];

/**
 * What would stand on record: as the last talk of this deal, else of the kind that the model knows.
 */
function talkOn({ deal }: DealState, kinds: readonly string[], atMs: number): ActivityFacts | null {
  const last = deal.activities.findLast(
    (row) => row.qualifying && row.atMs <= atMs && TALKS.includes(row.kind),
  );
  const kind = last?.kind ?? TALKS.find((talk) => kinds.includes(talk));
  if (kind === undefined) return null;
  const { minutes = null, byId = deal.ownerId, by = null, buyer = false } = last ?? {};
  return { atMs, kind, qualifying: true, minutes, byId, by, buyer };
}

/** The same deal with a talk on record now; null where no model reads talks. */
function met(state: DealState, { win }: PoolModel): DealState | null {
  if (win === null) return null;
  const talk = talkOn(state, win.vocabulary.activities, win.asOfMs);
  if (talk === null) return null;
  return { ...state, deal: { ...state.deal, activities: inTime(state.deal.activities, talk) } };
}

/** A row among others, after all of the same moment. */
function inTime<T extends { atMs: number }>(rows: readonly T[], row: T): T[] {
  const at = rows.findLastIndex(({ atMs }) => atMs <= row.atMs) + 1;
  return [...rows.slice(0, at), row, ...rows.slice(at)];
}

/** The next stage of the same pipeline that deals have been in; undefined in the last one. */
function nextStage(
  { stage }: DealState,
  pool: PoolModel,
  { stages }: MeasureContext,
): StageFacts | undefined {
  const now = stage === null ? undefined : stages.get(stage);
  if (now === undefined) return undefined;
  return [...stages.values()]
    .filter(
      (one) =>
        !one.closed &&
        one.order > now.order &&
        (one.pipeline ?? null) === (now.pipeline ?? null) &&
        ownEntry(pool.stages, one.key) !== undefined,
    )
    .sort((a, b) => a.order - b.order || (a.key < b.key ? -1 : 1))[0];
}

/** The same deal, only now in the next stage; null where there is none. */
function moved(state: DealState, pool: PoolModel, context: MeasureContext): DealState | null {
  const next = nextStage(state, pool, context);
  if (next === undefined) return null;
  const atMs = pool.win?.asOfMs ?? pool.asOfMs;
  const { amount, closeDate } = state;
  const events = inTime(state.deal.events, { atMs, stage: next.key, amount, closeDate });
  return { ...state, stage: next.key, stageDays: 0, deal: { ...state.deal, events } };
}

/**
 * An open deal as it would be had something just happened to it, with all else as it is; null where
 * the models could not tell the difference.
 */
export const afterwards = (
  happening: Happening,
  state: DealState,
  pool: PoolModel,
  context: MeasureContext,
): DealState | null => (happening === 'met' ? met(state, pool) : moved(state, pool, context));
