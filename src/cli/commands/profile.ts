import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { readRecruits } from '../../mapping/recruits.ts';
import { HeadwaterError } from '../../model/error.ts';
import { say } from '../../model/language/printed.ts';
import { fitRecruits, foundProfile } from '../../sync/measure/recruits.ts';
import { fitList } from '../../sync/measure/trait-list.ts';
import { count, onExistingStore, printJson, withDatabase } from '../command.ts';
import type { CliDeps } from '../deps.ts';
import { printable } from '../format.ts';
import { fitsText, profileText, recruitsText } from '../profile-text.ts';
import { requireFound, scoredPlace } from '../scored-place.ts';

interface Options {
  db: string;
  json: boolean;
  top: number;
  partner?: string;
  connectionId?: string;
  whatIf: boolean;
  file: string;
}

const SHOWN = 20;

const shared = (command: Command, example: string): Command =>
  withDatabase(command, example)
    .option('--top <n>', 'how many, the best fit first', count('--top', 1), SHOWN)
    .option('--connection-id <id>', 'where the database holds several')
    .option('--what-if', 'what the last dry run found, instead of the last real run', false);

export function registerProfile(noun: Command, deps: CliDeps): void {
  shared(
    noun
      .command('show')
      .description('what successful partners have in common, and how well each partner fits'),
    'headwater profile show --top 10',
  )
    .option('--partner <id or name>', 'only this partner')
    .action(async (options: Options) => await show(deps, options));
  shared(
    noun.command('fit').description('how well companies fit that are no partners yet'),
    'headwater profile fit --file recruits.csv',
  )
    .requiredOption(
      '--file <csv>',
      'a row a company: name, and what is known of it (type, region, industry, product, metrics)',
    )
    .action(async (options: Options) => await fit(deps, options));
}

const show = async (deps: CliDeps, options: Options): Promise<void> =>
  await onExistingStore(deps, options.db, async (store) => {
    const { place, asOfMs, speech, partner } = await scoredPlace(deps, store, options);
    const profile = await foundProfile(store, place.resultsId);
    const all = requireFound(await fitList(store, place, partner), options.partner);
    const partners = all.slice(0, options.top);
    if (options.json)
      return printJson(deps, {
        ...{ runId: place.runId, asOfMs, ...profile },
        ...{ total: all.length, fits: partners },
      });
    deps.stdout(profileText(profile, speech) + fitsText(partners, all.length, speech));
  });

const fit = async (deps: CliDeps, options: Options): Promise<void> =>
  await onExistingStore(deps, options.db, async (store) => {
    const { place, asOfMs, speech } = await scoredPlace(deps, store, options);
    const read = readRecruits(await readFile(resolve(options.file), 'utf8'));
    for (const { line, message } of read.findings)
      deps.stderr(`  ${line === null ? '' : `line ${line}: `}${printable(message)}\n`);
    if (read.rows.length === 0)
      throw new HeadwaterError('config', `${options.file} holds no recruit`, {
        cure: 'Give it a header with a column "name", and a row a company.',
      });
    const profile = await foundProfile(store, place.resultsId);
    const found = fitRecruits(profile, read.rows, asOfMs);
    if (options.json)
      return printJson(deps, { total: found.length, ignored: read.ignored, recruits: found });
    if (read.ignored.length > 0)
      deps.stderr(`  ${say(speech, 'profile.ignored', { columns: read.ignored.join(', ') })}\n`);
    deps.stdout(recruitsText(found.slice(0, options.top), found.length, speech));
  });
