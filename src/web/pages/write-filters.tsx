import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { Pick, TextField, Tick } from '../parts/fields.tsx';
import { usePlace } from '../parts/place.ts';

type Count = AnswerOf<'/v1/runs/{id}/writes/counts'>['counts'][number];

const STATES = [
  { value: 'planned', label: 'Would be written' },
  { value: 'held', label: 'Held back' },
  { value: 'done', label: 'Written' },
  { value: 'rejected', label: 'Refused by the CRM' },
];

type Search = Record<string, string | undefined>;

/** The filter that the address holds. */
export const filterOf = (search: Search) => ({
  state: search['state'],
  object: search['object'],
  field: search['field'],
  partner: search['partner'],
  owner: search['owner'],
  name: search['name'],
  minMove: Number(search['minMove']) > 0 ? Number(search['minMove']) : undefined,
  firstWrite: search['firstWrite'] === 'true' ? ('true' as const) : undefined,
  signChange: search['signChange'] === 'true' ? ('true' as const) : undefined,
});

export function Filters({
  connection,
  counts,
}: {
  connection: string;
  counts: Count[];
}): ReactNode {
  const { search, setSearch } = usePlace();
  const owners = useQuery({
    queryKey: ['owners', connection],
    queryFn: () => get('/v1/connections/{id}/deal-owners', { id: connection }),
  }).data?.owners;
  const objects = [...new Set([...counts.map((one) => one.object), search['object'] ?? ''])]
    .filter((one) => one !== '')
    .map((value) => ({ value, label: value }));
  const set = (name: string) => (value: string | undefined) => setSearch({ [name]: value });
  const tick = (name: string) => (on: boolean) => setSearch({ [name]: on ? 'true' : undefined });
  return (
    <search className="filters" aria-label="Filters">
      <TextField label="Name" value={search['name']} onChange={set('name')} />
      <Pick
        label="What becomes of it"
        all="Everything"
        choices={STATES}
        value={search['state']}
        onChange={set('state')}
      />
      <Pick
        label="Object"
        all="All objects"
        choices={objects}
        value={search['object']}
        onChange={set('object')}
      />
      <Pick
        label="Owner"
        all="All owners"
        choices={owners ?? []}
        value={search['owner']}
        onChange={set('owner')}
      />
      <TextField
        label="Moves by at least"
        type="number"
        min={0}
        value={search['minMove']}
        onChange={set('minMove')}
      />
      <Tick
        label="First write"
        checked={search['firstWrite'] === 'true'}
        onChange={tick('firstWrite')}
      />
      <Tick
        label="Changes its sign"
        checked={search['signChange'] === 'true'}
        onChange={tick('signChange')}
      />
    </search>
  );
}
