import type { MappingFault } from '../../model/mapping.ts';
import type { Locate } from './place.ts';
import type { DocumentPath } from './sources.ts';

/** What a message shows of a name that somebody else wrote. */
const MAX_NAME = 80;

/** A name for a message: in backticks, on one line, never longer than a line. */
export function named(name: string): string {
  const line = name.replace(/[\p{Cc}`]/gu, ' ');
  return `\`${line.length > MAX_NAME ? `${line.slice(0, MAX_NAME)}…` : line}\``;
}

/** A few names for a message; what is left out is counted. */
export function listed(names: string[], upTo = 8): string {
  const rest = names.length - upTo;
  return `${names.slice(0, upTo).map(named).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

const pathText = (path: DocumentPath): string =>
  path
    .map((step, index) =>
      typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`,
    )
    .join('')
    .slice(0, 300);

/** Nobody mends more in one go, and an answer that repeats a hostile document stays short. */
const MAX_OF_A_KIND = 100;

const LEFT_OUT = {
  message: `There are more than ${MAX_OF_A_KIND} such faults; this one and those after it are left out.`,
  cure: 'Mend the others first.',
};

/**
 * Collects faults; the same words at the same place are said once, and of each severity the first
 * hundred: looking for the place of each of many more would cost a host seconds.
 */
export class FaultList {
  readonly locate: Locate;
  private readonly found = new Map<string, MappingFault>();
  private readonly kept = { error: 0, warning: 0, note: 0 };

  constructor(locate: Locate) {
    this.locate = locate;
  }

  add(
    severity: MappingFault['severity'],
    path: DocumentPath,
    message: string,
    cure: string,
    at: 'key' | 'value' = 'key',
  ): void {
    if (this.kept[severity] === MAX_OF_A_KIND + 1) return;
    const { line, column } = this.locate(path, at);
    const said = this.kept[severity] === MAX_OF_A_KIND ? LEFT_OUT : { message, cure };
    const key = `${line}:${column}:${said.message}`;
    if (!this.found.has(key)) this.kept[severity] += 1;
    this.found.set(key, { severity, line, column, path: pathText(path), ...said });
  }

  error(path: DocumentPath, message: string, cure: string, at?: 'key' | 'value'): void {
    this.add('error', path, message, cure, at);
  }
  warning(path: DocumentPath, message: string, cure: string, at?: 'key' | 'value'): void {
    this.add('warning', path, message, cure, at);
  }
  note(path: DocumentPath, message: string, cure: string, at?: 'key' | 'value'): void {
    this.add('note', path, message, cure, at);
  }

  /** By line, then column; on one place errors first. */
  sorted(): MappingFault[] {
    const weight = { error: 0, warning: 1, note: 2 };
    return [...this.found.values()].sort(
      (a, b) =>
        a.line - b.line ||
        a.column - b.column ||
        weight[a.severity] - weight[b.severity] ||
        (a.message < b.message ? -1 : 1),
    );
  }
}
