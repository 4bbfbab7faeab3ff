import type { AnswerOf } from '../api/client.ts';
import { Band } from '../parts/band.tsx';
import type { Fact } from '../parts/facts.tsx';
import { chance, money, plainDay } from '../parts/format.ts';

type Worth = NonNullable<AnswerOf<'/v1/connections/{id}/partners/{partner}'>['score']['worth']>;

const CLASSES = { grow: 'Grow', intervene: 'Intervene', review: 'Review' };

function tierNote({ state, proposed, lapsesOn, warned }: NonNullable<Worth['tier']>): string {
  if (proposed !== null) return `${proposed} is proposed`;
  if (warned && lapsesOn !== null) return `lapses on ${plainDay(lapsesOn)} if nothing else is won`;
  return state === 'unknown tier' ? 'no tier of the ladder' : '';
}

/** What a partner is worth among others, and where it stands; nothing in scores of older runs. */
export function worthFacts(worth: Worth | undefined, currency: string): Fact[] {
  const { value, tier, class: classed } = worth ?? {};
  const facts: (Fact | null)[] = [
    value === undefined
      ? null
      : {
          label: 'Worth in a year',
          value: (
            <Band
              {...{ value: value.value1y.mean, low: value.value1y.low, high: value.value1y.high }}
              {...{ max: value.value1y.high, text: (of) => money(of, currency) }}
            />
          ),
          note: `${chance(value.active)} that it still sells`,
        },
    tier === undefined
      ? null
      : { label: 'Tier in force', value: tier.tier ?? 'none', note: tierNote(tier) },
    classed == null || classed.name === null
      ? null
      : {
          label: 'Class',
          value: CLASSES[classed.name],
          note: classed.reviewOn === null ? '' : `review due on ${plainDay(classed.reviewOn)}`,
        },
  ];
  return facts.filter((one) => one !== null);
}
