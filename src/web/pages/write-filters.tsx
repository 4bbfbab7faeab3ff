import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { FilterBar } from '../parts/filter-bar.tsx';
import { usePlace } from '../parts/place.ts';

type Count = AnswerOf<'/v1/runs/{id}/writes/counts'>['counts'][number];
type Search = Record<string, string | undefined>;

const STATES = [
  { value: 'planned', label: 'Would be written' },
  { value: 'held', label: 'Held back' },
  { value: 'done', label: 'Written' },
  { value: 'rejected', label: 'Refused' },
];
const TEXTS = ['state', 'object', 'field', 'partner', 'owner', 'name'] as const;
const TICKS = ['firstWrite', 'signChange'] as const;

type Texts = { [Name in (typeof TEXTS)[number]]?: string };
type Ticks = { [Name in (typeof TICKS)[number]]?: 'true' };
export type WriteFilter = Texts & Ticks & { minMove?: number };

/** The filter that the address holds, as the API takes it. */
export const filterOf = (search: Search): WriteFilter => ({
  ...Object.fromEntries(TEXTS.map((name) => [name, search[name]])),
  ...Object.fromEntries(
    TICKS.flatMap((name) => (search[name] === 'true' ? [[name, 'true' as const]] : [])),
  ),
  state: STATES.some(({ value }) => value === search['state']) ? search['state'] : undefined,
  minMove: Number(search['minMove']) > 0 ? Number(search['minMove']) : undefined,
});

export function WriteFilters({
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
  const objects = [...new Set(counts.map((one) => one.object))].map((value) => ({
    ...{ value, label: value },
  }));
  const kind = 'pick' as const;
  const alone = [search['field'], search['partner']].filter((one) => one !== undefined);
  return (
    <>
      <FilterBar
        fields={[
          { kind: 'text', name: 'name', label: 'Name' },
          {
            ...{ kind, name: 'state', label: 'What becomes of it', all: 'Everything' },
            choices: STATES,
          },
          {
            kind,
            open: true,
            name: 'object',
            label: 'Object',
            all: 'All objects',
            choices: objects,
          },
          {
            ...{ kind, open: true, name: 'owner', label: 'Owner', all: 'All owners' },
            choices: owners ?? [],
          },
          { kind: 'number', name: 'minMove', label: 'Moves by at least' },
          { kind: 'tick', name: 'firstWrite', label: 'Was empty' },
          { kind: 'tick', name: 'signChange', label: 'Changes its sign' },
        ]}
      />
      {alone.length > 0 && (
        <p>
          Only of <code>{alone.join(', ')}</code>{' '}
          <button type="button" onClick={() => setSearch({ field: undefined, partner: undefined })}>
            Show the others too
          </button>
        </p>
      )}
    </>
  );
}
