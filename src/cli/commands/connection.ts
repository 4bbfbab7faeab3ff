import type { Command } from 'commander';
import { parseMapping } from '../../mapping/document/parse.ts';
import type { ConnectionCheck } from '../../model/connector.ts';
import {
  EXIT,
  onExistingStore,
  onSession,
  printJson,
  soleConnection,
  withConnection,
  withDatabase,
  type CommonOptions,
} from '../command.ts';
import { heldLease, releaseLease } from '../../store/lease.ts';
import { connectionChecks } from '../connection-checks.ts';
import { mappingTextOf } from '../connection-file.ts';
import type { CliDeps, SetExit } from '../deps.ts';
import { instant } from '../format.ts';
import { registerConnectionAdd } from './connection-add.ts';
import { registerForget } from './forget.ts';

export function registerConnection(connection: Command, deps: CliDeps, setExit: SetExit): void {
  registerConnectionAdd(connection, deps, setExit);
  withConnection(
    connection
      .command('check')
      .description('token, org, objects, permissions, budget: each step with its cure'),
    'headwater connection check --connection acme.yaml',
  ).action(
    async (options: CommonOptions) =>
      await onSession(deps, options, async (open) => {
        const checks = await connectionChecks(
          open.session,
          parseMapping(await mappingTextOf(open.connection)),
          open.connection.document.mapping,
        );
        const ok = checks.every((check) => check.ok);
        if (!ok) setExit(EXIT.failed);
        if (options.json)
          return printJson(deps, { connection: open.connection.document.id, ok, checks });
        for (const check of checks) deps.stdout(checkText(check));
      }),
  );
  registerRelease(connection, deps);
  registerForget(connection, deps);
}

function registerRelease(connection: Command, deps: CliDeps): void {
  withDatabase(
    connection
      .command('release')
      .description('takes the lease away from a run whose process is gone')
      .argument('[id]', 'where the database holds several'),
    'headwater connection release acme',
  ).action(
    async (id: string | undefined, options: { db: string; json: boolean }) =>
      await onExistingStore(deps, options.db, async (store) => {
        const connectionId = await soleConnection(store, id);
        const held = await heldLease(store, connectionId);
        if (held !== null) await releaseLease(store, connectionId);
        if (options.json) return printJson(deps, { connection: connectionId, released: held });
        deps.stdout(
          held === null
            ? `nobody has a lease on "${connectionId}"\n`
            : `the lease of run ${held.holder} on "${connectionId}", which would have ended at ${instant(held.expiresMs)}, is gone; if that process is alive after all, its next write fails as a whole\n`,
        );
      }),
  );
}

const checkText = ({ ok, name, detail, cure }: ConnectionCheck): string =>
  `${ok ? '✓' : '✗'} ${name}: ${detail}${cure === null ? '' : `\n    ${cure}`}\n`;
