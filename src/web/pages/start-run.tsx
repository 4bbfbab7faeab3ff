import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useActions } from '../api/actions.ts';
import { connections, runsOf } from '../api/queries.ts';
import { Go } from '../parts/go.tsx';
import { Failure } from '../parts/states.tsx';
import { ago } from '../parts/format.ts';

/** Starts a run, and shows the one that is at work with a way to stop it. */
export function StartRun({
  connection,
  dryRun,
  label,
}: {
  connection: string;
  dryRun: boolean;
  label: string;
}): ReactNode {
  const { mayRun, start, stop } = useActions();
  const [error, setError] = useState<unknown>(null);
  const startable =
    useQuery(connections).data?.connections.find(({ id }) => id === connection)?.startable === true;
  const busy = useQuery(runsOf(connection)).data?.runs.find((run) => run.state === 'running');
  const attempt = (work: Promise<unknown>): void => {
    setError(null);
    work.catch(setError);
  };
  if (busy !== undefined)
    return (
      <p className="state busy" role="status">
        <span className="spinner" aria-hidden="true" />{' '}
        <Go to={[connection, 'runs', busy.id]}>A run</Go> is at work since {ago(busy.startedAt)}.{' '}
        {mayRun && (
          <button type="button" onClick={() => attempt(stop(busy.id))}>
            Stop it
          </button>
        )}
      </p>
    );
  if (!mayRun || !startable) return null;
  return (
    <>
      <p>
        <button type="button" onClick={() => attempt(start(connection, dryRun))}>
          {label}
        </button>
      </p>
      {error !== null && <Failure error={error} />}
    </>
  );
}
