import { parseMapping } from '../../mapping/document/parse.ts';
import { HeadwaterError } from '../../model/error.ts';
import type { Store } from '../../store/store.ts';
import type { SyncOutcome } from '../../sync/run/run.ts';
import { onStore, printJson } from '../command.ts';
import { deployPlan, fieldPlan } from '../commands/field.ts';
import { showAttention } from '../commands/attention.ts';
import { syncOnce } from '../commands/sync.ts';
import { mappingTextOf, type LoadedConnection } from '../connection-file.ts';
import type { CliDeps, RunningSandbox, SandboxRequest } from '../deps.ts';
import { heading, plural, seconds, whole } from '../format.ts';
import { progressOn } from '../progress.ts';
import { appliedText, forecastText, planText } from '../summary-text.ts';
import { serveDemo } from './serve-demo.ts';
import { reread } from './reread.ts';
import { partnerTable, pullTable, refusals } from './show.ts';
import { showRepView } from './rep-view.ts';
import { makeWorkspace, writeDocuments, type Workspace } from './workspace.ts';
import { WEEK_MS } from '../../model/time.ts';

export interface DemoOptions extends SandboxRequest {
  dir: string;
  json: boolean;
  /** Leave the sandbox running at the end, with the pages over it. */
  serve: boolean;
  webPort: number;
}

/** The demo ends with where an hour of work moves money. */
const ATTENTION = { json: false, all: false, limit: 10 };
const here = ({ document }: LoadedConnection): { rowsId: string; resultsId: string } => ({
  rowsId: document.id,
  resultsId: document.id,
});

/**
 * The whole job against a sandbox CRM over HTTP: provision, pull, score, write, read back; a week
 * later again; and once more with nothing left to do.
 */
export async function runDemo(deps: CliDeps, options: DemoOptions): Promise<{ ok: boolean }> {
  const startedMs = deps.nowMs();
  const say = (text: string): void => {
    if (!options.json) deps.stdout(text);
  };
  const workspace = await makeWorkspace(deps, options.dir);
  say(heading(`1. A sandbox ${options.crm}`));
  const sandbox = await deps.startSandbox(options);
  try {
    say(
      `  ${sandbox.url} (a real HTTP server on this machine; the org is made up)\n  ${sandbox.provenance}\n`,
    );
    const connection = await writeDocuments(deps, workspace, sandbox);
    say(heading('2. Custom fields in the CRM'));
    await provision(deps, connection, say);
    return await onStore(deps, workspace.database, async (store) => {
      const runs = await threeSyncs(deps, options, sandbox, connection, store, say);
      const ok = runs.verdict.every((line) => line.ok);
      if (!options.json)
        await showAttention(deps, store, connection.document.id, here(connection), ATTENTION);
      say(heading('Verdict'));
      for (const line of runs.verdict) say(`  ${line.ok ? '✓' : '✗'} ${line.text}\n`);
      say(`\n  took ${seconds(deps.nowMs() - startedMs)}\n${tryNext(workspace)}`);
      if (options.json)
        printJson(deps, {
          ok,
          workspace,
          verdict: runs.verdict,
          runs: runs.outcomes.map((outcome) => ({ id: outcome.run.id, summary: outcome.summary })),
          elapsedMs: deps.nowMs() - startedMs,
        });
      if (options.serve) {
        await anotherWeek(deps, options, sandbox, connection, store, say);
        const runId = runs.outcomes.at(-1)?.run.id ?? '';
        await showRepView(deps, { sandbox, connection, store, runId }, say);
        await serveDemo(deps, { store, workspace, port: options.webPort, json: options.json });
      }
      return { ok };
    });
  } finally {
    await sandbox.close();
  }
}

async function provision(
  deps: CliDeps,
  connection: LoadedConnection,
  say: (text: string) => void,
): Promise<void> {
  const connector = await deps.connector(connection.document.crm);
  const session = await connector.open(
    connection.document.settings,
    connection.secrets,
    deps.connectorDeps(connection.saveSecret),
  );
  try {
    const open = { connection, connector, session };
    const plan = await fieldPlan(open);
    const results = await deployPlan(open, plan);
    const failed = results.filter((result) => result.error !== null);
    if (failed.length > 0)
      throw new HeadwaterError(
        'config',
        failed.map((result) => `${result.object}.${result.name}: ${result.error}`).join('; '),
        { code: 'FIELD_DEPLOY' },
      );
    const access = [
      ...new Set(
        plan.flatMap((item) =>
          item.action === 'create' && item.access !== undefined ? [item.access] : [],
        ),
      ),
    ];
    say(
      `  ${plural(results.filter((result) => result.done.length > 0).length, 'field')} created${access.length === 0 ? '' : `: ${access.join('; ')}`}\n`,
    );
    say(
      `  run again: ${plural((await fieldPlan(open)).filter((item) => item.action !== 'none').length, 'field')} to do\n`,
    );
  } finally {
    await session.close();
  }
}

interface Verdict {
  ok: boolean;
  text: string;
}

