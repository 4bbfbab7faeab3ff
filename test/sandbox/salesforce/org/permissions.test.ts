import { describe, expect, it } from 'vitest';
import { field } from '../../../../src/sandbox/salesforce/metadata/fields.ts';
import { describeObject } from '../../../../src/sandbox/salesforce/metadata/describe.ts';
import { BUSINESS, objectDefinition } from '../../../../src/sandbox/salesforce/metadata/objects.ts';
import { deal, faultsOf, idOf, make, newOrg, rowOf, rows } from './helpers.ts';

const score = () => field('Score__c', 'double(5,2)', 'Score');

describe('field-level security', () => {
  it('hides a new custom field from everyone until a permission set shows it', () => {
    const { org, pass } = newOrg();
    const { admin } = org;
    const opportunity = org.object('Opportunity')!;
    expect(idOf(org.createField('Opportunity', score()))).toMatch(/^00N/);
    const id = deal(org);
    const sees = () =>
      org.visibleFields(org.admin, opportunity).some((one) => one.name === 'Score__c');
    expect(sees()).toBe(false);
    expect(() => org.query(admin, 'SELECT Score__c FROM Opportunity', false)).toThrow(/Score__c/);
    expect(faultsOf(org.update(admin, 'Opportunity', id, { Score__c: 5 }))[0]).toMatchObject({
      errorCode: 'INVALID_FIELD',
    });
    const set = make(org, 'PermissionSet', { Name: 'Scores', Label: 'Scores' });
    const permission = make(org, 'FieldPermissions', {
      ParentId: set,
      SobjectType: 'Opportunity',
      Field: 'Opportunity.Score__c',
      PermissionsRead: true,
      PermissionsEdit: false,
    });
    make(org, 'PermissionSetAssignment', { PermissionSetId: set, AssigneeId: admin.id });
    expect(sees()).toBe(true);
    expect(faultsOf(org.update(org.admin, 'Opportunity', id, { Score__c: 5 }))[0]).toMatchObject({
      errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
      fields: ['Score__c'],
    });
    pass(2000);
    idOf(org.update(org.admin, 'FieldPermissions', permission, { PermissionsEdit: true }));
    idOf(org.update(org.admin, 'Opportunity', id, { score__C: '5.126' }));
    expect(rowOf(org, id)['Score__c']).toBe(5.126);
    idOf(org.remove(org.admin, permission));
    expect(sees()).toBe(false);
  });

  it('lets a profile lose a standard field, and a permission that grants nothing is not kept', () => {
    const { org } = newOrg();
    const rep = org.addUser({
      username: 'rep@test.example',
      lastName: 'Rep',
      profile: 'Standard User',
    });
    const amount = rows(org, 'FieldPermissions').find(
      (row) =>
        row['ParentId'] === org.profileSet('Standard User') &&
        row['Field'] === 'Opportunity.Amount',
    );
    idOf(
      org.update(org.admin, 'FieldPermissions', String(amount?.['Id']), {
        PermissionsRead: false,
        PermissionsEdit: false,
      }),
    );
    expect(org.find(String(amount?.['Id']))).toBeUndefined();
    expect(
      org.visibleFields(rep, org.object('Opportunity')!).some((one) => one.name === 'Amount'),
    ).toBe(false);
    expect(
      org.visibleFields(org.admin, org.object('Opportunity')!).some((one) => one.name === 'Amount'),
    ).toBe(true);
  });

  it('refuses permissions that make no sense', () => {
    const { org } = newOrg();
    const set = make(org, 'PermissionSet', { Name: 'S', Label: 'S' });
    const ask = (cells: Record<string, string | boolean>) =>
      faultsOf(
        org.insert(org.admin, 'FieldPermissions', {
          ParentId: set,
          SobjectType: 'Opportunity',
          PermissionsRead: true,
          PermissionsEdit: true,
          ...cells,
        }),
      )[0];
    expect(ask({ Field: 'Opportunity.Nope__c' })?.errorCode).toBe(
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    );
    expect(ask({ Field: 'Opportunity.StageName' })?.errorCode).toBe(
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    );
    expect(ask({ Field: 'Opportunity.ExpectedRevenue' })?.errorCode).toBe(
      'FIELD_INTEGRITY_EXCEPTION',
    );
    expect(ask({ Field: 'Opportunity.Amount', PermissionsRead: false })?.message).toMatch(
      /depends on permission/,
    );
    make(org, 'FieldPermissions', {
      ParentId: set,
      SobjectType: 'Opportunity',
      Field: 'Opportunity.Amount',
      PermissionsRead: true,
    });
    expect(ask({ Field: 'Opportunity.Amount' })?.errorCode).toBe('DUPLICATE_VALUE');
    expect(
      faultsOf(org.insert(org.admin, 'PermissionSet', { Name: 's', Label: 'again' }))[0]?.errorCode,
    ).toBe('DUPLICATE_VALUE');
  });

  it('keeps objects from users without object permissions', () => {
    const { org } = newOrg();
    idOf(
      org.createObject(
        objectDefinition('Plan__c', '', 'Plan', 'Plans', BUSINESS, [
          field('Goal__c', 'double(18,2)', 'Goal'),
        ]),
      ),
    );
    const rep = org.addUser({
      username: 'rep@test.example',
      lastName: 'Rep',
      profile: 'Standard User',
    });
    expect(faultsOf(org.insert(rep, 'Plan__c', { Name: 'x' }))[0]?.errorCode).toBe(
      'INSUFFICIENT_ACCESS_OR_READONLY',
    );
    expect(() => org.query(rep, 'SELECT Id FROM Plan__c', false)).toThrow(/Plan__c/);
    org.grantObject(org.profileSet('Standard User') ?? '', 'Plan__c');
    const id = idOf(org.insert(rep, 'Plan__c', { Name: 'x' }));
    expect(id.slice(0, 3)).toBe('a00');
    idOf(
      org.createField(
        'Plan__c',
        field('Partner__c', 'reference', 'Partner', undefined, {
          to: 'Account',
          children: 'Plans',
        }),
      ),
    );
    expect(org.object('Plan__c')!.fields.at(-1)).toMatchObject({
      relationshipName: 'Partner__r',
      childRelationshipName: 'Plans__r',
    });
    expect(rowOf(org, id)).toMatchObject({ OwnerId: rep.id, CreatedById: rep.id, Name: 'x' });
  });
});

