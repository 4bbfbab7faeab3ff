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
  /** The counts are still those of another filter: nothing is decided by them. */
  waiting: boolean;
  clear: () => void;
}

/** Names that a dialog lists; of more the number is enough. */
const NAMED = 12;
/** Of more partners than an address has room for, the fields are not counted beforehand. */
const COUNTED = 200;

/** What can be decided on a run: approve or reject a plan, take back what was written. */
export function Decide(props: Props): ReactNode {
  const { run, chosen, filter, clear } = props;
  const { mayRun, apply, reject, undo } = useActions();
  const navigate = useNavigate();
  const source = useSource();
  const isPlan = run.dryRun && run.kind === 'sync';
  const partners = partnersOf(chosen, filter);
  const { fields, waiting } = useFields(props, isPlan ? 'planned' : 'done', partners);
  if (run.state === 'running') return null;
  if (!mayRun) return <p className="as-of">You may look at this, not decide on it.</p>;
  const part = partOf(partners, filter);
  const which = whichOf(fields, chosen.size > 0 ? partners.length : null, part);
  const lead = (id: string): Promise<void> =>
    navigate({ to: pathOf([run.connection, 'runs', id]) });
  const about = chosen.size > 0 && <About names={partners.map((id) => chosen.get(id) ?? id)} />;
  const disabled = fields === 0 || waiting;
  return (
    <div className="decide">
      {isPlan && (
        <>
          <Confirm
            tone="main"
            disabled={disabled}
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
            disabled={disabled}
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
          disabled={disabled}
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

/** How what is decided on is called: "12 fields of 2 partners", "all 40 fields". */
function whichOf(fields: number | undefined, partners: number | null, part: Part): string {
  const many = fields === undefined ? 'everything' : plural(fields, 'field');
  if (partners !== null) return `${many} of ${plural(partners, 'partner')}`;
  if (Object.keys(part).length > 0) return `${many} in view`;
  return fields === undefined ? many : `all ${many}`;
}

/** Whom a decision is about: the chosen ones that are in view, else the filter's. */
function partnersOf(chosen: Chosen, filter: WriteFilter): string[] {
  const inView = filter.partner?.split(',') ?? null;
  if (chosen.size === 0) return inView ?? [];
  return [...chosen.keys()].filter((id) => inView === null || inView.includes(id));
}

/** The part of a run that is in view and, where partners are chosen, theirs. */
function partOf(of: string[], filter: WriteFilter): Part {
  const { object, field, owner, name, minMove, firstWrite, signChange } = filter;
  const partners = of.length > 0 ? of : undefined;
  const named = { object, field, owner, name, minMove, partners };
  return {
    ...Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined)),
    ...(firstWrite === 'true' ? { firstWrite: true } : {}),
    ...(signChange === 'true' ? { signChange: true } : {}),
  };
}

const fieldsOf = (counts: Count[], state: Count['state']): number =>
  counts.reduce((sum, one) => sum + (one.state === state ? one.fields : 0), 0);

/**
 * How many fields are decided on; undefined = that is not known beforehand. Of chosen partners of
 * whom none is in view it is none at all, and never those of everybody.
 */
function useFields(
  { run, chosen, filter, counts, waiting }: Props,
  state: 'planned' | 'done',
  partners: string[],
): { fields: number | undefined; waiting: boolean } {
  const { state: shown, ...rest } = filter;
  const wanted = { ...rest, state, partner: partners.join(',') };
  const enabled = chosen.size > 0 && partners.length > 0 && partners.length <= COUNTED;
  const found = useQuery({
    queryKey: ['counts', run.id, wanted],
    queryFn: () => get('/v1/runs/{id}/writes/counts', { id: run.id }, wanted),
    enabled,
  });
  if (chosen.size === 0) return { fields: fieldsOf(counts, state), waiting };
  // What is held or written already is only looked at.
  const looked = shown !== undefined && shown !== state;
  if (looked || partners.length === 0) return { fields: 0, waiting };
  return { fields: found.data?.fields, waiting: waiting || (enabled && found.isPending) };
}

function About({ names }: { names: string[] }): ReactNode {
  return (
    <p>
      With their deals: {names.slice(0, NAMED).join(', ')}
      {names.length > NAMED && ` and ${plural(names.length - NAMED, 'more', 'more')}`}
    </p>
  );
}
