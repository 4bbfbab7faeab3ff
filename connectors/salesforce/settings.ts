import { z } from 'zod';
import { HeadwaterError } from '../../src/model/error.ts';
import { isId, to18 } from './ids.ts';

/** Rows above which a read goes by Bulk 2.0: a REST page costs one call for 2,000 rows, a Bulk job about six calls whatever its size. */
const BULK_FROM_ROWS = 10_000;
/** Salesforce's largest REST page. */
export const MAX_PAGE_ROWS = 2_000;
/** Rows of one Bulk result page: small enough for a Worker's memory, large enough that calls do not matter. */
const BULK_PAGE_ROWS = 10_000;
/** The same share as of the org's calls (`limits.quotaFloorPercent`) unless said otherwise. */
const BULK_FLOOR_PERCENT = 30;
/** Salesforce ends a query after 2 minutes; past that nobody answers any more. */
const TIMEOUT_MS = 130_000;
/** Lower versions lack what the connector uses (collections, Bulk 2.0 query) or are being retired. */
const LOWEST_API_VERSION = 55;

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

const origin = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  const problem =
    url === null
      ? 'is not a URL'
      : url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.has(url.hostname))
        ? 'must begin with https://'
        : url.hostname.endsWith('.lightning.force.com')
          ? 'is a page address; use the My Domain host (https://<domain>.my.salesforce.com)'
          : null;
  if (problem !== null || url === null) {
    context.addIssue({ code: 'custom', message: problem ?? '' });
    return z.NEVER;
  }
  return url.origin;
});

const settingsSchema = z.strictObject({
  auth: z.enum(['jwt', 'client-credentials', 'refresh-token', 'access-token']).default('jwt'),
  instanceUrl: origin.optional().describe('My Domain host, such as https://acme.my.salesforce.com'),
  loginUrl: origin
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

/** Settings and secrets of a connection document, checked as a whole; a `config` error names every fault at once, never a secret's value. */
export function parseSettings(
  settings: Record<string, unknown>,
  secrets: Record<string, string>,
): { settings: Settings; secrets: Secrets } {
  const parsed = settingsSchema.safeParse(settings);
  if (!parsed.success) {
    throw new HeadwaterError(
      'config',
      `Salesforce settings: ${parsed.error.issues.map((issue) => `${issue.path.join('.') || 'document'}: ${issue.message}`).join('; ')}`,
      { code: 'SETTINGS', cure: "Correct the connection document's settings." },
    );
  }
  const value = parsed.data;
  const needs = NEEDS[value.auth];
  const missing = [
    ...needs.settings.filter((name) => !value[name]).map((name) => `setting ${name}`),
    ...needs.secrets.filter((name) => !secrets[name]).map((name) => `secret ${name}`),
  ];
  if (missing.length > 0) {
    throw new HeadwaterError(
      'config',
      `Salesforce settings: auth ${value.auth} needs ${missing.join(', ')}.`,
      {
        code: 'SETTINGS',
        cure: 'Add it to the connection document; secrets are named there and come from the environment or a file.',
      },
    );
  }
  // Such a session cannot be sent at all, and what refuses it would repeat it in its message.
  if (value.auth === 'access-token' && !/^[\x21-\x7e]+$/.test(secrets['accessToken'] ?? '')) {
    throw new HeadwaterError(
      'config',
      'Salesforce settings: the secret accessToken holds a line break, a space or another character that no session has.',
      { code: 'SETTINGS', cure: 'Fetch it again and copy it as one line.' },
    );
  }
  return {
    settings: {
      ...value,
      loginUrl: value.loginUrl ?? value.instanceUrl ?? 'https://login.salesforce.com',
    },
    secrets,
  };
}
