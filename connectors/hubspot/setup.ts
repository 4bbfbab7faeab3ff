import * as z from 'zod';
import type { ConnectorDeps } from '../../src/model/connector.ts';
import { HeadwaterError } from '../../src/model/error.ts';
import type {
  BrowserSignIn,
  ConnectorSetup,
  SetupMade,
  SetupQuestion,
  SetupStep,
  SetupWay,
} from '../../src/model/setup.ts';
import { toHeadwaterError } from './errors.ts';
import { FIELD_SCOPES, OPTIONAL_SCOPES, READ_SCOPES, WRITE_SCOPES } from './scopes.ts';
import { makeRequests, wireRequest } from './requests.ts';
import { demandOwnHost, parseSettings } from './settings.ts';
import { makeTransport } from './transport.ts';

/**
 * The first connection of a portal: a service key, the token of a private app that is there
 * already, or an app with OAuth.
 */

const API = 'https://api.hubapi.com';
/** HubSpot's pages; a portal in another region is sent on from here. */
const PAGES = 'https://app.hubspot.com';
/** A person is waiting in front of it. */
const TIMEOUT_MS = 30_000;

const portal: SetupQuestion = {
  name: 'portalId',
  ask: 'Hub ID of the portal, so that no other is ever read or written (the number in the address of its pages; may be left empty)',
  secret: false,
  optional: true,
  fault: (answer) => (/^\d+$/.test(answer) ? null : 'is a number'),
};
const address: SetupQuestion = {
  name: 'baseUrl',
  ask: 'Address of the API',
  secret: false,
  default: API,
  fault: (answer) => {
    try {
      parseSettings({ baseUrl: answer }, { accessToken: 'x' });
      return null;
    } catch {
      return 'must begin with https://';
    }
  },
};
const token = (ask: string): SetupQuestion => ({ name: 'accessToken', ask, secret: true });

const shared = ({ baseUrl, portalId }: Record<string, string>): Record<string, unknown> => ({
  ...(baseUrl === undefined || baseUrl === API ? {} : { baseUrl }),
  ...(portalId === undefined ? {} : { portalId }),
});

const scopeLines: string[] = [
  `To read: ${READ_SCOPES.join(', ')}.`,
  `To write scores: ${WRITE_SCOPES.join(', ')}.`,
  `To let \`headwater field deploy\` make its properties (can be taken back afterwards): ${FIELD_SCOPES.join(', ')}.`,
  `Where the portal has them (custom objects are Enterprise): ${OPTIONAL_SCOPES.join(', ')}.`,
];

const serviceKey: SetupWay = {
  id: 'service-key',
  title: 'Service key',
  when: 'The usual way for one portal: no app to make, and nothing expires. Its changes come by reading; HubSpot sends no webhooks for it.',
  questions: [token('The service key (Show > Copy)'), portal, address],
  keySecret: null,
  signIn: null,
  steps: (): SetupStep[] => [
    {
      title: 'Make the key (Development > Keys > Service keys > Create service key)',
      lines: [
        'You need to be a super admin, or have the permission for developer tools.',
        'Name: Headwater.',
        'Add new scope:',
        ...scopeLines.map((line) => `  ${line}`),
        'Update, then Create.',
      ],
    },
    {
      title: 'Fetch the key (click its name > Show > Copy)',
      lines: [
        'Keep it in a file that only you can read, or in the environment. Rotating it later leaves the old one good for seven days.',
      ],
    },
  ],
  settings: (answers) => ({ auth: 'token', ...shared(answers) }),
};

const privateApp: SetupWay = {
  id: 'private-app',
  title: 'Token of an app for one account',
  when: 'Where there is a private app already (new ones cannot be made since October 2026), or a project app with static authentication; both can send webhooks.',
  questions: [token('Access token of the app'), portal, address],
  keySecret: null,
  signIn: null,
  steps: (): SetupStep[] => [
    {
      title:
        'Check its scopes (Settings > Integrations > Private apps > the app > Scopes; for a project app: "requiredScopes" in app-hsmeta.json)',
      lines: [...scopeLines, 'Save. A changed scope needs no new token.'],
    },
    {
      title: 'Fetch the token (the app > Auth > Show token)',
      lines: [
        'It begins with pat-. Keep it in a file that only you can read, or in the environment.',
      ],
    },
  ],
  settings: (answers) => ({ auth: 'token', ...shared(answers) }),
};

