import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { get } from '../api/client.ts';
import { More } from '../parts/more.tsx';
import { usePlace } from '../parts/place.ts';
import { plural } from '../parts/format.ts';
import { AsOf, Empty, Loaded } from '../parts/states.tsx';
import { Counts } from './write-counts.tsx';
import { Decide } from './decide.tsx';
import { filterOf, Filters } from './write-filters.tsx';
import { WriteTable } from './write-table.tsx';

/** A run's writes: counts, filters, decisions, and every row. */
export function Writes({ run }: { run: string }): ReactNode {
  const { connection, search } = usePlace();
  const [chosen, setChosen] = useState<ReadonlyMap<string, string>>(new Map());
  const filter = filterOf(search);
  const counts = useQuery({
    queryKey: ['counts', run, filter],
    queryFn: () => get('/v1/runs/{id}/writes/counts', { id: run }, filter),
  });
  const rows = useInfiniteQuery({
    queryKey: ['writes', run, filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      get('/v1/runs/{id}/writes', { id: run }, { ...filter, after: pageParam }),
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const toggle = (id: string, name: string): void => {
    const next = new Map(chosen);
    if (!next.delete(id)) next.set(id, name);
    setChosen(next);
  };
  return (
    <>
      <Loaded of={counts} what="the counts">
        {(data) => (
          <>
            <AsOf at={data.run.asOf} />
            <Decide run={data.run} chosen={chosen} clear={() => setChosen(new Map())} />
            <Filters connection={connection} counts={data.counts} />
            <p role="status">
              {plural(data.fields, 'field')} of {plural(data.records, 'record')} in view
            </p>
            <Counts counts={data.counts} />
          </>
        )}
      </Loaded>
      <Loaded of={rows} what="the rows">
        {({ pages }) => {
          const all = pages.flatMap((page) => page.rows);
          return all.length === 0 ? (
            <Empty>Nothing here: the CRM already holds what Headwater would write.</Empty>
          ) : (
            <>
              <WriteTable rows={all} connection={connection} chosen={chosen} toggle={toggle} />
              <More of={rows} what="rows" />
            </>
          );
        }}
      </Loaded>
    </>
  );
}
