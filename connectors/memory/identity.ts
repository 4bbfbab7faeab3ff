import type { BudgetReading, CrmIdentity } from '../../src/model/connector.ts';
import type { Client } from './client.ts';

/** Who is connected to what. The org id never changes for one CRM: a connection is pinned to it. */
export const readIdentity = async (client: Client): Promise<CrmIdentity> =>
  await client.call('identity', null, () => ({
    orgId: client.crm.id,
    userId: 'integration',
    userName: 'integration',
    orgName: client.crm.id,
    instanceUrl: `memory:${client.crm.id}`,
    apiVersion: '1',
    currency: null,
    multiCurrency: false,
    timeZone: 'UTC',
  }));

export const readServerTime = async (client: Client): Promise<number> =>
  await client.call('time', null, () => client.crm.nowMs());

/** Told with every answer, so it costs no call. */
export const readBudget = async (client: Client): Promise<BudgetReading> => ({
  usedCalls: client.crm.budget.used,
  limitCalls: client.crm.budget.limit,
  readAtMs: client.crm.nowMs(),
});
