import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { get } from '../api/client.ts';
import { Pick, TextField } from '../parts/fields.tsx';
import { usePlace } from '../parts/place.ts';
import { Title } from '../parts/title.tsx';
import { DealList } from './deal-list.tsx';

const STATES = ['open', 'won', 'lost'] as const;
const HEALTHS = ['on track', 'slipping', 'stalled'] as const;
const ORDERS = ['value', 'amount', 'close', 'probability', 'name'] as const;
const ORDER_WORDS = {
  value: 'Most expected money',
  amount: 'Largest amount',
  close: 'Closing soonest',
  probability: 'Best chance',
  name: 'Name',
};

export function DealsPage(): ReactNode {
  const { connection, search, setSearch } = usePlace();
  const owners = useQuery({
    queryKey: ['owners', connection],
    queryFn: () => get('/v1/connections/{id}/deal-owners', { id: connection }),
  }).data?.owners;
  const set = (name: string) => (value: string | undefined) => setSearch({ [name]: value });
  const words = (all: readonly string[]) => all.map((value) => ({ value, label: value }));
  const pick = (
    name: string,
    label: string,
    all: string,
    choices: { value: string; label: string }[],
  ) => <Pick {...{ label, all, choices }} value={search[name]} onChange={set(name)} />;
  return (
    <>
      <Title of="Deals" />
      <search className="filters" aria-label="Filters">
        <TextField label="Name" value={search['name']} onChange={set('name')} />
        {pick('state', 'State', 'All', words(STATES))}
        {pick('health', 'Health', 'All', words(HEALTHS))}
        {pick('owner', 'Owner', 'All owners', owners ?? [])}
        {pick(
          'order',
          'Order',
          ORDER_WORDS.value,
          ORDERS.slice(1).map((value) => ({ value, label: ORDER_WORDS[value] })),
        )}
      </search>
      <DealList
        connection={connection}
        filter={{
          name: search['name'],
          partner: search['partner'],
          owner: search['owner'],
          state: STATES.find((one) => one === search['state']),
          health: HEALTHS.find((one) => one === search['health']),
          order: ORDERS.find((one) => one === search['order']),
        }}
      />
    </>
  );
}
