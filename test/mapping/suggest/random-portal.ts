import { parse, stringify } from 'yaml';
import type { PortalWords } from './renamed-portal.ts';
import { intendedFor } from './renamed-portal.ts';
import { anew, METRIC_WORDS, randomWords, STATUS_WORDS, type Words } from './random-words.ts';

/** A HubSpot portal in which no word of the channel is one that anybody of ours has seen. */

const OBJECTS: Record<string, string[]> = {
  partner_plan: ['plan_name', 'start_on', 'end_on', 'plan_status'],
  plan_target: ['target_label', 'side', 'metric', 'goal', 'weight', 'counts_from'],
  plan_milestone: ['milestone_label', 'side', 'due_on', 'done_on'],
  partner_certification: ['certification_name', 'issued_on', 'expires_on'],
  partner_fund: ['fund_name', 'fund_kind', 'fund_amount', 'fund_currency', 'spent_on'],
  partner_signal: ['signal_kind', 'signal_at', 'signal_value'],
  partner_campaign: ['campaign_name', 'start_on', 'end_on', 'campaign_cost'],
};
const STANDARD: Record<string, string[]> = {
  companies: ['is_partner', 'partner_tier', 'partner_since', 'onboarded_on'],
  deals: [
    'registered_at',
    'registration_status',
    'registration_decided_at',
    'protected_until',
    'product',
    'sales_engineer',
  ],
};

const named = (words: Words, fields: string[]): Record<string, [string, string]> =>
  Object.fromEntries(fields.map((field) => [field, [words.word(), words.word()]]));

export function randomPortal(
  shipped: string,
  seed: number,
): { words: PortalWords; wanted: string } {
  const words = randomWords(seed);
  const sides = anew(words, ['partner', 'vendor']);
  const metrics = words.stream.chance(0.5) ? anew(words, METRIC_WORDS) : {};
  const status = anew(words, STATUS_WORDS);
  const portal: PortalWords = {
    objects: Object.fromEntries(
      Object.entries(OBJECTS).map(([name, fields]) => [
        name,
        { name: words.word(), label: words.word(), fields: named(words, fields) },
      ]),
    ),
    standard: Object.fromEntries(
      Object.entries(STANDARD).map(([name, fields]) => [name, named(words, fields)]),
    ),
    labels: anew(words, ['Partner', 'Influencer', 'Partner deal', 'Influenced deal']),
    values: {
      'plan_target.side': sides,
      'plan_milestone.side': sides,
      'plan_target.metric': metrics,
      'deals.registration_status': status,
      'companies.partner_tier': anew(words, ['registered', 'silver', 'gold']),
    },
  };
  const turned = (from: Record<string, string>): Record<string, string> =>
    Object.fromEntries(Object.entries(from).map(([ours, theirs]) => [theirs, ours]));
  const intended = intendedFor(shipped, portal, {
    'target.side': turned(sides),
    'milestone.side': turned(sides),
    ...(Object.keys(metrics).length === 0 ? {} : { 'target.metric': turned(metrics) }),
  });
  // The words of decisions are keys of a map in the shipped mapping.
  const document = parse(intended) as {
    entities: { registration: { fields: { status: { map: Record<string, string> } } }[] };
  };
  const rule = document.entities.registration[0]!.fields.status;
  rule.map = Object.fromEntries(
    Object.entries(rule.map).map(([word, decision]) => [status[word] ?? word, decision]),
  );
  return { words: portal, wanted: stringify(document, { lineWidth: 0 }) };
}
