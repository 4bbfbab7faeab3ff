import type { Command } from 'commander';
import type { ChangeSince } from '../../model/change.ts';
import { HeadwaterError } from '../../model/error.ts';
import { findPartnerScores } from '../../store/results.ts';
import type { Store } from '../../store/store.ts';
import { changePlace } from '../../sync/measure/change-place.ts';
import { changesSince } from '../../sync/measure/changes.ts';
import { changeText, partnerChangeText } from '../change-text.ts';
import { onExistingStore, printJson, soleConnection, usage, withDatabase } from '../command.ts';
import type { CliDeps } from '../deps.ts';
import { whole } from '../format.ts';
import { askedPartner } from '../typed-ids.ts';

interface Options {
  db: string;
  json: boolean;
  connectionId?: string;
  since: ChangeSince;
  partner?: string;
}

const HELP = `
Each number is made again with one thing changed after the other: the clock, what the CRM says, the
joint plan, the model. The parts add up to the difference exactly, in hundredths. "week" and
"quarter" compare with the newest run that is old enough, or with the oldest whose results are kept.`;

export function registerChange(change: Command, deps: CliDeps): void {
  withDatabase(
    change
      .command('show')
      .description('a waterfall by cause: time, facts with their deals, plan revisions, model'),
    'headwater change show --since week --partner "Northwind"',
  )
    .option(
      '--since <run|week|quarter>',
      'the run before, a week, start of the quarter',
      asked,
      'run',
    )
    .option('--partner <id or name>', 'this partner, in full')
    .option('--connection-id <id>', 'where the database holds several')
    .addHelpText('after', HELP)
    .action(async (options: Options) => await show(deps, options));
}

function asked(text: string): ChangeSince {
  if (text === 'run' || text === 'week' || text === 'quarter') return text;
  throw usage(`--since takes run, week or quarter, not "${text}"`);
}

async function partnerOf(
  deps: CliDeps,
  store: Store,
  connectionId: string,
  typed: string,
): Promise<string> {
  const partner = await askedPartner(deps, store, connectionId, typed);
  const found = await findPartnerScores(store, connectionId, partner);
  const ids = [...new Set(found.map(({ score }) => score.partnerId))];
  if (ids.length === 1) return ids[0]!;
  throw new HeadwaterError(
    'config',
    ids.length === 0
      ? `no scored partner matches "${typed}"`
      : `"${typed}" matches ${ids.length} partners: ${ids.slice(0, 5).join(', ')}`,
    { cure: 'Give its CRM id or its whole name.' },
  );
}

async function show(deps: CliDeps, options: Options): Promise<void> {
  if (options.partner?.trim() === '') throw usage('change show needs an id or a name');
  await onExistingStore(deps, options.db, async (store) => {
    const connectionId = await soleConnection(store, options.connectionId);
    const place = await changePlace(store, connectionId, options.since);
    const ids =
      options.partner === undefined
        ? null
        : [await partnerOf(deps, store, connectionId, options.partner)];
    const report = await changesSince(place, options.since, ids, (partners) => {
      if (!options.json && deps.interactive) deps.stderr(`\r  ${whole(partners)} partners`);
    });
    if (options.json) return printJson(deps, report);
    if (ids === null) return deps.stdout(changeText(report));
    for (const one of report.partners) deps.stdout(partnerChangeText(one, report.currency));
  });
}
