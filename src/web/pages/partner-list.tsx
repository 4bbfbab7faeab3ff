import type { ReactNode } from 'react';
import { FilterBar } from '../parts/filter-bar.tsx';
import { Go } from '../parts/go.tsx';
import { More } from '../parts/more.tsx';
import { usePlace } from '../parts/place.ts';
import { AsOf, Empty, Loaded } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { Title } from '../parts/title.tsx';
import { useList } from '../parts/use-list.ts';

interface Named {
  id: string;
  name: string;
  type: string | null;
}
interface PageOf<Row> {
  asOf: string | null;
  currency: string;
  partners: Row[];
  next: string | null;
}
interface Asked {
  partner: string | undefined;
  after: string | undefined;
}

interface PartnerListProps<Row, Answer> {
  title: string;
  lead: ReactNode;
  /** What is loaded, in the words of a sentence. */
  what: string;
  load: (connection: string, asked: Asked) => Promise<Answer>;
  /** Beside the partner's name. */
  columns: (currency: string) => Column<Row>[];
  caption?: string;
  /** What is said of all partners, above the rows. */
  above?: (first: Answer) => ReactNode;
}

/** One thing that is known of every partner: a page of the list that the API gives. */
export function PartnerList<Row extends Named, Answer extends PageOf<Row>>({
  title,
  lead,
  what,
  load,
  columns,
  caption = title,
  above,
}: PartnerListProps<Row, Answer>): ReactNode {
  const { connection, search } = usePlace();
  const partner = search['partner'];
  const found = useList([title, connection, partner], (after) =>
    load(connection, { partner, after }),
  );
  const name: Column<Row> = {
    id: 'name',
    header: 'Partner',
    cell: (row) => (
      <>
        <Go to={[connection, 'partners', row.id]}>{row.name}</Go>
        <small>{row.type}</small>
      </>
    ),
  };
  return (
    <>
      <Title of={title} />
      <p className="lead">{lead}</p>
      <FilterBar fields={[{ kind: 'text', name: 'partner', label: 'Name' }]} />
      <Loaded of={found} what={what}>
        {({ pages }) => {
          const [first] = pages;
          const rows = pages.flatMap((page) => page.partners);
          return (
            <>
              <AsOf at={first?.asOf ?? null} />
              {first !== undefined && above?.(first)}
              {rows.length === 0 ? (
                <Empty>No partner matches these filters.</Empty>
              ) : (
                <DataTable
                  {...{ caption, rows, columns: [name, ...columns(first?.currency ?? '')] }}
                  idOf={(row) => row.id}
                />
              )}
              <More of={found} what="partners" />
            </>
          );
        }}
      </Loaded>
    </>
  );
}
