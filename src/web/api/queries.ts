import { queryOptions } from '@tanstack/react-query';
import { get } from './client.ts';
import { retryUnreached } from './retry.ts';
import { isYetToBegin } from './started-runs.ts';

/** A page looks again while it is open, and more often while a run is at work. */
const LOOK_MS = 30_000;
const BUSY_MS = 1_500;

/** How soon runs are looked at again: often while one of them is at work. */
export const lookAgain = (runs: readonly { state: string }[] = []): number =>
  runs.some(({ state }) => state === 'running') ? BUSY_MS : LOOK_MS;

export const session = queryOptions({
  queryKey: ['session'],
  queryFn: () => get('/v1/session'),
  staleTime: LOOK_MS,
});

export const connections = queryOptions({
  queryKey: ['connections'],
  queryFn: () => get('/v1/connections'),
  staleTime: LOOK_MS,
});

export const status = queryOptions({
  queryKey: ['status'],
  queryFn: () => get('/v1/status'),
  refetchInterval: LOOK_MS,
});

export const runsOf = (connection: string) =>
  queryOptions({
    queryKey: ['runs', connection],
    queryFn: () => get('/v1/runs', {}, { connection, limit: 5 }),
    refetchInterval: ({ state }) => lookAgain(state.data?.runs),
  });

export const runOf = (run: string) =>
  queryOptions({
    queryKey: ['run', run],
    queryFn: () => get('/v1/runs/{id}', { id: run }),
    retry: (count, error) => isYetToBegin(run, error) || retryUnreached(count, error),
    retryDelay: BUSY_MS,
    refetchInterval: ({ state }) => lookAgain(state.data && [state.data.run]),
  });
