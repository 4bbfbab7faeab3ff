import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { get } from '../api/client.ts';

/** The period in three sentences; nothing while it is on its way, since the page says it all too. */
export function PartnerSummary({
  connection,
  partner,
}: {
  connection: string;
  partner: string;
}): ReactNode {
  const { data } = useQuery({
    queryKey: ['summary', connection, partner],
    queryFn: () =>
      get('/v1/connections/{id}/partners/{partner}/summary', { id: connection, partner }),
  });
  if (data === undefined) return null;
  return (
    <section aria-labelledby="summary">
      <h2 id="summary">{data.period} in three sentences</h2>
      <p>{data.sentences.join(' ')}</p>
    </section>
  );
}
