import { queryOptions } from '@tanstack/react-query';
import { get } from './client.ts';
import { retryUnreached } from './retry.ts';
import { isYetToBegin } from './started-runs.ts';

/** A page looks again while it is open, and more often while a run is at work. */
const LOOK_MS = 30_000;
const BUSY_MS = 1_500;

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
    queryFn: () => get('/v1/runs', {}, { connection, limit: 50 }),
    refetchInterval: ({ state }) =>
      state.data?.runs.some((run) => run.state === 'running') === true ? BUSY_MS : LOOK_MS,
  });

export const runOf = (run: string) =>
  queryOptions({
    queryKey: ['run', run],
    queryFn: () => get('/v1/runs/{id}', { id: run }),
    retry: (count, error) => isYetToBegin(run, error) || retryUnreached(count, error),
    retryDelay: BUSY_MS,
    refetchInterval: ({ state }) => (state.data?.run.state === 'running' ? BUSY_MS : LOOK_MS),
  });
