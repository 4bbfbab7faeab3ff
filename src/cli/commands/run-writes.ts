import type { Command } from 'commander';
import { EVERY_INTENT } from '../../store/plan-filter.ts';
import { rejectPlan } from '../../store/plan-view.ts';
import { findConnection } from '../../store/runs.ts';
import { intentPage, placeOf, type Intent, type IntentPlace } from '../../store/intents.ts';
import type { Store } from '../../store/store.ts';
import { applyRun, undoRun, type ReplanOutcome } from '../../sync/run/replan.ts';
import {
  exitOfWrites,
  onExistingStore,
  onStore,
  printJson,
  usage,
  withConnection,
  withStrict,
  withDatabase,
  type CommonOptions,
} from '../command.ts';
import { loadConnection } from '../connection-file.ts';
import type { CliDeps, SetExit } from '../deps.ts';
import { heading, plural, printable } from '../format.ts';
import { progressOn } from '../progress.ts';
import { appliedText } from '../summary-text.ts';
import { PART_NAMES, partOf, withPart, type PartOptions } from '../run-diff/part.ts';
import { givenOf, showDiff, withDiff, withFiles, type DiffOptions } from '../run-diff/show.ts';
import { wantedRun } from './run-show.ts';
import { syncDeps } from './sync.ts';

const PAGE = 2000;

/** The verbs that show a stored plan, apply it, and take a run's writes back. */
export function registerRunWrites(run: Command, deps: CliDeps, setExit: SetExit): void {
  registerPlan(run, deps);
  registerApply(run, deps, setExit);
  registerUndo(run, deps, setExit);
  registerReject(run, deps);
}

function registerPlan(run: Command, deps: CliDeps): void {
  withDiff(
    withDatabase(
      run
        .command('plan')
        .description('the exact request bodies of a dry run, as they would be sent')
        .argument('[run]', 'run id; the last one when left out')
        .option('--diff', 'what changes, record by record, in words', false),
      'headwater run plan --diff --partner "Northwind"',
    ),
  ).action(
    async (
      id: string | undefined,
      options: DiffOptions & { db: string; json: boolean; diff: boolean },
    ) =>
      await onStore(deps, options.db, async (store) => {
        const found = await wantedRun(store, id);
        if (options.diff || givenOf(options).length > 0)
          return await showDiff(deps, store, found, options);
        const bodies = requestBodies(await plannedIntents(store, found.id));
        if (options.json) return printJson(deps, { runId: found.id, writes: bodies });
        if (bodies.length === 0) return deps.stdout(`run ${found.id} plans no write\n`);
        for (const body of bodies) deps.stdout(bodyText(body));
        deps.stdout(`\nwhat that changes, in words: headwater run plan ${found.id} --diff\n`);
        deps.stdout(`apply exactly this: headwater run apply ${found.id}\n`);
      }),
  );
}

function registerApply(run: Command, deps: CliDeps, setExit: SetExit): void {
  const apply = withStrict(
    withConnection(
      run
        .command('apply')
        .description(
          'send the plan of a dry run exactly as it was shown; refuses when a base value moved since',
        )
        .argument('<run>', 'run id'),
      'headwater run apply 20261122T042411-a1b2c3 --partner Northwind',
    ),
  );
  withPart(apply).action(
    async (id: string, options: CommonOptions & PartOptions & { strict: boolean }) => {
      const outcome = await onStore(deps, options.db, async (store) => {
        const connection = await loadConnection(deps, options.connection);
        return await applyRun(
          await syncDeps(deps, store, connection, progressOn(deps, options.json)),
          id,
          await partOf(deps, store, { connection: connection.document, runId: id }, options),
        );
      });
      report(deps, options, outcome, setExit);
    },
  );
}

/** The same options without the part that they choose. */
const wholeOf = <Options extends PartOptions>(options: Options): Options => ({
  ...options,
  ...Object.fromEntries(PART_NAMES.map((name) => [name, undefined])),
});

type UndoOptions = CommonOptions & DiffOptions & { dryRun: boolean; strict: boolean };

