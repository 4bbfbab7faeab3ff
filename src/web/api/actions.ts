import { useQuery, useQueryClient } from '@tanstack/react-query';
import { post } from './client.ts';
import type { Operations } from './operations.gen.ts';
import { session } from './queries.ts';
import { noteStarted } from './started-runs.ts';

/** A part of a run's writes; nothing named = all of it. */
export type Part = Partial<Operations['post /v1/runs/{id}/apply']['body']>;

/** What the reader may start, and what it starts; afterwards every page looks again. */
export function useActions(): {
  mayRun: boolean;
  start: (connection: string, dryRun: boolean) => Promise<string>;
  stop: (run: string) => Promise<void>;
  apply: (run: string, part: Part) => Promise<string>;
  undo: (run: string, part: Part, dryRun: boolean) => Promise<string>;
  reject: (run: string, part: Part) => Promise<void>;
  retry: (connection: string, id?: string) => Promise<number>;
} {
  const client = useQueryClient();
  const scopes = useQuery(session).data?.scopes ?? [];
  const then = async <T>(asked: Promise<T>): Promise<T> => {
    const answer = await asked;
    await client.invalidateQueries();
    return answer;
  };
  /** Whoever started a run is led to it at once; the other pages look again meanwhile. */
  const begun = async (asked: Promise<{ id: string }>): Promise<string> => {
    const { id } = await asked;
    noteStarted(id);
    void client.invalidateQueries();
    return id;
  };
  return {
    mayRun: scopes.includes('run'),
    start: async (connection, dryRun) =>
      await begun(post('/v1/connections/{id}/runs', { id: connection }, { dryRun })),
    stop: async (id) => void (await then(post('/v1/runs/{id}/stop', { id }, {}))),
    apply: async (id, part) => await begun(post('/v1/runs/{id}/apply', { id }, part)),
    undo: async (id, part, dryRun) =>
      await begun(post('/v1/runs/{id}/undo', { id }, { ...part, dryRun })),
    reject: async (id, part) => void (await then(post('/v1/runs/{id}/reject', { id }, part))),
    retry: async (connection, id) =>
      (await then(post('/v1/connections/{id}/quarantine/retry', { id: connection }, { id }))).rows,
  };
}
