import { isCollection, visit, type Document, type LineCounter, type YAMLError } from 'yaml';
import type { MappingFault } from '../../model/mapping.ts';

/**
 * What the YAML parser says, as faults an admin can act on: one for each cause,
 * at the place to be mended.
 */

const CURES: Record<string, string> = {
  DUPLICATE_KEY: 'Remove one of the two, or write a list where several are meant.',
  TAB_AS_INDENT: 'Indent with spaces.',
  BAD_INDENT: 'Indent the lines of one block by the same number of spaces.',
  MULTIPLE_DOCS: 'Keep one document in the file: remove the line `---`.',
  MULTILINE_IMPLICIT_KEY:
    'Check the indentation of this line, and that the line before ends as it should.',
  BAD_ALIAS: 'Define the anchor (`&name`) before its use (`*name`).',
};
const CURE = 'Check the indentation, the colons and the quotes around here.';
/** Problems so few lines after another are its echo: the parser no longer knows where it is. */
const ECHO_LINES = 3;
/** Said of every word after the point at which the parser took the document for finished. */
const AFTER_THE_END = 'token in YAML stream';

type Place = { line: number; col: number };

/**
 * One problem a cause. A key that is there twice never confuses the parser, so it is
 * neither an echo nor has one.
 */
function causes(problems: readonly YAMLError[], lines: LineCounter): YAMLError[] {
  const kept: YAMLError[] = [];
  let last = -Infinity;
  for (const problem of problems.toSorted((a, b) => a.pos[0] - b.pos[0])) {
    if (problem.code === 'DUPLICATE_KEY') {
      kept.push(problem);
      continue;
    }
    const { line } = lines.linePos(problem.pos[0]);
    if (line - last > ECHO_LINES) kept.push(problem);
    if (problem.message.includes(AFTER_THE_END)) break;
    last = line;
  }
  return kept;
}

/**
 * The innermost bracket that is still open where the parser noticed; null
 * when the problem is another.
 */
function openBracket(
  document: Document,
  problem: YAMLError,
  lines: LineCounter,
): { place: Place; bracket: '{' | '[' } | null {
  const kind = /^Flow (map|sequence) in block collection/.exec(problem.message)?.[1];
  if (kind === undefined) return null;
  let start = -1;
  visit(document, {
    Node(_key, node) {
      const range = isCollection(node) && node.flow === true ? node.range : null;
      if (range && range[0] < problem.pos[0] && range[2] >= problem.pos[0])
        start = Math.max(start, range[0]);
    },
  });
  return start < 0 ? null : { place: lines.linePos(start), bracket: kind === 'map' ? '{' : '[' };
}

/** Faults of YAML itself, each with its line and column (1-based). */
export function yamlFaults(document: Document, lines: LineCounter): MappingFault[] {
  const found = new Map<string, MappingFault>();
  const add = (
    severity: 'error' | 'warning',
    { line, col }: Place,
    message: string,
    cure: string,
  ): void => {
    found.set(`${line}:${col}:${message}`, {
      severity,
      line: Math.max(line, 1),
      column: Math.max(col, 1),
      path: '',
      message,
      cure,
    });
  };
  for (const problem of causes(document.errors, lines)) {
    const open = openBracket(document, problem, lines);
    if (open !== null)
      add(
        'error',
        open.place,
        `The bracket ${open.bracket} opened here is never closed.`,
        `Close it with ${open.bracket === '{' ? '}' : ']'} at the end of this line.`,
      );
    else if (problem.message.includes(AFTER_THE_END))
      add(
        'error',
        lines.linePos(problem.pos[0]),
        'The document ends here, as far as its brackets say.',
        'Take out what is one too many: a closing bracket or a quote.',
      );
    else add('error', lines.linePos(problem.pos[0]), words(problem), CURES[problem.code] ?? CURE);
  }
  for (const problem of document.warnings)
    add('warning', lines.linePos(problem.pos[0]), words(problem), CURES[problem.code] ?? CURE);
  return [...found.values()];
}

const words = (problem: YAMLError | Document['warnings'][number]): string =>
  problem.code === 'DUPLICATE_KEY'
    ? 'This key is there twice.'
    : (problem.message.split('\n')[0]?.replace(/[.:]?$/, '.') ?? 'Not YAML.');
