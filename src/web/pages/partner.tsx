import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { Band } from '../parts/band.tsx';
import { Facts, type Fact } from '../parts/facts.tsx';
import { money, percent, tenth } from '../parts/format.ts';
import { Go } from '../parts/go.tsx';
import { usePlace } from '../parts/place.ts';
import { AsOf, Loaded } from '../parts/states.tsx';
import { Title } from '../parts/title.tsx';
import { CloseRates } from './close-rates.tsx';
import { DealList } from './deal-list.tsx';
import { OnRecord, writtenTo } from './on-record.tsx';
import { PartnerChanged } from './partner-changed.tsx';
import { PartnerSummary } from './partner-summary.tsx';
import { worthFacts } from './partner-worth.tsx';
import { PlanSides } from './plan-sides.tsx';
import { Waterfall } from './waterfall.tsx';

type Answer = AnswerOf<'/v1/connections/{id}/partners/{partner}'>;
const CENTS = 100;

/** One partner: where it stands, why, what was promised on both sides, and its deals. */
export function PartnerPage(): ReactNode {
  const { connection, params } = usePlace();
  const id = params['partner'] ?? '';
  const found = useQuery({
    queryKey: ['partner', connection, id],
    queryFn: () => get('/v1/connections/{id}/partners/{partner}', { id: connection, partner: id }),
  });
  return (
    <Loaded of={found} what="the partner" title="Partner">
      {(data) => (
        <>
          <p className="crumb">
            <Go to={[connection, 'partners']}>Partners</Go>
          </p>
          <Title of={data.partner.name} />
          <AsOf at={data.asOf} />
          <Facts facts={standingOf(data)} />
          <PartnerSummary connection={connection} partner={data.partner.id} />
          <section aria-labelledby="why">
            <h2 id="why">Why the score is what it is</h2>
            {data.score.headline !== undefined && <p>{data.score.headline}</p>}
            <Waterfall score={data.score} before={data.before} />
            <PartnerChanged connection={connection} partner={data.partner.id} />
          </section>
          <CloseRates rates={data.score.closeRates ?? []} />
          <section aria-labelledby="plan">
            <h2 id="plan">Joint plan</h2>
            <PlanSides health={data.score.planHealth} currency={data.currency} />
          </section>
          <section aria-labelledby="deals">
            <h2 id="deals">Open deals</h2>
            <DealList
              connection={connection}
              filter={{ partner: data.partner.accountId, state: 'open' }}
              none="This partner has no open deal."
            />
          </section>
          <OnRecord {...data} facts={recordOf(data.partner)} />
        </>
      )}
    </Loaded>
  );
}

function standingOf({ score, credit, currency, writes }: Answer): Fact[] {
  const written = (output: string): string => writtenTo(writes, output);
  const [low, high] = [score.expectedAttainmentLow, score.expectedAttainmentHigh];
  return [
    {
      label: 'Score',
      value: (
        <Band value={score.score} low={score.low} high={score.high} little={score.littleEvidence} />
      ),
      note: `${score.event.text}${written('partner.score')}`,
    },
    {
      label: 'Expected of the goal',
      value: (
        <Band
          value={score.expectedAttainment}
          {...{ low, high }}
          max={Math.max(1, high)}
          text={percent}
        />
      ),
      note: `${gapText(score.gap, currency)}${written('partner.expectedAttainment')}`,
    },
    {
      label: 'Money at stake',
      value: money(score.moneyAtStake, currency),
      note: `the gap, times what one more win adds${written('partner.moneyAtStake')}`,
    },
    {
      label: 'Credit this fiscal year',
      value: credit === null ? 'none yet' : money(credit.sourced / CENTS, currency),
      note:
        credit === null
          ? ''
          : `sourced; ${money(credit.influenced / CENTS, currency)} influenced${written('partner.sourced')}`,
    },
    ...worthFacts(score.worth, currency),
    {
      label: 'Evidence',
      value: `${tenth(score.evidence)} resolved deals`,
      note: `a comparable partner would score ${tenth(score.difficulty)}`,
    },
    {
      label: 'Next action',
      value: score.nextAction?.text ?? 'nothing to do just now',
      note: score.nextAction?.evidence ?? '',
    },
  ];
}

const gapText = (gap: number, currency: string): string =>
  gap === 0 ? 'goal reached' : `${money(gap, currency)} short of the goal`;

const recordOf = (
  partner: Answer['partner'],
): [fact: string, label: string, value: string | null][] => [
  ['name', 'Name', partner.name],
  ['type', 'Type', partner.type],
  ['tier', 'Tier', partner.tier],
  ['region', 'Region', partner.region],
  ['ownerId', 'Owner', partner.ownerName ?? partner.ownerId],
];
