import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { percent, whole } from '../parts/format.ts';
import { Go } from '../parts/go.tsx';

type Cosell = AnswerOf<'/v1/connections/{id}/cosell'>['cosell'];

const SHOWN = 5;
const STATES: Record<Cosell['state'], string> = {
  direct: 'No partner stands on this deal.',
  alone: 'One partner stands on this deal.',
  shared: 'Several partners stand on this deal.',
};
const MISSING: Record<Cosell['missing'][number], string> = {
  customer: 'Its customer is not on record, so nobody is known there.',
  'nobody known': 'No partner that may have it has worked with its customer.',
  'nobody strong': 'No partner wins more than the others at its stage or of its product.',
};

/** Who stands on an open deal, and who could win it together; nothing for a closed one. */
export function DealCosell({ connection, deal }: { connection: string; deal: string }): ReactNode {
  const { data } = useQuery({
    queryKey: ['cosell', connection, deal],
    queryFn: () => get('/v1/connections/{id}/cosell', { id: connection }, { deal }),
    retry: false,
  });
  if (data === undefined) return null;
  const { state, partners, pairs, missing } = data.cosell;
  return (
    <section aria-labelledby="cosell">
      <h2 id="cosell">Partners on it, and who could win it together</h2>
      <p>{STATES[state]} Proposals only: nobody is assigned to a deal by them.</p>
      <ul>
        {partners.map(({ partnerId, name, roles, credit }) => (
          <li key={partnerId}>
            {name ?? partnerId}
            {roles.length > 0 && ` (${roles.join(', ')})`}: {creditOf(credit)}
          </li>
        ))}
      </ul>
      <ol>
        {pairs.slice(0, SHOWN).map((pair) => (
          <li key={`${pair.strong.id} ${pair.known.id}`}>
            <Pair connection={connection} pair={pair} />
          </li>
        ))}
      </ol>
      {missing.map((one) => (
        <p key={one}>{MISSING[one]}</p>
      ))}
    </section>
  );
}

function creditOf(credit: Cosell['partners'][number]['credit']): string {
  if (credit === null || credit.kind === 'none') return 'no credit if it were won now';
  return credit.kind === 'sourced'
    ? `credited with ${percent(credit.share)} if it were won now (${credit.rule})`
    : `counted as influence if it were won now (${credit.rule})`;
}

function Pair({
  connection,
  pair: { strong, known, joint },
}: {
  connection: string;
  pair: Cosell['pairs'][number];
}): ReactNode {
  const { by, of, n, own, low, high, pool } = strong.strength;
  return (
    <>
      <Go to={[connection, 'partners', strong.id]}>{strong.name}</Go> wins {percent(own)} (
      {percent(low)} to {percent(high)}) {by === 'stage' ? 'at' : 'of'} {of}, others {percent(pool)}{' '}
      ({whole(n)} deals); <Go to={[connection, 'partners', known.id]}>{known.name}</Go> is known
      there ({whole(known.record.won)} of {whole(known.record.n)} deals won).{' '}
      {joint === null
        ? 'Nothing was decided yet on which both stood.'
        : `Together: ${whole(joint.won)} of ${whole(joint.n)} won.`}
    </>
  );
}
