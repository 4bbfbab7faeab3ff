import type { SyncSummary } from '../sync/run/flow.ts';
import { pausedFinding } from '../sync/read/pause.ts';
import { lostText, contradictedText, stageText } from '../sync/measure/doubts.ts';
import { severalLines } from '../sync/measure/several.ts';
import type { SyncOutcome } from '../sync/run/run.ts';
import type { Distribution, Forecast } from '../model/score.ts';
import { runChangesText } from './change-text.ts';
import { creditText } from './credit-text.ts';
import { fieldSumText } from './field-sum-text.ts';
import { heading, instant, money, plural, points, table, whole } from './format.ts';

/** A run's summary for a person. */
export async function summaryText(outcome: SyncOutcome): Promise<string> {
  const { run, summary } = outcome;
  const parts = [
    heading(`Run ${run.id}${run.dryRun ? ' (dry run: nothing was written)' : ''}`),
    pulledText(outcome),
  ];
  if (summary.forecast !== null) parts.push(heading('Forecast'), forecastText(summary.forecast));
  if (summary.changes != null) parts.push(heading('What changed'), runChangesText(summary.changes));
  if (summary.credit != null) parts.push(heading('Credit'), creditText(summary.credit));
  parts.push(heading('Write-back plan'), planText(summary));
  if (summary.shadow != null) parts.push(`  ${shadowText(summary.shadow)}\n`);
  if (!run.dryRun) parts.push(heading('Written'), appliedText(summary));
  return parts.join('');
}

function pulledText({ summary, calls, callsPer1000Rows }: SyncOutcome): string {
  const rows = summary.pulled.map((pull) => [
    pull.object,
    pull.mode,
    whole(pull.read),
    whole(pull.changed),
    whole(pull.rejected),
    pull.transport,
  ]);
  const total = summary.pulled.reduce(
    (sum, pull) => ({ read: sum.read + pull.read, changed: sum.changed + pull.changed }),
    { read: 0, changed: 0 },
  );
  const open = summary.receipts.filter((receipt) => !receipt.verified);
  return [
    table(['object', 'pass', 'rows read', 'new or changed', 'refused', 'by'], rows, [
      'left',
      'left',
      'right',
      'right',
      'right',
      'left',
    ]),
    `  ${whole(total.read)} rows read, ${whole(total.changed)} new or changed${summary.hardDeletes > 0 ? `, ${plural(summary.hardDeletes, 'hard delete')}` : ''}; ${plural(calls, 'API call')}`,
    callsPer1000Rows === null ? '\n' : ` (${callsPer1000Rows.toFixed(1)} per 1,000 rows)\n`,
    ...summary.pulled
      .filter((pull) => (pull.left ?? 0) > 0)
      .map(
        (pull) =>
          `  ${pull.object}: ${plural(pull.left, 'row')} left the mapping's \`pull\` filter and ${pull.left === 1 ? 'is' : 'are'} no longer counted\n`,
      ),
    summary.callsLeft === null
      ? '  ! the CRM tells no API budget: the quota floor cannot be kept\n'
      : `  planned ${plural(summary.callsPlanned, 'call')} of ${whole(summary.callsLeft)} above the quota floor\n`,
    summary.deferred.length === 0
      ? ''
      : `  ! write-back went first: ${summary.deferred.map((one) => `${one.object} (about ${plural(one.calls, 'call')})`).join(', ')} ${summary.deferred.length === 1 ? 'is' : 'are'} read from the beginning by a later run, when calls are free${summary.mappingWaits ? '; until then the mapping before counts' : ''}\n`,
    ...summary.pulled
      .filter((pull) => pull.slower !== undefined)
      .map((pull) => `  ! ${pull.object} ${pull.slower}\n`),
    pausedText(summary.paused),
    `  verified through ${instant(summary.verifiedThroughMs)}: ${plural(summary.receipts.length - open.length, 'window')} counted against the CRM's own COUNT\n`,
    ...open.map(
      (receipt) =>
        `  ! ${receipt.object}: we hold ${whole(receipt.ourCount)}, the CRM counts ${whole(receipt.crmCount)}; the window stays open and is read again next time\n`,
    ),
    ...summary.heldDeletions.map(
      (held) =>
        `  ! ${held.object}: ${plural(held.rows, 'row')} are no longer in the CRM; that many at once are not taken for deleted until a human looks (permissions of the integration user?); if they are gone, run once with limits.maxAbsentPercent: 100 in the connection document\n`,
    ),
    ...summary.noRate.map(
      (lack) =>
        `  ! ${plural(lack.deals, 'deal')} in ${lack.currency} without a rate: their amount counts as unknown\n`,
    ),
    ...summary.unlistedStages.map((stage) => `  ! ${stageText(stage)}\n`),
    ...(summary.contradictedStages ?? []).map((stage) => `  ! ${contradictedText(stage)}\n`),
    ...summary.lostReferences.map((lost) => `  ! ${lostText(lost)}\n`),
    ...severalLines(summary).map((line) => `  ! ${line}\n`),
  ].join('');
}

