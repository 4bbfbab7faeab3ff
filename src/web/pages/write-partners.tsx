import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { plural, whole } from '../parts/format.ts';
import { Go } from '../parts/go.tsx';
import { Empty, Loaded } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import type { WriteFilter } from './write-filters.tsx';

type Partner = AnswerOf<'/v1/runs/{id}/writes/partners'>['partners'][number];
export type Chosen = ReadonlyMap<string, string>;

/** Rows that are drawn at once; all of them can be chosen. */
const SHOWN = 50;

interface Props {
  run: string;
  connection: string;
  filter: WriteFilter;
  chosen: Chosen;
  choose: (chosen: Chosen) => void;
}

/** The partners in view, to choose whom a decision is about: some by hand, or all of them. */
export function WritePartners(props: Props): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>By partner, to choose whom to decide on</summary>
      {open && <Partners {...props} />}
    </details>
  );
}

function Partners({ run, connection, filter, chosen, choose }: Props): ReactNode {
  const found = useQuery({
    queryKey: ['write-partners', run, filter],
    queryFn: () => get('/v1/runs/{id}/writes/partners', { id: run }, filter),
  });
  const columns: Column<Partner>[] = [
    {
      id: 'name',
      header: 'Partner',
      cell: ({ id, name }) => (
        <span className="partner">
          <Choice {...{ id, name, chosen, choose }} />
          <Go to={[connection, 'partners', id]}>{name}</Go>
        </span>
      ),
    },
    { id: 'records', header: 'Records', kind: 'number', cell: (row) => whole(row.records) },
    { id: 'fields', header: 'Fields', kind: 'number', cell: (row) => whole(row.fields) },
  ];
  return (
    <Loaded of={found} what="the partners">
      {({ partners }) =>
        partners.length === 0 ? (
          <Empty>No partner is in view.</Empty>
        ) : (
          <>
            <p>
              <button
                type="button"
                onClick={() =>
                  choose(
                    new Map([...chosen, ...partners.map(({ id, name }) => [id, name] as const)]),
                  )
                }
              >
                Choose all {plural(partners.length, 'partner')} in view
              </button>
            </p>
            <DataTable
              caption={
                partners.length > SHOWN
                  ? `The ${SHOWN} with most fields; narrow the view for the others`
                  : 'Most fields first'
              }
              columns={columns}
              rows={partners.slice(0, SHOWN)}
              idOf={({ id }) => id}
            />
          </>
        )
      }
    </Loaded>
  );
}

/** The box that takes a partner into the decision, or out of it. */
export function Choice(props: {
  id: string;
  name: string;
  chosen: Chosen;
  choose: (chosen: Chosen) => void;
}): ReactNode {
  const { id, name, chosen, choose } = props;
  const toggle = (): void => {
    const next = new Map(chosen);
    if (!next.delete(id)) next.set(id, name);
    choose(next);
  };
  return (
    <input
      type="checkbox"
      aria-label={`Choose ${name}`}
      checked={chosen.has(id)}
      onChange={toggle}
    />
  );
}
