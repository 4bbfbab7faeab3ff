import type { Command } from 'commander';
import type { CrmSession } from '../../model/connector.ts';
import type { CompiledMapping } from '../../model/mapping.ts';
import { lostText, stageText } from '../../sync/measure/doubts.ts';
import { faultLine, prepareMapping } from '../../sync/run/prepare.ts';
import { trialFaults, tryMapping, type Trial } from '../../sync/run/trial.ts';
import { EXIT, onSession, printJson, withConnection, type CommonOptions } from '../command.ts';
import { mappingTextOf } from '../connection-file.ts';
import type { CliDeps } from '../deps.ts';
import { plural, whole } from '../format.ts';

export function registerMappingCheck(
  mapping: Command,
  deps: CliDeps,
  setExit: (code: number) => void,
): void {
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
        const { crm, mapping: name } = connection.document;
        const text = await mappingTextOf(connection);
        const prepared = await prepareMapping(session, text, crm);
        const trial =
          prepared.compiled === null ? null : await tried(deps, session, prepared.compiled);
        const faults = [...prepared.faults, ...(trial === null ? [] : trialFaults(text, trial))];
        const errors = faults.filter((fault) => fault.severity === 'error').length;
        if (errors > 0) setExit(EXIT.failed);
        const version = prepared.compiled?.version ?? null;
        if (options.json)
          return printJson(deps, { mapping: name, ok: errors === 0, version, faults, trial });
        for (const fault of faults) deps.stdout(`${faultLine(name, fault)}\n`);
        if (trial !== null) deps.stdout(trialText(trial));
        deps.stdout(
          errors > 0
            ? `${plural(errors, 'error')}; ${trial === null ? 'nothing will be read or written until they are cured' : 'a run would work out nothing of use until they are cured'}\n`
            : `the mapping fits this org (version ${version})\n`,
        );
      }),
  );
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
    ...trial.lostReferences.map((lost) => `! ${lostText(lost)}\n`),
    `counted with ${plural(trial.calls, 'API call')}\n`,
  ].join('');
}
