/** Users made by a seeder or the control plane. */
import type { OrgUser, Row } from '../org-types.ts';
import type { OrgCore } from './core.ts';
import { wholeSecond } from './core.ts';
import { serverInsert } from './saving.ts';

export interface NewUser {
  username: string;
  firstName?: string;
  lastName: string;
  email?: string;
  /** Default: System Administrator. */
  profile?: string;
  active?: boolean;
  permissionSetIds?: readonly string[];
  /** A partner's person: the contact that the user stands for. Only with partner management. */
  contactId?: string;
  atMs?: number;
}

/** Longest alias. */
const ALIAS_LENGTH = 8;

function portalOf(core: OrgCore, contactId: string | undefined): Row {
  return contactId === undefined
    ? {}
    : {
        ContactId: contactId,
        AccountId: core.get('Contact', contactId)?.['AccountId'] ?? null,
        IsPortalEnabled: true,
      };
}

export function addUser(core: OrgCore, user: NewUser): OrgUser {
  const profileName = user.profile ?? 'System Administrator';
  const profile = [...core.storage.table(core.must('Profile')).values()].find(
    (row) => row['Name'] === profileName,
  );
  if (!profile) throw new Error(`the org has no profile ${profileName}`);
  const atMs = wholeSecond(user.atMs ?? core.nowMs());
  const id = serverInsert(
    core,
    'User',
    {
      Username: user.username,
      FirstName: user.firstName ?? null,
      LastName: user.lastName,
      Name: [user.firstName, user.lastName].filter(Boolean).join(' '),
      Email: user.email ?? user.username,
      Alias: user.username.slice(0, ALIAS_LENGTH),
      CommunityNickname: user.username.split('@')[0] ?? user.username,
      IsActive: user.active !== false,
      TimeZoneSidKey: core.options.timeZone ?? 'GMT',
      LocaleSidKey: 'en_US',
      EmailEncodingKey: 'UTF-8',
      LanguageLocaleKey: 'en_US',
      ProfileId: profile['Id'] ?? null,
      UserType: profile['UserType'] ?? 'Standard',
      ...portalOf(core, user.contactId),
    },
    null,
    atMs,
  );
  for (const set of user.permissionSetIds ?? [])
    serverInsert(
      core,
      'PermissionSetAssignment',
      { PermissionSetId: set, AssigneeId: id, IsActive: true },
      null,
      atMs,
    );
  const made = core.permissions.user(id);
  if (!made) throw new Error(`user ${user.username} was not made`);
  return made;
}
