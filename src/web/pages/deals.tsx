import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { get } from '../api/client.ts';
import { choicesOf, FilterBar } from '../parts/filter-bar.tsx';
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
  const { connection, search } = usePlace();
  const owners = useQuery({
    queryKey: ['owners', connection],
    queryFn: () => get('/v1/connections/{id}/deal-owners', { id: connection }),
  }).data?.owners;
  const kind = 'pick' as const;
  const narrowed = Object.entries(search).some(
    ([name, value]) => name !== 'order' && value !== undefined,
  );
  return (
    <>
      <Title of="Deals" />
      <FilterBar
        fields={[
          { kind: 'text', name: 'name', label: 'Name' },
          { kind, name: 'state', label: 'State', all: 'All', choices: choicesOf(STATES) },
          { kind, name: 'health', label: 'Health', all: 'All', choices: choicesOf(HEALTHS) },
          { kind: 'tick', name: 'zombie', label: 'Open in the CRM alone' },
          {
            ...{ kind, open: true, name: 'owner', label: 'Owner', all: 'All owners' },
            choices: owners ?? [],
          },
          {
            ...{ kind, name: 'order', label: 'Order', all: ORDER_WORDS.value },
            choices: ORDERS.slice(1).map((value) => ({ value, label: ORDER_WORDS[value] })),
          },
        ]}
      />
      <DealList
        connection={connection}
        none={
          narrowed
            ? 'No deal matches these filters.'
            : 'No deal is known yet: a run reads them and scores them.'
        }
        filter={{
          name: search['name'],
          partner: search['partner'],
          owner: search['owner'],
          zombie: search['zombie'] === 'true' ? 'true' : undefined,
          state: STATES.find((one) => one === search['state']),
          health: HEALTHS.find((one) => one === search['health']),
          order: ORDERS.find((one) => one === search['order']),
        }}
      />
    </>
  );
}
