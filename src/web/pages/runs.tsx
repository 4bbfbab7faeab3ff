import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { AnswerOf } from '../api/client.ts';
import { status } from '../api/queries.ts';
import { ago, moment, plural, whole } from '../parts/format.ts';
import { usePlace } from '../parts/place.ts';
import { Empty, Loaded } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { Title } from '../parts/title.tsx';
import { Quarantine } from './quarantine.tsx';
import { RunFailures } from './run-failures.tsx';
import { Runs } from './run-list.tsx';
import { StartRun } from './start-run.tsx';

type State = AnswerOf<'/v1/status'>['connections'][number];
type Stream = State['streams'][number];

/** Whether it runs, how fresh what it knows is, and what is held back. */
export function RunsPage(): ReactNode {
  const { connection } = usePlace();
  return (
    <>
      <Title of="Runs and health" />
      <StartRun connection={connection} dryRun={false} label="Run now" />
      <Loaded of={useQuery(status)} what="the state">
        {({ connections }) => {
          const state = connections.find((one) => one.id === connection);
          return state === undefined ? <Empty>It has not run yet.</Empty> : <Health {...state} />;
        }}
      </Loaded>
      <section aria-labelledby="runs">
        <h2 id="runs">Runs</h2>
        <Runs connection={connection} />
      </section>
      <RunFailures connection={connection} />
      <Quarantine connection={connection} />
    </>
  );
}

const STREAMS: Column<Stream>[] = [
  { id: 'object', header: 'Object', cell: (row) => row.object },
  { id: 'rows', header: 'Rows', kind: 'number', cell: (row) => whole(row.rows) },
  {
    id: 'verified',
    header: 'Verified through',
    cell: (row) => (row.verifiedThrough === null ? 'not verified' : moment(row.verifiedThrough)),
  },
  { id: 'read', header: 'Read through', cell: (row) => moment(row.readThrough) },
  {
    id: 'paused',
    header: 'State',
    cell: (row) => (row.pausedSince === null ? 'read' : `paused since ${moment(row.pausedSince)}`),
  },
];

function Health(state: State): ReactNode {
  const { schedule } = state;
  return (
    <>
      <dl className="facts">
        <div>
          <dt>Everything verified through</dt>
          <dd>{state.verifiedThrough === null ? 'not yet' : moment(state.verifiedThrough)}</dd>
        </div>
        <div>
          <dt>Next run</dt>
          <dd>
            {schedule === null ? 'none is scheduled here' : ago(schedule.nextAt)}
            {schedule !== null && schedule.missed > 0 && (
              <small>
                {plural(schedule.missed, 'tick')} missed, the last {ago(schedule.lastMissedAt)}:{' '}
                {schedule.lastMissed}
              </small>
            )}
          </dd>
        </div>
        <div>
          <dt>Calls of the last run</dt>
          <dd>
            {state.lastRun === null ? 'none yet' : whole(state.lastRun.calls)}
            {state.lastRun !== null && state.lastRun.callsLeft !== null && (
              <small>
                {whole(state.lastRun.callsLeft)} were left above the quota floor when it began
              </small>
            )}
          </dd>
        </div>
        <div>
          <dt>In quarantine</dt>
          <dd>{plural(state.quarantined, 'record')}</dd>
        </div>
        <div>
          <dt>Writes whose outcome is open</dt>
          <dd>{whole(state.unsettledWrites)}</dd>
        </div>
      </dl>
      {state.paused.map((one) => (
        <p key={`${one.object}/${one.field}`} className="state failure">
          {one.message} (since {moment(one.since)})
        </p>
      ))}
      {state.streams.length === 0 ? (
        <Empty>No object has been read yet.</Empty>
      ) : (
        <DataTable
          caption="Freshness by object"
          columns={STREAMS}
          rows={state.streams}
          idOf={(row) => row.object}
        />
      )}
    </>
  );
}