async function threeSyncs(
  deps: CliDeps,
  options: DemoOptions,
  sandbox: RunningSandbox,
  connection: LoadedConnection,
  store: Store,
  say: (text: string) => void,
): Promise<{ outcomes: SyncOutcome[]; verdict: Verdict[] }> {
  const sync = (): Promise<SyncOutcome> =>
    syncOnce(
      deps,
      store,
      connection,
      { dryRun: false, full: false },
      progressOn(deps, options.json),
    );
  const verdict: Verdict[] = [];
  say(heading('3. First sync: everything'));
  const first = await sync();
  await showFirst(store, connection, first, say);
  verdict.push(await showReread(deps, connection, store, first, say));

  say(heading('4. A week passes in the CRM'));
  const moved = await advance(sandbox, WEEK_MS);
  say(`  ${plural(moved, 'event')}: new deals, stage moves, activities, a merge, deletions\n`);
  const second = await sync();
  say(await pullTable(store, second));
  say(forecastText(second.summary.forecast!));
  say(planText(second.summary) + appliedText(second.summary));
  verdict.push({
    ok: changedRows(second) > 0,
    text: `the incremental sync found ${plural(changedRows(second), 'changed row')} with ${plural(second.calls, 'call')}`,
  });

  say(heading('5. Once more, with nothing new'));
  const third = await sync();
  const writes = third.summary.applied.reduce((sum, applied) => sum + applied.fields, 0);
  say(`  ${whole(changedRows(third))} rows, ${whole(writes)} writes\n`);
  verdict.push({
    ok: changedRows(third) === 0 && writes === 0,
    text: `the last sync had ${plural(changedRows(third), 'new row')} and ${plural(writes, 'write')}`,
  });
  const receipts = [first, second, third].flatMap((outcome) => outcome.summary.receipts);
  const open = receipts.filter((receipt) => !receipt.verified);
  const refused = [first, second, third]
    .flatMap((outcome) => outcome.summary.applied)
    .reduce((sum, applied) => sum + applied.rejected, 0);
  if (refused > 0) verdict.push({ ok: false, text: `the CRM refused ${plural(refused, 'field')}` });
  verdict.push({
    ok: receipts.length > 0 && open.length === 0,
    text:
      open.length === 0
        ? "every closed window agrees with the CRM's own count"
        : `${plural(open.length, 'window')} disagree with the CRM's own count`,
  });
  return { outcomes: [first, second, third], verdict };
}

const changedRows = (outcome: SyncOutcome): number =>
  outcome.summary.pulled.reduce((sum, pull) => sum + pull.changed, 0) + outcome.summary.hardDeletes;

async function showFirst(
  store: Store,
  connection: LoadedConnection,
  first: SyncOutcome,
  say: (text: string) => void,
): Promise<void> {
  say(await pullTable(store, first));
  say(
    heading('What the mapping refused, and why') + (await refusals(store, connection.document.id)),
  );
  say(heading('Partners') + (await partnerTable(store, connection.document.id, first.run.id)));
  say(heading('Forecast') + forecastText(first.summary.forecast!));
  say(heading('Write-back plan') + planText(first.summary));
  say(heading('Written') + appliedText(first.summary));
}

async function showReread(
  deps: CliDeps,
  connection: LoadedConnection,
  store: Store,
  first: SyncOutcome,
  say: (text: string) => void,
): Promise<Verdict> {
  const connector = await deps.connector(connection.document.crm);
  const session = await connector.open(
    connection.document.settings,
    connection.secrets,
    deps.connectorDeps(connection.saveSecret),
  );
  try {
    const { document } = parseMapping(await mappingTextOf(connection));
    if (document === null) throw new HeadwaterError('bug', 'the shipped mapping has faults');
    const seen = await reread(store, session, first, document);
    say(heading("Read back from the CRM's own API") + seen.text);
    return { ok: seen.agree, text: 'what was written is what the CRM returns' };
  } finally {
    await session.close();
  }
}

/** One more week, and what would be written after it: a plan that waits for somebody to look. */
async function anotherWeek(
  deps: CliDeps,
  options: DemoOptions,
  sandbox: RunningSandbox,
  connection: LoadedConnection,
  store: Store,
  say: (text: string) => void,
): Promise<void> {
  say(heading('6. Another week, and a plan that waits for your approval'));
  await advance(sandbox, WEEK_MS);
  const progress = progressOn(deps, options.json);
  const plan = await syncOnce(deps, store, connection, { dryRun: true, full: false }, progress);
  say(planText(plan.summary));
}

/** Moves the sandbox's clock, and the world with it. Returns how many events there were. */
async function advance(sandbox: RunningSandbox, ms: number): Promise<number> {
  const ask = (): Promise<Response> =>
    fetch(`${sandbox.controlUrl}/clock/advance`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ms }),
    });
  // A connection that stood idle while a run was at work may be closed when it is used again.
  const response = await ask().catch(ask);
  const body = (await response.json()) as { events?: number };
  if (!response.ok)
    throw new HeadwaterError(
      'bug',
      `the sandbox refused to move its clock: ${JSON.stringify(body)}`,
    );
  return body.events ?? 0;
}

function tryNext(workspace: Workspace): string {
  const db = `--db ${workspace.database}`;
  return [
    heading('Try next'),
    `  headwater forecast show ${db}\n  headwater attention list ${db}\n  headwater score explain ${db} --partner <part of a name>\n  headwater run list ${db}\n  headwater run show ${db}\n`,
    '  headwater sandbox serve          a CRM that stays up, to point a connection at\n',
    '  (in a clone: npm run -s headwater -- forecast show …)\n',
    `  The mapping that was used is ${workspace.mappingFile}: edit it, and the next sync re-maps the local copy without one API call.\n`,
  ].join('');
}
