import { listIssues } from '../../store/issues.ts';
import { listSteps } from '../../store/runs.ts';
import { rankedPartners } from '../../store/results.ts';
import type { Store } from '../../store/store.ts';
import type { SyncOutcome } from '../../sync/run/run.ts';
import { money, points, printable, seconds, table, whole } from '../format.ts';
import { scoreBand, STAKE_MEANING } from '../summary-text.ts';

const SHOWN_PARTNERS = 10;
const SHOWN_REFUSALS = 8;

/** Rows, calls and seconds of each object's pull. */
export async function pullTable(store: Store, outcome: SyncOutcome): Promise<string> {
  const all = await listSteps(store, outcome.run.id);
  return table(
    ['object', 'rows', 'new or changed', 'refused', 'API calls', 'time', 'by'],
    outcome.summary.pulled.map((pull) => {
      const own = all.filter((step) => step.name.startsWith(`pull ${pull.object} #`));
      const calls = own.reduce((sum, step) => sum + step.calls, 0);
      const elapsedMs = own.reduce(
        (sum, step) => sum + (step.endedMs ?? step.startedMs) - step.startedMs,
        0,
      );
      return [
        pull.object,
        whole(pull.read),
        whole(pull.changed),
        whole(pull.rejected),
        whole(calls),
        seconds(elapsedMs),
        pull.transport,
      ];
    }),
    ['left', 'right', 'right', 'right', 'right', 'right', 'left'],
  );
}

export async function refusals(store: Store, connectionId: string): Promise<string> {
  const issues = await listIssues(store, connectionId, SHOWN_REFUSALS + 1);
  if (issues.length === 0) return '  nothing\n';
  const lines = issues
    .slice(0, SHOWN_REFUSALS)
    .map((issue) => `  ${issue.object} ${issue.id}: ${printable(issue.message, 140)}\n`);
  return `${lines.join('')}${issues.length > SHOWN_REFUSALS ? '  … and more: headwater run show --json\n' : ''}`;
}

export async function partnerTable(
  store: Store,
  connectionId: string,
  runId: string,
): Promise<string> {
  const ranked = await rankedPartners(store, connectionId, runId, SHOWN_PARTNERS);
  const rows = ranked.map(({ name, score }) => {
    const main = [...score.reasons].sort((a, b) => Math.abs(b.points) - Math.abs(a.points))[0];
    return [
      printable(name, 32),
      money(score.moneyAtStake, ''),
      scoreBand(score),
      `${whole(100 * score.expectedAttainment)}%`,
      `${whole(score.evidence)}${score.littleEvidence === true ? ', little' : ''}`,
      main === undefined
        ? 'as a comparable peer'
        : `${main.points > 0 ? '+' : ''}${points(main.points)} ${printable(main.text, 90)}`,
    ];
  });
  const head = [
    'partner',
    'at stake',
    'score (80% band)',
    'expected of goal',
    'evidence',
    'strongest reason',
  ];
  return `${table(head, rows, ['left', 'right', 'right', 'right', 'right'])}  at stake: ${STAKE_MEANING}\n`;
}
