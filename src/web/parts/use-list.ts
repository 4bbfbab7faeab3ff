import { keepPreviousData, useInfiniteQuery, type InfiniteData } from '@tanstack/react-query';

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
  /** After how long it is asked for again; never when left out. */
  againMs?: (data: InfiniteData<Answer> | undefined) => number,
) =>
  useInfiniteQuery({
    queryKey: key,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => ask(pageParam),
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    ...(againMs === undefined
      ? {}
      : {
          refetchInterval: ({ state }: { state: { data: InfiniteData<Answer> | undefined } }) =>
            againMs(state.data),
        }),
  });
