/**
 * A Partner row shows up as OpportunityPartner or AccountPartner, and its reverse exists beside it.
 */
import type { Cell, Row, SalesforceFault } from '../org-types.ts';
import type { OrgCore } from './core.ts';
import { fault, required } from './faults.ts';
import { serverInsert, writeQuietly } from './saving.ts';
import type { ObjectRules, Saving } from './saving.ts';

const VIEWS = ['OpportunityPartner', 'AccountPartner'];

function reverseRole(core: OrgCore, role: Cell): Cell {
  for (const row of core.storage.table(core.must('PartnerRole')).values())
    if (row['ApiName'] === role) return row['ReverseRole'] ?? null;
  return role;
}

function before(saving: Saving): SalesforceFault[] {
  const { changes: set, core } = saving;
  const opportunityId = set['OpportunityId'] ?? null;
  if (opportunityId !== null && set['AccountFromId'] && !saving.seeding)
    return [
      fault(
        'FIELD_INTEGRITY_EXCEPTION',
        'Specify either OpportunityId or AccountFromId, not both',
        ['OpportunityId', 'AccountFromId'],
      ),
    ];
  if (opportunityId === null && !set['AccountFromId']) return [required(['AccountFromId'])];
  if (opportunityId !== null)
    set['AccountFromId'] = core.get('Opportunity', opportunityId)?.['AccountId'] ?? null;
  if (set['AccountFromId'] === set['AccountToId'])
    return [
      fault('FIELD_INTEGRITY_EXCEPTION', 'An account cannot be its own partner', ['AccountToId']),
    ];
  return [];
}

/** An opportunity has one primary partner. */
function demoteOthers(saving: Saving, row: Row): void {
  const opportunityId = row['OpportunityId'];
  if (row['IsPrimary'] !== true || typeof opportunityId !== 'string') return;
  for (const name of ['Partner', ...VIEWS]) {
    for (const other of saving.core.rowsBy(
      saving.core.must(name),
      'OpportunityId',
      opportunityId,
    )) {
      if (other['Id'] !== row['Id'] && other['IsPrimary'] === true)
        writeQuietly(saving.core, name, other, {
          IsPrimary: false,
          SystemModstamp: saving.atMs,
          LastModifiedDate: saving.atMs,
          LastModifiedById: saving.user.id,
        });
    }
  }
}

function after(saving: Saving, row: Row): void {
  const { core, user, atMs } = saving;
  const id = String(row['Id']);
  const own = {
    Role: row['Role'] ?? null,
    IsPrimary: row['IsPrimary'] ?? false,
    AccountToId: row['AccountToId'] ?? null,
  };
  demoteOthers(saving, row);
  if (row['OpportunityId'] !== null)
    serverInsert(
      core,
      'OpportunityPartner',
      { ...own, OpportunityId: row['OpportunityId'] ?? null },
      user.id,
      atMs,
      id,
    );
  if (row['AccountFromId'] === null) return;
  const reverseId = core.ids.next(saving.object.keyPrefix);
  const forward: Row = {
    ...own,
    AccountFromId: row['AccountFromId'] ?? null,
    OpportunityId: row['OpportunityId'] ?? null,
    ReversePartnerId: reverseId,
  };
  const backward: Row = {
    AccountFromId: own.AccountToId,
    AccountToId: row['AccountFromId'] ?? null,
    OpportunityId: row['OpportunityId'] ?? null,
    Role: reverseRole(core, own.Role),
    IsPrimary: false,
    ReversePartnerId: id,
  };
  serverInsert(core, 'AccountPartner', forward, user.id, atMs, id);
  serverInsert(core, 'AccountPartner', backward, user.id, atMs, reverseId);
  writeQuietly(core, 'Partner', row, { ReversePartnerId: reverseId });
  serverInsert(core, 'Partner', backward, user.id, atMs, reverseId);
}

/** The views of a deleted partner and its reverse go too. */
function removed(core: OrgCore, row: Row, atMs: number): void {
  for (const id of [row['Id'], row['ReversePartnerId']]) {
    for (const name of ['Partner', ...VIEWS]) {
      const twin = core.get(name, id);
      if (twin && twin['IsDeleted'] !== true)
        writeQuietly(core, name, twin, { IsDeleted: true, SystemModstamp: atMs });
    }
  }
}

export const partnerRules: ObjectRules = { before, after, removed };
