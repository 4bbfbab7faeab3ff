import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useActions, type Part } from '../api/actions.ts';
import type { AnswerOf } from '../api/client.ts';
import { Confirm } from '../parts/confirm.tsx';
import { plural } from '../parts/format.ts';
import { pathOf } from '../parts/go.tsx';

type Run = AnswerOf<'/v1/runs/{id}'>['run'];
interface Props {
  run: Run;
  chosen: ReadonlyMap<string, string>;
  clear: () => void;
}

/** What can be decided on a run: approve or reject a plan, take back what was written. */
export function Decide({ run, chosen, clear }: Props): ReactNode {
  const { mayRun, apply, reject, undo } = useActions();
  const navigate = useNavigate();
  if (run.state === 'running') return null;
  if (!mayRun) return <p className="as-of">You may look at this, not decide on it.</p>;
  const part: Part = chosen.size === 0 ? {} : { partners: [...chosen.keys()] };
  const which =
    chosen.size === 0 ? 'everything' : `${plural(chosen.size, 'chosen partner')} and their deals`;
  const lead = (id: string): Promise<void> =>
    navigate({ to: pathOf([run.connection, 'runs', id]) });
  const isPlan = run.dryRun && run.kind === 'sync';
  return (
    <div className="decide">
      {isPlan && (
        <>
          <Confirm
            tone="main"
            label={chosen.size === 0 ? 'Approve all' : 'Approve the chosen partners'}
            title={`Write ${which} into the CRM?`}
            act={async () => await lead(await apply(run.id, part))}
          >
            <p>
              Exactly the values shown here are written. If a field was changed meanwhile, nothing
              is.
            </p>
            <Names chosen={chosen} />
          </Confirm>
          <Confirm
            label={chosen.size === 0 ? 'Reject all' : 'Reject the chosen partners'}
            title={`Turn down ${which}?`}
            act={async () => {
              await reject(run.id, part);
              clear();
            }}
          >
            <p>It stays here with your name beside it, and cannot be approved any more.</p>
            <Names chosen={chosen} />
          </Confirm>
        </>
      )}
      {!run.dryRun && (
        <Confirm
          label={chosen.size === 0 ? 'Take all back' : 'Take the chosen partners back'}
          title={`Take ${which} of this run back?`}
          act={async () => await lead(await undo(run.id, part, false))}
        >
          <p>Each field goes back to what it held before, unless somebody has changed it since.</p>
          <Names chosen={chosen} />
        </Confirm>
      )}
      {chosen.size > 0 && (
        <button type="button" onClick={clear}>
          Choose none
        </button>
      )}
    </div>
  );
}

function Names({ chosen }: { chosen: Props['chosen'] }): ReactNode {
  return chosen.size === 0 ? null : <p>{[...chosen.values()].join(', ')}</p>;
}
