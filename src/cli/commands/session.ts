import { Option, type Command } from 'commander';
import { ROLES, type Role } from '../../model/api-token.ts';
import { HeadwaterError } from '../../model/error.ts';
import { endWebSession, listWebSessions, newSignInLink } from '../../store/web-sessions.ts';
import { onExistingStore, printJson, usage, withDatabase } from '../command.ts';
import type { CliDeps } from '../deps.ts';
import { instant, plural, table } from '../format.ts';

interface Options {
  db: string;
  json: boolean;
}
/** Enough of a hash to name a session among those of one company. */
const ID_CHARS = 12;

export function registerSession(session: Command, deps: CliDeps): void {
  withDatabase(
    session.command('link').description('a link that signs somebody in, once'),
    'headwater session link --name ann --role viewer',
  )
    .requiredOption('--name <name>', 'who it is for')
    .addOption(
      new Option('--role <role>', 'what they may do').choices(Object.keys(ROLES)).default('viewer'),
    )
    .option('--url <address>', 'address of the service', 'http://127.0.0.1:8788')
    .action(
      async ({ db, json, name, role, url }: Options & { name: string; role: Role; url: string }) =>
        onExistingStore(deps, db, async (store) => {
          const token = await newSignInLink(store, { name, scopes: ROLES[role] }, deps.nowMs());
          const link = `${url.replace(/\/+$/, '')}/sign-in?token=${token}`;
          if (json) return printJson(deps, { link });
          deps.stdout(`${link}\n`);
        }),
    );
  withDatabase(
    session.command('list').description('the sessions and links that are good'),
    'headwater session list',
  ).action(async ({ db, json }: Options) =>
    onExistingStore(deps, db, async (store) => {
      const all = await listWebSessions(store, deps.nowMs());
      const shown = all.map(({ hash, ...rest }) => ({ id: hash.slice(0, ID_CHARS), ...rest }));
      if (json) return printJson(deps, shown);
      if (shown.length === 0) return deps.stdout('nobody is signed in\n');
      const rows = shown.map((one) => [
        ...[one.id, one.kind, one.name, one.scopes.join(' ')],
        instant(one.madeMs),
        instant(one.expiresMs),
      ]);
      deps.stdout(table(['id', 'kind', 'name', 'scopes', 'since', 'good until'], rows));
    }),
  );
  withDatabase(
    session
      .command('revoke')
      .description('end a session or a link at once')
      .argument('[id]', 'as `session list` shows it')
      .option('--all', 'all of them', false),
    'headwater session revoke --all',
  ).action(async (id: string | undefined, { db, json, all }: Options & { all: boolean }) => {
    if ((id === undefined) !== all) throw usage('name a session, or give --all');
    await onExistingStore(deps, db, async (store) => {
      const found = (await listWebSessions(store, deps.nowMs())).filter(
        ({ hash }) => all || hash.slice(0, ID_CHARS) === id,
      );
      if (!all && found.length === 0)
        throw new HeadwaterError('config', `there is no session ${id}`, {
          cure: '`headwater session list` names them.',
        });
      for (const { hash } of found) await endWebSession(store, hash, deps.nowMs());
      if (json) return printJson(deps, { ended: found.length });
      deps.stdout(`${plural(found.length, 'session')} ended\n`);
    });
  });
}
