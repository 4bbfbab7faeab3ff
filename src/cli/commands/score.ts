import type { Command } from 'commander';
import { HeadwaterError } from '../../model/error.ts';
import type { PlanHealth, Reason } from '../../model/score.ts';
import { findDealScores, findPartnerScores } from '../../store/results.ts';
import { findConnection } from '../../store/runs.ts';
import type { Store } from '../../store/store.ts';
import {
  onExistingStore,
  printJson,
  placeOf,
  soleConnection,
  usage,
  withDatabase,
} from '../command.ts';
import type { CliDeps } from '../deps.ts';
import { heading, instant, money, plural, points, printable, table, whole } from '../format.ts';
import { sideText } from './plan-text.ts';

interface Options {
  db: string;
  json: boolean;
  partner?: string;
  deal?: string;
  connectionId?: string;
  whatIf: boolean;
}

/** What a typed id may mean in the connection's CRM, in the spelling of its rows. */
async function spelt(
  deps: CliDeps,
  store: Store,
  connectionId: string,
  typed: string,
): Promise<string[]> {
  const known = await findConnection(store, connectionId);
  const connector = known === null ? null : await deps.connector(known.crm).catch(() => null);
  return connector?.spellings?.(typed) ?? [typed];
}

export function registerScore(program: Command, deps: CliDeps): void {
  const score = program.command('score').description('why a score is what it is');
  withDatabase(
    score
      .command('explain')
      .description('the stated event, its chance, the band, and the reasons that add up to it'),
    'headwater score explain --partner "Northwind"',
  )
    .option('--partner <id or name>', 'a partner')
    .option('--deal <id or name>', 'an open deal')
    .option('--connection-id <id>', 'where the database holds several')
    .option('--what-if', 'what the last dry run found, instead of the last real run', false)
    .action(async (options: Options) => {
      if ((options.partner === undefined) === (options.deal === undefined))
        throw usage('score explain takes either --partner or --deal');
      if ((options.partner ?? options.deal)?.trim() === '')
        throw usage('score explain needs an id or a name');
      await onExistingStore(deps, options.db, async (store) => {
        const connectionId = await soleConnection(store, options.connectionId);
        const { rowsId, resultsId } = await placeOf(store, connectionId, options.whatIf);
        const typed = (options.partner ?? options.deal)!;
        const ids = await spelt(deps, store, connectionId, typed);
        if (options.whatIf && !options.json)
          deps.stdout('  what-if of the last dry run: nothing of it is served\n');
        const text =
          options.partner !== undefined
            ? await explainPartner(
                deps,
                options,
                await findPartnerScores(store, rowsId, typed, resultsId, ids),
              )
            : await explainDeal(
                deps,
                options,
                await findDealScores(store, rowsId, typed, resultsId, ids),
              );
        if (text !== null) deps.stdout(text);
      });
    });
}

/**
 * The only match. Two runs within a second of the CRM's clock are as of the same moment: the newer
 * one, which comes first, counts.
 */
function one<T extends { name: string }>(
  rows: T[],
  what: string,
  needle: string,
  idOf: (row: T) => string,
): T {
  const found = rows.filter(
    (row, at) => rows.findIndex((other) => idOf(other) === idOf(row)) === at,
  );
  if (found.length === 0)
    throw new HeadwaterError('config', `no scored ${what} matches "${needle}"`, {
      cure: `Give its CRM id or a part of its name; only ${what === 'deal' ? 'open deals' : 'partners'} of the last run have a score.`,
    });
  if (found.length > 1)
    throw new HeadwaterError(
      'config',
      `"${needle}" matches ${found.length}: ${found
        .slice(0, 5)
        .map((row) => `${printable(row.name)} (${idOf(row)})`)
        .join(', ')}`,
      { cure: 'Give the id.' },
    );
  return found[0]!;
}

