import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';
import { signOut } from '../api/client.ts';
import { connections, session } from '../api/queries.ts';
import { Pick } from '../parts/fields.tsx';
import { pathOf } from '../parts/go.tsx';
import { Menu } from '../parts/menu.tsx';
import { usePlace } from '../parts/place.ts';
import { chooseTheme, THEMES, useTheme } from '../parts/theme.ts';
import { Empty, Loaded } from '../parts/states.tsx';

/** What stands around every page of a connection. */
export function Shell(): ReactNode {
  const { connection } = usePlace();
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const before = useRef(path);
  // A screen reader goes on where the new page begins, and the title says which one it is.
  useEffect(() => {
    if (before.current !== path) main.current?.focus();
    before.current = path;
  }, [path]);
  return (
    <div className="shell">
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <header>
        <p className="brand">Headwater</p>
        <Corner connection={connection} />
      </header>
      <Menu connection={connection} />
      <main id="main" ref={main} tabIndex={-1}>
        <Paper connection={connection} />
        <Loaded of={useQuery(connections)} what="the connection">
          {({ connections: all }) =>
            all.some((one) => one.id === connection) ? (
              <Outlet />
            ) : (
              <Empty title="No such connection">There is no connection “{connection}”.</Empty>
            )
          }
        </Loaded>
      </main>
    </div>
  );
}

/** What the page is of, where it is printed. */
function Paper({ connection }: { connection: string }): ReactNode {
  const all = useQuery(connections).data?.connections ?? [];
  const name = all.find(({ id }) => id === connection)?.orgName ?? connection;
  return (
    <p className="printed" aria-hidden="true">
      Headwater · {name}
    </p>
  );
}

function Corner({ connection }: { connection: string }): ReactNode {
  const navigate = useNavigate();
  const client = useQueryClient();
  const theme = useTheme();
  const me = useQuery(session).data;
  const all = useQuery(connections).data?.connections ?? [];
  const leave = async (): Promise<void> => {
    await signOut();
    client.clear();
    await navigate({ to: '/signed-out' });
  };
  return (
    <div className="corner">
      {all.length > 1 && (
        <Pick
          label="Connection"
          all={connection}
          choices={all.map(({ id, orgName }) => ({ value: id, label: orgName ?? id }))}
          value={connection}
          onChange={(id) => void navigate({ to: pathOf([id ?? connection, 'plan']) })}
        />
      )}
      <Pick
        label="Colours"
        all="As the system"
        choices={THEMES.filter((one) => one !== 'system').map((one) => ({
          value: one,
          label: one === 'dark' ? 'Dark' : 'Light',
        }))}
        value={theme === 'system' ? undefined : theme}
        onChange={(value) => chooseTheme(value === 'dark' || value === 'light' ? value : 'system')}
      />
      {me !== undefined && (
        <p className="me">
          {me.name}{' '}
          {me.by === 'session' && (
            <button type="button" onClick={() => void leave()}>
              Sign out
            </button>
          )}
        </p>
      )}
    </div>
  );
}
