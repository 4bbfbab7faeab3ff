import { exampleName } from './example-names.ts';
import type { Language, Speech } from './languages.ts';
import { PRINTED, sayAny, type PrintedId } from './printed.ts';
import { partsOf, type Kind } from './template.ts';
import { written } from './values.ts';

const NUMBERS: Readonly<Record<Exclude<Kind, 'date'>, number>> = {
  money: 77_000,
  percent: 0.12,
  exact: 0.123,
  least: 0.05,
  most: 0.22,
  points: 4.2,
  decimal: 1.5,
  figure: 0.9,
  number: 180,
  span: 35,
  lasting: 50,
};

/** Numbers that would be nonsense beside another of their kind. */
const OTHERS: Readonly<Record<string, number | string>> = {
  from: 0.07,
  pool: 0.31,
  start: '2027-03-01',
  floor: 51_000,
  ceiling: 104_000,
  score: 57,
  lower: 41,
  upper: 73,
  pace: 0.64,
  fewest: 1.1,
  usual: 0.31,
  own: 0.44,
};

/** Places that another text of the catalogue fills. */
const FILLED_BY: Readonly<Record<string, PrintedId>> = {
  deals: 'attention.closer',
  item: 'tier.certified',
  items: 'tier.certified',
  effort: 'effort.hour',
  evidence: 'duplicate.account',
  text: 'record.deal',
  reason: 'partner.won.none',
  action: 'action.contact',
  said: 'headline.deal',
  why: 'why.tooEarly',
  access: 'card.accessSalesforce',
  view: 'view.moneyAtStake',
  filter: 'package.filterMore',
  value: 'health.stalled',
  part: 'c3.part.certificates',
  parts: 'c3.part.certificates',
  pillar: 'health.pillar.enablement',
  segment: 'segment.invest',
  state: 'fund.done',
  group: 'health.pillar.enablement',
  kinds: 'c3.part.certificates',
  trait: 'c3.part.certificates',
};

const SPEECH: Omit<Speech, 'language'> = { currency: 'USD', today: '2026-11-10' };
const SEVERAL = 15;
const A_DAY = '2026-12-31';

/** What stands in a place that takes words; a hole where nobody has thought of any. */
function wordsFor(language: Language, place: string): string {
  const speech = { ...SPEECH, language };
  const other = FILLED_BY[place];
  if (other !== undefined) return exampleOf(language, other, SEVERAL);
  if (place === 'p') return written('percent', 0.01, speech);
  if (place === 'day') return written('date', A_DAY, speech);
  return exampleName(language, place) ?? `{${place}}`;
}

function exampleOf(language: Language, id: PrintedId, n: number): string {
  const given: Record<string, string | number> = {};
  for (const part of partsOf(PRINTED[language][id])) {
    if (part.is === 'name') given[part.key] = wordsFor(language, part.key);
    else if (part.is === 'plural') given[part.key] = n;
    else if (part.is === 'value')
      given[part.key] = OTHERS[part.key] ?? (part.kind === 'date' ? A_DAY : NUMBERS[part.kind]);
  }
  return sayAny({ ...SPEECH, language }, id, given);
}

/** A text filled with likely values, for one and for several where it counts something. */
export function example(language: Language, id: PrintedId): string[] {
  const counts = partsOf(PRINTED[language][id]).some((part) => part.is === 'plural');
  return (counts ? [1, SEVERAL] : [SEVERAL]).map((n) => exampleOf(language, id, n));
}