const signIn: BrowserSignIn = {
  authorizeUrl: (answers, { redirectUri, state }) => {
    const base = answers['baseUrl'] ?? API;
    const url = new URL('/oauth/authorize', base === API ? PAGES : base);
    const scope = ['oauth', ...READ_SCOPES, ...WRITE_SCOPES, ...FIELD_SCOPES].join(' ');
    for (const [name, value] of Object.entries({
      client_id: answers['clientId'] ?? '',
      redirect_uri: redirectUri,
      scope,
      optional_scope: OPTIONAL_SCOPES.join(' '),
      state,
    }))
      url.searchParams.set(name, value);
    return url.href;
  },
  redeem,
};

const tokens = z.object({ access_token: z.string().min(1), refresh_token: z.string().min(1) });
const account = z.object({ portalId: z.union([z.string(), z.number()]).transform(String) });

/**
 * Trades the code for a refresh token, and asks which portal it opens, so that the connection can
 * insist on it.
 */
async function redeem(
  answers: Record<string, string>,
  { code, redirectUri }: { code: string; redirectUri: string },
  deps: ConnectorDeps,
): Promise<{ secrets: Record<string, string>; settings: Record<string, string> }> {
  const { settings } = parseSettings(
    {
      auth: 'oauth',
      clientId: answers['clientId'],
      ...(answers['baseUrl'] === undefined ? {} : { baseUrl: answers['baseUrl'] }),
    },
    { clientSecret: answers['clientSecret'] ?? '', refreshToken: 'to-come' },
  );
  demandOwnHost(settings.baseUrl, deps.hosts);
  const transport = makeTransport({ fetch: deps.fetch, timeoutMs: TIMEOUT_MS, nowMs: deps.nowMs });
  const context = { nowMs: deps.nowMs(), write: false, what: 'signing in' };
  try {
    const asked = await makeRequests().tokens.create(
      'authorization_code',
      code,
      redirectUri,
      settings.clientId,
      answers['clientSecret'],
    );
    const given = tokens.safeParse(
      JSON.parse((await transport.send(wireRequest(asked, settings, null))).body),
    );
    if (!given.success)
      throw new HeadwaterError('config', 'HubSpot let the app in and gave no refresh token.', {
        code: 'NO_REFRESH_TOKEN',
        cure: 'Sign in again with --resume.',
      });
    const answer = await transport.send({
      method: 'GET',
      url: `${settings.baseUrl}/account-info/v3/details`,
      headers: { Accept: 'application/json', Authorization: `Bearer ${given.data.access_token}` },
    });
    const found = account.safeParse(JSON.parse(answer.body));
    const wanted = answers['portalId'];
    if (found.success && wanted !== undefined && wanted !== found.data.portalId)
      throw new HeadwaterError(
        'config',
        `The app was installed in portal ${found.data.portalId}, and ${wanted} was meant.`,
        { code: 'WRONG_PORTAL', cure: 'Sign in again with --resume and choose the other account.' },
      );
    return {
      secrets: { refreshToken: given.data.refresh_token },
      settings: found.success ? { portalId: found.data.portalId } : {},
    };
  } catch (error) {
    throw toHeadwaterError(error, context);
  }
}

const app: SetupWay = {
  id: 'oauth',
  title: 'An app with OAuth (sign in with the browser)',
  when: 'For an app of your own that is installed in several portals, or that HubSpot should send webhooks for. Access tokens live half an hour and are renewed by themselves.',
  questions: [
    { name: 'clientId', ask: 'Client ID of the app', secret: false },
    { name: 'clientSecret', ask: 'Client secret of the app', secret: true },
    portal,
    address,
  ],
  keySecret: null,
  signIn,
  steps: ({ callbackUrl }: SetupMade) => [
    {
      title:
        'Make the app: `headwater package hubspot --out hubspot-app`, then in that folder `hs project upload` (it brings the card with it; or take an app that is there already)',
      lines: [
        `Redirect URL: ${callbackUrl ?? ''}`,
        'Authentication: oauth.',
        ...scopeLines,
        `Scopes of the last line go under "optionalScopes", all others and "oauth" under "requiredScopes".`,
      ],
    },
    {
      title: 'Fetch client ID and secret (the app > Auth)',
      lines: [
        'The secret also signs webhooks: on Workers, set it as HEADWATER_HUBSPOT_SECRET when you want those (docs/workers.md).',
      ],
    },
  ],
  settings: (answers) => ({ auth: 'oauth', clientId: answers['clientId'], ...shared(answers) }),
};

export const setup: ConnectorSetup = { ways: [serviceKey, privateApp, app] };
