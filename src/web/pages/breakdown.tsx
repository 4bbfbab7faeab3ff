import { Tabs } from '@base-ui/react/tabs';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { Band } from '../parts/band.tsx';
import { money } from '../parts/format.ts';
import { Go } from '../parts/go.tsx';
import { DataTable, type Column } from '../parts/table.tsx';

type Forecast = AnswerOf<'/v1/connections/{id}/forecast'>['forecast'];
type Row = Forecast['breakdown']['partner'][number];

const KINDS = ['partner', 'region', 'product', 'owner', 'tier', 'type'] as const;

/** The forecast by partner, region, product and owner. */
export function Breakdown(props: { connection: string; forecast: Forecast }): ReactNode {
  const { connection, forecast } = props;
  const names = useNames(connection);
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
        {KINDS.map((kind) => {
          const rows = forecast.breakdown[kind];
          const highest = Math.max(1, ...rows.map((row) => row.p90));
          const columns: Column<Row>[] = [
            {
              id: 'key',
              header: kind[0]!.toUpperCase() + kind.slice(1),
              cell: (row) =>
                kind === 'partner' && names.has(row.key) ? (
                  <Go to={[connection, 'partners', row.key]}>{names.get(row.key)}</Go>
                ) : (
                  (names.get(row.key) ?? row.key)
                ),
            },
            {
              id: 'mean',
              header: 'Expected',
              number: true,
              cell: (row) => money(row.mean, forecast.currency),
            },
            {
              id: 'band',
              header: 'Middle and band',
              cell: (row) => (
                <Band
                  value={row.p50}
                  low={row.p10}
                  high={row.p90}
                  max={highest}
                  text={(value) => money(value, forecast.currency)}
                />
              ),
            },
          ];
          return (
            <Tabs.Panel key={kind} value={kind}>
              <DataTable
                caption={`Forecast by ${kind}`}
                columns={columns}
                rows={rows}
                idOf={(row) => row.key}
              />
            </Tabs.Panel>
          );
        })}
      </Tabs.Root>
    </section>
  );
}

/** Words for the ids of partners and owners. */
function useNames(connection: string): ReadonlyMap<string, string> {
  const partners = useQuery({
    queryKey: ['partner-names', connection],
    queryFn: () => get('/v1/connections/{id}/partners', { id: connection }, { limit: 500 }),
  }).data?.partners;
  const owners = useQuery({
    queryKey: ['owners', connection],
    queryFn: () => get('/v1/connections/{id}/deal-owners', { id: connection }),
  }).data?.owners;
  return new Map([
    ...(partners ?? []).flatMap((one): [string, string][] => [
      [one.id, one.name],
      [one.accountId, one.name],
    ]),
    ...(owners ?? []).map((one): [string, string] => [one.value, one.label]),
  ]);
}
