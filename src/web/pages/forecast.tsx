import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, type ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { Band } from '../parts/band.tsx';
import { Facts } from '../parts/facts.tsx';
import { money, percent, plural, whole } from '../parts/format.ts';
import { Go } from '../parts/go.tsx';
import { usePlace } from '../parts/place.ts';
import { AsOf, Empty, Loaded, Loading } from '../parts/states.tsx';
import { Title } from '../parts/title.tsx';
import { Breakdown } from './breakdown.tsx';
import { ForecastChanged } from './forecast-changed.tsx';
import { TrackRecord } from './track-record.tsx';

/** The chart comes when somebody looks at one. */
const Fan = lazy(() => import('./fan.tsx'));

type Answer = AnswerOf<'/v1/connections/{id}/forecast'>;

/** What the quarter will bring, with its interval, why that moved, and what it is made of. */
export function ForecastPage(): ReactNode {
  const { connection } = usePlace();
  const found = useQuery({
    queryKey: ['forecast', connection],
    queryFn: () => get('/v1/connections/{id}/forecast', { id: connection }),
  });
  const days = useQuery({
    queryKey: ['forecast-days', connection],
    queryFn: () => get('/v1/connections/{id}/forecasts', { id: connection }),
  });
  return (
    <Loaded of={found} what="the forecast" title="Forecast">
      {({ forecast, plan, names }) => (
        <>
          <Title of={`Forecast of ${forecast.period.label}`} />
          <AsOf at={new Date(forecast.asOfMs).toISOString()} />
          <Made {...{ forecast, plan, connection }} />
          <section aria-labelledby="fan">
            <h2 id="fan">The quarter, day by day</h2>
            <Loaded of={days} what="the days">
              {(data) =>
                data.days.length === 0 ? (
                  <Empty>No day of this quarter has been forecast yet.</Empty>
                ) : (
                  <Suspense fallback={<Loading what="the chart" />}>
                    <Fan {...data} plan={plan?.inQuarter ?? null} />
                  </Suspense>
                )
              }
            </Loaded>
          </section>
          <ForecastChanged connection={connection} />
          <Breakdown {...{ connection, forecast, names }} />
          <section aria-labelledby="record">
            <h2 id="record">Track record</h2>
            <TrackRecord connection={connection} currency={forecast.currency} />
          </section>
        </>
      )}
    </Loaded>
  );
}

/** What stands beside what: won, open, new; the CRM's own number, and the joint plans. */
function Made({
  forecast,
  plan,
  connection,
}: Pick<Answer, 'forecast' | 'plan'> & { connection: string }): ReactNode {
  const { total, wonToDate, openMean, newMean, crmWeighted, currency, standings } = forecast;
  const text = (value: number): string => money(value, currency);
  const share = (value: number): string => percent(total.mean === 0 ? 0 : value / total.mean);
  const max = Math.max(total.p90, crmWeighted, plan?.inQuarter ?? 0);
  return (
    <Facts
      facts={[
        {
          label: 'Forecast, with its 80% band',
          value: <Band value={total.p50} low={total.p10} high={total.p90} max={max} text={text} />,
          note: `${text(total.mean)} on average`,
        },
        {
          label: 'Won so far',
          value: text(wonToDate),
          note: `${share(wonToDate)} of the average`,
        },
        {
          label: 'From open deals',
          value: text(openMean),
          note: (
            <>
              {share(openMean)};{' '}
              <Go to={[connection, 'deals']} search={{ state: 'open' }}>
                {`${whole(standings.proven)} proven, ${whole(standings.half)} half, ${whole(standings.unproven)} unproven, ${whole(standings.silent)} silent`}
              </Go>
            </>
          ),
        },
        { label: 'From deals not created yet', value: text(newMean), note: share(newMean) },
        {
          label: 'By stage probabilities',
          value: text(crmWeighted),
          note: 'won so far + open amounts × stage probabilities',
        },
        {
          label: 'Joint plans, this quarter’s part',
          value: plan === null ? 'none in force' : text(plan.inQuarter),
          ...(plan === null
            ? {}
            : {
                note: `${plural(plan.partners, 'partner')} promised ${text(plan.goal)} in all; ${text(plan.expected)} is expected`,
              }),
        },
      ]}
    />
  );
}
