/**
 * How well partners are valued, on made-up channels whose truth is known: 40 and 150 partners, 20
 * seeds. `npm run bench:value`.
 */
import { spreadOf, stillSelling } from '../../src/predict/score/value/dropout.ts';
import { historyOf } from '../../src/predict/score/value/partner-value.ts';
import {
  ALL,
  channelOf,
  PAST,
  signsOf,
  valuesAt,
  type MadePartner,
  type WorldName,
} from '../predict/score/selling-worlds.ts';

const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);
/** About 180 days. */
const SILENT_MONTHS = 6;
const FIRST = 12;

const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

function accuracy(channels: MadePartner[][]): string[] {
  const deals = channels.flatMap((channel) => valuesAt(channel, 'deals'));
  const money = channels.flatMap((channel) => valuesAt(channel, 'amounts'));
  const open = money.filter(({ value }) => value.value1y.high > 0);
  const held = (rows: typeof money): number =>
    mean(
      rows.map(({ value: { value1y }, future }) =>
        Number(future >= value1y.low && future <= value1y.high),
      ),
    );
  const ours = mean(deals.map(({ value, future }) => Math.abs(value.value1y.mean - future)));
  const last = mean(deals.map(({ value, future }) => Math.abs(value.lastYear - future)));
  const bias = mean(deals.map(({ value, future }) => value.value1y.mean - future));
  return [
    `mean error, deals of the next year: ${ours.toFixed(2)}, by last year's count ${last.toFixed(2)}`,
    `bias ${percent(bias / mean(deals.map(({ future }) => future)))}`,
    `80% intervals of money hold ${percent(held(open))} (${open.length} partners; ${percent(held(money))} with those of [0, 0])`,
  ];
}

interface Look {
  id: string;
  month: number;
  silent: boolean;
  stopped: number;
  sells: boolean;
}

/** Every partner, month by month, as it looked then. */
function looks(channels: MadePartner[][]): Look[] {
  return channels.flatMap((channel, c) => {
    const spread = spreadOf(channel.map((partner) => historyOf(signsOf(partner, PAST))));
    return channel.flatMap((partner, i) => {
      const { stopMonth } = partner;
      const found: Look[] = [];
      for (let month = FIRST; month <= ALL; month++) {
        const history = historyOf(partner.deals.slice(0, month));
        if (history.wins === 0) continue;
        const { active } = stillSelling(historyOf(signsOf(partner, month)), spread);
        const silent = history.months - history.last >= SILENT_MONTHS;
        found.push({
          id: `${c}/${i}`,
          month,
          silent,
          stopped: 1 - active,
          sells: month <= stopMonth,
        });
      }
      return found;
    });
  });
}

/** Months from stopping to the first call, at as many false alarms as the plain rule raises. */
function dormancy(channels: MadePartner[][]): string {
  const all = looks(channels);
  const selling = all.filter(({ sells }) => sells);
  const alarms = selling.filter(({ silent }) => silent).length;
  const bar = selling.map(({ stopped }) => stopped).sort((a, b) => b - a)[alarms]!;
  const stops = new Map(
    channels.flatMap((channel, c) =>
      channel.flatMap(({ stopMonth }, i) =>
        stopMonth >= FIRST && stopMonth <= ALL - FIRST + 2 ? [[`${c}/${i}`, stopMonth]] : [],
      ),
    ) as [string, number][],
  );
  const delay = (called: (look: Look) => boolean): number =>
    mean(
      [...stops].map(([id, stop]) => {
        const found = all.find((look) => look.id === id && look.month >= stop && called(look));
        return (found?.month ?? ALL + 1) - stop;
      }),
    );
  const [ours, rule] = [delay(({ stopped }) => stopped > bar), delay(({ silent }) => silent)];
  return `called stopped after ${ours.toFixed(1)} months, by six silent months after ${rule.toFixed(1)}, both with false alarms in ${percent(alarms / selling.length)} of selling months`;
}

for (const world of ['by quarters', 'by months', 'by deals'] satisfies WorldName[])
  for (const partners of [40, 150]) {
    const channels = SEEDS.map((seed) => channelOf(world, seed, partners));
    console.log(`\n${partners} partners that win ${world}`);
    for (const line of [...accuracy(channels), dormancy(channels)]) console.log(`  ${line}`);
  }
