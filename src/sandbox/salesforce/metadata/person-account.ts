/**
 * Person accounts: an account and a contact that are one person. Fields of the person stand on the
 * account besides, under the names below; an org without them has none of these.
 */
import type { FieldDefinition, ObjectDefinition } from './definition.ts';
import { field, personName } from './fields.ts';
import { SALUTATION } from './picklists.ts';

/** Fields of the person's contact by the name that they have on the account. */
export const PERSON_FIELDS: Readonly<Record<string, string>> = {
  FirstName: 'FirstName',
  LastName: 'LastName',
  Salutation: 'Salutation',
  PersonEmail: 'Email',
  PersonTitle: 'Title',
  PersonMobilePhone: 'MobilePhone',
};

const onAccount = (): FieldDefinition[] => [
  ...personName(SALUTATION)
    .filter(({ name }) => name !== 'Name')
    .map((part) => ({ ...part, nillable: true })),
  field('PersonContactId', 'reference', 'Contact ID', 'nfsg', {
    to: 'Contact',
    relation: 'PersonContact',
  }),
  field('IsPersonAccount', 'boolean', 'Is Person Account', 'fsgd'),
  field('PersonEmail', 'email(80)', 'Email'),
  field('PersonTitle', 'string(80)', 'Title'),
  field('PersonMobilePhone', 'phone(40)', 'Mobile'),
];

export function addPersonAccounts(objects: readonly ObjectDefinition[]): void {
  for (const { name, fields } of objects)
    if (name === 'Account') fields.push(...onAccount());
    else if (name === 'Contact')
      fields.push(field('IsPersonAccount', 'boolean', 'Is Person Account', 'fsgd'));
}
