import type { StreamSpec } from '../../model/mapping.ts';
import type { Gone } from '../../mapping/compile/gone.ts';
import type { Receipt } from '../../store/cursors.ts';
import { readableBeside } from '../read/beside.ts';
import { readDeleteLogs } from '../read/delete-logs.ts';
import { NONE_NAMED, pullHardDeletes, type DeletionStep } from '../read/deletions.ts';
import { readHints, type HintStep } from '../read/hints.ts';
import { isPaused, orPause, type PausedStep } from '../read/pause.ts';
import { pullResult, pullStream, type PullResult, type PullStep } from '../read/pull.ts';
import type { Brought } from '../read/reading.ts';
import { closeWindow } from '../read/receipts.ts';
import { refreshLinks, type LinksStep } from '../read/refresh-links.ts';
import { NO_TALLY, type Tally } from '../read/tally.ts';
import type { Connected } from './connect.ts';
import type { RunContext } from './context.ts';
import { runUntilDone, type Steps } from './steps.ts';

/** What a run tells of its reading, filled as the steps end. */
interface PullSummary {
  paused: Gone[];
  pulled: PullResult[];
  hardDeletes: number;
  heldDeletions: { object: string; rows: number }[];
  receipts: Receipt[];
}

interface Pass {
  full: boolean;
  deferred: boolean;
}

type On = <T>(
  object: string,
  work: (context: RunContext, stream: StreamSpec) => Promise<T>,
) => Promise<T | PausedStep>;

/** What the rest of a stream's way needs to know of its pass. */
interface Pulled {
  object: string;
  tally: Tally;
}

/**
 * Rows, hints, deletions and windows of all streams: every stream is read, then the delete logs of
 * all are asked for at once, then each window is closed. From the step on that finds something of a
 * stream gone, the rest of that stream waits for a later run.
 */
export async function pullFlow(
  steps: Steps,
  connected: Pick<Connected, 'streams' | 'counted'>,
  open: () => Promise<RunContext>,
  pass: Pass,
  summary: PullSummary,
): Promise<void> {
  const on: On = async (object, work) => {
    const context = await open();
    const stream = context.mapping.streams.find((each) => each.object === object)!;
    return await orPause(context, stream, async () => await work(context, stream));
  };
  const journey = { steps, on, summary, full: pass.full && !pass.deferred };
  const pulled: Pulled[] = [];
  // Rows that came with those of another stream are not read again.
  const beside = new Map<string, Brought[]>();
  for (const object of connected.streams) {
    const one = await readOne(journey, object, pass.deferred, beside);
    if (one === null) continue;
    const counted = connected.counted[object] ?? null;
    if (!(await linksOf(journey, object, pass.deferred, counted))) pulled.push(one);
  }
  const logs = await steps.run('delete logs', async () =>
    readDeleteLogs(
      await open(),
      pulled.map(({ object }) => object),
      journey.full,
    ),
  );
  summary.paused.push(...logs.paused);
  for (const one of pulled) {
    if (logs.paused.some(({ object }) => object === one.object)) continue;
    const gone = logs.told[one.object];
    summary.hardDeletes += gone ?? 0;
    if (gone === undefined && (await findGone(journey, one))) continue;
    await close(journey, one, connected.counted[one.object] ?? null);
  }
}

interface Journey {
  steps: Steps;
  on: On;
  summary: PullSummary;
  full: boolean;
}

function stopped(summary: PullSummary, step: object | null | undefined): step is PausedStep {
  if (isPaused(step)) summary.paused.push(...step.paused);
  return isPaused(step);
}

/** null: the stream is paused. */
async function readOne(
  journey: Journey,
  object: string,
  deferred: boolean,
  beside: Map<string, Brought[]>,
): Promise<Pulled | null> {
  const { steps, on, summary, full } = journey;
  let brought = beside.get(object);
  if (brought === undefined) {
    const pulled = await runUntilDone<PullStep | PausedStep>(
      steps,
      `pull ${object}`,
      async (previous) =>
        await on(object, async (context, stream) =>
          pullStream(
            context,
            stream,
            { full, deferred, beside: await readableBeside(context, stream) },
            isPaused(previous) ? null : previous,
          ),
        ),
    );
    const read = pulled.filter((step): step is PullStep => !isPaused(step));
    if (read.length > 0) summary.pulled.push(pullResult(object, read));
    if (stopped(summary, pulled.at(-1))) return null;
    for (const step of read)
      for (const [other, one] of Object.entries(step.beside ?? {}))
        beside.set(other, [...(beside.get(other) ?? []), one]);
    brought = read;
  } else summary.pulled.push(pullResult(object, brought));
  const hinted = await runUntilDone<HintStep | PausedStep>(
    steps,
    `hints ${object}`,
    async (previous) =>
      await on(object, (context, stream) =>
        readHints(context, stream, isPaused(previous) ? null : previous),
      ),
  );
  const named = hinted.findLast((step): step is HintStep => !isPaused(step))?.named ?? NONE_NAMED;
  summary.hardDeletes += named.gone;
  if (named.held > 0) summary.heldDeletions.push({ object, rows: named.held });
  if (stopped(summary, hinted.at(-1))) return null;
  return { object, tally: brought.at(-1)?.tally ?? NO_TALLY };
}

/** Links that are read apart from their records; true: the stream is paused. */
async function linksOf(
  { steps, on, summary }: Journey,
  object: string,
  deferred: boolean,
  counted: Connected['counted'][string] | null,
): Promise<boolean> {
  const read = await runUntilDone<LinksStep | PausedStep>(
    steps,
    `links ${object}`,
    async (previous) =>
      await on(object, (context, stream) =>
        refreshLinks(context, stream, deferred, isPaused(previous) ? null : previous, counted),
      ),
  );
  const last = read.at(-1)!;
  if (stopped(summary, last)) return true;
  summary.hardDeletes += last.gone;
  summary.heldDeletions.push(...last.held);
  const pulled = summary.pulled.find((each) => each.object === object);
  if (pulled !== undefined) pulled.changed += last.changed;
  return false;
}

/** What no delete log tells; true: the stream is paused. */
async function findGone(
  { steps, on, summary, full }: Journey,
  { object, tally }: Pulled,
): Promise<boolean> {
  const deletions = (
    await runUntilDone<DeletionStep | PausedStep>(
      steps,
      `deletions ${object}`,
      async (previous) =>
        await on(object, (context, stream) =>
          pullHardDeletes(
            context,
            stream,
            full,
            isPaused(previous) ? null : previous,
            tally.enumeration,
          ),
        ),
    )
  ).at(-1)!;
  if (stopped(summary, deletions)) return true;
  summary.hardDeletes += deletions.gone;
  if (deletions.held > 0) summary.heldDeletions.push({ object, rows: deletions.held });
  return false;
}

async function close(
  { steps, on, summary }: Journey,
  { object, tally }: Pulled,
  counted: Connected['counted'][string] | null,
): Promise<void> {
  const receipt = await steps.run(
    `close window ${object}`,
    async () =>
      await on(object, (context, stream) => closeWindow(context, stream, tally.window, counted)),
  );
  if (!stopped(summary, receipt) && receipt !== null) summary.receipts.push(receipt);
}
