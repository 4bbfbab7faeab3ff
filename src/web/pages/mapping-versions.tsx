import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { get, post, type AnswerOf } from '../api/client.ts';
import { Confirm } from '../parts/confirm.tsx';
import { moment } from '../parts/format.ts';
import { More } from '../parts/more.tsx';
import { Empty, Loaded } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { useList } from '../parts/use-list.ts';

type Held = AnswerOf<'/v1/connections/{id}/mapping'>;
type Row = AnswerOf<'/v1/connections/{id}/mapping/versions'>['versions'][number];

/** Who put what in force, when and why, and the way back. */
export function MappingVersions({
  connection,
  seen,
  onOpen,
  onActive,
}: {
  connection: string;
  seen: Held;
  onOpen: (text: string) => void;
  onActive: (held: Held) => void;
}): ReactNode {
  const client = useQueryClient();
  const at = { id: connection };
  const found = useList(['mapping-versions', connection], (after) =>
    get('/v1/connections/{id}/mapping/versions', at, { limit: 20, after }),
  );
  const open = async (version: string): Promise<void> => {
    const path = '/v1/connections/{id}/mapping/versions/{version}';
    onOpen((await get(path, { ...at, version })).yaml);
  };
  const goBack = async (version: string): Promise<void> => {
    await post(
      '/v1/connections/{id}/mapping/versions/{version}/activate',
      { ...at, version },
      { why: 'gone back to' },
      seen.version,
    );
    onActive(await get('/v1/connections/{id}/mapping', at));
    await client.invalidateQueries();
  };
  return (
    <section aria-labelledby="versions">
      <h2 id="versions">Versions</h2>
      <Loaded of={found} what="the versions">
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.versions);
          return rows.length === 0 ? (
            <Empty>Nobody has changed the mapping here yet.</Empty>
          ) : (
            <>
              <DataTable
                caption="The latest first"
                columns={columnsOf(open, goBack)}
                rows={rows}
                idOf={(row) => `${row.version} ${row.at}`}
              />
              <More of={found} what="versions" />
            </>
          );
        }}
      </Loaded>
    </section>
  );
}

const columnsOf = (
  open: (version: string) => Promise<void>,
  goBack: (version: string) => Promise<void>,
): Column<Row>[] => [
  { id: 'at', header: 'In force since', kind: 'short', cell: (row) => moment(row.at) },
  { id: 'by', header: 'By', cell: (row) => row.by ?? 'found in its file' },
  { id: 'why', header: 'Why', cell: (row) => row.why ?? '' },
  { id: 'active', header: 'State', cell: (row) => (row.active ? 'in force' : '') },
  {
    id: 'do',
    header: 'Do',
    cell: (row) => (
      <div className="actions">
        <button type="button" onClick={() => void open(row.version)}>
          Open in the editor
        </button>
        {!row.active && (
          <Confirm
            label="Go back to it"
            title="Put this version in force again?"
            act={() => goBack(row.version)}
          >
            <p>The next run maps the local copy by it, byte for byte as it was.</p>
          </Confirm>
        )}
      </div>
    ),
  },
];
