import type { Speech } from '../model/language/languages.ts';
import { say } from '../model/language/printed.ts';
import type { TierItem } from '../model/tier.ts';
import type { TieredPartner } from '../sync/measure/tier-list.ts';
import { tierItemText, tierText } from '../model/language/tier-text.ts';
import { heading, printable } from './format.ts';

const inForce = ({ standing: { tier } }: TieredPartner, speech: Speech): string =>
  tier === null ? say(speech, 'tier.none') : say(speech, 'tier.inForce', { tier });

const nameOf = ({ name, type }: TieredPartner): string =>
  `${printable(name, 70)}${type === null ? '' : ` (${printable(type, 40)})`}`;

/** Partners with where they stand, one sentence each. */
export function tiersText(shown: TieredPartner[], total: number, speech: Speech): string {
  const rest = total - shown.length;
  return [
    heading(say(speech, 'tier.title')),
    ...shown.flatMap((one, i) => [
      `${`${i + 1}.`.padStart(4)} ${nameOf(one)}\n`,
      `     ${inForce(one, speech)}; ${tierText(one.standing, one.type, speech)}\n`,
    ]),
    rest === 0 ? '' : `  ${say(speech, 'attention.more', { n: rest })}\n`,
  ].join('');
}

function itemLine(item: TierItem, speech: Speech): string {
  const text = say(speech, item.met ? 'tier.met' : 'tier.missed', {
    item: tierItemText(item, speech),
  });
  if (item.projected === null) return `    ${text}\n`;
  const ahead = item.projected >= item.atLeast ? 'tier.ahead' : 'tier.notAhead';
  return `    ${text}; ${say(speech, ahead)}\n`;
}

const benefitLine = (benefits: readonly string[], speech: Speech): string =>
  benefits.length === 0
    ? ''
    : `    ${say(speech, 'tier.benefits', { benefits: benefits.join(', ') })}\n`;

/** One partner, requirement by requirement, on both sides. */
export function tierExplained(one: TieredPartner, speech: Speech): string {
  const { items, next, benefits, lapsesOn, tier } = one.standing;
  const lapse =
    lapsesOn === null
      ? ''
      : `    ${say(speech, 'tier.lapses', { tier: tier ?? '', day: lapsesOn })}\n`;
  return [
    heading(nameOf(one)),
    `  ${tierText(one.standing, one.type, speech)}\n`,
    `\n  ${inForce(one, speech)}\n`,
    ...items.map((item) => itemLine(item, speech)),
    benefitLine(benefits, speech),
    lapse,
    ...(next === null
      ? []
      : [
          `\n  ${next.tier}\n`,
          ...next.items.map((item) => itemLine(item, speech)),
          benefitLine(next.benefits, speech),
        ]),
    ...one.decisions.map(({ tier: to, by, why, decidedMs }) => {
      const day = new Date(decidedMs).toISOString().slice(0, 10);
      const given = { tier: to, by: printable(by, 60), day, why: printable(why, 200) };
      return `  ${say(speech, 'tier.approved', given)}\n`;
    }),
  ].join('');
}
