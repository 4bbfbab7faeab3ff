import type { Command } from 'commander';
import { HeadwaterError } from '../../model/error.ts';
import type { Speech } from '../../model/language/languages.ts';
import type { NextAction, PlanHealth } from '../../model/score.ts';
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
import { explanation, type Explained } from '../../writeback/reasons-text.ts';
import { speechOf } from '../../predict/index.ts';
import { spokenSettings, type SpokenSettings } from '../../sync/measure/spoken.ts';
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

export function registerScore(score: Command, deps: CliDeps): void {
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
        const settings = await spokenSettings(store, connectionId);
        const ids = await spelt(deps, store, connectionId, typed);
        if (options.whatIf && !options.json)
          deps.stdout('  what-if of the last dry run: nothing of it is served\n');
        const text =
          options.partner !== undefined
            ? await explainPartner(
                deps,
                options,
                await findPartnerScores(store, rowsId, typed, resultsId, ids),
                settings,
              )
            : await explainDeal(
                deps,
                options,
                await findDealScores(store, rowsId, typed, resultsId, ids),
                settings,
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

/** The words that also stand in the CRM. */
const whyText = (explained: Explained, speech: Speech): string =>
  explanation(explained, speech)
    .map((line) => `  ${line}\n`)
    .join('');

/** The action that is shown; else the one that waits, since its owner has enough to do. */
function nextText({
  nextAction,
  candidate,
}: {
  nextAction: NextAction | null;
  candidate?: NextAction | null;
}): string {
  const action = nextAction ?? candidate ?? null;
  if (action === null) return '';
  const lines = [
    `  ${nextAction === null ? 'Not among the few of its owner today' : 'Next'}: ${action.text}\n`,
    // Scores of an earlier version know no more than the sentence.
    action.effect === undefined
      ? ''
      : `    until ${action.expiresOn}, ${action.evidence}; ${action.effect.text}\n`,
  ];
  return `\n${lines.join('')}`;
}

/** How chances like this one came out; scores of an earlier version say nothing of it. */
const recordLine = (line: string | null | undefined): string =>
  line == null ? '' : `  track record: ${line}\n`;

async function explainPartner(
  deps: CliDeps,
  options: Options,
  found: Awaited<ReturnType<typeof findPartnerScores>>,
  settings: SpokenSettings,
): Promise<string | null> {
  const { name, score } = one(found, 'partner', options.partner!, (row) => row.score.partnerId);
  if (options.json) {
    printJson(deps, { name, ...score });
    return null;
  }
  return [
    heading(`${printable(name)} (${score.partnerId})`),
    `  ${score.event.text}; as of ${instant(score.asOfMs)}, model ${score.modelVersion}\n`,
    recordLine(score.trackRecord),
    heading('Why'),
    whyText({ ...score, total: score.score }, speechOf({ ...settings, asOfMs: score.asOfMs })),
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
    nextText(score),
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
  settings: SpokenSettings,
): Promise<string | null> {
  const { name, id, score } = one(found, 'deal', options.deal!, (row) => row.id);
  if (options.json) {
    printJson(deps, { name, ...score });
    return null;
  }
  return [
    heading(`${printable(name)} (${id})`),
    `  ${score.event.text}; ${score.health}; as of ${instant(score.asOfMs)}\n`,
    recordLine(score.trackRecord),
    heading('Why'),
    whyText(
      { ...score, total: score.probability * 100 },
      speechOf({ ...settings, asOfMs: score.asOfMs }),
    ),
    nextText(score),
    score.event.goal === null ? '' : `  amount ${money(score.event.goal, '')}\n`,
  ].join('');
}
