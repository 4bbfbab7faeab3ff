import type { Command } from 'commander';
import type { CrmSession } from '../../model/connector.ts';
import type { CompiledMapping, MappingFault } from '../../model/mapping.ts';
import { contradictedText, lostText, stageText } from '../../sync/measure/doubts.ts';
import { severalLines } from '../../sync/measure/several.ts';
import { faultLine, prepareMapping } from '../../sync/run/prepare.ts';
import { trialFaults, tryMapping, type Trial } from '../../sync/run/trial.ts';
import { EXIT, onSession, printJson, withConnection, type CommonOptions } from '../command.ts';
import { mappingTextOf, type LoadedConnection } from '../connection-file.ts';
import type { CliDeps, SetExit } from '../deps.ts';
import { plural, whole } from '../format.ts';

export function registerMappingCheck(mapping: Command, deps: CliDeps, setExit: SetExit): void {
  withConnection(
    mapping
      .command('check')
      .description(
        "compare the mapping with the CRM's own description and records; every fault at once",
      ),
    'headwater mapping check',
  ).action(
    async (options: CommonOptions) =>
      await onSession(deps, options, async ({ connection, session }) => {
        const checked = await checkAll(deps, connection, session);
        if (!checked.ok) setExit(EXIT.failed);
        if (options.json) printJson(deps, checked);
        else deps.stdout((session.inOwnWords ?? String)(checkText(checked)));
      }),
  );
}

interface Checked {
  mapping: string;
  ok: boolean;
  version: string | null;
  faults: MappingFault[];
  trial: Trial | null;
}

/** The document against the CRM's description and, where that holds, against its records. */
async function checkAll(
  deps: CliDeps,
  connection: LoadedConnection,
  session: CrmSession,
): Promise<Checked> {
  const { crm, mapping } = connection.document;
  const text = await mappingTextOf(connection);
  const { compiled, faults: told } = await prepareMapping(session, text, crm);
  const trial = compiled === null ? null : await tried(deps, session, compiled);
  const faults = trial === null ? told : [...told, ...trialFaults(text, trial)];
  return {
    mapping,
    ok: errorsOf(faults) === 0,
    version: compiled?.version ?? null,
    faults,
    trial,
  };
}

const errorsOf = (faults: MappingFault[]): number =>
  faults.filter((fault) => fault.severity === 'error').length;

function checkText({ mapping, ok, version, faults, trial }: Checked): string {
  const cost =
    trial === null
      ? 'nothing will be read or written until they are cured'
      : 'a run would produce nothing useful until they are fixed';
  return [
    ...faults.map((fault) => `${faultLine(mapping, fault)}\n`),
    trial === null ? '' : trialText(trial),
    ok
      ? `the mapping fits this org (version ${version})\n`
      : `${plural(errorsOf(faults), 'error')}; ${cost}\n`,
  ].join('');
}

/** In a database in memory, gone with this command. */
async function tried(
  deps: CliDeps,
  session: CrmSession,
  compiled: CompiledMapping,
): Promise<Trial> {
  const store = await deps.openStore(':memory:');
  try {
    return await tryMapping(store, session, compiled, deps.nowMs());
  } finally {
    store.close();
  }
}

/** What the records of the CRM become, line by line, and what leads nowhere. */
function trialText(trial: Trial): string {
  const { read, withPartner, byRule } = trial.deals;
  const rules = Object.entries(byRule).map(([by, deals]) => `${by} ${whole(deals)}`);
  return [
    ...trial.counts.map(
      (one) =>
        `${one.entity}: ${whole(one.fits)} of ${one.read === one.rows ? '' : `the first ${whole(one.read)} of `}${whole(one.rows)} rows of ${one.object}\n`,
    ),
    `deal -> partner: ${whole(withPartner)} of ${whole(read)}${rules.length === 0 ? '' : ` (${rules.join(', ')})`}\n`,
    ...trial.unlistedStages.map((stage) => `! ${stageText(stage)}\n`),
    ...trial.contradictedStages.map((stage) => `! ${contradictedText(stage)}\n`),
    ...trial.lostReferences.map((lost) => `! ${lostText(lost)}\n`),
    ...severalLines(trial).map((line) => `! ${line}\n`),
    `counted with ${plural(trial.calls, 'API call')}\n`,
  ].join('');
}
