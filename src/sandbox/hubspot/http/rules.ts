/** Admins' validation rules, which the write paths of 2026-09 enforce and the older ones do not. */
import { wrongValues } from '../model/errors.ts';
import type { HubRecord, ObjectType } from '../model/types.ts';
import type { Portal } from '../portal.ts';
import { type Changes, checkChanges } from '../records/write.ts';
import type { HubContext } from './body.ts';

const ENFORCING = /\/2026-09\//;

/** Checks what a client sends for a record, rules included. Throws 400. */
export function checkWrite(
  c: HubContext,
  portal: Portal,
  type: ObjectType,
  record: HubRecord | null,
  sent: Record<string, unknown>,
): Changes {
  const changes = checkChanges(portal, type, record, sent);
  if (!ENFORCING.test(new URL(c.req.url).pathname)) return changes;
  const after: Record<string, string | null> = { ...record?.values, ...changes };
  const broken = portal.rules.filter(
    (rule) =>
      rule.typeId === type.id &&
      (rule.when === null || after[rule.when.property] === rule.when.value) &&
      (after[rule.require] ?? null) === null,
  );
  if (broken.length === 0) return changes;
  throw wrongValues(
    portal.settings.portalId,
    broken.map((rule) => ({
      name: rule.require,
      error: 'REQUIRED_PROPERTY',
      message: `Property "${rule.require}" is required${rule.when === null ? '' : ` when ${rule.when.property} is ${rule.when.value}`}`,
    })),
  );
}