function registerUndo(run: Command, deps: CliDeps, setExit: SetExit): void {
  const undo = withStrict(
    withConnection(
      run
        .command('undo')
        .description(
          'restore every field that a run wrote and nobody changed since; itself a run that can be undone',
        )
        .argument('<run>', 'run id'),
      'headwater run undo 20261122T042411-a1b2c3 --dry-run',
    ),
  ).option('--dry-run', 'list what would be restored and what not; change nothing', false);
  withFiles(withPart(undo)).action(async (id: string, options: UndoOptions) => {
    const shown = givenOf(wholeOf(options));
    if (!options.dryRun && shown.length > 0)
      throw usage(`${shown.join(', ')}: only with --dry-run, which lists what would be restored`);
    await onStore(deps, options.db, async (store) => {
      const connection = await loadConnection(deps, options.connection);
      const outcome = await undoRun(
        await syncDeps(deps, store, connection, progressOn(deps, options.json)),
        id,
        !options.dryRun,
        await partOf(deps, store, { connection: connection.document, runId: id }, options),
      );
      const asDiff = options.dryRun && (!options.json || givenOf(options).length > 0);
      if (!asDiff) return report(deps, options, outcome, setExit);
      if (!options.json) deps.stdout(runHeading(outcome));
      await showDiff(deps, store, outcome.run, wholeOf(options));
    });
  });
}

function registerReject(run: Command, deps: CliDeps): void {
  withPart(
    withDatabase(
      run
        .command('reject')
        .description('turn a plan down: what it planned is held, and cannot be applied any more')
        .argument('<run>', 'run id of a dry run'),
      'headwater run reject 20261122T042411-a1b2c3 --partner Northwind',
    ),
  ).action(async (id: string, options: PartOptions & { db: string; json: boolean }) =>
    onExistingStore(deps, options.db, async (store) => {
      const found = await wantedRun(store, id);
      const known = await findConnection(store, found.connectionId);
      const place = { connection: { id: found.connectionId, crm: known?.crm }, runId: found.id };
      const only = await partOf(deps, store, place, options);
      const by = deps.env['USER'] ?? 'the command line';
      const fields = await rejectPlan(store, found, only ?? EVERY_INTENT, by, deps.nowMs());
      if (options.json) return printJson(deps, { runId: found.id, fields });
      deps.stdout(`${plural(fields, 'planned field')} of run ${found.id} rejected\n`);
    }),
  );
}

async function plannedIntents(store: Store, runId: string): Promise<Intent[]> {
  const all: Intent[] = [];
  for (let after: IntentPlace | null = null; ; ) {
    const page: Intent[] = await intentPage(store, runId, 'planned', after, PAGE);
    all.push(...page);
    if (page.length < PAGE) return all;
    after = placeOf(page.at(-1)!);
  }
}

interface RequestBody {
  object: string;
  records: { id: string; fields: Record<string, unknown> }[];
}

const requestBodies = (intents: Intent[]): RequestBody[] =>
  [...Map.groupBy(intents, (intent) => intent.object)].map(([object, own]) => ({
    object,
    records: [...Map.groupBy(own, (intent) => intent.recordId)].map(([id, fields]) => ({
      id,
      fields: Object.fromEntries(fields.map((intent) => [intent.field, intent.newValue])),
    })),
  }));

function bodyText({ object, records }: RequestBody): string {
  const lines = records.map((record) => {
    const fields = Object.entries(record.fields).map(
      ([field, value]) => `${field}=${printable(JSON.stringify(value), 60)}`,
    );
    return `  ${record.id} ${fields.join(' ')}\n`;
  });
  return [heading(`${object}: ${plural(records.length, 'record')}`), ...lines].join('');
}

const runHeading = ({ run }: ReplanOutcome): string =>
  heading(`Run ${run.id} (${run.kind}${run.dryRun ? ', dry run: nothing was written' : ''})`);

function report(
  deps: CliDeps,
  options: CommonOptions & { strict: boolean },
  outcome: ReplanOutcome,
  setExit: SetExit,
): void {
  setExit(exitOfWrites(outcome.summary.applied, options.strict));
  if (options.json)
    return printJson(deps, {
      run: { ...outcome.run, summary: undefined },
      applied: outcome.summary.applied,
      skipped: outcome.skipped,
    });
  deps.stdout(runHeading(outcome));
  deps.stdout(appliedText(outcome.summary));
  for (const skip of outcome.skipped)
    deps.stdout(
      `  left alone: ${skip.object} ${skip.recordId} ${skip.field} ${skip.why} (it holds ${printable(JSON.stringify(skip.holds ?? null), 40)})\n`,
    );
}
