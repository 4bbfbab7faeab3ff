import * as z from 'zod';
import { cleanLine } from './clean-text.ts';
import { keysAt, nodesAt, type JsonNode } from './json-node.ts';
import { nearest, suggestion } from './nearest.ts';

/** What is wrong with a document that a person wrote, with the place it is about. */
export interface ShapeFault {
  path: (string | number)[];
  message: string;
  cure: string;
}

type Issue = z.core.$ZodIssue;

/**
 * The faults of a failed parse in an admin's words. Values are named only where the schema lists
 * what may stand there: anything else may be a secret that was put into the wrong place.
 */
export function shapeFaults(schema: z.ZodType, error: z.ZodError, value: unknown): ShapeFault[] {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonNode;
  return error.issues
    .slice(0, MAX_FAULTS)
    .flatMap((issue) => faultsOf(root, issue, [], value))
    .slice(0, MAX_FAULTS);
}

/** Nobody mends more in one go; a hostile document has tens of thousands. */
const MAX_FAULTS = 100;
/** What a message shows of a name that somebody else wrote. */
const MAX_NAME = 80;

const shortName = (name: string): string =>
  cleanLine(name.length > MAX_NAME ? `${name.slice(0, MAX_NAME)}…` : name);

function faultsOf(
  root: JsonNode,
  issue: Issue,
  above: ShapeFault['path'],
  value: unknown,
): ShapeFault[] {
  const path = [...above, ...(issue.path as ShapeFault['path'])];
  const said = shortName(path.join('.')) || 'document';
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(root, path);
    return issue.keys.slice(0, MAX_FAULTS).map((key) => ({
      path: [...path, key],
      message: `unknown key \`${shortName(key)}\`${path.length === 0 ? '' : ` in ${said}`}`,
      cure: suggestion(key, known, 'Remove it.'),
    }));
  }
  if (issue.code === 'invalid_union') {
    const branch = closest(issue.errors);
    if (branch !== null) return branch.flatMap((inner) => faultsOf(root, inner, path, value));
  }
  if (issue.code === 'invalid_value') {
    const near = nearest(String(valueAt(value, path)), issue.values.map(String));
    if (near !== null)
      return [{ path, message: `${said}: ${issue.message}`, cure: `Did you mean \`${near}\`?` }];
  }
  const words = nodesAt(root, path).find(({ description }) => description !== undefined);
  return [
    {
      path,
      message: `${said}: ${issue.message}`,
      cure: words?.description === undefined ? '' : `It says: ${words.description}.`,
    },
  ];
}

const valueAt = (value: unknown, path: ShapeFault['path']): unknown =>
  path.reduce<unknown>(
    (at, step) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, step)
        ? (at as Record<string | number, unknown>)[step]
        : undefined,
    value,
  );

/** The branch that was meant: one that fits but for a mistyped key; null = none stands out. */
const closest = (branches: Issue[][]): Issue[] | null =>
  branches.find((branch) => branch.some(({ code }) => code === 'unrecognized_keys')) ?? null;

/** A fault as one clause of a message; `at` = its place, where that is known. */
export const faultText = ({ message, cure }: ShapeFault, at: string | null): string =>
  `${at === null ? '' : `${at} `}${message}${cure === '' ? '' : `. ${cure.replace(/\.$/, '')}`}`;
