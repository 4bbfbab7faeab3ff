import type { PlanPart } from '../../model/score.ts';
import { METRICS, metricOfWords } from '../../model/metrics.ts';
import { ownName } from '../../model/own-kpi.ts';
import type { PlanPreview, ShownPlan } from '../../sync/measure/plan-import.ts';
import type { TermChange } from '../../sync/measure/plan-diff.ts';
import type { StandingPlan } from '../../sync/measure/plan-look.ts';
import { heading, instant, plural, printable, table, whole } from '../format.ts';

/** Plans of a preview that are listed one by one. */
const SHOWN_PLANS = 20;
const SHOWN_FINDINGS = 50;

/** A preview as it is shown, wherever it was made. */
export type ShownPreview = Pick<PlanPreview, 'columns' | 'headers' | 'findings'> & {
  plans: ShownPlan[];
};

/** What a file of plans is read as: its columns, its plans, what is wrong with it. */
export function previewText(preview: ShownPreview): string {
  const parts: string[] = [];
  if (preview.columns !== null) {
    const { at, ignored } = preview.columns;
    const known = Object.entries(at).map(
      ([column, index]) => `${column} = "${printable(preview.headers[index]?.trim() ?? '', 40)}"`,
    );
    parts.push(`Columns: ${known.join(', ')}\n`);
    if (ignored.length > 0)
      parts.push(`Not read: ${ignored.map((header) => `"${printable(header, 40)}"`).join(', ')}\n`);
  }
  const shown = preview.plans.slice(0, SHOWN_PLANS);
  if (shown.length > 0)
    parts.push(
      table(
        ['partner', 'plan', 'from', 'to', 'targets', 'promises', ''],
        shown.map((plan) => [
          printable(plan.partner, 30),
          printable(plan.name, 30),
          plan.startOn,
          plan.endOn,
          whole(plan.targets),
          whole(plan.milestones),
          plan.state === 'changed' ? `changes ${plural(plan.changes.length, 'term')}` : plan.state,
        ]),
        ['left', 'left', 'left', 'left', 'right', 'right'],
      ),
    );
  if (preview.plans.length > shown.length)
    parts.push(`  … and ${plural(preview.plans.length - shown.length, 'more plan')}\n`);
  for (const { partner, name, changes } of shown)
    if (changes.length > 0)
      parts.push(heading(`${printable(partner)}: ${printable(name)}`), changesText(changes));
  if (preview.findings.length > 0) parts.push(heading('Findings'), findingsText(preview.findings));
  return parts.join('');
}

const place = (finding: { line: number | null; column: number | null }): string =>
  finding.line === null
    ? ''
    : `line ${finding.line}${finding.column === null ? '' : `, column ${finding.column}`}: `;

export function findingsText(findings: PlanPreview['findings']): string {
  const lines = findings
    .slice(0, SHOWN_FINDINGS)
    .map(
      (finding) =>
        `  ${finding.severity === 'error' ? '✗' : '!'} ${place(finding)}${printable(finding.message, 200)}${finding.cure === null ? '' : `\n      ${printable(finding.cure, 300)}`}\n`,
    );
  const more = findings.length - lines.length;
  return `${lines.join('')}${more > 0 ? `  … and ${plural(more, 'more finding')}; --json has them all\n` : ''}`;
}

export const changesText = (changes: readonly TermChange[]): string =>
  changes
    .map(
      ({ what, before, after }) =>
        `  ~ ${printable(what, 60)}  ${before === null ? 'nothing' : printable(before, 40)} -> ${after === null ? 'nothing' : printable(after, 40)}\n`,
    )
    .join('');

const amount = (value: number, unit: string | null): string => {
  if (unit === 'share') return `${Math.round(value * 100)}%`;
  if (unit === 'hours') return `${Math.round(value * 10) / 10} h`;
  return whole(value);
};

/** One side of a plan, target by target; `none` where it promises nothing. */
export function sideText(title: string, parts: readonly PlanPart[]): string {
  if (parts.length === 0) return '';
  const rows = parts.map((part) => [
    `  ${printable(part.label, 40)}`,
    part.actual === null ? (part.note ?? '') : amount(part.actual, part.unit),
    `${part.direction === 'down' ? 'at most ' : ''}${amount(part.goal, part.unit)}`,
    part.pace === null
      ? part.actual === null
        ? ''
        : (part.note ?? '')
      : `${whole(100 * part.pace)}% of its pace`,
    part.gap === null || part.gap === 0 ? '' : `${amount(part.gap, part.unit)} missing`,
  ]);
  return `  ${title}\n${table(['target', 'so far', 'goal', '', ''], rows, ['left', 'right', 'right', 'right', 'right'])}`;
}

/** A plan as it stood: its terms, and where it came from. */
export function planText({ partner, plan, revision, proposed }: StandingPlan): string {
  const rows = plan.targets.map((target) => {
    const metric = metricOfWords(target.metric);
    const own = ownName(target.metric) === null ? null : target.metric;
    return [
      target.side,
      printable(target.label, 40),
      metric ?? own ?? `${printable(target.metric, 30)} (unknown)`,
      amount(target.goal, metric === null ? null : METRICS[metric].unit),
      String(target.weight),
    ];
  });
  return [
    heading(`${printable(partner)}: ${printable(plan.name)} (${plan.id})`),
    `  ${plan.startOn.slice(0, 10)} to ${plan.endOn.slice(0, 10)}${plan.status === null ? '' : `, ${printable(plan.status)}`}${revision === null ? '' : `, revision ${revision}`}\n`,
    plan.ownerId || plan.partnerOwner
      ? `  owners: ${printable(plan.ownerId ?? 'nobody')} (vendor), ${printable(plan.partnerOwner ?? 'nobody')} (partner)\n`
      : '',
    rows.length === 0
      ? '  no target\n'
      : table(['side', 'target', 'metric', 'goal', 'weight'], rows, [
          'left',
          'left',
          'left',
          'right',
          'right',
        ]),
    ...plan.milestones.map(
      (one) =>
        `  ${one.doneOn === null ? '○' : '●'} ${one.side}: ${printable(one.label)}${one.dueOn === null ? '' : `, due ${one.dueOn.slice(0, 10)}`}\n`,
    ),
    proposed === null
      ? ''
      : `  revision ${proposed.revision} of ${instant(Date.parse(proposed.at))} waits for an approval; it is not scored\n`,
  ].join('');
}
