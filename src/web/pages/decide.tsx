import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useActions, type Part } from '../api/actions.ts';
import { get, type AnswerOf } from '../api/client.ts';
import { Confirm } from '../parts/confirm.tsx';
import { plural } from '../parts/format.ts';
import { pathOf } from '../parts/go.tsx';
import { useSource } from '../parts/words.ts';
import type { Chosen } from './write-partners.tsx';

type Run = AnswerOf<'/v1/runs/{id}'>['run'];
interface Props {
  run: Run;
  chosen: Chosen;
  /** The rows in view are not all that there is. */
  narrowed: boolean;
  clear: () => void;
}

/** Names that a dialog lists; of more the number is enough. */
const NAMED = 12;

/** What can be decided on a run: approve or reject a plan, take back what was written. */
export function Decide({ run, chosen, narrowed, clear }: Props): ReactNode {
  const { mayRun, apply, reject, undo } = useActions();
  const navigate = useNavigate();
  const source = useSource();
  const isPlan = run.dryRun && run.kind === 'sync';
  const state = isPlan ? 'planned' : 'done';
  const whole = useQuery({
    queryKey: ['counts', run.id, { state }],
    queryFn: () => get('/v1/runs/{id}/writes/counts', { id: run.id }, { state }),
  }).data;
  if (run.state === 'running') return null;
  if (!mayRun) return <p className="as-of">You may look at this, not decide on it.</p>;
  const part: Part = chosen.size === 0 ? {} : { partners: [...chosen.keys()] };
  const all = whole === undefined ? 'everything' : `all ${plural(whole.fields, 'field')}`;
  const which =
    chosen.size === 0
      ? all
      : `what belongs to ${plural(chosen.size, 'chosen partner')}, their deals included,`;
  const lead = (id: string): Promise<void> =>
    navigate({ to: pathOf([run.connection, 'runs', id]) });
  const about = <About {...{ chosen, narrowed }} />;
  const none = whole?.fields === 0;
  return (
    <div className="decide">
      {isPlan && (
        <>
          <Confirm
            tone="main"
            disabled={none}
            label={chosen.size === 0 ? 'Approve all' : 'Approve the chosen partners'}
            title={`Write ${which} into the ${source}?`}
            act={async () => await lead(await apply(run.id, part))}
          >
            <p>
              Exactly the values shown here are written. A field that was changed meanwhile is left
              as it is.
            </p>
            {about}
          </Confirm>
          <Confirm
            disabled={none}
            label={chosen.size === 0 ? 'Reject all' : 'Reject the chosen partners'}
            title={`Turn down ${which.replace(/,$/, '')}?`}
            act={async () => {
              await reject(run.id, part);
              clear();
            }}
          >
            <p>It stays here with your name beside it, and cannot be approved any more.</p>
            {about}
          </Confirm>
        </>
      )}
      {!run.dryRun && (
        <Confirm
          disabled={none}
          label={chosen.size === 0 ? 'Take all back' : 'Take the chosen partners back'}
          title={`Take back ${which.replace(/,$/, '')}?`}
          act={async () => await lead(await undo(run.id, part, false))}
        >
          <p>Each field goes back to what it held before, unless somebody has changed it since.</p>
          {about}
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

function About({ chosen, narrowed }: Pick<Props, 'chosen' | 'narrowed'>): ReactNode {
  if (chosen.size === 0)
    return narrowed ? (
      <p>
        <strong>That is more than the filters show.</strong> To decide on a part, choose its
        partners first.
      </p>
    ) : null;
  return (
    <p>
      {[...chosen.values()].slice(0, NAMED).join(', ')}
      {chosen.size > NAMED && ` and ${plural(chosen.size - NAMED, 'more', 'more')}`}
    </p>
  );
}
