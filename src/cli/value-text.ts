import type { Speech } from '../model/language/languages.ts';
import { say } from '../model/language/say.ts';
import type { Concentration } from '../model/worth.ts';
import type { ValuedPartner, ValueList } from '../sync/measure/value-list.ts';
import { heading, printable } from './format.ts';

function partnerText({ name, type, value }: ValuedPartner, at: number, speech: Speech): string {
  const { value1y, value3y, active, lastYear, history } = value;
  const about = type === null ? '' : ` (${printable(type, 40)})`;
  const { months, wins } = history;
  const lines = [
    `${printable(name, 70)}${about}`,
    say(speech, 'value.year', value1y),
    say(speech, 'value.threeYears', value3y),
    say(speech, 'value.active', { p: active, lastYear }),
    say(speech, 'value.history', { wins, months, ago: wins === 0 ? 0 : months - history.last }),
  ];
  return lines.map((line, i) => `${i === 0 ? `${at}.`.padStart(4) : '    '} ${line}\n`).join('');
}

function concentrationText(found: Concentration | null, speech: Speech): string {
  if (found === null) return `  ${say(speech, 'value.nothingWon')}\n`;
  const { partners, topFifth, effective } = found;
  return [
    say(speech, 'value.topFifth', { p: topFifth.value, low: topFifth.low, high: topFifth.high }),
    say(speech, 'value.effective', { ...effective, n: effective.value, partners }),
  ]
    .map((line) => `  ${line}\n`)
    .join('');
}

/** Partners by what they are worth, and how few bring how much. */
export function valueText(list: ValueList, total: number, speech: Speech): string {
  const rest = total - list.partners.length;
  return [
    heading(say(speech, 'value.title')),
    ...list.partners.map((one, i) => partnerText(one, i + 1, speech)),
    rest === 0 ? '' : `  ${say(speech, 'attention.more', { n: rest })}\n`,
    concentrationText(list.concentration, speech),
  ].join('');
}
