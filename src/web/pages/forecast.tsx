import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, type ReactNode } from 'react';
import { get, type AnswerOf } from '../api/client.ts';
import { Band } from '../parts/band.tsx';
import { money, percent, whole } from '../parts/format.ts';
import { usePlace } from '../parts/place.ts';
import { AsOf, Empty, Loaded, Loading } from '../parts/states.tsx';
import { Title } from '../parts/title.tsx';
import { Breakdown } from './breakdown.tsx';
import { TrackRecord } from './track-record.tsx';

/** The chart comes when somebody looks at one. */
const Fan = lazy(() => import('./fan.tsx'));

type Answer = AnswerOf<'/v1/connections/{id}/forecast'>;

/** What the quarter will bring, with its interval, and what that is made of. */
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
    <Loaded of={found} what="the forecast">
      {({ forecast }) => (
        <>
          <Title of={`Forecast of ${forecast.period.label}`} />
          <AsOf at={new Date(forecast.asOfMs).toISOString()} />
          <Made forecast={forecast} />
          <section aria-labelledby="fan">
            <h2 id="fan">The quarter, day by day</h2>
            <Loaded of={days} what="the days">
              {(data) =>
                data.days.length === 0 ? (
                  <Empty>No day of this quarter has been forecast yet.</Empty>
                ) : (
                  <Suspense fallback={<Loading what="the chart" />}>
                    <Fan days={data.days} currency={data.currency} />
                  </Suspense>
                )
              }
            </Loaded>
          </section>
          <Breakdown connection={connection} forecast={forecast} />
          <section aria-labelledby="record">
            <h2 id="record">Track record</h2>
            <TrackRecord connection={connection} />
          </section>
        </>
      )}
    </Loaded>
  );
}

/** What stands beside what: won, open, new; the CRM's own number. */
function Made({ forecast }: Pick<Answer, 'forecast'>): ReactNode {
  const { total, wonToDate, openMean, newMean, crmWeighted, currency, standings } = forecast;
  const text = (value: number): string => money(value, currency);
  const share = (value: number): string => percent(total.mean === 0 ? 0 : value / total.mean);
  return (
    <dl className="facts">
      <div>
        <dt>Forecast (middle, with its 80% band)</dt>
        <dd>
          <Band
            value={total.p50}
            low={total.p10}
            high={total.p90}
            max={Math.max(total.p90, crmWeighted)}
            text={text}
          />
        </dd>
      </div>
      <div>
        <dt>Expected (mean)</dt>
        <dd>{text(total.mean)}</dd>
      </div>
      <div>
        <dt>Won so far</dt>
        <dd>
          {text(wonToDate)} <small>{share(wonToDate)} of the mean</small>
        </dd>
      </div>
      <div>
        <dt>From open deals</dt>
        <dd>
          {text(openMean)} <small>{share(openMean)}</small>
        </dd>
      </div>
      <div>
        <dt>From deals not created yet</dt>
        <dd>
          {text(newMean)} <small>{share(newMean)}</small>
        </dd>
      </div>
      <div>
        <dt>The CRM’s own weighted pipeline</dt>
        <dd>{text(crmWeighted)}</dd>
      </div>
      <div>
        <dt>Open deals</dt>
        <dd>
          {whole(standings.proven)} proven, {whole(standings.half)} half,{' '}
          {whole(standings.unproven)} unproven, {whole(standings.silent)} silent
        </dd>
      </div>
    </dl>
  );
}
