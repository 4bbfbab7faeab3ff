import type { CrmField, CrmObject } from '../../model/connector.ts';
import type { CheckContext } from './context.ts';
import { listed, named } from '../document/fault-list.ts';
import { exists, resolvePath, type PathFact } from '../document/paths.ts';
import { pathsOf, type PathUse, type Source } from '../document/sources.ts';
import { nearest } from '../../model/nearest.ts';

/** Field paths against the CRM's description. */

const HIDDEN =
  'If it exists, it is hidden from the connected user: grant that user read access to the field.';

function absence(fact: Exclude<PathFact, { kind: 'field' | 'id' }>): {
  message: string;
  cure: string;
} {
  const owner = named(fact.object.name);
  if (fact.kind === 'hidden-target') {
    return {
      message: `${named(fact.name)} of ${owner} leads to ${named(fact.target)}, which the connected user may not see.`,
      cure: `Grant that user read access to ${named(fact.target)}, or leave the field out.`,
    };
  }
  if (fact.kind === 'no-reference') {
    return fact.instead === null
      ? {
          message: `${named(fact.field.name)} of ${owner} is a ${fact.field.nativeType} field, not a reference: no path leads through it.`,
          cure: `References of ${owner}: ${listed(references(fact.object)) || 'none'}.`,
        }
      : {
          message: `${named(fact.field.name)} of ${owner} holds an id; the path through it has another word.`,
          cure: `Write ${named(`${fact.instead}.…`)} instead of ${named(`${fact.field.name}.…`)}.`,
        };
  }
  const near = nearest(fact.name, [
    ...fact.object.fields.map(({ name }) => name),
    ...references(fact.object),
  ]);
  return {
    message: `${owner} has no field ${named(fact.name)}.`,
    cure: near === null ? HIDDEN : `Did you mean ${named(near)}? ${HIDDEN}`,
  };
}

const references = (object: CrmObject): string[] =>
  object.fields.flatMap(({ relationshipName }) =>
    relationshipName === null ? [] : [relationshipName],
  );

const isSecret = ({ encrypted, masked }: CrmField): boolean =>
  encrypted === true || masked === true;

function checkUse(
  context: CheckContext,
  object: CrmObject,
  use: PathUse,
  noted: Set<string>,
): void {
  const fact = resolvePath(object, use.path, context.describe);
  if (exists(fact)) {
    if (fact.field.type === 'other')
      context.faults.error(
        use.at,
        `${named(use.path)} of ${named(object.name)} is a ${fact.field.nativeType} field, which has no single value.`,
        'Name one of its parts instead.',
        'value',
      );
    else if (use.use === 'pull' && !fact.field.filterable)
      context.faults.error(
        use.at,
        `${named(use.path)} of ${named(object.name)}${isSecret(fact.field) ? ' is encrypted, and' : ''} cannot be filtered on in the CRM.`,
        'Move the condition to `where`, which is decided from the local copy.',
        'value',
      );
    return;
  }
  const { message, cure } = absence(fact);
  if (!use.optional) return context.faults.error(use.at, message, cure, 'value');
  if (use.use === 'keep' || use.use === 'history')
    return context.faults.warning(use.at, message, cure, 'value');
  const once = `${object.name}.${use.path}`;
  if (noted.has(once)) return;
  noted.add(once);
  context.faults.note(
    use.at,
    `${message.slice(0, -1)}; it is optional and left out.`,
    'Nothing to do, unless you expected it.',
    'value',
  );
}

/** Reports every path of a source that this org lacks; optional ones once an object, as notes. */
export function checkPaths(
  context: CheckContext,
  source: Source,
  object: CrmObject,
  noted: Set<string>,
): void {
  for (const use of pathsOf(source)) checkUse(context, object, use, noted);
}
