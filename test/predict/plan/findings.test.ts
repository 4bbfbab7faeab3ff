import { describe, expect, it } from 'vitest';
import type { PlanFacts } from '../../../src/model/facts.ts';
import { LANGUAGES } from '../../../src/model/language/languages.ts';
import { planNotes, type PlanNote } from '../../../src/predict/index.ts';
import { activePlan } from '../../../src/predict/plan/period.ts';
import { AS_OF, contextAt, planOf } from '../../properties/world.ts';
import { templateOf } from '../action/listed.ts';

const target = (over: object): PlanFacts['targets'][number] => ({
  ...planOf(100).targets[0]!,
  ...over,
});
/** One plan for each thing that can be wrong with it. */
const FAULTY: [string, PlanFacts[]][] = [
  ['ENDS_BEFORE', [planOf(100, { startOn: '2026-12-31', endOn: '2026-01-01' })]],
  ['DRAFT', [planOf(100, { status: 'Draft' })]],
  ['REJECTED', [planOf(100, { status: 'Rejected' })]],
  ['OVERLAP', [planOf(100), planOf(100, { id: 'zz', name: 'Second' })]],
  [
    'OVERLAP',
    [
      planOf(100, { startOn: '2027-01-01', endOn: '2027-12-31' }),
      planOf(100, { id: 'zz', name: 'To come', startOn: '2027-06-01', endOn: '2027-08-31' }),
    ],
  ],
  ['NO_TARGET', [planOf(100, { targets: [] })]],
  ['UNKNOWN_METRIC', [planOf(100, { targets: [target({ metric: 'won_amuont' })] })]],
  ['ZERO_GOAL', [planOf(0)]],
  ['NO_OUTCOME', [planOf(100, { targets: [target({ metric: 'registrations' })] })]],
  [
    'WEIGHTS',
    [planOf(100, { targets: [target({ weight: 0.5 }), target({ id: 'b', weight: 0.2 })] })],
  ],
  ['REVIEW_DUE', [planOf(100, { reviewOn: '2026-03-01' })]],
  [
    'TOO_LARGE',
    [planOf(100, { targets: Array.from({ length: 201 }, (_, n) => target({ id: `t${n}` })) })],
  ],
];
const notesOf = (plans: PlanFacts[], language: (typeof LANGUAGES)[number]): PlanNote[] =>
  planNotes(plans, contextAt(AS_OF, { language }));

describe.each(LANGUAGES)('what is wrong with a plan, in %s', (language) => {
  it.each(FAULTY)('%s', (code, plans) => {
    const found = notesOf(plans, language).find((one) => one.code === code);
    expect(found, JSON.stringify(notesOf(plans, language))).toBeDefined();
    expect(templateOf(found!.message, language)).toMatch(/^plan\./);
    if (language === 'en') return;
    const english = notesOf(plans, 'en').find((one) => one.code === code)!;
    expect(found!.message).not.toBe(english.message);
    const isCommand = english.cure?.startsWith('headwater ') ?? true;
    expect(found!.cure === english.cure).toBe(isCommand);
  });
});

it('names the metric that was probably meant, and how to map the word', () => {
  const [note] = notesOf(FAULTY.find(([code]) => code === 'UNKNOWN_METRIC')![1], 'en');
  expect(note!.cure).toMatch(
    /^Did you mean won_amount\? Known: .+won_amuont": won_amount \} \}\.$/,
  );
});

it('of so many targets that no revision could hold them, the plan scores nothing', () => {
  const [, plans] = FAULTY.find(([code]) => code === 'TOO_LARGE')!;
  expect(activePlan(plans, contextAt())).toBeNull();
  const fewer = plans.map((plan) => ({ ...plan, targets: plan.targets.slice(1) }));
  expect(activePlan(fewer, contextAt())).not.toBeNull();
});
