/** `@{ref.path}` in the address or the body of a composite subrequest. */
import type { InnerAnswer } from './inner.ts';

export class UnresolvedReference extends Error {}

const REFERENCE = /@\{([A-Za-z]\w*)((?:\.\w+|\[\d+\])*)\}/g;

/**
 * `value` with every reference replaced by what it points to; a text that is nothing but a
 * reference takes the value's own type.
 */
export function resolveReferences(value: unknown, done: Map<string, InnerAnswer>): unknown {
  if (typeof value === 'string') return resolveText(value, done);
  if (Array.isArray(value)) return value.map((one) => resolveReferences(one, done));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, resolveReferences(one, done)]),
  );
}

function resolveText(text: string, done: Map<string, InnerAnswer>): unknown {
  const whole = /^@\{([A-Za-z]\w*)((?:\.\w+|\[\d+\])*)\}$/.exec(text);
  if (whole !== null) return lookUp(whole[1] ?? '', whole[2] ?? '', done);
  return text.replace(REFERENCE, (_all, ref: string, path: string) =>
    String(lookUp(ref, path, done)),
  );
}

function lookUp(ref: string, path: string, done: Map<string, InnerAnswer>): unknown {
  const answer = done.get(ref);
  if (answer === undefined)
    throw new UnresolvedReference(`Invalid reference specified. No value for ${ref}${path} found`);
  if (answer.status >= 300)
    throw new UnresolvedReference(
      'The transaction was rolled back since another operation in the same transaction failed.',
    );
  let value: unknown = answer.body;
  for (const [, name, index] of path.matchAll(/\.(\w+)|\[(\d+)\]/g)) {
    if (value === null || typeof value !== 'object')
      throw new UnresolvedReference(
        `Invalid reference specified. No value for ${ref}${path} found`,
      );
    value =
      index === undefined
        ? property(value as Record<string, unknown>, name ?? '')
        : (value as unknown[])[Number(index)];
  }
  if (value === undefined)
    throw new UnresolvedReference(`Invalid reference specified. No value for ${ref}${path} found`);
  return value;
}

/** Names fit in any letter case: `@{a.Id}` finds the `id` of a create. */
function property(object: Record<string, unknown>, name: string): unknown {
  if (name in object) return object[name];
  const found = Object.keys(object).find((key) => key.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : object[found];
}
