import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { Band } from '../parts/band.tsx';
import { Facts, type Fact } from '../parts/facts.tsx';
import { chance, day, money, percent, plainDay, tenth } from '../parts/format.ts';
import { Go } from '../parts/go.tsx';
import { usePlace } from '../parts/place.ts';
import { AsOf, Loaded } from '../parts/states.tsx';
import { Title } from '../parts/title.tsx';
import { DealCosell } from './deal-cosell.tsx';
import { DealCredit } from './deal-credit.tsx';
import { OnRecord, writtenTo } from './on-record.tsx';
import { Waterfall } from './waterfall.tsx';

type Answer = AnswerOf<'/v1/connections/{id}/deals/{deal}'>;
type Score = NonNullable<Answer['deal']['score']>;
const POINTS = 100;

/** One deal: its chance and why, what shows it to be real, whose win it is, and what to do. */
export function DealPage(): ReactNode {
  const { connection, params } = usePlace();
  const id = params['deal'] ?? '';
  const found = useQuery({
    queryKey: ['deal', connection, id],
    queryFn: () => get('/v1/connections/{id}/deals/{deal}', { id: connection, deal: id }),
  });
  return (
    <Loaded of={found} what="the deal" title="Deal">
      {(data) => {
        const { deal } = data;
        const { score } = deal;
        return (
          <>
            <p className="crumb">
              <Go to={[connection, 'deals']}>Deals</Go>
            </p>
            <Title of={deal.name} />
            {score !== null && <AsOf at={new Date(score.asOfMs).toISOString()} />}
            <Facts facts={standingOf(data, connection)} />
            {score !== null && (
              <section aria-labelledby="why">
                <h2 id="why">Why the chance is what it is</h2>
                {score.headline !== undefined && <p>{score.headline}</p>}
                <Waterfall
                  score={{ ...score, score: POINTS * score.probability }}
                  before={null}
                  what="chance"
                />
              </section>
            )}
            {data.credit !== null && (
              <DealCredit connection={connection} credit={data.credit} names={data.names} />
            )}
            {deal.state === 'open' && <DealCosell connection={connection} deal={deal.id} />}
            <OnRecord {...data} facts={recordOf(deal)} />
          </>
        );
      }}
    </Loaded>
  );
}

function standingOf({ deal, writes, reportingCurrency }: Answer, connection: string): Fact[] {
  const { score, partnerId, partnerName } = deal;
  return [
    {
      label: 'Partner',
      value:
        partnerId === null ? (
          'none, a direct deal'
        ) : (
          <Go to={[connection, 'partners', partnerId]}>{partnerName ?? partnerId}</Go>
        ),
    },
    {
      label: 'Amount',
      value: deal.amount === null ? 'none' : money(deal.amount, deal.currency),
      note:
        score === null
          ? ''
          : `${money(score.counted, reportingCurrency)} of it counts in the forecast`,
    },
    ...(score === null
      ? [
          {
            label: 'State',
            value: deal.state,
            note: deal.closedAt === null ? '' : `since ${day(deal.closedAt)}`,
          },
        ]
      : chancesOf(score, writes)),
  ];
}

const STANDINGS: Record<Score['standing'], string> = {
  proven: 'shown to be real',
  half: 'half shown to be real',
  unproven: 'nothing shows yet that it is real',
  silent: 'shown to be real once, too long ago',
};

function chancesOf(score: Score, writes: Answer['writes']): Fact[] {
  return [
    {
      label: 'Chance to win',
      value: (
        <Band
          value={score.probability}
          low={score.low}
          high={score.high}
          max={1}
          text={percent}
          little={score.littleEvidence}
        />
      ),
      note: `${score.event.text}; ${chance(score.everProbability)} that it is won at all${writtenTo(writes, 'deal.winProbability')}`,
    },
    { label: 'Health', value: score.health, note: STANDINGS[score.standing] },
    { label: 'Evidence', value: `${tenth(score.evidence)} resolved deals` },
    {
      label: 'Next action',
      value: score.nextAction?.text ?? 'nothing to do just now',
      note: score.nextAction?.evidence ?? '',
    },
    ...(score.duplicateOf == null ? [] : [{ label: 'Repeats', value: score.duplicateOf }]),
  ];
}

const recordOf = (deal: Answer['deal']): [fact: string, label: string, value: string | null][] => [
  ['name', 'Name', deal.name],
  ['stage', 'Stage', deal.stage],
  ['amount', 'Amount', deal.amount === null ? null : money(deal.amount, deal.currency)],
  ['closeDate', 'Close date', deal.closeDate === null ? null : plainDay(deal.closeDate)],
  ['createdAt', 'Created', day(deal.createdAt)],
  ['ownerId', 'Owner', deal.ownerName ?? deal.ownerId],
];
