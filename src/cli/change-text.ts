import type { ChangeReport, PartnerChange, Waterfall, WaterfallStep } from '../model/change.ts';
import type { RunChanges } from '../sync/measure/run-changes.ts';
import { heading, instant, plural, printable, whole } from './format.ts';

const SINCE: Record<ChangeReport['since'], string> = {
  run: 'since the run before',
  week: 'since a week ago',
  quarter: 'since the start of the quarter',
};
const CAUSES: Record<WaterfallStep['cause'], string> = {
  time: 'time: nothing happened, and the days went by',
  facts: 'facts: what the CRM says now',
  plan: 'the joint plan was revised',
  model: 'the model was fitted anew',
};

/** Hundredths, since that is what adds up; money with its thousands. */
const number = (value: number): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const signed = (value: number): string => `${value > 0 ? '+' : ''}${number(value)}`;

/** Deals that are named behind a cause; the rest is in `--json`. */
const NAMED = 3;

function stepLines({ cause, amount, by }: WaterfallStep): string[] {
  return [
    `  ${signed(amount).padStart(16)}  ${CAUSES[cause]}\n`,
    ...by.map((one) => {
      const named = one.deals
        .slice(0, NAMED)
        .map((deal) => `${deal.dealId} ${signed(deal.amount)}`)
        .join(', ');
      const rest = one.deals.length > NAMED ? ', …' : '';
      const of = named === '' ? '' : ` (${named}${rest})`;
      return `  ${''.padStart(16)}    ${one.cause} ${signed(one.amount)}${of}\n`;
    }),
  ];
}

/** From what was said to what is said, cause by cause; they add up exactly. */
function waterfallText({ before, after, steps }: Waterfall): string {
  if (after === null) return '  there is no such number now\n';
  if (before === null)
    return `  ${number(after).padStart(16)}  now; there was no such number before\n`;
  if (steps.length === 0) return `  ${number(after).padStart(16)}  as before\n`;
  return [
    `  ${number(before).padStart(16)}  before\n`,
    ...steps.flatMap(stepLines),
    `  ${number(after).padStart(16)}  now\n`,
  ].join('');
}

export const partnerChangeText = (
  { name, partnerId, score, health, forecast }: PartnerChange,
  currency: string,
): string =>
  [
    heading(`${printable(name)} (${partnerId}): score`),
    waterfallText(score),
    heading('Plan health'),
    health.after === null && health.before === null
      ? '  no joint plan in force\n'
      : waterfallText(health),
    heading(`Forecast of the quarter, ${currency}`),
    waterfallText(forecast),
  ].join('');

const moveLine = ({ name, score }: PartnerChange): string => {
  const by = score.steps.map(({ cause, amount }) => `${cause} ${signed(amount)}`).join(', ');
  const change = (score.after ?? 0) - (score.before ?? 0);
  return `  ${printable(name, 36).padEnd(36)} ${number(score.before ?? 0).padStart(7)} -> ${number(score.after ?? 0).padStart(7)}  ${signed(change).padStart(7)}${by === '' ? '' : `  (${by})`}\n`;
};

/** The forecast by cause in a line, and the partners whose score moved most. */
export function runChangesText(changes: RunChanges): string {
  const { forecast, partners, fromRun, fromMs, currency, turned } = changes;
  const by = forecast.steps.map(({ cause, amount }) => `${cause} ${signed(amount)}`).join(', ');
  const told = turned
    ? 'the quarter has turned'
    : `${signed((forecast.after ?? 0) - (forecast.before ?? 0))} ${currency}${by === '' ? '' : `: ${by}`}`;
  return [
    `  since run ${fromRun} (${instant(fromMs)})\n`,
    `  forecast ${told}\n`,
    ...partners.slice(0, NAMED).map(moveLine),
    partners.length > 0 ? '  `headwater change show` says why, deal by deal\n' : '',
  ].join('');
}

/** Partners shown; all of them are in `--json`. */
const SHOWN = 15;

/** What changed, for people: the forecast of all, then the partners whose score moved most. */
export function changeText(report: ChangeReport): string {
  const { forecast, partners, currency, turned } = report;
  return [
    heading(`What changed ${SINCE[report.since]}`),
    `  from run ${report.fromRun} (${instant(report.fromMs)}) to run ${report.toRun} (${instant(report.toMs)})\n`,
    heading(`Forecast of the quarter, ${currency}`),
    turned
      ? '  the quarter has turned: the forecast is of another one, and has nothing to be held to\n'
      : waterfallText(forecast),
    heading('Partner scores'),
    partners.length === 0 ? '  none moved\n' : '',
    ...partners.slice(0, SHOWN).map(moveLine),
    partners.length > SHOWN ? `  … and ${whole(partners.length - SHOWN)} more (--json)\n` : '',
    partners.length > 0
      ? `  ${plural(partners.length, 'partner')} moved; \`headwater change show --partner NAME\` says why, in full\n`
      : '',
  ].join('');
}
