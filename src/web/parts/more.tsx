import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';

/** The button for the next page of a list. */
export function More({
  of,
  what,
}: {
  of: Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>;
  what: string;
}): ReactNode {
  if (!of.hasNextPage) return null;
  return (
    <p className="more">
      <button
        type="button"
        disabled={of.isFetchingNextPage}
        onClick={() => void of.fetchNextPage()}
      >
        {of.isFetchingNextPage ? 'Loading …' : `Show more ${what}`}
      </button>
    </p>
  );
}
