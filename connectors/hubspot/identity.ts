import * as z from 'zod';
import type { BudgetReading, CrmIdentity } from '../../src/model/connector.ts';
import { HeadwaterError } from '../../src/model/error.ts';
import { fetchAccount } from './account.ts';
import type { Client } from './client.ts';
import { plainGet } from './requests.ts';

const usage = z.object({
  results: z.array(
    z.object({ usageLimit: z.number().nullish(), currentUsage: z.number().nullish() }),
  ),
});

/** Portal, currency and time zone. A service key belongs to no user: the portal stands for it. */
export async function readIdentity(client: Client): Promise<CrmIdentity> {
  const account = await client.account();
  const { userId } = await client.token();
  const host = account.uiDomain ?? 'app.hubspot.com';
  return {
    orgId: account.portalId,
    orgName: `HubSpot portal ${account.portalId}`,
    userId: userId ?? `portal-${account.portalId}`,
    userName:
      client.settings.auth === 'oauth'
        ? `app ${client.settings.clientId ?? ''}`
        : 'service key or private app',
    instanceUrl: `https://${host}`,
    apiVersion: client.settings.apiVersion,
    currency: account.currency,
    multiCurrency: account.currencies.length > 0,
    timeZone: account.timeZone,
  };
}

/**
 * Refuses to go on in a portal the connection does not name: a test credential must never write to
 * production.
 */
export async function assertPortal(client: Client, wanted: string | undefined): Promise<void> {
  const { portalId } = await client.account();
  if (wanted !== undefined && portalId !== wanted) {
    throw new HeadwaterError(
      'config',
      `The sign-in is for portal ${portalId}, and the connection names ${wanted}.`,
      {
        code: 'WRONG_PORTAL',
        cure: "Use the credentials of the right portal, or correct `portalId` in the connection's settings.",
      },
    );
  }
}

/**
 * The portal's daily calls, from the headers of the last answer, else from the usage report. Nulls
 * when HubSpot tells neither: public apps (OAuth) have no daily limit of their own.
 */
export async function readBudget(client: Client): Promise<BudgetReading> {
  const { readings } = client.transport;
  const nowMs = client.deps.nowMs();
  if (readings.dailyReadAtMs === null && client.settings.auth === 'token') {
    try {
      const { results } = await client.json(
        {
          build: plainGet('/account-info/v3/api-usage/daily/private-apps'),
          effect: 'read',
          what: 'reading the API budget',
        },
        usage,
      );
      const limit = results[0]?.usageLimit;
      // The limit is the account's; every app has a row of what it used itself.
      if (limit != null)
        return {
          usedCalls: results.reduce((sum, app) => sum + (app.currentUsage ?? 0), 0),
          limitCalls: limit,
          readAtMs: nowMs,
        };
    } catch (error) {
      // A sign-in that fails is not "no budget given": the caller must hear of it.
      if (error instanceof HeadwaterError && (error.kind === 'auth' || error.kind === 'limit'))
        throw error;
    }
  }
  const { dailyLimit, dailyRemaining, dailyReadAtMs } = readings;
  return {
    usedCalls: dailyLimit === null || dailyRemaining === null ? null : dailyLimit - dailyRemaining,
    limitCalls: dailyLimit,
    readAtMs: dailyReadAtMs ?? nowMs,
  };
}

/** HubSpot's clock, to the second, from the Date header of a small answer. */
export async function readServerTime(client: Client): Promise<number> {
  const { readAtServerMs } = await fetchAccount(client);
  if (readAtServerMs === null)
    throw new HeadwaterError('transient', "HubSpot's answer has no Date header.", {
      code: 'NO_DATE',
    });
  return readAtServerMs;
}
