/**
 * What an admin of a partner channel would have added to the org: fields, objects for plans and the
 * like, and a permission set that shows them.
 */
import type { FieldDefinition, ObjectDefinition } from '../metadata/definition.ts';
import { field } from '../metadata/fields.ts';
import type { FieldExtras } from '../metadata/fields.ts';
import { BUSINESS, objectDefinition } from '../metadata/objects.ts';
import type { SaveResult } from '../org-types.ts';
import type { SandboxOrg } from '../org.ts';
import type { ChannelNames } from './style.ts';

export const CHANNEL_PERMISSION_SET = 'Partner_Channel';

const toAccount = (name: string, label: string, children: string): FieldDefinition =>
  field(name, 'reference', label, undefined, { to: 'Account', children });
const inPlan = (children: string): FieldDefinition =>
  field('Plan__c', 'reference', 'Plan', 'cufsg', {
    to: 'Partner_Plan__c',
    children,
    cascadeDelete: true,
  });
const side = (): FieldDefinition =>
  field('Side__c', 'picklist(255)', 'Side', undefined, {
    values: ['partner', 'vendor'],
    restrictedPicklist: true,
  });

const FIELDS: Readonly<Record<string, FieldDefinition[]>> = {
  Account: [
    field('Partner_Tier__c', 'picklist(255)', 'Partner Tier', undefined, {
      values: ['Registered', 'Silver', 'Gold'],
    }),
    field('Partner_Since__c', 'date', 'Partner Since'),
    field('Onboarded_On__c', 'date', 'Onboarded On'),
  ],
  Opportunity: [
    field('Registered_At__c', 'datetime', 'Registered At'),
    field('Registration_Status__c', 'picklist(255)', 'Registration Status', undefined, {
      values: ['Submitted', 'Approved', 'Rejected', 'Expired'],
    }),
    field('Registration_Decided_At__c', 'datetime', 'Registration Decided At'),
    field('Protected_Until__c', 'date', 'Protected Until'),
    field('Product__c', 'string(255)', 'Product'),
  ],
  Campaign: [toAccount('Partner__c', 'Partner', 'Partner_Campaigns')],
};

function custom(
  name: string,
  label: string,
  labelPlural: string,
  fields: FieldDefinition[],
  nameExtras: FieldExtras = {},
): ObjectDefinition {
  const nameField = field('Name', 'string(80)', `${label} Name`, 'ncufsgd', {
    idLookup: true,
    nameField: true,
    ...nameExtras,
  });
  // The org gives the prefix itself.
  return objectDefinition(name, '', label, labelPlural, BUSINESS, [nameField, ...fields], {
    custom: true,
  });
}

const OBJECTS: readonly ObjectDefinition[] = [
  custom('Partner_Plan__c', 'Partner Plan', 'Partner Plans', [
    toAccount('Partner__c', 'Partner', 'Partner_Plans'),
    field('Start_Date__c', 'date', 'Start Date'),
    field('End_Date__c', 'date', 'End Date'),
    field('Status__c', 'picklist(255)', 'Status', undefined, {
      values: ['Draft', 'Active', 'Closed'],
    }),
  ]),
  custom('Plan_Target__c', 'Plan Target', 'Plan Targets', [
    inPlan('Plan_Targets'),
    side(),
    field('Metric__c', 'string(80)', 'Metric'),
    field('Goal__c', 'double(18,2)', 'Goal'),
    field('Weight__c', 'double(18,4)', 'Weight'),
    field('Counts_From__c', 'currency(18,2)', 'Counts From'),
  ]),
  custom('Plan_Milestone__c', 'Plan Milestone', 'Plan Milestones', [
    inPlan('Plan_Milestones'),
    side(),
    field('Due_On__c', 'date', 'Due On'),
    field('Done_On__c', 'date', 'Done On'),
  ]),
  custom('Partner_Certification__c', 'Partner Certification', 'Partner Certifications', [
    toAccount('Partner__c', 'Partner', 'Partner_Certifications'),
    field('Contact__c', 'reference', 'Contact', undefined, {
      to: 'Contact',
      children: 'Partner_Certifications',
    }),
    field('Issued_On__c', 'date', 'Issued On'),
    field('Expires_On__c', 'date', 'Expires On'),
  ]),
  custom('Partner_Fund__c', 'Partner Fund', 'Partner Funds', [
    toAccount('Partner__c', 'Partner', 'Partner_Funds'),
    field('Kind__c', 'string(80)', 'Kind'),
    field('Amount__c', 'currency(18,2)', 'Amount'),
    field('Spent_On__c', 'date', 'Spent On'),
  ]),
  custom('Partner_Signal__c', 'Partner Signal', 'Partner Signals', [
    toAccount('Partner__c', 'Partner', 'Partner_Signals'),
    field('Kind__c', 'string(80)', 'Kind'),
    field('At__c', 'datetime', 'At'),
    field('Value__c', 'double(18,2)', 'Value'),
  ]),
];

function must(result: SaveResult, what: string): string {
  if (!result.ok)
    throw new Error(`${what}: ${result.faults.map((fault) => fault.message).join('; ')}`);
  return result.id;
}

/**
 * Adds the channel's schema to an org and shows it to everyone now in the org. Returns the id
 * of the permission set, to be given to users who come later. Throws when a field or object of
 * such a name is already there.
 */
export function addChannelSchema(org: SandboxOrg, names: ChannelNames): string {
  const setId = must(
    org.insert(org.admin, 'PermissionSet', {
      Name: CHANNEL_PERMISSION_SET,
      Label: 'Partner Channel',
      Description: 'Fields and objects of the partner channel',
    }),
    'permission set',
  );
  for (const [object, usual] of Object.entries(names.added ? FIELDS : {})) {
    const fields = usual.map((one) => names.define(object, one));
    for (const one of fields) must(org.createField(object, one), `field ${object}.${one.name}`);
    for (const one of fields) org.grantField(setId, object, one.name, { edit: true });
  }
  for (const object of (names.added ? OBJECTS : []).map((one) => names.defineObject(one))) {
    must(org.createObject(object), `object ${object.name}`);
    org.grantObject(setId, object.name);
    for (const one of org.object(object.name)?.fields ?? [])
      if (one.custom && one.permissionable)
        org.grantField(setId, object.name, one.name, { edit: true });
  }
  for (const user of org.users()) assignChannel(org, setId, user.id);
  return setId;
}

export function assignChannel(org: SandboxOrg, setId: string, userId: string): void {
  must(
    org.insert(org.admin, 'PermissionSetAssignment', {
      PermissionSetId: setId,
      AssigneeId: userId,
    }),
    'permission set assignment',
  );
}
