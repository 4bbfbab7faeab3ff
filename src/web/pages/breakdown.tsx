import { Tabs } from '@base-ui/react/tabs';
import { useState, type ReactNode } from 'react';
import type { AnswerOf } from '../api/client.ts';
import { Band } from '../parts/band.tsx';
import { money, whole } from '../parts/format.ts';
import { Go } from '../parts/go.tsx';
import { Empty } from '../parts/states.tsx';
import { DataTable, type Column } from '../parts/table.tsx';

type Answer = AnswerOf<'/v1/connections/{id}/forecast'>;
type Forecast = Answer['forecast'];
type Row = Forecast['breakdown']['partner'][number];

const KINDS = ['partner', 'region', 'product', 'owner', 'tier', 'type'] as const;
type Kind = (typeof KINDS)[number];
/** Rows that are drawn at once; a company may have thousands of partners. */
const SHOWN = 25;

interface Props {
  connection: string;
  forecast: Forecast;
  /** Words for the ids of partners and owners. */
  names: Answer['names'];
}

/** The forecast by partner, region, product and owner. */
export function Breakdown(props: Props): ReactNode {
  return (
    <section aria-labelledby="made-of">
      <h2 id="made-of">What it is made of</h2>
      <Tabs.Root defaultValue="partner">
        <Tabs.List className="tabs" aria-label="Forecast by">
          {KINDS.map((kind) => (
            <Tabs.Tab key={kind} value={kind}>
              By {kind}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {KINDS.map((kind) => (
          <Tabs.Panel key={kind} value={kind}>
            <By kind={kind} {...props} />
          </Tabs.Panel>
        ))}
      </Tabs.Root>
    </section>
  );
}

function By({ kind, connection, forecast, names }: Props & { kind: Kind }): ReactNode {
  const [shown, setShown] = useState(SHOWN);
  const rows = forecast.breakdown[kind];
  if (rows.length === 0) return <Empty>The forecast names no {kind}.</Empty>;
  const highest = Math.max(1, ...rows.slice(0, shown).map((row) => row.p90));
  const text = (value: number): string => money(value, forecast.currency);
  const columns: Column<Row>[] = [
    {
      id: 'key',
      header: kind[0]!.toUpperCase() + kind.slice(1),
      cell: ({ key }) =>
        kind === 'partner' && names[key] !== undefined ? (
          <Go to={[connection, 'partners', key]}>{names[key]}</Go>
        ) : (
          (names[key] ?? key)
        ),
    },
    { id: 'mean', header: 'On average', kind: 'number', cell: (row) => text(row.mean) },
    {
      id: 'band',
      header: 'Forecast, with its 80% band',
      cell: (row) => (
        <Band value={row.p50} low={row.p10} high={row.p90} max={highest} text={text} />
      ),
    },
  ];
  return (
    <>
      <DataTable
        caption={`Forecast by ${kind}`}
        columns={columns}
        rows={rows.slice(0, shown)}
        idOf={(row) => row.key}
      />
      {rows.length > shown && (
        <p className="more">
          <button type="button" onClick={() => setShown(shown + 4 * SHOWN)}>
            Show more of {whole(rows.length)}
          </button>
        </p>
      )}
    </>
  );
}
