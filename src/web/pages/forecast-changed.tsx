import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { get } from '../api/client.ts';
import { Pick } from '../parts/fields.tsx';
import { day, money } from '../parts/format.ts';
import { usePlace } from '../parts/place.ts';
import { Empty, Loaded } from '../parts/states.tsx';
import { Changed } from './changed.tsx';

const SINCE = ['week', 'run', 'quarter'] as const;
const WORDS = {
  week: 'A week ago',
  run: 'The run before',
  quarter: 'The start of the quarter',
} as const;

/** Why the forecast is another one, since a moment that the reader chooses. */
export function ForecastChanged({ connection }: { connection: string }): ReactNode {
  const { search, setSearch } = usePlace();
  const since = SINCE.find((one) => one === search['since']) ?? 'week';
  const found = useQuery({
    queryKey: ['forecast-changes', connection, since],
    queryFn: () => get('/v1/connections/{id}/forecast/changes', { id: connection }, { since }),
  });
  return (
    <section aria-labelledby="changed">
      <h2 id="changed">What changed</h2>
      <div className="filters">
        <Pick
          label="Compared with"
          all={WORDS.week}
          choices={SINCE.slice(1).map((value) => ({ value, label: WORDS[value] }))}
          value={since === 'week' ? undefined : since}
          onChange={(next) => setSearch({ since: next })}
        />
      </div>
      <Loaded of={found} what="what changed">
        {({ change }) => {
          if (change === null)
            return (
              <Empty>
                There is nothing to compare with: this is the first run, or there are too many
                partners to compare in a run. <code>headwater change show</code> then compares them
                on request.
              </Empty>
            );
          if (change.turned || change.forecast.before === null)
            return (
              <Empty>
                A new quarter has begun since; its forecast cannot be compared with the last one's.
              </Empty>
            );
          if (change.forecast.steps.length === 0)
            return <Empty>Nothing has changed since {day(change.fromMs)}.</Empty>;
          return (
            <Changed
              connection={connection}
              change={change.forecast}
              caption={`Since ${day(change.fromMs)}; the parts add up, and each opens to its deals`}
              text={(value) => money(value, change.currency)}
            />
          );
        }}
      </Loaded>
    </section>
  );
}
