import * as z from 'zod';
import { demandHost } from '../kit/hosts.ts';
import { demand, demandSendable, origin, readSettings } from '../kit/settings.ts';

/** HubSpot gives up on a call long before; past this nobody answers any more. */
const TIMEOUT_MS = 60_000;
/**
 * Rows of one page of a read: the most inputs that one association call takes, so that a type costs
 * one call a page.
 */
export const MAX_PAGE_ROWS = 1_000;
/** Searches in one second, for the whole account. */
const SEARCH_CALLS = 5;

const host = origin();

const settingsSchema = z.strictObject({
  auth: z
    .enum(['token', 'oauth'])
    .default('token')
    .describe(
      'token: a service key or the token of a private app; oauth: a public app with a refresh token',
    ),
  baseUrl: host.default('https://api.hubapi.com').describe('Host of the API'),
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

const OF = 'HubSpot';

export const demandOwnHost = (baseUrl: string, listed: readonly string[] | undefined): void =>
  demandHost(OF, baseUrl, '`baseUrl`', ['.hubapi.com', '.hubspot.com'], listed);

export type Settings = z.infer<typeof settingsSchema>;
export type Secrets = Partial<Record<'accessToken' | 'refreshToken' | 'clientSecret', string>>;

const NEEDS: Record<Settings['auth'], { settings: 'clientId'[]; secrets: (keyof Secrets)[] }> = {
  token: { settings: [], secrets: ['accessToken'] },
  oauth: { settings: ['clientId'], secrets: ['refreshToken', 'clientSecret'] },
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
  const needs = NEEDS[read.auth];
  demand(OF, read.auth, needs, { settings: read, secrets });
  demandSendable(OF, needs.secrets, secrets, {
    noun: 'token',
    cure: 'Fetch it from HubSpot and copy it again, as one line.',
  });
  return { settings: read, secrets };
}
