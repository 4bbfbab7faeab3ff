import { useQuery } from '@tanstack/react-query';
import { Navigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { connections } from '../api/queries.ts';
import { pathOf } from '../parts/go.tsx';
import { Empty, Loaded } from '../parts/states.tsx';

/** The first connection's plan: what waits for somebody comes first. */
export function Home(): ReactNode {
  return (
    <main className="alone">
      <Loaded of={useQuery(connections)} what="your connections">
        {({ connections: all }) =>
          all[0] === undefined ? (
            <Empty title="Welcome to Headwater">
              No CRM is connected yet. <code>headwater connection add</code> walks you through it.
            </Empty>
          ) : (
            <Navigate to={pathOf([all[0].id, 'plan'])} replace />
          )
        }
      </Loaded>
    </main>
  );
}
