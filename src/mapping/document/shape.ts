import type * as z from 'zod';
import { shown } from './coerce.ts';
import { listed, named, type FaultList } from './fault-list.ts';
import { keysAt, nodesAt, type JsonNode } from '../../model/json-node.ts';
import { jsonSchema } from './schema.ts';
import type { DocumentPath } from './sources.ts';
import { suggestion } from '../../model/nearest.ts';

/**
 * Faults of shape: what the schema of the document does not allow, in an
 * admin's words and with its place.
 */

type Issue = z.core.$ZodIssue;

let schema: JsonNode | null = null;
const root = (): JsonNode => (schema ??= jsonSchema());

const valueAt = (value: unknown, path: PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (at, step) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, step)
        ? (at as Record<PropertyKey, unknown>)[step]
        : undefined,
    value,
  );

const kindOf = (value: unknown): string => {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a block';
  return typeof value === 'string'
    ? `the text ${shown(value)}`
    : `the ${typeof value} ${String(value)}`;
};

const WANTED: Record<string, string> = {
  object: 'a block',
  record: 'a block',
  array: 'a list',
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

/**
 * How badly a branch of a union misses at its own level: the one that misses least
 * is the one the admin meant.
 */
function misses(branch: Issue[]): number {
  return branch.reduce((sum, issue) => {
    if (
      issue.path.length === 0 &&
      (issue.code === 'invalid_type' || issue.code === 'invalid_value')
    )
      return sum + 1000;
    if (issue.code === 'unrecognized_keys')
      return sum + (issue.path.length === 0 ? issue.keys.length : 0);
    return sum + (issue.path.length === 1 ? 1 : 0);
  }, 0);
}

/** Replaces a union's issue by the issues of the branch that was meant, with whole paths. */
function flatten(issue: Issue, above: PropertyKey[], value: unknown): Issue[] {
  const path = [...above, ...issue.path];
  const whole = { ...issue, path } as Issue;
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [whole];
  const scored = issue.errors.map((branch) => ({ branch, score: misses(branch) }));
  const least = Math.min(...scored.map(({ score }) => score));
  if (least >= 1000) return [whole];
  const best = scored.filter(({ score }) => score === least).map(({ branch }) => branch);
  const values = best.flatMap((branch) =>
    branch.flatMap((each) => (each.code === 'invalid_value' && branch.length === 1 ? [each] : [])),
  );
  const first = values[0];
  if (values.length > 1 && values.length === best.length && first !== undefined) {
    return [
      {
        ...first,
        path: [...path, ...first.path],
        values: values.flatMap((each) => each.values),
      } as Issue,
    ];
  }
  const chosen = best.at(-1) ?? [];
  const unknownKeys = chosen.some(
    (each) => each.code === 'unrecognized_keys' && each.path.length === 0,
  );
  return chosen
    .filter(
      (each) =>
        !(
          unknownKeys &&
          each.path.length === 1 &&
          valueAt(value, [...path, ...each.path]) === undefined
        ),
    )
    .flatMap((each) => flatten(each, path, value));
}

const hint = (path: DocumentPath, otherwise: string): string => {
  const words = nodesAt(root(), path).find((at) => at.description !== undefined)?.description;
  return words === undefined ? otherwise : `It says: ${words}.`;
};

function wrongType(
  issue: Extract<Issue, { code: 'invalid_type' | 'invalid_union' }>,
  path: DocumentPath,
  value: unknown,
  faults: FaultList,
): void {
  const last = path.at(-1);
  const wanted =
    issue.code === 'invalid_type' ? (WANTED[issue.expected] ?? issue.expected) : unionWanted(issue);
  if (value === undefined && last !== undefined)
    faults.error(
      path,
      `${named(String(last))} is missing.`,
      hint(path, `Add \`${String(last)}:\` here (${wanted}).`),
    );
  else if (path.length === 0)
    faults.error(
      path,
      `The mapping must be ${wanted}, and this is ${kindOf(value)}.`,
      'Start from a mapping in `mappings/`.',
    );
  else
    faults.error(
      path,
      `${named(String(last))} must be ${wanted}, and this is ${kindOf(value)}.`,
      hint(path, 'Check the indentation and the quotes.'),
      'value',
    );
}

function unionWanted(issue: Extract<Issue, { code: 'invalid_union' }>): string {
  const kinds = issue.errors.flatMap((branch) =>
    branch.flatMap((each) =>
      each.code === 'invalid_type' ? [WANTED[each.expected] ?? each.expected] : [],
    ),
  );
  return [...new Set(kinds)].join(' or ') || 'something else';
}

function report(issue: Issue, value: unknown, faults: FaultList): void {
  const path = issue.path as DocumentPath;
  const here = named(String(path.at(-1) ?? 'mapping'));
  switch (issue.code) {
    case 'unrecognized_keys':
      for (const key of issue.keys)
        faults.error(
          [...path, key],
          `Unknown key ${named(key)}.`,
          suggestion(key, keysAt(root(), path), 'Remove it.'),
        );
      return;
    case 'invalid_type':
    case 'invalid_union':
      return wrongType(issue, path, valueAt(value, path), faults);
    case 'invalid_value': {
      const found = valueAt(value, path);
      const allowed = issue.values.map(String);
      if (found === undefined)
        return faults.error(path, `${here} is missing.`, `Allowed: ${listed(allowed, 24)}.`);
      return faults.error(
        path,
        `${here} is ${kindOf(found)}, which is not allowed.`,
        suggestion(String(found), allowed, `Allowed: ${listed(allowed, 24)}.`),
        'value',
      );
    }
    case 'too_small':
      return faults.error(
        path,
        `${here} is too ${issue.origin === 'number' || issue.origin === 'int' ? 'small' : 'short'}: at least ${issue.minimum}.`,
        hint(path, 'Write a longer or larger one.'),
        'value',
      );
    case 'too_big':
      return faults.error(
        path,
        `${here} is too ${issue.origin === 'number' || issue.origin === 'int' ? 'large' : 'long'}: at most ${issue.maximum}.`,
        hint(path, 'Write a shorter or smaller one.'),
        'value',
      );
    case 'custom':
      return faults.error(
        path,
        `${here} ${issue.message}.`,
        'Keep one of them: the field to read, a constant, or a list of which the first filled one counts.',
      );
    default:
      return faults.error(
        path,
        `${here}: ${issue.message}.`,
        hint(path, 'See mappings/mapping.schema.json.'),
      );
  }
}

/** Reports all issues of a failed parse; gives back the paths they are about, for `prune`. */
export function reportShape(error: z.ZodError, value: unknown, faults: FaultList): DocumentPath[] {
  const issues = error.issues.flatMap((issue) => flatten(issue, [], value));
  for (const issue of issues) report(issue, value, faults);
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => [...issue.path, key] as DocumentPath)
      : [issue.path as DocumentPath],
  );
}
