import { ACTIONS_PER_OWNER, chooseActions, CLOSE_RULE } from '../../predict/index.ts';
import type { NextAction } from '../../model/score.ts';
import { saveActions, topCandidates } from '../../store/candidates.ts';
import type { RunContext } from '../run/context.ts';

/** Updates of one batch. */
const CHUNK = 100;

/**
 * Shows each owner the few actions with the most money at stake; all others stay candidates, and
 * whose budget is spent, gives way to what would be done without it.
 */
export async function showActions(context: RunContext): Promise<{ shown: number }> {
  const { store, connectionId, resultsId, runId, mapping } = context;
  // Some more than are shown: one whose budget is spent may have nothing to give way to.
  const found = await topCandidates(store, connectionId, resultsId, runId, 2 * ACTIONS_PER_OWNER);
  const chosen = chooseActions(found, mapping.playbook);
  for (let at = 0; at < chosen.length; at += CHUNK)
    await store.batch(saveActions(store, resultsId, runId, chosen.slice(at, at + CHUNK)));
  return { shown: chosen.length };
}

/** A score as it is saved first: what could be done waits until the few of its owner are chosen. */
export const waiting = <T extends { nextAction: NextAction | null }>(
  score: T,
): T & { candidate: NextAction | null } =>
  // What is to be closed is closed in one go, and takes nobody's place.
  score.nextAction?.rule === CLOSE_RULE
    ? { ...score, candidate: null }
    : { ...score, nextAction: null, candidate: score.nextAction };
