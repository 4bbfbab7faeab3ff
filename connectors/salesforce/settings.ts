import * as z from 'zod';
import { demandHost } from '../kit/hosts.ts';
import { demand, demandSendable, origin, readSettings } from '../kit/settings.ts';
import { isId, to18 } from './ids.ts';

/**
 * Rows above which a read goes by Bulk 2.0: a REST page costs one call for 2,000 rows, a Bulk job
 * about six calls whatever its size.
 */
const BULK_FROM_ROWS = 10_000;
/** Salesforce's largest REST page. */
export const MAX_PAGE_ROWS = 2_000;
/**
 * Rows of one Bulk result page: small enough for a Worker's memory, large enough that calls do not
 * matter.
 */
const BULK_PAGE_ROWS = 10_000;
/**
 * On Workers: pages of 10,000 rows, five of them in a step, were measured to fill more than 100 MB
 * (tools/worker-bounds.ts); the price of smaller ones is a call for each.
 */
export const SMALL_BULK_PAGE_ROWS = 3_000;
/** The same share as of the org's calls (`limits.quotaFloorPercent`) unless said otherwise. */
const BULK_FLOOR_PERCENT = 30;
/** Salesforce ends a query after 2 minutes; past that nobody answers any more. */
const TIMEOUT_MS = 130_000;
/**
 * Lower versions lack what the connector uses (collections, Bulk 2.0 query) or are being retired.
 */
const LOWEST_API_VERSION = 55;

const host = origin(({ hostname }) =>
  hostname.endsWith('.lightning.force.com')
    ? 'is a page address; use the My Domain host (https://<domain>.my.salesforce.com)'
    : null,
);

const settingsSchema = z.strictObject({
  auth: z.enum(['jwt', 'client-credentials', 'refresh-token', 'access-token']).default('jwt'),
  instanceUrl: host.optional().describe('My Domain host, such as https://acme.my.salesforce.com'),
  loginUrl: host
    .optional()
    .describe(
      'Host of the token endpoint; the instance when left out, else https://login.salesforce.com',
    ),
  audience: z
    .string()
    .optional()
    .describe('JWT audience, where it is neither login nor test.salesforce.com (Experience sites)'),
  clientId: z.string().min(1).optional().describe('Consumer key of the External Client App'),
  username: z.string().min(1).optional().describe('Integration user'),
  orgId: z
    .string()
    .refine(isId, 'is no Salesforce id')
    .transform(to18)
    .optional()
    .describe('Refuse to work in any other org'),
  apiVersion: z
    .string()
    .regex(/^\d{2}\.0$/, 'looks like 66.0')
    .refine(
      (text) => Number(text) >= LOWEST_API_VERSION,
      `must be ${LOWEST_API_VERSION}.0 or higher`,
    )
    .default('66.0'),
  timeoutMs: z.int().min(100).default(TIMEOUT_MS),
  pageRows: z.int().min(1).max(MAX_PAGE_ROWS).default(MAX_PAGE_ROWS),
  bulkFromRows: z
    .int()
    .min(0)
    .default(BULK_FROM_ROWS)
    .describe('Reads with more rows than this go by Bulk 2.0'),
  bulkPageRows: z.int().min(1).default(BULK_PAGE_ROWS),
  bulkFloorPercent: z
    .number()
    .min(0)
    .max(100)
    .default(BULK_FLOOR_PERCENT)
    .describe(
      "Share of the org's daily Bulk query jobs and result volume that is never touched; below it reads go by REST",
    ),
});

const OF = 'Salesforce';

/** Salesforce's own domains, those of its government and Chinese clouds among them. */
const HOSTS = ['.salesforce.com', '.force.com', '.salesforce.mil', '.sfcrmproducts.cn'];
export const demandOwnHost = (
  address: string,
  what: string,
  listed: readonly string[] | undefined,
): void => demandHost(OF, address, what, HOSTS, listed);

/** Where a connection would send its secrets, by its document. */
export function demandOwnHosts(
  { loginUrl, instanceUrl }: Settings,
  listed: readonly string[] | undefined,
): void {
  demandOwnHost(loginUrl, '`loginUrl`', listed);
  if (instanceUrl !== undefined) demandOwnHost(instanceUrl, '`instanceUrl`', listed);
}

export type Settings = z.infer<typeof settingsSchema> & { loginUrl: string };
export type Secrets = Partial<
  Record<'privateKey' | 'clientSecret' | 'refreshToken' | 'accessToken', string>
>;

const NEEDS: Record<
  Settings['auth'],
  { settings: ('clientId' | 'username' | 'instanceUrl')[]; secrets: (keyof Secrets)[] }
> = {
  jwt: { settings: ['clientId', 'username'], secrets: ['privateKey'] },
  'client-credentials': { settings: ['clientId', 'instanceUrl'], secrets: ['clientSecret'] },
  'refresh-token': { settings: ['clientId'], secrets: ['refreshToken'] },
  'access-token': { settings: ['instanceUrl'], secrets: ['accessToken'] },
};

/**
 * Settings and secrets of a connection document, checked as a whole; a `config` error names every
 * fault at once, never a secret's value.
 */
export function parseSettings(
  settings: Record<string, unknown>,
  secrets: Record<string, string>,
): { settings: Settings; secrets: Secrets } {
  const read = readSettings(OF, settingsSchema, settings);
  demand(OF, read.auth, NEEDS[read.auth], { settings: read, secrets });
  if (read.auth === 'access-token')
    demandSendable(OF, ['accessToken'], secrets, {
      noun: 'session',
      cure: 'Fetch it again and copy it as one line.',
    });
  return {
    settings: {
      ...read,
      loginUrl: read.loginUrl ?? read.instanceUrl ?? 'https://login.salesforce.com',
    },
    secrets,
  };
}
