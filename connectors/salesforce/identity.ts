import * as z from 'zod';
import { allEnded } from '../../src/model/all-ended.ts';
import type { BudgetReading, CrmIdentity } from '../../src/model/connector.ts';
import { HeadwaterError } from '../../src/model/error.ts';
import type { Client } from './client.ts';
import type { Describer } from './describe.ts';
import { isNotFound } from './errors.ts';
import { parseIdentityUrl } from './ids.ts';
import { smallQuery } from './query.ts';
import { soqlStatement, soqlString } from './soql.ts';
import type { Together } from './together.ts';

const resources = z.looseObject({ identity: z.string() });
const limits = z.looseObject({
  DailyApiRequests: z.object({ Max: z.number(), Remaining: z.number() }),
});

/** Org and user of the session: from the token answer, else from the API's own resource list. */
export async function whoAmI(
  client: Client,
): Promise<{ orgId: string; userId: string; instanceUrl: string }> {
  const token = await client.token();
  if (token.orgId !== null && token.userId !== null)
    return { orgId: token.orgId, userId: token.userId, instanceUrl: token.instanceUrl };
  const answer = await client.json(
    {
      method: 'GET',
      path: `/services/data/v${client.apiVersion}`,
      effect: 'read',
      what: 'finding out who is signed in',
    },
    resources,
  );
  const ids = parseIdentityUrl(answer.identity);
  if (ids === null)
    throw new HeadwaterError(
      'bug',
      `Salesforce's identity address is of an unknown form: ${answer.identity.slice(0, 120)}`,
      { code: 'IDENTITY' },
    );
  return { ...ids, instanceUrl: token.instanceUrl };
}

/**
 * Org, user, currency and time zone. A single-currency org has neither CurrencyType nor any field
 * with its currency: `currency` is null there. `config` error: the org has no such API version.
 */
export const readIdentity = async (
  client: Client,
  together: Together,
  describer: Describer,
): Promise<CrmIdentity> =>
  await identityOf(client, together, describer).catch(async (error: unknown) => {
    throw isNotFound(error) ? await wrongVersion(client, error) : error;
  });

async function identityOf(
  client: Client,
  together: Together,
  describer: Describer,
): Promise<CrmIdentity> {
  const { orgId, userId, instanceUrl } = await whoAmI(client);
  const first = async (select: string[], from: string, where: string[]) =>
    (
      await smallQuery(together, soqlStatement({ select, from, where, limit: 1 }), {
        what: `reading ${from}`,
      })
    ).records[0];
  const asked = [
    first(['Id', 'Name', 'TimeZoneSidKey', 'FiscalYearStartMonth'], 'Organization', []),
    first(['Id', 'Username'], 'User', [`Id = ${soqlString(userId)}`]),
  ];
  // Before anything is awaited: it goes along with the two.
  const currencies = describer.describe('CurrencyType');
  const [organization, user] = await allEnded([...asked, currencies.then(() => undefined)]);
  const starts = organization?.['FiscalYearStartMonth'];
  const multiCurrency = (await currencies) !== null;
  const corporate = multiCurrency
    ? await first(['IsoCode'], 'CurrencyType', ['IsCorporate = true'])
    : undefined;
  const text = (row: Record<string, unknown> | undefined, name: string): string | null => {
    const value = row?.[name];
    return typeof value === 'string' ? value : null;
  };
  return {
    orgId,
    userId,
    instanceUrl,
    apiVersion: client.apiVersion,
    multiCurrency,
    userName: text(user, 'Username') ?? userId,
    orgName: text(organization, 'Name') ?? orgId,
    currency: text(corporate, 'IsoCode'),
    timeZone: text(organization, 'TimeZoneSidKey'),
    fiscalYearStartMonth: typeof starts === 'number' ? starts : null,
  };
}

const versions = z.array(z.object({ version: z.string() })).min(1);

/** The error of an org that has no such API version, with the newest one it has. */
async function wrongVersion(client: Client, cause: unknown): Promise<unknown> {
  const listed = await client
    .json(
      {
        method: 'GET',
        path: '/services/data',
        effect: 'read',
        what: 'listing the API versions',
      },
      versions,
    )
    .catch(() => []);
  const newest = listed.at(-1)?.version;
  return newest === undefined || listed.some(({ version }) => version === client.apiVersion)
    ? cause
    : new HeadwaterError('config', `This org has no API version ${client.apiVersion}.`, {
        code: 'API_VERSION',
        cure: `Set \`apiVersion\` in the connection settings to ${newest}, the newest that the org has, or leave it out.`,
        cause,
      });
}

/**
 * Refuses to go on in an org the connection does not name: a test credential must never write to
 * production.
 */
export async function assertOrg(client: Client, wanted: string | undefined): Promise<void> {
  if (wanted === undefined) return;
  const { orgId } = await whoAmI(client);
  if (orgId !== wanted)
    throw new HeadwaterError(
      'config',
      `The sign-in is for org ${orgId}, and the connection names ${wanted}.`,
      {
        code: 'WRONG_ORG',
        cure: "Use the credentials of the right org, or correct `orgId` in the connection's settings.",
      },
    );
}

/**
 * The org's daily calls, from the header of the last answer, else from /limits. Nulls when
 * Salesforce tells neither.
 */
export async function readBudget(client: Client, nowMs: () => number): Promise<BudgetReading> {
  const { readings } = client.transport;
  if (readings.limitReadAtMs === null) {
    try {
      const { Max, Remaining } = (
        await client.json(
          { method: 'GET', path: '/limits', effect: 'read', what: 'reading the API budget' },
          limits,
        )
      ).DailyApiRequests;
      if (readings.limitReadAtMs === null)
        return { usedCalls: Max - Remaining, limitCalls: Max, readAtMs: nowMs() };
    } catch (error) {
      // A sign-in that fails is not "no budget given": the caller must hear of it.
      if (error instanceof HeadwaterError && (error.kind === 'auth' || error.kind === 'limit'))
        throw error;
    }
  }
  return {
    usedCalls: readings.usedCalls,
    limitCalls: readings.limitCalls,
    readAtMs: readings.limitReadAtMs ?? nowMs(),
  };
}

/**
 * Salesforce's clock, to the second, from the Date header of the version list, which costs no API
 * call.
 */
export async function readServerTime(client: Client): Promise<number> {
  return await client.parsed(
    { method: 'GET', path: '/services/data', effect: 'read', what: "reading Salesforce's clock" },
    ({ headers }) => {
      const ms = Date.parse(headers['date'] ?? '');
      if (Number.isNaN(ms))
        throw new HeadwaterError('transient', "Salesforce's answer has no Date header.", {
          code: 'NO_DATE',
        });
      return ms;
    },
  );
}
