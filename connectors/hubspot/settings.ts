import { z } from 'zod';
import { HeadwaterError } from '../../src/model/error.ts';

/** HubSpot gives up on a call long before; past this nobody answers any more. */
const TIMEOUT_MS = 60_000;
/** Rows of one page of a read: the most inputs that one association call takes, so that a type costs one call a page. */
export const MAX_PAGE_ROWS = 1_000;
/** Searches in one second, for the whole account. */
const SEARCH_CALLS = 5;

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

const origin = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  const problem =
    url === null
      ? 'is not a URL'
      : url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.has(url.hostname))
        ? 'must begin with https://'
        : null;
  if (problem !== null || url === null) {
    context.addIssue({ code: 'custom', message: problem ?? '' });
    return z.NEVER;
  }
  return url.origin;
});

const settingsSchema = z.strictObject({
  auth: z
    .enum(['token', 'oauth'])
    .default('token')
    .describe(
      'token: a service key or the token of a private app; oauth: a public app with a refresh token',
    ),
  baseUrl: origin.default('https://api.hubapi.com').describe('Host of the API'),
  clientId: z.string().min(1).optional().describe('Client id of the public app'),
  portalId: z
    .union([z.string().regex(/^\d+$/, 'is a number'), z.int().min(1)])
    .transform(String)
    .optional()
    .describe('Refuse to work in any other portal'),
  apiVersion: z
    .enum(['v3', '2026-09'])
    .default('v3')
    .describe('Paths of the API: v3 (unsupported from September 2027), or the dated ones'),
  timeoutMs: z.int().min(100).default(TIMEOUT_MS),
  pageRows: z.int().min(1).max(MAX_PAGE_ROWS).default(MAX_PAGE_ROWS),
  burstCalls: z
    .int()
    .min(1)
    .optional()
    .describe("Calls in ten seconds; what HubSpot's answers say when left out"),
  searchCalls: z
    .int()
    .min(1)
    .default(SEARCH_CALLS)
    .describe('Searches in one second; other apps of the account share them'),
});

export type Settings = z.infer<typeof settingsSchema>;
export type Secrets = Partial<Record<'accessToken' | 'refreshToken' | 'clientSecret', string>>;

const NEEDS: Record<Settings['auth'], { settings: 'clientId'[]; secrets: (keyof Secrets)[] }> = {
  token: { settings: [], secrets: ['accessToken'] },
  oauth: { settings: ['clientId'], secrets: ['refreshToken', 'clientSecret'] },
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
      `HubSpot settings: ${parsed.error.issues.map((issue) => `${issue.path.join('.') || 'document'}: ${issue.message}`).join('; ')}`,
      { code: 'SETTINGS', cure: "Correct the connection document's settings." },
    );
  }
  const needs = NEEDS[parsed.data.auth];
  const missing = [
    ...needs.settings.filter((name) => !parsed.data[name]).map((name) => `setting ${name}`),
    ...needs.secrets.filter((name) => !secrets[name]).map((name) => `secret ${name}`),
  ];
  if (missing.length > 0) {
    throw new HeadwaterError(
      'config',
      `HubSpot settings: auth ${parsed.data.auth} needs ${missing.join(', ')}.`,
      {
        code: 'SETTINGS',
        cure: 'Add it to the connection document; secrets are named there and come from the environment or a file.',
      },
    );
  }
  // Such a token cannot be sent at all, and what refuses it would repeat it in its message.
  const damaged = needs.secrets.filter((name) => !/^[\x21-\x7e]+$/.test(secrets[name] ?? ''));
  if (damaged.length > 0) {
    throw new HeadwaterError(
      'config',
      `HubSpot settings: the ${damaged.map((name) => `secret ${name}`).join(' and the ')} holds a line break, a space or another character that no token has.`,
      { code: 'SETTINGS', cure: 'Fetch it from HubSpot and copy it again, as one line.' },
    );
  }
  return { settings: parsed.data, secrets };
}
