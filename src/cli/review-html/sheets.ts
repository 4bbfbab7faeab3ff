import type { Speech } from '../../model/language/languages.ts';
import { say } from '../../model/language/printed.ts';
import type {
  CoachingItem,
  InternalReview,
  ProposedTarget,
  ReviewDeal,
  ReviewPromise,
  ReviewTarget,
  SharedDeal,
  SharedReview,
} from '../../model/review.ts';
import type { Reason } from '../../model/score.ts';
import { sheetOf, type Column, type Sheet } from './sheet.ts';

type Sided = { side: 'partner' | 'vendor' };

const sideOf =
  (speech: Speech) =>
  ({ side }: Sided): string =>
    say(speech, `review.side.${side}`);
/** How amounts of a metric are written. */
const unitKind = ({ unit }: { unit: string | null }): 'money' | 'percent' | 'figure' =>
  unit === 'amount' ? 'money' : unit === 'share' ? 'percent' : 'figure';

const SHARED_TARGET: Column<SharedReview['targets'][number]>[] = [
  { head: 'review.col.target', kind: 'text', of: ({ label }) => label },
  { head: 'review.col.goal', kind: unitKind, of: ({ goal }) => goal },
  { head: 'review.col.actual', kind: unitKind, of: ({ actual }) => actual },
  { head: 'review.col.pace', kind: 'percent', of: ({ pace }) => pace },
];
const WHY: Column<ReviewTarget> = {
  ...{ head: 'review.col.why', kind: 'text' },
  of: ({ why }) => why.join('; '),
};
const SHARED_DEAL: Column<SharedDeal>[] = [
  { head: 'review.col.deal', kind: 'text', of: ({ name }) => name },
  { head: 'review.col.stage', kind: 'text', of: ({ stage }) => stage },
  { head: 'review.col.amount', kind: 'money', of: ({ amount }) => amount },
  { head: 'review.col.close', kind: 'date', of: ({ closeDate }) => closeDate },
];
const dealColumns = (speech: Speech): Column<ReviewDeal>[] => [
  ...SHARED_DEAL,
  { head: 'review.col.chance', kind: 'percent', of: ({ probability }) => probability },
  { head: 'review.col.expected', kind: 'money', of: ({ expected }) => expected },
  {
    ...{ head: 'review.col.health', kind: 'text' },
    of: ({ health }) => say(speech, `health.${health}`),
  },
  { head: 'review.col.stall', kind: 'percent', of: ({ stallRisk }) => stallRisk },
  { head: 'review.col.weighs', kind: 'text', of: ({ why }) => why },
];
const DRIVER: Column<Reason>[] = [
  { head: 'review.col.reason', kind: 'text', of: ({ text }) => text },
  { head: 'review.col.points', kind: 'decimal', of: ({ points }) => points },
];
const COACHING: Column<CoachingItem>[] = [
  { head: 'review.col.deal', kind: 'text', of: ({ name }) => name },
  { head: 'review.col.what', kind: 'text', of: ({ text }) => text },
  { head: 'review.col.basis', kind: 'text', of: ({ evidence }) => evidence },
  { head: 'review.col.effect', kind: 'text', of: ({ effect }) => effect },
];
const promiseColumns = (speech: Speech): Column<ReviewPromise>[] => [
  { head: 'review.col.what', kind: 'text', of: ({ label }) => label },
  { head: 'review.col.side', kind: 'text', of: sideOf(speech) },
  { head: 'review.col.due', kind: 'date', of: ({ dueOn }) => dueOn },
  { head: 'review.col.overdue', kind: 'number', of: ({ overdueDays }) => overdueDays },
];
const proposed = (speech: Speech): Column<SharedReview['proposals'][number]>[] => [
  { head: 'review.col.target', kind: 'text', of: ({ label }) => label },
  { head: 'review.col.side', kind: 'text', of: sideOf(speech) },
  { head: 'review.col.proposed', kind: unitKind, of: (one) => one.proposed },
];
const proposalColumns = (speech: Speech): Column<ProposedTarget>[] => [
  ...proposed(speech),
  { head: 'review.col.before', kind: unitKind, of: ({ before }) => before },
  { head: 'review.col.reach', kind: 'percent', of: ({ reach }) => reach },
  { head: 'review.col.difficulty', kind: 'percent', of: ({ difficulty }) => difficulty },
  { head: 'review.col.basis', kind: 'text', of: ({ basis }) => basis },
];

/** Both sides of the plan apart. */
function planSheets<Row extends Sided>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  speech: Speech,
): Sheet[] {
  return (['partner', 'vendor'] as const).map((side) =>
    sheetOf(
      `plan-${side}`,
      say(speech, `review.side.${side}`),
      columns,
      rows.filter((row) => row.side === side),
      speech,
    ),
  );
}

export interface Sheets {
  plan: Sheet[];
  deals: Sheet;
  drivers: Sheet | null;
  coaching: Sheet | null;
  promises: Sheet;
  proposals: Sheet;
}

/** Every table of a pack; what is left on our side only where it is in the pack. */
export function sheetsOf(shared: SharedReview, own: InternalReview | null, speech: Speech): Sheets {
  return {
    plan:
      own === null
        ? planSheets(shared.targets, SHARED_TARGET, speech)
        : planSheets(own.targets, [...SHARED_TARGET, WHY], speech),
    deals:
      own === null
        ? sheetOf('deals', '', SHARED_DEAL, shared.deals, speech)
        : sheetOf(
            'deals',
            '',
            dealColumns(speech),
            own.stages.flatMap(({ deals }) => deals),
            speech,
          ),
    drivers: own && sheetOf('drivers', '', DRIVER, own.drivers, speech),
    coaching: own && sheetOf('coaching', '', COACHING, own.coaching, speech),
    promises: sheetOf('promises', '', promiseColumns(speech), shared.promises, speech),
    proposals:
      own === null
        ? sheetOf('proposals', '', proposed(speech), shared.proposals, speech)
        : sheetOf('proposals', '', proposalColumns(speech), own.proposals, speech),
  };
}
