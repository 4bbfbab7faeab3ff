import type { AnswerOf } from '../api/client.ts';

type Answer = AnswerOf<'/v1/connections/{id}/forecasts'>;
type Numbers = (number | null)[];

export interface FanData {
  /** Moments in seconds, then one row of numbers for each of `LINES`. */
  data: [number[], ...Numbers[]];
  startSeconds: number;
  endSeconds: number;
  /** The last day that is known; the days ahead begin there. */
  nowSeconds: number;
}

const SECOND_MS = 1000;
const seconds = (iso: string | null): number => Date.parse(iso ?? '') / SECOND_MS;

/**
 * The lines of the fan, in the order of `LINES`: what was forecast on each day that has passed, and
 * from what is won on the last one to what the quarter may end with.
 */
export function fanOf(
  days: Answer['days'],
  { startsAt, endsAt, plan }: Pick<Answer, 'startsAt' | 'endsAt'> & { plan: number | null },
): FanData {
  const [startSeconds, endSeconds] = [seconds(startsAt), seconds(endsAt)];
  const last = days.at(-1);
  const past = days.map((one) => seconds(one.asOf));
  const nowSeconds = past.at(-1) ?? startSeconds;
  const times = [startSeconds, ...past, endSeconds];
  const known = (of: (one: Answer['days'][number]) => number): Numbers => [
    null,
    ...days.map(of),
    null,
  ];
  const ahead = (end: number): Numbers => [
    null,
    ...days.map((one) => (one === last ? one.wonToDate : null)),
    end,
  ];
  const flat: Numbers = times.map(() => plan);
  return {
    ...{ startSeconds, endSeconds, nowSeconds },
    data: [
      times,
      known((one) => one.p90),
      known((one) => one.p10),
      known((one) => one.p50),
      known((one) => one.wonToDate),
      known((one) => one.crmWeighted),
      ahead(last?.p90 ?? 0),
      ahead(last?.p10 ?? 0),
      ahead(last?.p50 ?? 0),
      flat,
    ],
  };
}
