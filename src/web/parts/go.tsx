import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** A link to an address of the pages. Its parts are data, so each is escaped. */
export function Go({
  to,
  search,
  children,
  className,
}: {
  to: readonly string[];
  search?: Record<string, string | undefined>;
  children: ReactNode;
  className?: string;
}): ReactNode {
  return (
    <Link
      to={pathOf(to)}
      search={search ?? {}}
      className={className}
      activeProps={{ 'aria-current': 'page' }}
    >
      {children}
    </Link>
  );
}

export const pathOf = (parts: readonly string[]): string =>
  `/c/${parts.map((part) => encodeURIComponent(part)).join('/')}`;
