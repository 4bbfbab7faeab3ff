import type { Command } from 'commander';
import { listConnections, statusOf } from '../../store/status.ts';
import { onExistingStore, printJson, withDatabase } from '../command.ts';
import type { CliDeps } from '../deps.ts';
import { heading, instant, plural, table, whole } from '../format.ts';

const asOf = (ms: number | null): string => (ms === null ? '-' : instant(ms));

export function registerStatus(program: Command, deps: CliDeps): void {
  withDatabase(
    program
      .command('status')
      .description(
        'every connection: last run, verified through, freshness, quarantine, open writes',
      ),
    'headwater status',
  ).action(
    async (options: { db: string; json: boolean }) =>
      await onExistingStore(deps, options.db, async (store) => {
        const all = await Promise.all(
          (await listConnections(store)).map((connection) => statusOf(store, connection)),
        );
        if (options.json) return printJson(deps, all);
        if (all.length === 0)
          return deps.stdout(
            'no connection has been synced yet: `headwater sync run` makes the first run\n',
          );
        for (const status of all) {
          deps.stdout(
            heading(
              `${status.connection.id} (${status.connection.crm}, ${status.connection.orgName})`,
            ),
          );
          deps.stdout(
            `  last run ${status.lastRun === null ? 'never' : `${status.lastRun.id}: ${status.lastRun.state}${status.lastRun.dryRun ? ', dry run: nothing was written, and nothing of it is served' : ''}${status.lastRun.error === null ? '' : ` (${status.lastRun.error.split('\n')[0]})`}`}\n`,
          );
          if (status.lastRun?.dryRun === true)
            deps.stdout(
              `  served: ${status.servedRun === null ? 'nothing yet' : `run ${status.servedRun.id} as of ${instant(status.servedRun.asOfMs)}`}\n`,
            );
          if (status.lastRun?.resumeAtMs != null)
            deps.stdout(`  goes on at ${instant(status.lastRun.resumeAtMs)}\n`);
          deps.stdout(
            `  verified through ${instant(status.verifiedThroughMs)}; ${plural(status.quarantined, 'row')} in quarantine; ${plural(status.unsettledWrites, 'write')} with an unknown outcome\n`,
          );
          for (const paused of status.paused)
            deps.stdout(
              `  ! ${paused.object}${paused.field === null ? '' : `.${paused.field}`} since ${instant(paused.sinceMs)}: ${paused.message}\n`,
            );
          deps.stdout(
            table(
              [
                'object',
                'rows',
                'fields read through',
                'verified through',
                'links as of',
                'calculated as of',
                '',
              ],
              status.streams.map((stream) => [
                stream.object,
                whole(stream.rows),
                instant(stream.throughMs),
                instant(stream.verifiedMs),
                asOf(stream.associationsMs),
                asOf(stream.calculatedMs),
                stream.pausedMs === null ? '' : `paused since ${instant(stream.pausedMs)}`,
              ]),
              ['left', 'right'],
            ),
          );
        }
      }),
  );
}
