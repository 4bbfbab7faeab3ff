import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { extname, join } from 'node:path';
import type { AppDeps, RunRequest } from '../../http/api/deps.ts';
import { HeadwaterError } from '../../model/error.ts';
import { heldLease } from '../../store/lease.ts';
import type { RunPart } from '../../store/plan-filter.ts';
import { findRun, unfinishedRun } from '../../store/runs.ts';
import type { Store } from '../../store/store.ts';
import type { ServedDocuments } from './served-documents.ts';

export interface ChildRuns extends Required<Pick<AppDeps, 'startRun' | 'stopRun'>> {
  /** Asks all of them to stop, and waits until they have. */
  close(): Promise<void>;
}

const ENTRY = join(import.meta.dirname, `node${extname(import.meta.filename)}`);
const LOOK_EVERY_MS = 50;
/** A run not recorded by then is reported under the id it is going to have. */
const RECORDED_WITHIN_MS = 20_000;
/** A process whose run has ended closes its database and is gone, even on a busy machine. */
const LEAVES_WITHIN_MS = 10_000;

/**
 * Runs as processes of their own: a run works for seconds without a pause, and what it breaks must
 * not take the service along. `SIGTERM` ends one after its step, as a shell would.
 */
export function childRuns(
  { store, database, log }: { store: Store; database: string; log: AppDeps['log'] },
  documents: ServedDocuments,
  around: { env: Record<string, string | undefined>; cwd: string; nowMs: () => number },
): ChildRuns {
  const working = new Map<string, Child & { connectionId: string }>();
  /** Errors: `config` LEASED. A process would find out too, some seconds later. */
  const noneAtWork = async (connectionId: string): Promise<void> => {
    for (const [id, child] of working)
      if (child.connectionId === connectionId && !(await leaves(store, id, child)))
        throw atWork(connectionId, id);
  };
  return {
    startRun: async (_, connectionId, request) => {
      const file = await documents.fileOf(connectionId);
      if (file === null)
        throw new HeadwaterError(
          'config',
          `no document of connection "${connectionId}" is served`,
          { code: 'NO_DOCUMENT', cure: 'Start with `headwater serve --connection <file>`.' },
        );
      await noneAtWork(connectionId);
      const id = `${new Date(around.nowMs()).toISOString().slice(0, 19).replace(/[-:]/g, '')}-${randomBytes(3).toString('hex')}`;
      const child = startChild([...wordsOf(request), '-c', file, '--db', database, '--json'], {
        ...around,
        env: { ...around.env, HEADWATER_RUN_ID: id },
      });
      const held: Child & { connectionId: string } = { ...child, connectionId };
      working.set(id, held);
      void child.ended.then(({ code }) => {
        working.delete(id);
        log('run ended', { run: id, connection: connectionId, code });
      });
      held.recordedAs = await recorded(store, connectionId, id, child);
      return { id: held.recordedAs, started: true };
    },
    stopRun: async (_, run) => {
      const lease = await heldLease(store, run.connectionId);
      const child = working.get(run.id) ?? working.get(lease?.holder ?? '');
      return child?.process.kill('SIGTERM') ?? false;
    },
    close: async () => {
      for (const child of working.values()) child.process.kill('SIGTERM');
      await Promise.all([...working.values()].map((child) => child.ended));
    },
  };
}

/**
 * Whether a process whose run has ended is gone, or goes while we wait: it is seen to have ended
 * before it has given the lease back, and whoever saw it may begin the next run.
 */
async function leaves(store: Store, id: string, child: Child): Promise<boolean> {
  const run = await findRun(store, child.recordedAs ?? id);
  if (run === null || run.state === 'running') return false;
  return await Promise.race([
    child.ended.then(() => true),
    new Promise<boolean>((resolve) => setTimeout(resolve, LEAVES_WITHIN_MS, false)),
  ]);
}

const atWork = (connectionId: string, run: string): HeadwaterError =>
  new HeadwaterError('config', `run ${run} is at work on connection "${connectionId}"`, {
    code: 'LEASED',
    cure: 'Wait for it, or stop it.',
  });

interface Child {
  process: ChildProcess;
  ended: Promise<{ code: number | null; stdout: string }>;
  /** Its run, where that is a dead one that it took up. */
  recordedAs?: string;
}

function startChild(
  args: string[],
  { env, cwd }: { env: Record<string, string | undefined>; cwd: string },
): Child {
  const child = spawn(process.execPath, [ENTRY, ...args], {
    cwd,
    env: env as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let stdout = '';
  child.stdout.on('data', (data: Buffer) => {
    stdout += data.toString();
  });
  const ended = new Promise<{ code: number | null; stdout: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout }));
    child.once('error', () => resolve({ code: null, stdout }));
  });
  return { process: child, ended };
}

const partWords = (only: RunPart): string[] => [
  ...(only.object === null ? [] : ['--object', only.object]),
  ...(only.partners ?? []).flatMap((partner) => ['--partner', partner]),
  ...(only.fields ?? []).flatMap((field) => ['--field', field]),
  ...(only.ownerId === null ? [] : ['--owner', only.ownerId]),
  ...(only.name === null ? [] : ['--name', only.name]),
  ...(only.minMove === null ? [] : ['--min-move', String(only.minMove)]),
  ...(only.firstWrite ? ['--first-write'] : []),
  ...(only.signChange ? ['--sign-change'] : []),
];

/** The command line of a request. */
function wordsOf({ kind, sourceId, dryRun, full, only }: RunRequest): string[] {
  const part = [...(only === null ? [] : partWords(only))];
  const dry = dryRun ? ['--dry-run'] : [];
  if (kind === 'sync') return ['sync', 'run', ...dry, ...(full ? ['--full'] : [])];
  return ['run', kind, sourceId ?? '', ...part, ...(kind === 'undo' ? dry : [])];
}

/**
 * The id under which the run is recorded: its own, or that of the dead run that it took up. Errors:
 * what the process ended with before it could record anything.
 */
async function recorded(
  store: Store,
  connectionId: string,
  id: string,
  child: Child,
): Promise<string> {
  let over: { code: number | null; stdout: string } | null = null;
  void child.ended.then((end) => {
    over = end;
  });
  for (let waited = 0; waited < RECORDED_WITHIN_MS; waited += LOOK_EVERY_MS) {
    if ((await findRun(store, id)) !== null) return id;
    if ((await heldLease(store, connectionId))?.holder === id) {
      const taken = await unfinishedRun(store, connectionId);
      if (taken !== null) return taken.id;
    }
    if (over !== null) throw failureOf(over);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return id;
}

function failureOf({ code, stdout }: { code: number | null; stdout: string }): HeadwaterError {
  const told = jsonOf(stdout).error;
  // Whoever asks is answered at once, so every kind of failure is one of the request.
  return new HeadwaterError('config', told?.message ?? `the run ended at once (exit ${code})`, {
    code: told?.code ?? 'RUN',
    ...(told?.cure == null ? {} : { cure: told.cure }),
  });
}

function jsonOf(text: string): {
  error?: { message: string; code: string | null; cure: string | null };
} {
  try {
    return JSON.parse(text) as ReturnType<typeof jsonOf>;
  } catch {
    return {};
  }
}
