import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useActions, type Part } from '../api/actions.ts';
import { get, type AnswerOf } from '../api/client.ts';
import { Confirm } from '../parts/confirm.tsx';
import { plural } from '../parts/format.ts';
import { pathOf } from '../parts/go.tsx';
import { useSource } from '../parts/words.ts';
import type { WriteFilter } from './write-filters.tsx';
import type { Chosen } from './write-partners.tsx';

type Count = AnswerOf<'/v1/runs/{id}/writes/counts'>['counts'][number];
type Run = AnswerOf<'/v1/runs/{id}'>['run'];
interface Props {
  run: Run;
  chosen: Chosen;
  /** What is in view: nothing else is decided on. */
  filter: WriteFilter;
  counts: Count[];
  clear: () => void;
}

/** Names that a dialog lists; of more the number is enough. */
const NAMED = 12;
/** Of more partners than an address has room for, the fields are not counted beforehand. */
const COUNTED = 200;

/** What can be decided on a run: approve or reject a plan, take back what was written. */
export function Decide({ run, chosen, filter, counts, clear }: Props): ReactNode {
  const { mayRun, apply, reject, undo } = useActions();
  const navigate = useNavigate();
  const source = useSource();
  const isPlan = run.dryRun && run.kind === 'sync';
  const state = isPlan ? 'planned' : 'done';
  const own = useCount(run.id, state, chosen, filter);
  const fields = chosen.size > 0 ? own : fieldsOf(counts, state);
  if (run.state === 'running') return null;
  if (!mayRun) return <p className="as-of">You may look at this, not decide on it.</p>;
  const part = partOf(chosen, filter);
  const narrowed = Object.keys(part).length > 0;
  const many = fields === undefined ? 'everything' : plural(fields, 'field');
  const where = chosen.size > 0 ? `of ${plural(chosen.size, 'partner')}` : 'in view';
  const which = narrowed ? `${many} ${where}` : fields === undefined ? many : `all ${many}`;
  const lead = (id: string): Promise<void> =>
    navigate({ to: pathOf([run.connection, 'runs', id]) });
  const about = <About chosen={chosen} />;
  const none = fields === 0;
  return (
    <div className="decide">
      {isPlan && (
        <>
          <Confirm
            tone="main"
            disabled={none}
            label={`Approve ${which}`}
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
            label={`Reject ${which}`}
            title={`Turn down ${which}?`}
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
          label={`Take back ${which}`}
          title={`Take back ${which}?`}
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

/** The part of a run that is in view and, where partners are chosen, theirs. */
function partOf(chosen: Chosen, filter: WriteFilter): Part {
  const { object, field, owner, name, minMove, firstWrite, signChange, partner } = filter;
  const partners = chosen.size > 0 ? [...chosen.keys()] : partner?.split(',');
  const named = { object, field, owner, name, minMove, partners };
  return {
    ...Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined)),
    ...(firstWrite === 'true' ? { firstWrite: true } : {}),
    ...(signChange === 'true' ? { signChange: true } : {}),
  };
}

const fieldsOf = (counts: Count[], state: Count['state']): number =>
  counts.reduce((sum, one) => sum + (one.state === state ? one.fields : 0), 0);

/** How many fields of the chosen partners are in view; undefined = that is not known beforehand. */
function useCount(
  run: string,
  state: 'planned' | 'done',
  chosen: Chosen,
  filter: WriteFilter,
): number | undefined {
  const { state: shown, ...rest } = filter;
  const wanted = { ...rest, state, partner: [...chosen.keys()].join(',') };
  const found = useQuery({
    queryKey: ['counts', run, wanted],
    queryFn: () => get('/v1/runs/{id}/writes/counts', { id: run }, wanted),
    enabled: chosen.size > 0 && chosen.size <= COUNTED,
  });
  // What is held or written already is only looked at.
  return shown === undefined || shown === state ? found.data?.fields : 0;
}

function About({ chosen }: Pick<Props, 'chosen'>): ReactNode {
  if (chosen.size === 0) return null;
  return (
    <p>
      With their deals: {[...chosen.values()].slice(0, NAMED).join(', ')}
      {chosen.size > NAMED && ` and ${plural(chosen.size - NAMED, 'more', 'more')}`}
    </p>
  );
}
