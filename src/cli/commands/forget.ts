import type { Command } from 'commander';
import { HeadwaterError } from '../../model/error.ts';
import { eraseRecord } from '../../store/erase-record.ts';
import { forgetConnection } from '../../store/forget-connection.ts';
import { heldLease } from '../../store/lease.ts';
import { onExistingStore, printJson, soleConnection, withDatabase } from '../command.ts';
import type { CliDeps } from '../deps.ts';
import { instant } from '../format.ts';

/** What is forgotten on request: one record, or a whole connection. */

interface EraseOptions {
  db: string;
  json: boolean;
  connectionId?: string;
  object?: string;
}

export function registerErase(record: Command, deps: CliDeps): void {
  withDatabase(
    record
      .command('erase')
      .description('erases what the local copy and the results still say of a deleted record')
      .argument('<id>', 'its id in the CRM'),
    'headwater record erase 003Ht00000AbCdEIAV',
  )
    .option('--object <name>', 'its object, where records of several have that id')
    .option('--connection-id <id>', 'where the database holds several')
    .action(async (id: string, options: EraseOptions) => await erase(deps, id, options));
}

async function erase(deps: CliDeps, id: string, options: EraseOptions): Promise<void> {
  await onExistingStore(deps, options.db, async (store) => {
    const connectionId = await soleConnection(store, options.connectionId);
    const { objects, alive, atWork } = await eraseRecord(store, connectionId, {
      ...{ id, object: options.object ?? null, nowMs: deps.nowMs() },
    });
    if (objects.length === 0)
      throw new HeadwaterError('config', `nothing is held of a record ${id}`, {
        code: 'NO_RECORD',
        cure: 'Give its id as the CRM spells it; `--object` must be as in the mapping.',
      });
    if (alive !== null)
      throw new HeadwaterError('config', `the CRM still has ${alive} ${id}`, {
        code: 'STILL_THERE',
        cure: 'Delete it there first (in HubSpot "delete permanently"), run `headwater sync run`, then erase it here: else the next run would only read it again.',
      });
    if (atWork !== null)
      throw new HeadwaterError('limit', `run ${atWork} is at work on "${connectionId}"`, {
        code: 'LEASED',
        cure: 'It may write the names anew: wait for it, then erase again.',
      });
    if (options.json) return printJson(deps, { connection: connectionId, id, objects });
    deps.stdout(
      `${objects.join(', ')} ${id}: names and texts are erased; ids, dates and amounts stay, since scores and the record rest on them\n`,
    );
  });
}

export function registerForget(connection: Command, deps: CliDeps): void {
  withDatabase(
    connection
      .command('forget')
      .description('deletes everything that the database holds of a connection')
      .argument('<id>', 'the connection, as `headwater status` names it'),
    'headwater connection forget acme --yes',
  )
    .option('--yes', 'do it; without it nothing is deleted', false)
    .action(
      async (id: string, options: { db: string; json: boolean; yes: boolean }) =>
        await forget(deps, id, options),
    );
}

async function forget(
  deps: CliDeps,
  id: string,
  options: { db: string; json: boolean; yes: boolean },
): Promise<void> {
  await onExistingStore(deps, options.db, async (store) => {
    const connectionId = await soleConnection(store, id);
    const held = await heldLease(store, connectionId);
    if (held !== null && held.expiresMs > deps.nowMs())
      throw new HeadwaterError('limit', `run ${held.holder} is at work on "${connectionId}"`, {
        code: 'LEASED',
        cure: `Its lease ends at ${instant(held.expiresMs)}; \`headwater connection release ${connectionId}\` frees it if that process is gone.`,
      });
    if (!options.yes)
      throw new HeadwaterError(
        'config',
        `everything of "${connectionId}" would be deleted: the local copy, scores, their track record, the ledger of writes and its undo`,
        {
          code: 'CONFIRM',
          cure: 'Add `--yes`. What was written into the CRM stays there: `headwater run undo` first, where it should not.',
        },
      );
    const rows = await forgetConnection(store, connectionId);
    if (options.json) return printJson(deps, { connection: connectionId, rows });
    deps.stdout(`"${connectionId}" is forgotten: ${rows} rows are deleted\n`);
  });
}
