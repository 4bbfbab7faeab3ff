import type { Command } from 'commander';
import { listConnections, statusOf, type ConnectionStatus } from '../../store/status.ts';
import { creditText, type Credit } from '../credit-text.ts';
import { onLookedAtStore, printJson, withDatabase } from '../command.ts';
import type { CliDeps } from '../deps.ts';
import { sayOf } from '../own-words.ts';
import { shadowText } from '../summary-text.ts';
import { eitherLine } from '../../predict/record/sentences.ts';
import { heading, instant, plural, printable, table, whole } from '../format.ts';

const asOf = (ms: number | null): string => (ms === null ? '-' : instant(ms));

export function registerStatus(status: Command, deps: CliDeps): void {
  withDatabase(status, 'headwater status').action(
    async (options: { db: string; json: boolean }) =>
      await onLookedAtStore(deps, options.db, async (store) => {
        const all = await Promise.all(
          (await listConnections(store)).map((connection) => statusOf(store, connection)),
        );
        if (options.json) return printJson(deps, all);
        if (all.length === 0)
          return deps.stdout(
            'no connection has been synced yet: `headwater sync run` makes the first run\n',
          );
        for (const status of all)
          (await sayOf(deps, store, status.connection.id))(statusText(status));
      }),
  );
}

function statusText(status: ConnectionStatus): string {
  const { connection, lastRun } = status;
  const lines = [
    `last run ${lastRun === null ? 'never' : runText(lastRun)}`,
    ...(lastRun?.dryRun === true ? [`served: ${servedText(status)}`] : []),
    ...(lastRun?.resumeAtMs == null ? [] : [`goes on at ${instant(lastRun.resumeAtMs)}`]),
    ...(lastRun === null ? [] : [callsText(lastRun)]),
    `verified through ${instant(status.verifiedThroughMs)}; ${plural(status.quarantined, 'row')} in quarantine; ${plural(status.unsettledWrites, 'write')} with an unknown outcome`,
    `track record: ${recordOf(status)}`,
    ...(status.shadow === null ? [] : [shadowText(status.shadow)]),
    ...evidenceText(status.evidence),
    ...status.paused.map(
      ({ object, field, sinceMs, message }) =>
        `! ${object}${field === null ? '' : `.${field}`} since ${instant(sinceMs)}: ${message}`,
    ),
    ...status.findings.map(
      ({ object, id, message }) => `! ${printable(`${object} ${id}: ${message}`, 600)}`,
    ),
  ];
  return [
    heading(`${connection.id} (${connection.crm}, ${connection.orgName})`),
    ...lines.map((line) => `  ${line}\n`),
    streamTable(status),
  ].join('');
}

/** What the last run took of the CRM's day. */
const callsText = ({ calls, callsLeft }: NonNullable<ConnectionStatus['lastRun']>): string =>
  `${plural(calls, 'call')} used${callsLeft === null ? '' : `; ${whole(callsLeft)} were left above the quota floor when it began`}`;

/** One line, or what is waited for. */
function recordOf({ trackRecord, replayedRecord }: ConnectionStatus): string {
  const line = eitherLine(trackRecord, replayedRecord);
  if (line !== null) return line;
  return trackRecord === null || trackRecord.nextDueMs === null
    ? 'nothing that was said has ended yet'
    : `nothing that was said has ended yet; the first ends at ${instant(trackRecord.nextDueMs)}`;
}

/** What the served scores rest on, and how the served credit adds up. */
function evidenceText(evidence: ConnectionStatus['evidence']): string[] {
  const { standings, credit } = evidence ?? { standings: null, credit: null };
  return [
    ...(standings === null
      ? []
      : [
          `open deals: ${whole(standings.proven)} proven, ${whole(standings.half)} half proven (nobody knows by whom), ${whole(standings.unproven)} unproven, ${whole(standings.silent)} silent`,
        ]),
    ...(credit === null
      ? []
      : creditText(credit as unknown as Credit)
          .trimEnd()
          .split('\n')
          .map((line, n) => `${n === 0 ? 'credit: ' : ''}${line.trim()}`)),
  ];
}

function runText({ id, state, dryRun, error }: NonNullable<ConnectionStatus['lastRun']>): string {
  const dry = dryRun ? ', dry run: nothing was written, and nothing of it is served' : '';
  return `${id}: ${state}${dry}${error === null ? '' : ` (${error.split('\n')[0]})`}`;
}

const servedText = ({ servedRun }: ConnectionStatus): string =>
  servedRun === null ? 'nothing yet' : `run ${servedRun.id} as of ${instant(servedRun.asOfMs)}`;

const COLUMNS = [
  'object',
  'rows',
  'fields read through',
  'verified through',
  'links as of',
  'calculated as of',
  '',
];

const streamTable = ({ streams }: ConnectionStatus): string =>
  table(
    COLUMNS,
    streams.map((stream) => [
      stream.object,
      whole(stream.rows),
      instant(stream.throughMs),
      instant(stream.verifiedMs),
      asOf(stream.associationsMs),
      asOf(stream.calculatedMs),
      stream.pausedMs === null ? '' : `paused since ${instant(stream.pausedMs)}`,
    ]),
    ['left', 'right'],
  );