const reasonLines = (base: number, reasons: Reason[], total: number): string =>
  [
    `  ${points(base).padStart(7)}  a comparable peer\n`,
    ...reasons.map(
      (reason) =>
        `  ${(reason.points > 0 ? '+' : '').concat(points(reason.points)).padStart(7)}  ${reason.text}\n`,
    ),
    `  ${points(total).padStart(7)}  in all\n`,
  ].join('');

/** How chances like this one came out; scores of an earlier version say nothing of it. */
const recordLine = (line: string | null | undefined): string =>
  line == null ? '' : `  track record: ${line}\n`;

async function explainPartner(
  deps: CliDeps,
  options: Options,
  found: Awaited<ReturnType<typeof findPartnerScores>>,
): Promise<string | null> {
  const { name, score } = one(found, 'partner', options.partner!, (row) => row.score.partnerId);
  if (options.json) {
    printJson(deps, { name, ...score });
    return null;
  }
  return [
    heading(`${printable(name)} (${score.partnerId})`),
    `  ${points(score.score)} in 100 is the chance of this event: ${score.event.text}\n  80% band ${points(score.low)} to ${points(score.high)}, from ${whole(score.evidence)} resolved deals; as of ${instant(score.asOfMs)}, model ${score.modelVersion}\n`,
    `  the same target for a comparable peer: ${points(score.difficulty)}\n`,
    recordLine(score.trackRecord),
    heading('Why'),
    reasonLines(score.base, score.reasons, score.score),
    heading('Measures'),
    table(
      ['measure', 'value', 'evidence', ''],
      score.kpis.map((kpi) => [
        kpi.kpi,
        kpi.value === null ? 'not enough evidence' : String(Math.round(kpi.value * 1000) / 1000),
        whole(kpi.evidence),
        kpi.note ?? '',
      ]),
      ['left', 'right', 'right'],
    ),
    planHealthText(score.planHealth),
    score.nextAction === null ? '' : `\n  Next: ${score.nextAction.text}\n`,
  ].join('');
}

/** The plan in force, what each side has reached of it, and what is due. */
function planHealthText(health: PlanHealth): string {
  // Scores kept by an earlier version have no plan named in them.
  if (!health.plan) return '  no joint performance plan in force\n';
  const side = (value: number | null): string => (value === null ? 'not due yet' : points(value));
  const due = health.due.map(
    (one) =>
      `    ${one.side === 'vendor' ? 'we owe' : 'the partner owes'}: ${printable(one.label)}, due ${one.dueOn}${one.overdueDays > 0 ? ` (${plural(one.overdueDays, 'day')} overdue)` : ''}\n`,
  );
  return [
    heading(`Plan: ${printable(health.plan.name)}`),
    `  health ${side(health.health)}; our own side ${side(health.vendorHealth)}\n`,
    sideText('The partner promised', health.parts),
    sideText('We promised', health.vendorParts),
    due.length === 0 ? '' : `  Promises with a date\n${due.join('')}`,
  ].join('');
}

async function explainDeal(
  deps: CliDeps,
  options: Options,
  found: Awaited<ReturnType<typeof findDealScores>>,
): Promise<string | null> {
  const { name, id, score } = one(found, 'deal', options.deal!, (row) => row.id);
  if (options.json) {
    printJson(deps, { name, ...score });
    return null;
  }
  const percent = score.probability * 100;
  return [
    heading(`${printable(name)} (${id})`),
    `  ${points(percent)} in 100 is the chance of this event: ${score.event.text}\n  80% band ${points(score.low * 100)} to ${points(score.high * 100)}, from ${whole(score.evidence)} past deals; ${score.health}; as of ${instant(score.asOfMs)}\n`,
    recordLine(score.trackRecord),
    heading('Why'),
    reasonLines(score.base, score.reasons, percent),
    score.nextAction === null ? '' : `\n  Next: ${score.nextAction.text}\n`,
    score.event.goal === null ? '' : `  amount ${money(score.event.goal, '')}\n`,
  ].join('');
}
