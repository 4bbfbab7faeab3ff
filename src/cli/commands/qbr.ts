import type { Command } from 'commander';
import { join, resolve } from 'node:path';
import type { Speech } from '../../model/language/languages.ts';
import { safePack } from '../../model/partner-safe.ts';
import { speechOf } from '../../predict/index.ts';
import { scoredIds } from '../../store/past-results.ts';
import { reviewPack } from '../../sync/measure/review.ts';
import { reviewPlace, type ReviewPlace } from '../../sync/measure/review-place.ts';
import { onExistingStore, printJson, soleConnection, usage, withDatabase } from '../command.ts';
import type { CliDeps } from '../deps.ts';
import { plural, printable } from '../format.ts';
import { makeOutFolder, writeOut } from '../out-file.ts';
import { registerQbrSummary } from './qbr-summary.ts';
import { notScored, scoredPartner } from '../reviewed-partner.ts';
import { packFiles, packName } from '../review-html/files.ts';

interface Options {
  db: string;
  json: boolean;
  connectionId?: string;
  partner?: string;
  all: boolean;
  period?: string;
  partnerSafe: boolean;
  out: string;
}

const HELP = `
A folder for each partner: review.html, which loads nothing and prints well, and each of its tables
as CSV. With --partner-safe it holds what both sides agreed and the partner's own deals, and no
score, chance, reason or advice: only fields that are listed as safe for partners.`;

export function registerQbr(qbr: Command, deps: CliDeps): void {
  withDatabase(
    qbr.command('export').description('a pack for the review with a partner: HTML and CSV'),
    'headwater qbr export --partner "Northwind" --period "2026 Q4" --out reviews',
  )
    .option('--partner <id or name>', 'this partner')
    .option('--all', 'a pack for every scored partner', false)
    .option('--period <label>', 'such as "2026 Q3"; the last run\'s when left out')
    .option('--partner-safe', 'only what the partner may see', false)
    .requiredOption('--out <folder>', 'where to write; made where it is missing')
    .option('--connection-id <id>', 'where the database holds several')
    .addHelpText('after', HELP)
    .action(async (options: Options) => await exportPacks(deps, options));
  registerQbrSummary(qbr, deps);
}

const partnersAsked = async (
  deps: CliDeps,
  place: ReviewPlace,
  { partner, all }: Options,
): Promise<string[]> =>
  all
    ? await scoredIds(place.store, place.connectionId, place.run.runId)
    : [await scoredPartner(deps, place, partner!)];

/** Writes one pack; null = that run did not score the partner. */
async function writePack(
  deps: CliDeps,
  place: ReviewPlace,
  id: string,
  { out, partnerSafe }: Options,
  { speech, taken }: { speech: Speech; taken: Set<string> },
): Promise<{ partner: string; folder: string; files: string[] } | null> {
  const found = await reviewPack(place, id);
  if (found === null) return null;
  const pack = partnerSafe ? safePack(found) : found;
  const folder = join(resolve(deps.cwd, out), packName(pack, id, taken));
  await makeOutFolder(folder);
  const files = packFiles(pack, speech);
  for (const [file, text] of files) await writeOut(join(folder, file), text);
  return { partner: pack.shared.partner.name, folder, files: files.map(([file]) => file) };
}

async function exportPacks(deps: CliDeps, options: Options): Promise<void> {
  if (options.all === (options.partner !== undefined))
    throw usage('qbr export needs either --partner or --all');
  if (options.partner?.trim() === '') throw usage('--partner needs an id or a name');
  await onExistingStore(deps, options.db, async (store) => {
    const connectionId = await soleConnection(store, options.connectionId);
    const place = await reviewPlace(store, connectionId, options.period ?? null);
    const where = { speech: speechOf(place.moment.context), taken: new Set<string>() };
    const written = [];
    for (const id of await partnersAsked(deps, place, options)) {
      const pack = await writePack(deps, place, id, options, where);
      if (pack === null && !options.all) throw notScored(place);
      if (pack !== null) written.push(pack);
      if (deps.interactive && !options.json)
        deps.stderr(`\r\u001b[2K  ${plural(written.length, 'pack')}`);
    }
    if (options.json)
      return printJson(deps, { period: place.period.label, run: place.run.runId, packs: written });
    for (const { partner, folder } of written.slice(0, SHOWN))
      deps.stdout(`${printable(partner)}: ${join(folder, 'review.html')}\n`);
    if (written.length > SHOWN) deps.stdout(`  … and ${written.length - SHOWN} more\n`);
  });
}

/** Packs that are named one by one. */
const SHOWN = 20;
