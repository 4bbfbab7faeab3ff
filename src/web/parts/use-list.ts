import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';

interface Page {
  next: string | null;
}

/**
 * A list that the API pages. While a filter is being typed the rows of the one before stay, so that
 * nothing jumps.
 */
export const useList = <Answer extends Page>(
  key: readonly unknown[],
  ask: (after: string | undefined) => Promise<Answer>,
) =>
  useInfiniteQuery({
    queryKey: key,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => ask(pageParam),
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
