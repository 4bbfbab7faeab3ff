import type { Speech } from '../model/language/languages.ts';
import type { DealScore, NextAction, PartnerScore, PlanHealth } from '../model/score.ts';
import { speechOf } from '../predict/index.ts';
import type { SpokenSettings } from '../sync/measure/spoken.ts';
import { explanation, type Explained } from '../model/language/reasons-text.ts';
import { sideText } from './commands/plan-text.ts';
import { closeRatesText, measuresText } from './measures-text.ts';
import { heading, instant, money, plural, points, printable } from './format.ts';

export interface NamedPartner {
  name: string;
  score: PartnerScore;
}
export interface NamedDeal {
  id: string;
  name: string;
  score: DealScore;
}

/** The words that also stand in the CRM. */
const whyText = (explained: Explained, speech: Speech): string =>
  explanation(explained, speech)
    .map((line) => `  ${line}\n`)
    .join('');

/** The action that is shown; else the one that waits, since its owner has enough to do. */
function nextText({
  nextAction,
  candidate,
}: {
  nextAction: NextAction | null;
  candidate?: NextAction | null;
}): string {
  const action = nextAction ?? candidate ?? null;
  if (action === null) return '';
  const lines = [
    `  ${nextAction === null ? 'Not among the few of its owner today' : 'Next'}: ${action.text}\n`,
    // Scores of an earlier version know no more than the sentence.
    action.effect === undefined
      ? ''
      : `    until ${action.expiresOn}, ${action.evidence}; ${action.effect.text}\n`,
  ];
  return `\n${lines.join('')}`;
}

/** How chances like this one came out; scores of an earlier version say nothing of it. */
const recordLine = (line: string | null | undefined): string =>
  line == null ? '' : `  track record: ${line}\n`;

/** Everything that is known of a partner's score. */
export function partnerText({ name, score }: NamedPartner, settings: SpokenSettings): string {
  return [
    heading(`${printable(name)} (${score.partnerId})`),
    `  ${score.event.text}; as of ${instant(score.asOfMs)}, model ${score.modelVersion}\n`,
    recordLine(score.trackRecord),
    heading('Why'),
    whyText({ ...score, total: score.score }, speechOf({ ...settings, asOfMs: score.asOfMs })),
    heading('Measures'),
    measuresText(score.kpis),
    closeRatesText(score.closeRates ?? []),
    planHealthText(score.planHealth),
    nextText(score),
  ].join('');
}

/** The plan in force, what each side has reached of it, and what is due. */
function planHealthText(health: PlanHealth): string {
  // Scores kept by an earlier version have no plan named in them.
  if (!health.plan) return '  no joint performance plan in force\n';
  const side = (value: number | null): string => (value === null ? 'not due yet' : points(value));
  const due = health.due.map(
    (one) =>
      `    ${one.side === 'vendor' ? 'we owe' : 'the partner owes'}: ${printable(one.label)}, due ${one.dueOn}${one.overdueDays > 0 ? ` (${plural(one.overdueDays, 'day')} overdue)` : ''}\n`,
  );
  return [
    heading(`Plan: ${printable(health.plan.name)}`),
    `  health ${side(health.health)}; our own side ${side(health.vendorHealth)}\n`,
    sideText('The partner promised', health.parts),
    sideText('We promised', health.vendorParts),
    due.length === 0 ? '' : `  Promises with a date\n${due.join('')}`,
  ].join('');
}

/** The same of an open deal. */
export function dealText({ name, id, score }: NamedDeal, settings: SpokenSettings): string {
  return [
    heading(`${printable(name)} (${id})`),
    `  ${score.event.text}; ${score.health}; as of ${instant(score.asOfMs)}\n`,
    recordLine(score.trackRecord),
    heading('Why'),
    whyText(
      { ...score, total: score.probability * 100 },
      speechOf({ ...settings, asOfMs: score.asOfMs }),
    ),
    nextText(score),
    score.event.goal === null ? '' : `  amount ${money(score.event.goal, '')}\n`,
  ].join('');
}
