import { useRouterState } from '@tanstack/react-router';
import { useEffect, useId, useState, type ReactNode } from 'react';
import { Go } from './go.tsx';

/** Every page that has a place of its own, under what it is for. */
const GROUPS = [
  {
    name: 'Work',
    pages: [
      ['plan', 'Write-back plan'],
      ['partners', 'Partners'],
      ['deals', 'Deals'],
      ['forecast', 'Forecast'],
    ],
  },
  {
    name: 'Partner insight',
    pages: [
      ['value', 'Value'],
      ['health', 'Health'],
      ['c3', 'C3'],
      ['enablement', 'Enablement'],
      ['profile', 'Profile'],
      ['customer-value', 'Customers'],
    ],
  },
  {
    name: 'Programme',
    pages: [
      ['tiers', 'Tiers'],
      ['classes', 'Classes'],
      ['allocation', 'Allocation'],
      ['return', 'Return'],
      ['funds', 'Funds'],
    ],
  },
  {
    name: 'Engine',
    pages: [
      ['runs', 'Runs and health'],
      ['mapping', 'Mapping'],
    ],
  },
] as const;

/**
 * The way to each page: beside it where there is room, behind a button on a phone. It closes when a
 * page was chosen, and by Escape.
 */
export function Menu({ connection }: { connection: string }): ReactNode {
  const [open, setOpen] = useState(false);
  const id = useId();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  useEffect(() => setOpen(false), [path]);
  return (
    <div
      className="menu"
      onKeyDown={({ key }) => {
        if (key === 'Escape') setOpen(false);
      }}
    >
      <button type="button" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        Menu
      </button>
      <nav aria-label="Pages" id={id} data-open={open}>
        {GROUPS.map(({ name, pages }) => (
          <section key={name} aria-labelledby={`${id}-${name}`}>
            <h2 id={`${id}-${name}`}>{name}</h2>
            <ul>
              {pages.map(([page, label]) => (
                <li key={page}>
                  <Go to={[connection, page]}>{label}</Go>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </nav>
    </div>
  );
}
