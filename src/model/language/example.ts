import { CATALOGUE, type TextId } from './catalogue.ts';
import type { Language, Speech } from './languages.ts';
import { sayAny } from './say.ts';
import { partsOf, type Kind } from './template.ts';

/** Names as they might stand in a CRM, by the place that they fill. */
const NAMES: Readonly<Record<string, string>> = {
  plan: 'Joint plan 2026',
  deal: 'Contoso - Data Gateway',
  name: 'Contoso - Data Gateway',
  stage: 'Proposal',
  what: 'Two engineers certified',
  promise: 'Two engineers certified',
  owner: 'Anna Kim',
  incentive: 'Year-end accelerator',
  asset: 'Guide to a first meeting',
  evidence: 'the same account',
  domain: 'contoso.example',
  id: '006000000000001',
  one: 'Contoso Ltd',
  other: 'Contoso',
  p: '1%',
  deals: '“Contoso” (USD 77,000, 12%)',
  effort: 'about an hour',
};
const NUMBERS: Readonly<Record<Exclude<Kind, 'date'>, number>> = {
  money: 77_000,
  percent: 0.12,
  exact: 0.123,
  least: 0.05,
  most: 0.22,
  points: 4.2,
  decimal: 1.5,
  number: 180,
  span: 35,
  lasting: 50,
};

const SPEECH: Omit<Speech, 'language'> = { currency: 'USD', today: '2026-11-10' };

/** A text filled with likely values, for one and for several where it counts something. */
export function example(language: Language, id: TextId): string[] {
  const parts = partsOf(CATALOGUE[language][id]);
  const counts = parts.some((part) => part.is === 'plural');
  return (counts ? [1, 15] : [15]).map((n) => {
    const given: Record<string, string | number> = {};
    for (const part of parts) {
      if (part.is === 'name') given[part.key] = NAMES[part.key] ?? 'Northwind';
      else if (part.is === 'plural') given[part.key] = n;
      else if (part.is === 'value')
        given[part.key] = part.kind === 'date' ? '2026-12-31' : NUMBERS[part.kind];
    }
    return sayAny({ ...SPEECH, language }, id, given);
  });
}
