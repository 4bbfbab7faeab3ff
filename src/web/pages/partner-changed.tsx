import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { get } from '../api/client.ts';
import { day, money, tenth } from '../parts/format.ts';
import { Loaded } from '../parts/states.tsx';
import { Changed } from './changed.tsx';

/**
 * Since last week by cause: what time, the facts, the plan and the model did to the score, and
 * which deals moved the forecast. It is measured anew, so it is asked for when somebody looks.
 */
export function PartnerChanged(props: { connection: string; partner: string }): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>By cause, with the deals behind it</summary>
      {open && <Causes {...props} />}
    </details>
  );
}

function Causes({ connection, partner }: { connection: string; partner: string }): ReactNode {
  const found = useQuery({
    queryKey: ['changes', connection, partner],
    queryFn: () =>
      get('/v1/connections/{id}/changes', { id: connection }, { since: 'week', partner }),
  });
  return (
    <Loaded of={found} what="what changed">
      {({ partners: [own], fromMs, currency }) => {
        if (own === undefined) return <p>Nothing has changed since {day(fromMs)}.</p>;
        const since = `since ${day(fromMs)}`;
        return (
          <>
            <Changed
              {...{ connection, change: own.score, text: tenth }}
              caption={`Score, ${since}`}
            />
            <Changed
              {...{ connection, change: own.forecast }}
              caption={`Forecast of the quarter, ${since}`}
              text={(value) => money(value, currency)}
            />
          </>
        );
      }}
    </Loaded>
  );
}
