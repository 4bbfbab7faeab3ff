/**
 * Classic encryption: a text field whose value users without "View Encrypted Data" read as a mask,
 * over every API; no profile of the vendor's brings that right, administrators' included.
 */
import type { FieldDefinition } from '../metadata/definition.ts';
import type { Cell, OrgUser } from '../org-types.ts';
import type { OrgCore } from './core.ts';

export const isEncrypted = (field: FieldDefinition): boolean => field.type === 'encryptedstring';

const mayView = (core: OrgCore, user: OrgUser): boolean =>
  user === core.permissions.system ||
  [...user.permissionSetIds].some(
    (set) => core.get('PermissionSet', set)?.['PermissionsViewEncryptedData'] === true,
  );

/** Characters at the end that a mask type leaves to be read, and how the rest is grouped. */
const SHOWN: Record<string, { shown: number; groups?: number[] }> = {
  all: { shown: 0 },
  lastFour: { shown: 4 },
  creditCard: { shown: 4, groups: [4, 4, 4, 4] },
  ssn: { shown: 4, groups: [3, 2, 4] },
};

function mask(value: string, { maskType = 'all', maskChar }: FieldDefinition): string {
  const { shown, groups } = SHOWN[maskType] ?? { shown: 0 };
  const bare = groups === undefined ? value : value.replace(/[^\p{L}\p{N}]/gu, '');
  const hidden = Math.max(0, bare.length - shown);
  const text = (maskChar === 'X' ? 'X' : '*').repeat(hidden) + bare.slice(hidden);
  if (groups === undefined || bare.length !== groups.reduce((sum, size) => sum + size, 0))
    return text;
  let at = 0;
  return groups.map((size) => text.slice(at, (at += size))).join('-');
}

/** The cell as this user reads it. */
export const seen = (core: OrgCore, user: OrgUser, field: FieldDefinition, value: Cell): Cell =>
  typeof value !== 'string' || !isEncrypted(field) || mayView(core, user)
    ? value
    : mask(value, field);
