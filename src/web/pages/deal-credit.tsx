import type { ReactNode } from 'react';
import type { AnswerOf } from '../api/client.ts';
import { day, percent } from '../parts/format.ts';
import { Go } from '../parts/go.tsx';
import { DataTable, type Column } from '../parts/table.tsx';

type Credit = NonNullable<AnswerOf<'/v1/connections/{id}/deals/{deal}'>['credit']>;
type Row = Credit['rows'][number];

const KINDS: Record<Row['kind'], string> = {
  sourced: 'sourced it',
  influenced: 'influenced it',
  none: 'no credit',
};

/** Whose win a deal is, with every rule and what shows it. */
export function DealCredit({
  connection,
  credit,
  names,
}: {
  connection: string;
  credit: Credit;
  names: Record<string, string>;
}): ReactNode {
  const columns: Column<Row>[] = [
    {
      id: 'partner',
      header: 'Partner',
      cell: ({ partnerId }) => (
        <Go to={[connection, 'partners', partnerId]}>{names[partnerId] ?? partnerId}</Go>
      ),
    },
    { id: 'kind', header: 'Credit', kind: 'short', cell: (row) => KINDS[row.kind] },
    { id: 'rule', header: 'Rule', cell: (row) => row.rule.replaceAll('-', ' ') },
    { id: 'evidence', header: 'What shows it', cell: (row) => row.evidence },
    { id: 'on', header: 'Happened', kind: 'short', cell: (row) => day(row.happenedMs) },
    {
      id: 'share',
      header: 'Share',
      kind: 'number',
      cell: (row) => (row.kind === 'sourced' ? percent(row.weight) : ''),
    },
  ];
  return (
    <section aria-labelledby="credit">
      <h2 id="credit">Whose win it is</h2>
      <p>
        {credit.kind === 'sourced' ? 'Sourced by a partner' : 'A direct win'}
        {credit.influenced && ', influenced by a partner'}.
      </p>
      {credit.rows.length > 0 && (
        <DataTable
          caption="What each partner did for it"
          columns={columns}
          rows={credit.rows}
          idOf={(row) => [row.partnerId, row.kind, row.rule, row.evidence].join('/')}
        />
      )}
    </section>
  );
}
