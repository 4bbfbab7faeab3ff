import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { Band } from '../parts/band.tsx';
import { day, money, moment, percent, tenth } from '../parts/format.ts';
import { Go } from '../parts/go.tsx';
import { usePlace } from '../parts/place.ts';
import { AsOf, Loaded } from '../parts/states.tsx';
import { Title } from '../parts/title.tsx';
import { DealList } from './deal-list.tsx';
import { PlanSides } from './plan-sides.tsx';
import { Waterfall } from './waterfall.tsx';

type Partner = AnswerOf<'/v1/connections/{id}/partners/{partner}'>;
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
    <Loaded of={found} what="the partner">
      {(data) => (
        <>
          <p className="crumb">
            <Go to={[connection, 'partners']}>Partners</Go>
          </p>
          <Title of={data.partner.name} />
          <AsOf at={data.asOf} />
          <Standing {...data} />
          <section aria-labelledby="why">
            <h2 id="why">Why the score is what it is</h2>
            <Waterfall score={data.score} before={data.before} />
          </section>
          <section aria-labelledby="plan">
            <h2 id="plan">Joint plan</h2>
            <PlanSides health={data.score.planHealth} />
          </section>
          <section aria-labelledby="deals">
            <h2 id="deals">Open deals</h2>
            <DealList
              connection={connection}
              filter={{ partner: data.partner.accountId, state: 'open' }}
            />
          </section>
          <Facts {...data} />
        </>
      )}
    </Loaded>
  );
}

function Standing({ score, credit, currency }: Partner): ReactNode {
  const attainment = [
    score.expectedAttainment,
    score.expectedAttainmentLow,
    score.expectedAttainmentHigh,
  ] as const;
  return (
    <dl className="facts">
      <div>
        <dt>Score</dt>
        <dd>
          <Band value={score.score} low={score.low} high={score.high} />
          <small>{score.event.text}</small>
        </dd>
      </div>
      <div>
        <dt>Expected of goal</dt>
        <dd>
          <Band
            value={attainment[0]}
            low={attainment[1]}
            high={attainment[2]}
            max={Math.max(1, attainment[2])}
            text={percent}
          />
          <small>Gap {money(score.gap, currency)}</small>
        </dd>
      </div>
      <div>
        <dt>At stake</dt>
        <dd>{money(score.moneyAtStake, currency)}</dd>
      </div>
      <div>
        <dt>Credit this fiscal year</dt>
        <dd>
          {credit === null
            ? 'none yet'
            : `${money(credit.sourced / CENTS, currency)} sourced, ${money(credit.influenced / CENTS, currency)} influenced`}
        </dd>
      </div>
      <div>
        <dt>Evidence</dt>
        <dd>{tenth(score.evidence)} resolved deals</dd>
      </div>
      <div>
        <dt>Next action</dt>
        <dd>{score.nextAction?.text ?? 'nothing to do just now'}</dd>
      </div>
    </dl>
  );
}

/** What stands on the record, each with the field of the CRM that it comes from. */
function Facts({ partner, sources, readAt }: Partner): ReactNode {
  const shown: [string, string | null][] = [
    ['name', partner.name],
    ['type', partner.type],
    ['tier', partner.tier],
    ['region', partner.region],
    ['ownerId', partner.ownerName],
  ];
  return (
    <section aria-labelledby="record">
      <h2 id="record">On the record in the CRM</h2>
      <dl className="facts">
        {shown.map(([fact, value]) => (
          <div key={fact}>
            <dt>{fact === 'ownerId' ? 'Owner' : fact[0]!.toUpperCase() + fact.slice(1)}</dt>
            <dd>
              {value ?? 'empty'}
              <small>
                {sources
                  .filter((one) => one.fact === fact)
                  .map((one) => `${one.object}.${one.field}`)
                  .join(', ')}
              </small>
            </dd>
          </div>
        ))}
      </dl>
      <p className="as-of">Read from the CRM {readAt === null ? day(null) : moment(readAt)}.</p>
    </section>
  );
}