describe('custom fields', () => {
  it('come, change and go', () => {
    const { org } = newOrg();
    const id = deal(org);
    idOf(
      org.createField(
        'Opportunity',
        field('Flag__c', 'boolean', 'Flag', undefined, { defaultValue: true }),
      ),
    );
    expect(rowOf(org, id)['Flag__c']).toBe(true);
    expect(
      faultsOf(org.createField('Opportunity', field('flag__c', 'string(10)', 'Flag')))[0],
    ).toMatchObject({ errorCode: 'DUPLICATE_DEVELOPER_NAME' });
    expect(
      faultsOf(org.createField('Opportunity', field('Flag', 'string(10)', 'Flag')))[0]?.errorCode,
    ).toBe('INVALID_FULLNAME');
    idOf(org.updateField('Opportunity', 'Flag__c', { label: 'Marked' }));
    expect(org.object('Opportunity')!.fields.find((one) => one.name === 'Flag__c')?.label).toBe(
      'Marked',
    );
    expect(
      faultsOf(org.updateField('Opportunity', 'Flag__c', { type: 'date' }))[0]?.errorCode,
    ).toBe('FIELD_INTEGRITY_EXCEPTION');
    org.grantField(org.profileSet('System Administrator') ?? '', 'Opportunity', 'Flag__c', {
      edit: true,
    });
    idOf(org.deleteField('Opportunity', 'Flag__c'));
    expect(rowOf(org, id)['Flag__c']).toBeUndefined();
    expect(
      rows(org, 'FieldPermissions').some((row) => row['Field'] === 'Opportunity.Flag__c'),
    ).toBe(false);
    expect(faultsOf(org.deleteField('Opportunity', 'Amount'))[0]?.errorCode).toBe(
      'INSUFFICIENT_ACCESS_OR_READONLY',
    );
  });

  it('that are formulas change without moving stamps and cannot be written', () => {
    const { org, pass } = newOrg();
    const account = make(org, 'Account', { Name: 'Acme', AnnualRevenue: 500 });
    const id = deal(org, { AccountId: account, Amount: 250 });
    const share = field('Share__c', 'percent(18,2)', 'Share', 'nfsp', {
      formula: 'IF(Account.AnnualRevenue > 0, Amount / Account.AnnualRevenue, NULL)',
    });
    idOf(org.createField('Opportunity', share));
    org.grantField(org.profileSet('System Administrator') ?? '', 'Opportunity', 'Share__c', {
      edit: false,
    });
    const read = () =>
      org
        .query(
          org.admin,
          `SELECT Share__c, SystemModstamp FROM Opportunity WHERE Id = '${id}'`,
          false,
        )
        .slice(0, 1)[0]!
        .values.map(([, value]) => value);
    const [before, stamp] = read();
    pass(5000);
    idOf(org.update(org.admin, 'Account', account, { AnnualRevenue: 1000 }));
    expect([before, ...read()]).toEqual([50, 25, stamp]);
    expect(faultsOf(org.update(org.admin, 'Opportunity', id, { Share__c: 1 }))[0]?.errorCode).toBe(
      'INVALID_FIELD_FOR_INSERT_UPDATE',
    );
    expect(
      faultsOf(
        org.createField('Opportunity', { ...share, name: 'Bad__c', formula: 'IF(Amount' }),
      )[0]?.message,
    ).toMatch(/Syntax error/);
    expect(
      faultsOf(
        org.createField('Opportunity', { ...share, name: 'Bad__c', formula: 'Nope__c + 1' }),
      )[0]?.message,
    ).toMatch(/Nope__c does not exist/);
    const described = describeObject(org, org.admin, org.object('Opportunity')!, '')['fields'] as {
      name: string;
      calculated: boolean;
      updateable: boolean;
    }[];
    expect(described.find((one) => one.name === 'Share__c')).toMatchObject({
      calculated: true,
      updateable: false,
      formulaTreatNullNumberAsZero: true,
    });
  });
});
