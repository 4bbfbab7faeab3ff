import type { Speech } from '../../model/language/languages.ts';
import { say } from '../../model/language/printed.ts';
import { inWords } from '../../model/language/say.ts';
import type { InternalReview, ReviewPack } from '../../model/review.ts';
import { figure, htmlPage, section, type Key } from '../page/parts.ts';
import { shown } from '../page/svg.ts';
import { changeChart, driverChart, paceChart, stageChart } from './charts.ts';
import type { Sheets } from './sheets.ts';

const paragraph = (text: string): string => `<p>${shown(text)}</p>`;

const sideKey = (speech: Speech): Key => [
  ['main', say(speech, 'review.side.partner')],
  ['plan', say(speech, 'review.side.vendor')],
];
const stageKey = (speech: Speech): Key => [
  ['band', say(speech, 'review.col.amount')],
  ['main', say(speech, 'review.col.expected')],
  ['bad', say(speech, 'health.stalled')],
];

/** Fields to fill in on the screen or on paper; nothing runs, so nothing is sent anywhere. */
function minutes(speech: Speech): string {
  const fields = (['present', 'agreed', 'next', 'date'] as const).map((id) => {
    const words = shown(say(speech, `review.minutes.${id}`));
    return `<label class="minutes"><span>${words}</span><textarea rows="${id === 'date' ? 1 : 4}"></textarea></label>`;
  });
  return section(say(speech, 'review.minutes'), ...fields);
}

function changes({ changes: found }: InternalReview, speech: Speech): string {
  const title = say(speech, 'review.waterfall');
  if (found === null) return section(title, paragraph(say(speech, 'review.noChanges')));
  const [forecast, score] = [say(speech, 'review.forecast'), say(speech, 'review.score')];
  const charts = [
    figure(changeChart(found.forecast, forecast, 'money', speech), forecast, []),
    figure(changeChart(found.score, score, 'decimal', speech), score, []),
  ];
  return section(
    title,
    ...(charts.some((chart) => chart !== '') ? charts : [paragraph(say(speech, 'review.unmoved'))]),
  );
}

function headOf({ shared, internal }: ReviewPack, title: string, speech: Speech): string {
  const { asOf, currency } = shared;
  const about = say(speech, 'review.about', { day: asOf, currency });
  const own = say(speech, internal === null ? 'review.shared' : 'review.internal');
  const { summary } = internal ?? shared;
  const score =
    internal === null
      ? []
      : [
          internal.score.headline,
          `${say(speech, 'review.forecast')}: ${inWords('money', internal.forecast.p50, speech)} (80%: ${inWords('money', internal.forecast.p10, speech)} – ${inWords('money', internal.forecast.p90, speech)})`,
        ];
  return `<h1>${shown(title)}</h1><p class="quiet">${shown(about)} <strong>${shown(own)}</strong></p>${[summary.join(' '), ...score].map(paragraph).join('')}`;
}

/** The whole pack as one file: it loads nothing and runs nothing. */
export function reviewPage(pack: ReviewPack, sheets: Sheets, speech: Speech): string {
  const { shared, internal } = pack;
  const title = say(speech, 'review.title', {
    partner: shared.partner.name,
    period: shared.period.label,
  });
  const orElse = (html: string, id: 'noDeals' | 'noCoaching' | 'noPromises'): string =>
    html === '' ? paragraph(say(speech, `review.${id}`)) : html;
  const plan =
    shared.plan === null
      ? [paragraph(say(speech, 'review.noPlan'))]
      : [
          paragraph(shared.plan.name),
          figure(
            paceChart(shared.targets, speech),
            say(speech, 'review.col.pace'),
            sideKey(speech),
          ),
          ...sheets.plan.map(({ html }) => html),
        ];
  const stages =
    internal === null
      ? ''
      : figure(stageChart(internal.stages, speech), say(speech, 'review.deals'), stageKey(speech));
  return htmlPage(speech.language, title, [
    headOf(pack, title, speech),
    section(say(speech, 'review.plan'), ...plan),
    internal === null ? '' : changes(internal, speech),
    section(say(speech, 'review.deals'), stages, orElse(sheets.deals.html, 'noDeals')),
    internal === null
      ? ''
      : section(
          say(speech, 'review.drivers'),
          figure(driverChart(internal, speech), internal.score.against, []),
          sheets.drivers?.html ?? '',
        ),
    sheets.coaching === null
      ? ''
      : section(say(speech, 'review.coaching'), orElse(sheets.coaching.html, 'noCoaching')),
    section(say(speech, 'review.promises'), orElse(sheets.promises.html, 'noPromises')),
    section(say(speech, 'review.proposals'), sheets.proposals.html),
    minutes(speech),
  ]);
}
