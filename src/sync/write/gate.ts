import type { TrackRecord } from '../../model/record.ts';
import { verdictOn } from '../../predict/index.ts';
import { openShadowGate, readShadowGate, readTrackRecord } from '../../store/track-record.ts';
import type { RunContext } from '../run/context.ts';

/** Where `shadow: until-skill` stands. */
export interface ShadowStanding {
  open: boolean;
  /** Since when, epoch ms; null = it holds. */
  sinceMs: number | null;
  why: string;
}

const NONE = 'nothing that was said has ended yet; `headwater backtest run` asks the past';

/**
 * Deals must be better foretold than by stage and days in stage, the interval of the gain above
 * zero. What was said live decides; as long as it is too short, what a replay of the past shows.
 */
function standing(
  live: TrackRecord | undefined,
  replayed: TrackRecord | undefined,
): { skill: boolean; why: string } {
  const dealsOf = (record: TrackRecord | undefined) =>
    record?.chances.find((one) => one.kind === 'deal');
  const said = verdictOn(dealsOf(live), 'stageAge');
  const past = dealsOf(replayed);
  if (said.skill !== 'too early' || past === undefined)
    return { skill: said.skill === 'yes', why: dealsOf(live) === undefined ? NONE : said.why };
  const asked = verdictOn(past, 'stageAge');
  return { skill: asked.skill === 'yes', why: `replayed on the past: ${asked.why}` };
}

/**
 * Opens the gate where the record shows skill; once open it stays, so that what is written does
 * not go stale by a bad quarter. Null = the connection does not ask for it.
 */
export async function shadowStanding(context: RunContext): Promise<ShadowStanding | null> {
  const { store, servedId, resultsId, runId, asOfMs, connection } = context;
  if (connection.shadow !== 'until-skill') return null;
  const opened = await readShadowGate(store, servedId);
  if (opened !== null) return { open: true, sinceMs: opened.openedMs, why: opened.why };
  const { skill, why } = standing(
    (await readTrackRecord(store, servedId, 'live'))?.record,
    (await readTrackRecord(store, servedId, 'replayed'))?.record,
  );
  if (!skill) return { open: false, sinceMs: null, why };
  // A dry run opens nothing.
  if (resultsId !== servedId)
    return { open: false, sinceMs: null, why: `${why}; the next real run writes` };
  await store.batch(openShadowGate(store, servedId, { openedMs: asOfMs, runId, why }));
  return { open: true, sinceMs: asOfMs, why };
}