/**
 * What the CRM no longer has or shows, and what that keeps the run from; nothing in
 * summaries of older versions.
 */
export const pausedText = (paused: SyncSummary['paused'] | undefined): string =>
  (paused ?? []).map((gone) => `  ! ${pausedFinding(gone).message}\n`).join('');

export function forecastText(forecast: Forecast): string {
  const { total, currency } = forecast;
  return [
    `  ${forecast.period.label}, as of ${instant(forecast.asOfMs)}\n`,
    `  ${money(total.p50, currency)} (median); 80% interval ${money(total.p10, currency)} to ${money(total.p90, currency)}\n`,
    `  = ${money(forecast.wonToDate, currency)} won so far + ${money(forecast.openMean, currency)} expected of ${plural(forecast.openDeals, 'open deal')} + ${money(forecast.newMean, currency)} of deals not yet created\n`,
    `  the CRM's own weighted pipeline says ${money(forecast.crmWeighted, currency)}\n`,
    `  track record: ${forecast.trackRecord ?? 'none yet; it begins when this quarter ends'}\n`,
  ].join('');
}

/** Where `shadow: until-skill` stands. */
export const shadowText = ({ open, sinceMs, why }: NonNullable<SyncSummary['shadow']>): string =>
  open
    ? `shadow until skill: open since ${instant(sinceMs)}, results are written (${why})`
    : `shadow until skill: nothing is written yet (${why})`;

export function planText(summary: SyncSummary): string {
  const rows = summary.plan.map((plan) => [
    plan.object,
    plan.entity,
    whole(plan.records),
    whole(plan.recordsChanged),
    whole(plan.fieldsChanged),
    whole(plan.fieldsUnchanged),
    whole(plan.fieldsHeld),
  ]);
  if (summary.writesHeld)
    return '  nothing: partners or deals cannot be read for now (see above), and scores rest on both\n';
  if (rows.length === 0) return '  the mapping writes nothing (it has no `write:` section)\n';
  return (
    table(
      ['object', 'scores', 'records', 'to change', 'fields changed', 'unchanged', 'held'],
      rows,
      ['left', 'left', 'right', 'right', 'right', 'right', 'right'],
    ) + fieldSumText(summary)
  );
}

/** Runs of older versions did not tell what was gone. */
const refusedText = ({ rejected, gone = 0 }: { rejected: number; gone?: number }): string =>
  [
    rejected - gone > 0 ? `, ${plural(rejected - gone, 'field')} refused by the CRM` : '',
    gone > 0 ? `, ${plural(gone, 'field')} of records that were archived or merged meanwhile` : '',
  ].join('');

const RETRY_TEXT =
  '  Refused values are sent again after a day, or when the record or the value changes. Once the\n' +
  '  cause is put right, `headwater quarantine retry` sends them in the next run.\n';

export function appliedText(summary: SyncSummary): string {
  const lines = summary.applied.map(
    (applied) =>
      `  ${applied.object}: ${plural(applied.records, 'record')}, ${plural(applied.fields, 'field')} in ${plural(applied.calls, 'call')}${refusedText(applied)}\n${applied.messages.map((message) => `    ! ${message}\n`).join('')}`,
  );
  const refused = summary.applied.some(({ rejected, gone = 0 }) => rejected - gone > 0);
  return lines.length === 0 ? '  nothing\n' : lines.join('') + (refused ? RETRY_TEXT : '');
}

/**
 * A band of no width is none: 0 or 100 is decided, and anything else lies beyond what is shown of
 * what may still go either way.
 */
export function scoreBand({ score, low, high }: Record<'score' | 'low' | 'high', number>): string {
  if (low < high) return `${points(score)} (${points(low)}–${points(high)})`;
  if (score <= 0 || score >= SURE) return `${points(score)} (decided)`;
  return `${points(score)} (${score < SURE / 2 ? 'or less' : 'or more'})`;
}
const SURE = 100;

/** Low, median and high of a forecast as cells of a table. */
export const intervalCells = (forecast: Distribution, currency: string): string[] =>
  forecast.p10 === forecast.p90
    ? ['decided', money(forecast.p50, ''), 'decided']
    : [money(forecast.p10, ''), money(forecast.p50, ''), money(forecast.p90, currency)];

/** What "money at stake" means, wherever it is shown. */
export const STAKE_MEANING =
  'the gap to the goal times what one more typical win adds to the chance, ' +
  "the model's own difference and not the promise of an effect";
