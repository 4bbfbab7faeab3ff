import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useActions } from '../api/actions.ts';
import { get, type AnswerOf } from '../api/client.ts';
import { Confirm } from '../parts/confirm.tsx';
import { moment, plural, whole } from '../parts/format.ts';
import { Empty, Loaded } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';
import { useSource } from '../parts/words.ts';

type Group = AnswerOf<'/v1/connections/{id}/quarantine/groups'>['groups'][number];
type Issue = AnswerOf<'/v1/connections/{id}/quarantine'>['issues'][number];

const byOf = (source: string): Record<string, string> => ({
  write: `the ${source}`,
  mapping: 'the mapping',
  data: 'the data',
});
const groupsOf = (source: string): Column<Group>[] => [
  { id: 'records', header: 'Records', kind: 'number', cell: (row) => whole(row.records) },
  { id: 'by', header: 'Held back by', cell: (row) => byOf(source)[row.kind] ?? row.kind },
  { id: 'field', header: 'Field', cell: (row) => `${row.object}.${row.field}` },
  { id: 'why', header: 'Why', cell: (row) => row.message },
  { id: 'cure', header: 'What to do', cell: (row) => row.cure },
];
const ROWS: Column<Issue>[] = [
  { id: 'id', header: 'Record', cell: (row) => `${row.object} ${row.id}` },
  { id: 'field', header: 'Field', cell: (row) => row.field },
  { id: 'why', header: 'Why', cell: (row) => row.message },
  { id: 'input', header: 'What was refused', cell: (row) => row.input ?? '' },
  { id: 'since', header: 'Since', cell: (row) => moment(row.since) },
];

/** What was refused, by its cause, with what can be done about it. */
export function Quarantine({ connection }: { connection: string }): ReactNode {
  const { mayRun, retry } = useActions();
  const source = useSource();
  const [released, setReleased] = useState<number | null>(null);
  const [open, setOpen] = useState(false);
  const groups = useQuery({
    queryKey: ['quarantine-groups', connection],
    queryFn: () => get('/v1/connections/{id}/quarantine/groups', { id: connection }),
  });
  const rows = useQuery({
    queryKey: ['quarantine', connection],
    queryFn: () => get('/v1/connections/{id}/quarantine', { id: connection }, { limit: 100 }),
    enabled: open,
  });
  return (
    <section aria-labelledby="quarantine">
      <h2 id="quarantine">Quarantine</h2>
      <Loaded of={groups} what="the quarantine">
        {({ groups: all }) =>
          all.length === 0 ? (
            <Empty>Nothing is held back.</Empty>
          ) : (
            <>
              <DataTable
                caption="By cause, the most frequent first"
                columns={groupsOf(source)}
                rows={all}
                idOf={(row) => [row.kind, row.code, row.object, row.field].join('/')}
              />
              {mayRun && (
                <Confirm
                  label="Let all try again"
                  title="Let everything in quarantine try again?"
                  act={async () => setReleased(await retry(connection))}
                >
                  <p>The next run maps and writes these records once more.</p>
                </Confirm>
              )}
              {released !== null && (
                <p role="status">{plural(released, 'record')} will try again in the next run.</p>
              )}
              <details onToggle={(event) => setOpen(event.currentTarget.open)}>
                <summary>Record by record</summary>
                <Loaded of={rows} what="the records">
                  {({ issues }) => (
                    <DataTable
                      caption="Newest first"
                      columns={ROWS}
                      rows={issues}
                      idOf={(row) =>
                        [row.object, row.id, row.entity, row.field, row.kind].join('/')
                      }
                    />
                  )}
                </Loaded>
              </details>
            </>
          )
        }
      </Loaded>
    </section>
  );
}
