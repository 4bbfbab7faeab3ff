import { useQuery } from '@tanstack/react-query';
import { connections } from '../api/queries.ts';
import { usePlace } from './place.ts';

/** What the facts of this connection come from, as people call it. */
export function useSource(): 'CRM' | 'folder' {
  const { connection } = usePlace();
  const all = useQuery(connections).data?.connections ?? [];
  return all.find(({ id }) => id === connection)?.crm === 'csv' ? 'folder' : 'CRM';
}
