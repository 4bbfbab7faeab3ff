import type { ConflictRule } from '../model/credit.ts';
import type { ConflictList, ShownConflict } from '../sync/measure/conflict-list.ts';
import { heading, instant, plural, printable, table } from './format.ts';

const WHY: Record<ConflictRule, string> = {
  protected: 'its approval protects it now',
  approved: 'it was approved',
  first: 'it registered first',
};

const nameOf = ({ sides }: ShownConflict, partnerId: string): string =>
  printable(sides.find((side) => side.partnerId === partnerId)?.partner ?? partnerId, 40);

function standing(conflict: ShownConflict): string {
  const { state, dueMs, overdue, proposal } = conflict;
  if (state === 'decided') return 'decided';
  const due = `${overdue ? 'OVERDUE since' : 'due'} ${instant(dueMs).slice(0, 10)}`;
  if (proposal === null) return `${state}, ${due}; no side has a claim left`;
  const who = nameOf(conflict, proposal.partnerId);
  return `${state}, ${due}; proposed: ${who}, since ${WHY[proposal.rule]}`;
}

/** Conflicts, what is due first, with the time that decisions take. */
export function conflictListText({
  conflicts,
  medianDaysToDecision,
  decided,
}: ConflictList): string {
  const rows = conflicts.map((one) => {
    const partners = [...new Set(one.sides.map(({ partnerId }) => nameOf(one, partnerId)))];
    return `${one.id}  ${partners.join(' and ')}: ${printable(one.evidence, 80)}\n    ${standing(one)}\n`;
  });
  const taken =
    medianDaysToDecision === null
      ? ''
      : `${plural(decided, 'decision')}, half of them within ${medianDaysToDecision.toFixed(1)} days\n`;
  return `${rows.length === 0 ? 'no conflict is open\n' : rows.join('')}${taken}`;
}

/** One conflict: its evidence side by side, the proposal, and everything that people said. */
export function conflictShown(conflict: ShownConflict): string {
  return [
    heading(`Conflict ${conflict.id}: ${printable(conflict.evidence, 80)}`),
    `  ${standing(conflict)}\n`,
    table(
      ['registration', 'partner', 'deal', 'submitted', 'decided', 'status', 'protected until'],
      conflict.sides.map((side) => [
        side.registrationId,
        printable(side.partner ?? side.partnerId, 30),
        side.dealId ?? '',
        instant(side.submittedMs),
        side.decidedMs === null ? '' : instant(side.decidedMs),
        side.status,
        side.protectedUntilMs === null ? '' : instant(side.protectedUntilMs).slice(0, 10),
      ]),
    ),
    ...conflict.words.map(
      ({ atMs, what, partnerId, by, why }) =>
        `  ${instant(atMs)}  ${what} for ${nameOf(conflict, partnerId)} by ${printable(by)}: ${printable(why, 120)}\n`,
    ),
  ].join('');
}
