import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { get } from '../api/client.ts';
import { plural } from '../parts/format.ts';
import { More } from '../parts/more.tsx';
import { usePlace } from '../parts/place.ts';
import { AsOf, Empty, Loaded } from '../parts/states.tsx';
import { useList } from '../parts/use-list.ts';
import { useSource } from '../parts/words.ts';
import { Counts } from './write-counts.tsx';
import { Decide } from './decide.tsx';
import { filterOf, WriteFilters } from './write-filters.tsx';
import { WritePartners, type Chosen } from './write-partners.tsx';
import { WriteTable } from './write-table.tsx';

/** A run's writes: counts, filters, decisions, and every row. */
export function Writes({ run }: { run: string }): ReactNode {
  const { connection, search } = usePlace();
  const source = useSource();
  const [chosen, choose] = useState<Chosen>(new Map());
  const filter = filterOf(search);
  const narrowed = Object.values(filter).some((value) => value !== undefined);
  const rows = useList(['writes', run, filter], (after) =>
    get('/v1/runs/{id}/writes', { id: run }, { ...filter, after }),
  );
  const counts = useQuery({
    queryKey: ['counts', run, filter],
    queryFn: () => get('/v1/runs/{id}/writes/counts', { id: run }, filter),
    placeholderData: keepPreviousData,
    // Of a large plan they take longer than the first rows, which are wanted first.
    enabled: !rows.isPending,
  });
  return (
    <>
      <Loaded of={counts} what="the counts">
        {(data) => (
          <>
            <AsOf at={data.run.asOf} />
            <Decide
              {...{ run: data.run, counts: data.counts, chosen, filter }}
              waiting={counts.isPlaceholderData}
              clear={() => choose(new Map())}
            />
            <WriteFilters connection={connection} counts={data.counts} />
            <p role="status">
              {plural(data.fields, 'field')} of {plural(data.records, 'record')} in view
            </p>
            <Counts counts={data.counts} />
            <WritePartners {...{ run, connection, filter, chosen, choose }} />
          </>
        )}
      </Loaded>
      <Loaded of={rows} what="the rows">
        {({ pages }) => {
          const all = pages.flatMap((page) => page.rows);
          const currency = pages[0]?.currency ?? '';
          if (all.length > 0)
            return (
              <>
                <WriteTable rows={all} {...{ currency, connection, chosen, choose }} />
                <More of={rows} what="rows" />
              </>
            );
          return (
            <Empty>
              {narrowed
                ? 'No field matches these filters.'
                : `Nothing here: the ${source} already holds what Headwater would write.`}
            </Empty>
          );
        }}
      </Loaded>
    </>
  );
}
