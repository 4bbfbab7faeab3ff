import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useActions } from '../api/actions.ts';
import type { AnswerOf } from '../api/client.ts';
import { runOf } from '../api/queries.ts';
import { ago, moment, tenth, whole } from '../parts/format.ts';
import { Go } from '../parts/go.tsx';
import { usePlace } from '../parts/place.ts';
import { Loaded } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { Title } from '../parts/title.tsx';
import { runWords, STATE_WORDS } from './run-list.tsx';

type Answer = AnswerOf<'/v1/runs/{id}'>;
type Step = Answer['steps'][number];
const SECOND_MS = 1000;
/** Of the drawn line of time, and of a step that took next to none of it. */
const [WIDTH, THIN] = [100, 0.5];

const secondsBetween = (from: string | null, to: string | null): number =>
  from === null || to === null ? 0 : (Date.parse(to) - Date.parse(from)) / SECOND_MS;
const tookSeconds = (step: Step): number => secondsBetween(step.startedAt, step.endedAt);

/** One run: how it goes or went, and a timeline of its steps. */
export function RunPage(): ReactNode {
  const { connection, params } = usePlace();
  const id = params['run'] ?? '';
  return (
    <Loaded of={useQuery(runOf(id))} what="the run" title="Run">
      {({ run, steps, summary }) => (
        <>
          <p className="crumb">
            <Go to={[connection, 'runs']}>Runs</Go>
          </p>
          <Title of={`Run of ${moment(run.startedAt)}`} />
          <Heading run={run} summary={summary} />
          <p>
            <Go to={[connection, 'runs', run.id, 'writes']}>
              {run.dryRun ? 'What it would write' : 'What it wrote'}
            </Go>
          </p>
          <Steps steps={steps} />
        </>
      )}
    </Loaded>
  );
}

function Heading({ run, summary }: Pick<Answer, 'run' | 'summary'>): ReactNode {
  const { mayRun, stop } = useActions();
  const left = summary?.['callsLeft'];
  return (
    <>
      <dl className="facts">
        <div>
          <dt>Kind</dt>
          <dd>{runWords(run)}</dd>
        </div>
        <div>
          <dt>State</dt>
          <dd>
            <span role="status">
              <span className={`mark ${run.state}`}>{STATE_WORDS[run.state]}</span>
              {run.resumesAt !== null && <small>goes on {ago(run.resumesAt)}</small>}
            </span>
          </dd>
        </div>
        <div>
          <dt>Calls used</dt>
          <dd>
            {whole(run.calls)}
            {typeof left === 'number' && (
              <small>{whole(left)} were left above the floor at the start</small>
            )}
          </dd>
        </div>
        <div>
          <dt>Ended</dt>
          <dd>{run.endedAt === null ? 'not yet' : moment(run.endedAt)}</dd>
        </div>
      </dl>
      {run.error !== null && (
        <p className="state failure" role="alert">
          {run.error}
        </p>
      )}
      {run.state === 'running' && mayRun && (
        <button type="button" onClick={() => void stop(run.id)}>
          Stop it
        </button>
      )}
    </>
  );
}

function Steps({ steps }: { steps: Step[] }): ReactNode {
  const begun = steps[0]?.startedAt ?? null;
  const all = Math.max(0.1, ...steps.map((step) => secondsBetween(begun, step.endedAt)));
  const x = (seconds: number): number => (WIDTH * seconds) / all;
  const columns: Column<Step>[] = [
    { id: 'name', header: 'Step', cell: (row) => row.name },
    { id: 'state', header: 'State', cell: (row) => row.state },
    {
      id: 'took',
      header: 'Seconds',
      kind: 'number',
      cell: (row) => (
        <span className="took">
          <svg viewBox={`0 0 ${WIDTH} 8`} aria-hidden="true" preserveAspectRatio="none">
            <rect
              x={Math.min(WIDTH - THIN, x(secondsBetween(begun, row.startedAt)))}
              width={Math.max(THIN, x(tookSeconds(row)))}
              height="8"
            />
          </svg>
          {tenth(tookSeconds(row))}
        </span>
      ),
    },
    { id: 'calls', header: 'Calls', kind: 'number', cell: (row) => whole(row.calls) },
  ];
  return <DataTable caption="Its steps" columns={columns} rows={steps} idOf={(row) => row.name} />;
}
