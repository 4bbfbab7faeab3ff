import { and, desc, eq, gte, isNotNull, ne, sql } from 'drizzle-orm';
import type { ErrorKind } from '../model/error.ts';
import { runs } from './schema.ts';
import type { Store } from './store.ts';

/** Why a run ended early, as its summary keeps it beside the words of `error`. */
export interface RunFailure {
  kind: ErrorKind;
  code: string | null;
  cure: string | null;
}

/** Runs that ended early for the same reason. */
export interface FailureGroup {
  /** null = its process died, or it was ended by an older version. */
  kind: ErrorKind | null;
  code: string | null;
  cure: string | null;
  /** The words of the last of them. */
  message: string;
  runs: number;
  lastRun: string;
  lastMs: number;
}

/** More than a schedule of every few minutes brings in a week. */
const MAX_RUNS = 5000;

/** Why runs have ended early since then, by reason, the latest first. */
export async function failureGroups(
  store: Store,
  connectionId: string,
  sinceMs: number,
): Promise<FailureGroup[]> {
  const { id, startedMs, error } = runs;
  // A summary is long, and nothing else of it is wanted.
  const kept = sql<string | null>`json_extract(${runs.summary}, '$.failure')`;
  const found = await store.db
    .select({ id, startedMs, error, kept })
    .from(runs)
    .where(
      and(
        eq(runs.connectionId, connectionId),
        gte(runs.startedMs, sinceMs),
        isNotNull(runs.error),
        ne(runs.state, 'stopped'),
      ),
    )
    .orderBy(desc(startedMs), desc(id))
    .limit(MAX_RUNS);
  const groups = new Map<string, FailureGroup>();
  for (const one of found) {
    const message = one.error ?? '';
    const failure =
      one.kept === null
        ? { kind: null, code: null, cure: null }
        : (JSON.parse(one.kept) as RunFailure);
    // Messages name records and times; what went wrong is the same where kind and code are.
    const key = failure.code === null ? `${failure.kind}/${message}` : JSON.stringify(failure);
    const group = groups.get(key);
    if (group === undefined)
      groups.set(key, { ...failure, message, runs: 1, lastRun: one.id, lastMs: one.startedMs });
    else group.runs++;
  }
  return [...groups.values()];
}
