/** Person accounts: the name is made of its parts, and a contact of the person is kept in step. */
import { PERSON_FIELDS } from '../metadata/person-account.ts';
import type { Row, SalesforceFault } from '../org-types.ts';
import { fault } from './faults.ts';
import { serverInsert, valueOf, writeQuietly, type ObjectRules, type Saving } from './saving.ts';

const hasPersons = ({ core, object }: Saving): boolean =>
  core.schema.field(object, 'IsPersonAccount') !== undefined;

function beforePerson(saving: Saving): SalesforceFault[] {
  const { changes, previous } = saving;
  if (!hasPersons(saving)) return [];
  // An account that is made with a last name is a person.
  const person = previous === null ? changes['LastName'] != null : previous['IsPersonAccount'];
  if (previous === null) changes['IsPersonAccount'] = person === true;
  if (person !== true) return [];
  if (changes['Name'] !== undefined)
    return [
      fault(
        'INVALID_FIELD_FOR_INSERT_UPDATE',
        'Account: bad field names on insert/update call: Name',
        ['Name'],
      ),
    ];
  changes['Name'] = ['FirstName', 'LastName']
    .flatMap((part) => valueOf(saving, part) ?? [])
    .join(' ');
  return [];
}

function afterPerson({ core, user, atMs }: Saving, row: Row): void {
  if (row['IsPersonAccount'] !== true) return;
  const cells: Row = { Name: row['Name'] ?? null };
  for (const [onAccount, name] of Object.entries(PERSON_FIELDS))
    cells[name] = row[onAccount] ?? null;
  const contact = core.get('Contact', row['PersonContactId']);
  if (contact !== undefined)
    return writeQuietly(core, 'Contact', contact, {
      ...cells,
      LastModifiedDate: atMs,
      SystemModstamp: atMs,
    });
  const links = { AccountId: row['Id'] ?? null, OwnerId: row['OwnerId'] ?? null };
  const made = { ...cells, ...links, IsPersonAccount: true };
  const id = serverInsert(core, 'Contact', made, user.id, atMs);
  writeQuietly(core, 'Account', row, { PersonContactId: id });
}

export const accountRules: ObjectRules = { before: beforePerson, after: afterPerson };
