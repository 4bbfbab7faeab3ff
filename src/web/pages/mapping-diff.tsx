import { useState, type ReactNode } from 'react';
import { post, type Answered } from '../api/client.ts';
import { plural, whole } from '../parts/format.ts';
import { Failure } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';

type Diff = Answered<'post /v1/connections/{id}/mapping/diff'>;
type Entity = Diff['entities'][number];
type Count = Diff['counts'][number];

const COUNTS: Column<Count>[] = [
  { id: 'entity', header: 'Entity', cell: (row) => row.entity },
  { id: 'object', header: 'From', cell: (row) => row.object },
  { id: 'rows', header: 'Rows', kind: 'number', cell: (row) => whole(row.rows) },
  { id: 'mapped', header: 'Matched', kind: 'number', cell: (row) => whole(row.mapped) },
  { id: 'refused', header: 'Refused', kind: 'number', cell: (row) => whole(row.refused) },
  { id: 'why', header: 'First refusal', cell: (row) => row.refusal ?? '' },
];
const CHANGED: Column<Entity>[] = [
  { id: 'entity', header: 'Entity', cell: (row) => row.entity },
  { id: 'added', header: 'Become one', kind: 'number', cell: (row) => whole(row.added) },
  { id: 'removed', header: 'Stop being one', kind: 'number', cell: (row) => whole(row.removed) },
  { id: 'changed', header: 'Other values', kind: 'number', cell: (row) => whole(row.changed) },
  { id: 'refused', header: 'Newly refused', kind: 'number', cell: (row) => whole(row.refused) },
  {
    id: 'fields',
    header: 'Fields',
    cell: (row) =>
      Object.entries(row.fields)
        .map(([field, rows]) => `${field} ${whole(rows)}`)
        .join(', '),
  },
  { id: 'examples', header: 'Examples', cell: (row) => row.examples.join(' ') },
];

/** What the document would change against the one in force. */
export function MappingDiff({
  connection,
  text,
  blocked,
}: {
  connection: string;
  text: string;
  blocked: boolean;
}): ReactNode {
  const [found, setFound] = useState<{ of: string; diff: Diff } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const compare = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const at = { id: connection };
      setFound({ of: text, diff: await post('/v1/connections/{id}/mapping/diff', at, { text }) });
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section aria-labelledby="diff">
      <h2 id="diff">What it would change</h2>
      <p>
        <button type="button" disabled={blocked || busy} onClick={() => void compare()}>
          {busy ? 'Comparing …' : 'Compare with the version in force'}
        </button>
      </p>
      {error !== null && <Failure error={error} />}
      {found !== null && (
        <>
          {found.of !== text && <p className="stale">You have changed the document since.</p>}
          <Told diff={found.diff} />
        </>
      )}
    </section>
  );
}

function Told({ diff }: { diff: Diff }): ReactNode {
  return (
    <>
      <p>
        {plural(diff.different, 'row')} of {whole(diff.rows)} in the local copy would map
        differently.
      </p>
      <ul aria-label="In words">
        {diff.changes.map(({ path, text }) => (
          <li key={path}>{text}</li>
        ))}
      </ul>
      {diff.newlyRead.length > 0 && (
        <p>
          The next run reads first: {diff.newlyRead.join(', ')}. Until then they count as empty.
        </p>
      )}
      {diff.entities.length > 0 && (
        <DataTable
          caption="Rows that would differ"
          columns={CHANGED}
          rows={diff.entities}
          idOf={(row) => row.entity}
        />
      )}
      <DataTable
        caption="What the local copy would become"
        columns={COUNTS}
        rows={diff.counts}
        idOf={(row) => `${row.entity} ${row.object}`}
      />
    </>
  );
}
