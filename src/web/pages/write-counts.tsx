import type { ReactNode } from 'react';
import type { AnswerOf } from '../api/client.ts';
import { whole } from '../parts/format.ts';
import { DataTable, type Column } from '../parts/table.tsx';

type Count = AnswerOf<'/v1/runs/{id}/writes/counts'>['counts'][number];

const WORDS: Record<Count['state'], string> = {
  planned: 'would be written',
  held: 'held back',
  sent: 'sent, not yet confirmed',
  done: 'written',
  rejected: 'refused',
  superseded: 'overtaken by a later run',
};
export const stateWords = (state: Count['state']): string => WORDS[state];

const COLUMNS: Column<Count>[] = [
  { id: 'object', header: 'Object', kind: 'short', cell: (row) => row.object },
  { id: 'field', header: 'Field', cell: (row) => row.label },
  { id: 'state', header: 'What becomes of it', cell: (row) => stateWords(row.state) },
  { id: 'reason', header: 'Why', cell: (row) => row.reason ?? '' },
  { id: 'records', header: 'Records', kind: 'number', cell: (row) => whole(row.records) },
  {
    id: 'first',
    header: 'Were empty',
    kind: 'number',
    cell: (row) => (row.firstWrites === 0 ? '' : whole(row.firstWrites)),
  },
];

/** How much there is, by object, field and what becomes of it. */
export function Counts({ counts }: { counts: Count[] }): ReactNode {
  if (counts.length === 0) return null;
  return (
    <details>
      <summary>By object and field</summary>
      <DataTable
        caption="Fields by object and what becomes of them"
        columns={COLUMNS}
        rows={counts}
        idOf={(row) => [row.object, row.field, row.state, row.reason].join('/')}
      />
    </details>
  );
}
