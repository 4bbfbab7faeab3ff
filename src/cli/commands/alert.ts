import type { Command } from 'commander';
import { ALERT_STATES, type AlertChannel, type AlertFate } from '../../model/alert.ts';
import { HeadwaterError } from '../../model/error.ts';
import { speechOf } from '../../predict/index.ts';
import { namesOfSubjects } from '../../store/alert-names.ts';
import { listAlerts, muteAlerts, mutesAt, reviveAlerts } from '../../store/alerts.ts';
import type { Store } from '../../store/store.ts';
import { previewAlerts } from '../../sync/alert/preview.ts';
import { testChannel } from '../../sync/alert/test-channel.ts';
import { planSettings } from '../../sync/measure/plan-import.ts';
import { alertsText, previewText } from '../alert-text.ts';
import { channelDeps } from '../alerts.ts';
import {
  count,
  EXIT,
  onExistingStore,
  onStore,
  printJson,
  soleConnection,
  usage,
  withConnection,
  withDatabase,
  type CommonOptions,
} from '../command.ts';
import { loadConnection } from '../connection-file.ts';
import type { CliDeps, SetExit } from '../deps.ts';
import { instant, plural, printable } from '../format.ts';
import { DAY_MS } from '../../model/time.ts';

interface Options {
  db: string;
  json: boolean;
  connectionId?: string;
}

const SHOWN = 50;
const FORTNIGHT_DAYS = 14;

export function registerAlert(alert: Command, deps: CliDeps, setExit: SetExit): void {
  const on = (name: string, about: string, example: string): Command =>
    withDatabase(alert.command(name).description(about), example).option(
      '--connection-id <id>',
      'where the database holds several',
    );
  on(
    'list',
    'alerts, the newest first, and what became of each',
    'headwater alert list --state dead',
  )
    .option('--state <queued|sent|dead>', 'only these', fate)
    .option('--top <n>', 'how many', count('--top', 1, 1000), SHOWN)
    .action(async (options: Options & { state?: AlertFate; top: number }) => {
      await inStore(deps, options, async (store, id) => await list(deps, store, id, options));
    });
  on(
    'preview',
    'what the rules would have told over the last quarter, owner by owner',
    'headwater alert preview',
  ).action(async (options: Options) => {
    await inStore(deps, options, async (store, id) => {
      const preview = await previewAlerts(store, id);
      if (options.json) return printJson(deps, preview);
      deps.stdout(previewText(preview));
    });
  });
  on('retry', 'put dead letters back in the queue', 'headwater alert retry --channel crew')
    .option('--channel <name>', 'of this channel only')
    .action(async (options: Options & { channel?: string }) => {
      await inStore(deps, options, async (store, id) => {
        await reviveAlerts(store, id, options.channel ?? null, deps.nowMs());
        deps.stdout('they go with the next run\n');
      });
    });
  registerMute(on, deps);
  registerTest(alert, deps, setExit);
}

const inStore = async (
  deps: CliDeps,
  options: Options,
  work: (store: Store, connectionId: string) => Promise<void>,
): Promise<void> =>
  await onExistingStore(
    deps,
    options.db,
    async (store) => await work(store, await soleConnection(store, options.connectionId)),
  );

function fate(text: string): AlertFate {
  const found = ALERT_STATES.find((one) => one === text);
  if (found === undefined) throw usage(`--state takes ${ALERT_STATES.join(', ')}, not "${text}"`);
  return found;
}

async function list(
  deps: CliDeps,
  store: Store,
  id: string,
  options: Options & { state?: AlertFate; top: number },
): Promise<void> {
  const page = { skip: 0, limit: options.top };
  const found = await listAlerts(store, id, options.state ?? null, page);
  const mutes = await mutesAt(store, id, deps.nowMs());
  if (options.json) return printJson(deps, { alerts: found, mutes });
  const settings = await planSettings(store, id);
  const speech = speechOf({ ...settings, asOfMs: deps.nowMs() });
  const names = await namesOfSubjects(
    store,
    id,
    found.map(({ subject }) => subject),
  );
  deps.stdout(alertsText(found, names, speech));
  for (const { what, untilMs, by, why } of mutes)
    deps.stdout(
      `muted until ${instant(untilMs)}: ${printable(what)}, by ${printable(by)} (${printable(why)})\n`,
    );
}

interface Mute extends Options {
  rule?: string;
  partner?: string;
  deal?: string;
  days: number;
  by: string;
  why: string;
}

