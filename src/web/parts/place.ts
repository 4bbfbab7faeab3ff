import { useNavigate, useParams, useSearch } from '@tanstack/react-router';

/** Where the reader is: the connection, what the address names, and the filters of the page. */
export function usePlace(): {
  connection: string;
  params: Record<string, string | undefined>;
  search: Record<string, string | undefined>;
  setSearch: (change: Record<string, string | undefined>) => void;
} {
  const params = useParams({ strict: false }) as Record<string, string | undefined>;
  const search = useSearch({ strict: false }) as Record<string, string | undefined>;
  const navigate = useNavigate();
  return {
    connection: params['connection'] ?? '',
    params,
    search,
    setSearch: (change) =>
      void navigate({
        to: '.',
        search: (before: Record<string, unknown>) => ({ ...before, ...change }),
        replace: true,
      }),
  };
}
