import type { ReactNode } from 'react';
import type { AnswerOf } from '../api/client.ts';
import { Band } from '../parts/band.tsx';
import { percent, whole } from '../parts/format.ts';
import { DataTable, type Column } from '../parts/table.tsx';

type Rate = NonNullable<
  AnswerOf<'/v1/connections/{id}/partners/{partner}'>['score']['closeRates']
>[number];

const COLUMNS: Column<Rate>[] = [
  { id: 'product', header: 'Product', cell: (row) => row.product },
  {
    id: 'rate',
    header: 'Expected close rate, with its 80% band',
    cell: (row) => (
      <Band
        value={row.rate}
        low={row.low}
        high={row.high}
        max={1}
        text={percent}
        little={row.littleEvidence}
      />
    ),
  },
  { id: 'n', header: 'Won or lost', kind: 'number', cell: (row) => whole(row.n) },
];

/** What the partner's deals of each product are expected to be won at; nothing without products. */
export function CloseRates({ rates }: { rates: Rate[] }): ReactNode {
  if (rates.length === 0) return null;
  return (
    <section aria-labelledby="close-rates">
      <h2 id="close-rates">Expected close rate by product</h2>
      <DataTable
        caption="Deals of each product, leaning on all deals of the partner"
        columns={COLUMNS}
        rows={rates}
        idOf={(row) => row.product}
      />
    </section>
  );
}
