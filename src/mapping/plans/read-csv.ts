import { goalRateBehind } from '../../model/goal-rate.ts';
import type { PlanFinding, PlanInput } from '../../model/plan.ts';
import type { DecimalSign } from '../../model/number-text.ts';
import { rowsOfCsv, type TableRow } from '../table.ts';
import { columnSign, goalCell } from './cells.ts';
import {
  recogniseColumns,
  sideOfWords,
  type PlanColumn,
  type RecognisedColumns,
} from './columns.ts';
import { dayOfCell, provenOrder, type DayOrder } from './days.ts';
import type { LocatedPlan } from './located.ts';
import { shapeFindings } from './shape.ts';

/** What an admin may say of a file that it does not say of itself. */
export interface PlanFileOptions {
  /** Header of a column, where it is called something else. */
  columns?: Partial<Record<PlanColumn, string>>;
  decimal?: DecimalSign;
  /** Where the file has no period. */
  period?: string;
}

export interface ReadPlans {
  plans: LocatedPlan[];
  findings: PlanFinding[];
  /** Null = the file is no table. */
  columns: RecognisedColumns | null;
  headers: string[];
}

const finding = (
  code: string,
  message: string,
  cure: string | null,
  line: number | null,
  column: number | null = null,
  severity: PlanFinding['severity'] = 'error',
): PlanFinding => ({ severity, code, message, cure, line, column });

/**
 * Reads a spreadsheet of plans, a row a target. Rows of one partner and period are one plan. What
 * cannot be read is a finding with its line and column, and the rest is read on.
 */
export function readPlanCsv(text: string, options: PlanFileOptions = {}): ReadPlans {
  const table = rowsOfCsv(text);
  if ('fault' in table) {
    const { message, cure, line } = table.fault;
    return {
      plans: [],
      findings: [finding('CSV', message, cure, line)],
      columns: null,
      headers: [],
    };
  }
  const [header, ...body] = table.rows;
  if (header === undefined)
    return {
      plans: [],
      findings: [
        finding('EMPTY_FILE', 'the file is empty', 'Give it a header and a row a target.', 1),
      ],
      columns: null,
      headers: [],
    };
  const columns = recogniseColumns(header.cells, options.columns);
  const findings = columns.missing.map((column) =>
    finding(
      'NO_COLUMN',
      `no column for ${column} among ${header.cells.map((cell) => `"${cell.trim()}"`).join(', ')}`,
      `Name it: --column ${column}="Header".`,
      header.line,
    ),
  );
  if (findings.length > 0) return { plans: [], findings, columns, headers: header.cells };
  const read = readRows(body, columns, options);
  return {
    plans: read.plans,
    findings: [...read.findings, ...shapeFindings(read.plans)],
    columns,
    headers: header.cells,
  };
}

type CellOf = (row: TableRow, column: PlanColumn) => string;
type PlanOfRow = Omit<PlanInput, 'targets' | 'milestones'> & { line: number };

/** What a row says of the plan that its target belongs to; its days as the file writes them. */
function planOfRow(row: TableRow, cell: CellOf, options: PlanFileOptions): PlanOfRow {
  const given = (column: PlanColumn): string | undefined => cell(row, column) || undefined;
  const said = {
    name: given('name'),
    period: given('period') ?? options.period,
    start: given('start'),
    end: given('end'),
    status: given('status'),
    owner: given('owner'),
    partnerOwner: given('partnerOwner'),
  };
  const known = Object.fromEntries(Object.entries(said).filter(([, text]) => text !== undefined));
  return { partner: cell(row, 'partner'), ...known, line: row.line };
}

type HeldPlan = LocatedPlan & { lines: number[]; currencies: Set<string> };

/** Writes the days of a plan as ISO; false where one of them is none, or may be two. */
function withIsoDays(
  plan: PlanOfRow,
  order: DayOrder | null,
  { at }: RecognisedColumns,
  findings: PlanFinding[],
): boolean {
  return (['start', 'end'] as const).every((column) => {
    const text = plan[column];
    if (text === undefined) return true;
    const day = dayOfCell(text, order);
    if (day !== null && day !== 'doubt') return (plan[column] = day) === day;
    const [code, words] =
      day === null
        ? ['DAY', 'is no day of the calendar']
        : ['DAY_DOUBT', 'may be one of two days, and the file does not show which'];
    const message = `"${text.slice(0, 40)}" ${words}`;
    const cure = 'Write it as YYYY-MM-DD.';
    findings.push(finding(code, message, cure, plan.line, (at[column] ?? 0) + 1));
    return false;
  });
}

interface Target {
  target: PlanInput['targets'][number];
  currency: string | null;
}

