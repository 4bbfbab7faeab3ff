import type { CrmObject } from '../../model/connector.ts';
import type { Condition, DescribeLookup, FieldRule, MappingSource } from '../../model/mapping.ts';
import { heldOptions } from '../../model/options.ts';
import { exists, resolvePath } from '../document/paths.ts';
import { ruleObject } from '../document/sources.ts';

/** The parts of the shipped mapping that this org can follow. */

const has = (object: CrmObject, path: string, describe: DescribeLookup): boolean =>
  exists(resolvePath(object, path, describe));

/** The rule without fields that the org lacks; null when nothing is left of it. */
function pruneRule(rule: FieldRule, object: CrmObject, describe: DescribeLookup): FieldRule | null {
  const given = ruleObject(rule);
  if (given.field !== undefined) {
    if (!has(object, given.field, describe))
      return given.default === undefined ? null : { value: given.default };
    if (given.minutesSince !== undefined && !has(object, given.minutesSince, describe)) return null;
    const { optional: _, ...rest } = given;
    return Object.keys(rest).length === 1 ? given.field : rest;
  }
  if (given.coalesce === undefined) return rule;
  const left = given.coalesce.flatMap((inner) => pruneRule(inner, object, describe) ?? []);
  const { coalesce: _, ...others } = given;
  if (left.length === 0) return null;
  return left.length === 1 && Object.keys(others).length === 0
    ? (left[0] ?? null)
    : { ...others, coalesce: left };
}

/** The condition without fields that the org lacks; null when it can then never hold. */
export function pruneCondition(
  condition: Condition,
  object: CrmObject,
  describe: DescribeLookup,
): Condition | null {
  if ('any' in condition) {
    const left = condition.any.flatMap((inner) => pruneCondition(inner, object, describe) ?? []);
    return left.length === 0 ? null : { any: left };
  }
  if ('all' in condition) {
    const left = condition.all.map((inner) => pruneCondition(inner, object, describe));
    return left.includes(null) ? null : { all: left.filter((inner) => inner !== null) };
  }
  if ('not' in condition) {
    const inner = pruneCondition(condition.not, object, describe);
    return inner === null ? { all: [] } : { not: inner };
  }
  if (!has(object, condition.field, describe)) return null;
  const { optional: _, ...rest } = condition;
  const field = object.fields.find(({ name }) => name === rest.field);
  const options = new Set(field === undefined ? [] : heldOptions(field));
  if (rest.in === undefined || options.size === 0) return rest;
  const known = rest.in.filter((value) => options.has(String(value)));
  return known.length === 0 ? null : { ...rest, in: known };
}

/**
 * A source of the shipped mapping as far as the org can follow it; null when it lacks what the
 * condition asks about. `lost`: entity fields that nothing fills now.
 */
export function pruneSource(
  source: MappingSource,
  object: CrmObject,
  describe: DescribeLookup,
): { source: MappingSource; lost: string[] } | null {
  const where =
    source.where === undefined ? undefined : pruneCondition(source.where, object, describe);
  if (where === null) return null;
  const fields = Object.entries(source.fields).map(
    ([name, rule]) => [name, pruneRule(rule, object, describe)] as const,
  );
  const { optional: _, where: __, keep, history, ...rest } = source;
  const present = (paths: string[] | undefined): string[] =>
    (paths ?? []).filter((path) => has(object, path, describe));
  return {
    source: {
      ...rest,
      ...(where === undefined ? {} : { where }),
      fields: Object.fromEntries(
        fields.filter((entry): entry is [string, FieldRule] => entry[1] !== null),
      ),
      ...(present(keep).length > 0 ? { keep: present(keep) } : {}),
      ...(present(history).length > 0 ? { history: present(history) } : {}),
    },
    lost: fields.filter(([, rule]) => rule === null).map(([name]) => name),
  };
}