function registerMute(
  on: (name: string, about: string, example: string) => Command,
  deps: CliDeps,
): void {
  on(
    'mute',
    'let a rule, a partner or a deal tell nobody for a while',
    'headwater alert mute --partner 0015g00 --days 30 --by "Kim Ode" --why "in talks"',
  )
    .option('--rule <id>', 'a rule of the mapping')
    .option('--partner <id>', 'CRM id of a partner')
    .option('--deal <id>', 'CRM id of a deal')
    .option('--days <n>', 'for how long; 0 ends it', count('--days', 0, 365), FORTNIGHT_DAYS)
    .requiredOption('--by <name>', 'who decided')
    .requiredOption('--why <reason>', 'why')
    .action(async (options: Mute) => {
      const named = (['rule', 'partner', 'deal'] as const).flatMap((kind) =>
        options[kind] === undefined ? [] : [{ kind, id: options[kind] }],
      );
      const [one] = named;
      if (named.length !== 1 || one === undefined)
        throw usage('alert mute needs one of --rule, --partner and --deal');
      await inStore(deps, options, async (store, id) => {
        await demandKnown(store, id, one);
        const what = `${one.kind}:${one.id}`;
        const untilMs = deps.nowMs() + options.days * DAY_MS;
        await muteAlerts(store, id, { what, untilMs, by: options.by, why: options.why });
        if (options.json) return printJson(deps, { what, until: new Date(untilMs).toISOString() });
        deps.stdout(`${printable(what)} is muted until ${instant(untilMs)}\n`);
      });
    });
}

/** A mistyped name would mute nothing, and nobody would notice. */
async function demandKnown(
  store: Store,
  connectionId: string,
  { kind, id }: { kind: string; id: string },
): Promise<void> {
  const { alerts } = await planSettings(store, connectionId);
  const known =
    kind === 'rule'
      ? (alerts?.rules ?? []).some((rule) => rule.id === id)
      : (await namesOfSubjects(store, connectionId, [`${kind}:${id}`])).size > 0;
  if (known) return;
  throw new HeadwaterError('config', `there is no ${kind} "${id}"`, {
    cure:
      kind === 'rule'
        ? `Rules of the mapping: ${alerts?.rules.map((rule) => rule.id).join(', ') || 'none'}.`
        : 'Give its CRM id.',
  });
}

function registerTest(alert: Command, deps: CliDeps, setExit: SetExit): void {
  withConnection(
    alert.command('test').description('send a test by one channel, or by each'),
    'headwater alert test --channel crew --to ada@acme.com',
  )
    .option('--channel <name>', 'of the connection document; each when left out')
    .option('--to <address>', 'for channels that send mail')
    .action(async (options: Test) => await tryChannels(deps, options, setExit));
}

interface Test extends CommonOptions {
  channel?: string;
  to?: string;
}

/** The channels to try. Errors: `config` where there is none of that name. */
function channelsAsked(
  all: Record<string, AlertChannel>,
  asked: string | undefined,
): [name: string, channel: AlertChannel][] {
  const found = Object.entries(all).filter(([name]) => asked === undefined || name === asked);
  if (found.length > 0) return found;
  throw new HeadwaterError(
    'config',
    asked === undefined
      ? 'the connection document has no channels'
      : `the connection document has no channel ${asked}`,
    { cure: `It has: ${Object.keys(all).join(', ') || 'none; see docs/alerts.md'}.` },
  );
}

async function tryChannels(deps: CliDeps, options: Test, setExit: SetExit): Promise<void> {
  const connection = await loadConnection(deps, options.connection);
  const asked = channelsAsked(connection.document.alerts?.channels ?? {}, options.channel);
  const results = [];
  const outward = channelDeps(deps, connection, (work) => onStore(deps, options.db, work));
  for (const [name, channel] of asked) {
    const sent = await testChannel(channel, options.to ?? null, outward);
    results.push({ channel: name, ok: sent.ok, error: sent.ok ? null : sent.error });
  }
  if (results.some(({ ok }) => !ok)) setExit(EXIT.failed);
  if (options.json) return printJson(deps, results);
  for (const { channel, ok, error } of results)
    deps.stdout(`  ${ok ? '✓' : '✗'} ${channel}${ok ? '' : `: ${printable(error ?? '', 200)}`}\n`);
  deps.stdout(`${plural(results.filter(({ ok }) => ok).length, 'channel')} took it\n`);
}
