import type { BudgetReading, CrmIdentity } from '../../src/model/connector.ts';
import type { Folder } from './folder.ts';

/** The folder is the org: a connection is pinned to it, by its name or its real path. */
export function identityOf(folder: Folder): CrmIdentity {
  const name = folder.settings.name ?? folder.dir;
  return {
    orgId: name,
    userId: 'file',
    userName: 'this process',
    orgName: name,
    instanceUrl: `file://${folder.dir}`,
    apiVersion: '1',
    currency: null,
    multiCurrency: false,
    timeZone: null,
  };
}

/** A disk has no daily allocation. */
export const noBudget = (nowMs: number): BudgetReading => ({
  usedCalls: null,
  limitCalls: null,
  readAtMs: nowMs,
});
