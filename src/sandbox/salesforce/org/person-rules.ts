/** Full names of people, converted leads, and unique user names. */
import type { Row, SalesforceFault } from '../org-types.ts';
import { fault } from './faults.ts';
import { changes, valueOf } from './saving.ts';
import type { ObjectRules, Saving } from './saving.ts';

function fullName(saving: Saving): void {
  if (!changes(saving, 'FirstName') && !changes(saving, 'LastName') && saving.previous) return;
  saving.changes['Name'] = [valueOf(saving, 'FirstName'), valueOf(saving, 'LastName')]
    .filter((part) => typeof part === 'string')
    .join(' ');
}

export const contactRules: ObjectRules = {
  before(saving) {
    fullName(saving);
    return [];
  },
};

export const leadRules: ObjectRules = {
  before(saving) {
    fullName(saving);
    if (saving.previous?.['IsConverted'] === true && !saving.seeding)
      return [fault('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead')];
    return [];
  },
};

function sameName(saving: Saving): Row | undefined {
  const username = saving.changes['Username'];
  if (typeof username !== 'string') return undefined;
  const { core, object, previous } = saving;
  return [...core.storage.table(object).lookup('Username', username)].find(
    (row) => row['Id'] !== previous?.['Id'],
  );
}

/** User names look like e-mail addresses and are unique, also among inactive users. */
function beforeUser(saving: Saving): SalesforceFault[] {
  fullName(saving);
  const set = saving.changes;
  if (saving.previous === null) {
    set['CommunityNickname'] ??= String(set['Username'] ?? '').split('@')[0] ?? null;
    set['UserType'] ??= saving.core.get('Profile', set['ProfileId'])?.['UserType'] ?? 'Standard';
    if (set['IsActive'] === undefined) set['IsActive'] = true;
  }
  if (sameName(saving))
    return [
      fault(
        'DUPLICATE_USERNAME',
        "Duplicate Username. The username already exists in this or another Salesforce organization. Usernames must be unique across all Salesforce organizations. To resolve, use a different username (it does not need to match the user's email address).",
        ['Username'],
      ),
    ];
  if (typeof set['Username'] === 'string' && !/^\S+@\S+\.\S+$/.test(set['Username']))
    return [
      fault('INVALID_EMAIL_ADDRESS', `Username: invalid email address: ${set['Username']}`, [
        'Username',
      ]),
    ];
  return [];
}

export const userRules: ObjectRules = { before: beforeUser };
