import type { Forecast } from '../../model/score.ts';
import { showActions } from '../measure/actions.ts';
import { fitPool, type FitStep } from '../measure/fit.ts';
import { backfillRecord, type BackfillStep } from '../measure/backfill.ts';
import { replayPast, type ReplayStep } from '../measure/replay.ts';
import {
  changesOfRun,
  runChanges,
  type ChangeStep,
  type RunChanges,
} from '../measure/run-changes.ts';
import { foldForecast, scoreDirect, scorePartners, type ScoreStep } from '../measure/score.ts';
import { settleStatements, type SettleStep } from '../measure/settle.ts';
import { valuePartners } from '../measure/worth.ts';
import { countRecord } from '../measure/track.ts';
import { shadowStanding, type ShadowStanding } from '../write/gate.ts';
import type { RunContext } from './context.ts';
import { runUntilDone, type Steps } from './steps.ts';

/** What measuring adds to a run's summary. */
interface Measured {
  model: string | null;
  partners: number;
  deals: number;
  forecast: Forecast;
  shadow: ShadowStanding | null;
  changes: RunChanges | null;
}

/**
 * What was said is settled and counted, the models are fitted, everybody is scored, the forecast is
 * folded, partners are valued among each other, and what changed since the run before is said.
 * `held` = partners or deals cannot be read;
 * `tell` is given each part as it ends.
 */
export async function measureFlow(
  steps: Steps,
  open: () => Promise<RunContext>,
  held: boolean,
  tell: (part: Partial<Measured>) => void,
): Promise<void> {
  const settled = await runUntilDone<SettleStep>(
    steps,
    'settle statements',
    async (previous) => await settleStatements(await open(), previous, held),
  );
  await steps.run(
    'track record',
    async () => await countRecord(await open(), settled.at(-1), held),
  );
  const fitted = await runUntilDone<FitStep>(
    steps,
    'fit',
    async (previous) => await fitPool(await open(), previous),
  );
  tell({ model: fitted.at(-1)?.version ?? null });
  const deals = fitted.at(-1)?.deals ?? 0;
  await runUntilDone<ReplayStep>(
    steps,
    'replay',
    async (previous) => await replayPast(await open(), deals, previous),
  );
  await backfillFlow(steps, open, deals, held);
  const { standing } = await steps.run('shadow', async () => ({
    standing: await shadowStanding(await open()),
  }));
  tell({ shadow: standing });
  const partners = await runUntilDone<ScoreStep>(
    steps,
    'score partners',
    async (previous) => await scorePartners(await open(), previous),
  );
  const direct = await runUntilDone<ScoreStep>(
    steps,
    'score direct deals',
    async (previous) => await scoreDirect(await open(), previous),
  );
  const scored = partners.reduce((sum, step) => sum + step.partners, 0);
  tell({
    partners: scored,
    deals: [...partners, ...direct].reduce((sum, step) => sum + step.deals, 0),
  });
  const forecast = await steps.run(
    'forecast',
    async () => await foldForecast(await open(), partners.length, direct.length),
  );
  tell({ forecast });
  await steps.run('partner value', async () => await valuePartners(await open()));
  await steps.run('next actions', async () => await showActions(await open()));
  const changes = await runUntilDone<ChangeStep>(
    steps,
    'changes',
    async (previous) => await changesOfRun(await open(), scored, previous),
  );
  tell({ changes: runChanges(changes.at(-1), forecast.currency, forecast.period.startMs) });
}

/**
 * The record of a connection that has none yet: what it would have said in the past, and how that
 * came out.
 */
async function backfillFlow(
  steps: Steps,
  open: () => Promise<RunContext>,
  deals: number,
  held: boolean,
): Promise<void> {
  const filled = await runUntilDone<BackfillStep>(
    steps,
    'backfill record',
    async (previous) => await backfillRecord(await open(), deals, held, previous),
  );
  if ((filled.at(-1)?.origins ?? 0) === 0) return;
  const settled = await runUntilDone<SettleStep>(
    steps,
    'settle replayed',
    async (previous) => await settleStatements(await open(), previous, held, 'replayed'),
  );
  await steps.run(
    'replayed record',
    async () => await countRecord(await open(), settled.at(-1), held, 'replayed'),
  );
}