/** What a spreadsheet would run: a formula, a function, a program; `-5` and `- meetings` are text. */
const FORMULA = /^\s*(?:[=@]|[+-]\s*[\p{L}_][\p{L}\p{N}_.]*[(!|])/u;

function readRows(
  body: readonly TableRow[],
  columns: RecognisedColumns,
  options: PlanFileOptions,
): Pick<ReadPlans, 'plans' | 'findings'> {
  const findings: PlanFinding[] = [];
  const cell = (row: TableRow, column: PlanColumn): string => {
    const index = columns.at[column];
    return index === undefined ? '' : (row.cells[index] ?? '').trim();
  };
  const proven = columnSign(body.map((row) => plainGoal(cell(row, 'goal'))));
  const mark = options.decimal ?? (proven === 'both' ? null : proven);
  const order = provenOrder(body.flatMap((row) => [cell(row, 'start'), cell(row, 'end')]));
  const held = new Map<string, HeldPlan>();
  for (const row of body) {
    const formula = row.cells.findIndex((one) => FORMULA.test(one));
    if (formula >= 0) {
      findings.push(
        finding(
          'FORMULA',
          `the cell holds a formula: ${row.cells[formula]!.slice(0, 60)}`,
          'Save the sheet with values instead of formulas.',
          row.line,
          formula + 1,
        ),
      );
      continue;
    }
    const target = targetOf(row, cell, mark, columns, findings);
    if (target === null) continue;
    const fresh = planOfRow(row, cell, options);
    if (!withIsoDays(fresh, order, columns, findings)) continue;
    const key = JSON.stringify({ ...fresh, line: 0, partner: fresh.partner.toLowerCase() });
    const none = { targets: [], milestones: [], lines: [], currencies: new Set<string>() };
    const plan: HeldPlan = held.get(key) ?? { ...fresh, ...none };
    held.set(key, plan);
    plan.lines.push(row.line);
    plan.targets.push(target.target);
    if (target.currency !== null) plan.currencies.add(target.currency);
    if (plan.currencies.size === 2)
      findings.push(
        finding(
          'TWO_CURRENCIES',
          `the plan of ${plan.partner} has goals in ${[...plan.currencies].join(' and ')}`,
          'Write all goals of a plan in the reporting currency.',
          row.line,
          (columns.at.goal ?? 0) + 1,
        ),
      );
  }
  return { plans: [...held.values()].map(({ currencies: _, ...plan }) => plan), findings };
}

/** The number of a goal, without the words that say for how long it is. */
const plainGoal = (text: string): string => goalRateBehind(text)?.text ?? text;

const GOAL_FAULTS = {
  empty: ['EMPTY_GOAL', 'the goal is empty', 'Give a number.'],
  formula: ['FORMULA', 'the goal is a formula', 'Save the sheet with values instead of formulas.'],
  text: [
    'GOAL_TEXT',
    'the goal is no number',
    'Give a number, with a currency sign or a percent sign at most.',
  ],
  doubtful: [
    'GOAL_DOUBT',
    'the goal reads as thousands or as decimals',
    'Say which sign the file uses: --decimal . or --decimal ,',
  ],
} as const;

function targetOf(
  row: TableRow,
  cell: CellOf,
  mark: DecimalSign | null,
  columns: RecognisedColumns,
  findings: PlanFinding[],
): Target | null {
  const at = (column: PlanColumn): number => (columns.at[column] ?? 0) + 1;
  const refuse = (code: string, message: string, cure: string, column: PlanColumn): null => {
    findings.push(finding(code, message, cure, row.line, at(column)));
    return null;
  };
  if (cell(row, 'partner') === '')
    return refuse('NO_PARTNER', 'the partner is empty', 'Give its CRM id or its name.', 'partner');
  if (cell(row, 'metric') === '')
    return refuse('NO_METRIC', 'the metric is empty', 'Give one: headwater kpi list.', 'metric');
  const goal = goalCell(plainGoal(cell(row, 'goal')), mark);
  if (goal.kind !== 'number') {
    const [code, message, cure] = GOAL_FAULTS[goal.kind];
    return refuse(code, `${message}: "${cell(row, 'goal').slice(0, 40)}"`, cure, 'goal');
  }
  const side = sideOfWords(cell(row, 'side'));
  if (side === null)
    return refuse(
      'SIDE',
      `"${cell(row, 'side')}" is neither side`,
      'Write partner or vendor.',
      'side',
    );
  const weight = cell(row, 'weight') === '' ? null : goalCell(cell(row, 'weight'), mark);
  if (weight !== null && (weight.kind !== 'number' || weight.value < 0))
    return refuse(
      'WEIGHT',
      `the weight is no number from 0: "${cell(row, 'weight')}"`,
      'Give a number, or leave it empty.',
      'weight',
    );
  const above = cell(row, 'above') === '' ? null : goalCell(cell(row, 'above'), mark);
  if (above !== null && above.kind !== 'number')
    return refuse(
      'ABOVE',
      `the least amount is no number: "${cell(row, 'above')}"`,
      'Give a number, or leave it empty.',
      'above',
    );
  const named = goalRateBehind(cell(row, 'metric'));
  const per = goalRateBehind(cell(row, 'goal'))?.rate ?? named?.rate ?? columns.goalRate;
  return {
    target: {
      metric: named?.text ?? cell(row, 'metric'),
      goal: goal.value,
      ...(per === null ? {} : { per }),
      side,
      ...(weight === null ? {} : { weight: weight.value }),
      ...(cell(row, 'label') === '' ? {} : { label: cell(row, 'label').slice(0, 255) }),
      ...(above === null ? {} : { above: above.value }),
    },
    currency: goal.currency,
  };
}
