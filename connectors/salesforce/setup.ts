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
import { requestToken } from './auth.ts';
import { makeTransport } from './transport.ts';

/**
 * The first connection of a Salesforce org: an External Client App (connected apps can no longer be
 * made), one of three OAuth flows, and a user of its own.
 */

const SCOPES = 'api refresh_token';
/** A person is waiting in front of it. */
const TIMEOUT_MS = 30_000;
/** Apps need a callback address even where no browser comes back to it. */
const UNUSED_CALLBACK = 'https://login.salesforce.com/services/oauth2/success';

const address: SetupQuestion = {
  name: 'instanceUrl',
  ask: 'My Domain address (Setup > My Domain), such as https://acme.my.salesforce.com',
  secret: false,
  fault: (answer) =>
    !URL.canParse(answer)
      ? 'is no address'
      : new URL(answer).hostname.endsWith('.lightning.force.com')
        ? 'is a page address; the My Domain one ends in .my.salesforce.com'
        : null,
};
const consumerKey: SetupQuestion = {
  name: 'clientId',
  ask: 'Consumer key of the app',
  secret: false,
};
const consumerSecret: SetupQuestion = {
  name: 'clientSecret',
  ask: 'Consumer secret of the app',
  secret: true,
};
const user: SetupQuestion = {
  name: 'username',
  ask: 'User name of the integration user',
  secret: false,
};

const appStep = (callback: string, flow: string[]): SetupStep => ({
  title: 'Make the app (Setup > External Client App Manager > New External Client App)',
  lines: [
    'Name: Headwater. Contact email: yours. Distribution state: Local.',
    'Open "API (Enable OAuth Settings)" and tick "Enable OAuth".',
    `Callback URL: ${callback}`,
    'Selected OAuth scopes: "Manage user data via APIs (api)" and "Perform requests at any time (refresh_token, offline_access)".',
    ...flow,
    'Create.',
  ],
});
const userStep: SetupStep = {
  title: 'Choose who Headwater works as (Setup > Users)',
  lines: [
    'A user of its own, with the licence "Salesforce Integration" and the profile "Minimum Access - API Only Integrations".',
    'Setup > Permission Sets > New "Headwater_Integration": Read on the objects of the mapping (with View All), Edit on accounts and opportunities, and the system permission "API Enabled".',
    'To let `headwater field deploy` make its fields, also "Customize Application", "Manage Profiles and Permission Sets" and "View Setup and Configuration"; they can be taken back afterwards.',
    'Assign the permission set to the user.',
  ],
};
const approveStep: SetupStep = {
  title: 'Let that user in beforehand (the app > Policies > Edit)',
  lines: [
    'OAuth policies, "Permitted Users": "Admin approved users are pre-authorized".',
    'App policies, "Select Permission Sets": Headwater_Integration. Save.',
  ],
};
const keyStep = (secret: boolean): SetupStep => ({
  title: `Fetch the consumer key${secret ? ' and secret' : ''} (the app > Settings > OAuth Settings > Consumer Key and Secret)`,
  lines: ['Salesforce mails you a code first. A new app may take ten minutes until it answers.'],
});

const jwt: SetupWay = {
  id: 'jwt',
  title: 'JWT bearer with a certificate',
  when: 'The usual way: no password and no secret leaves this machine, and nothing expires but the certificate.',
  questions: [address, consumerKey, user],
  keySecret: 'privateKey',
  signIn: null,
  steps: ({ certificate }) => [
    appStep(UNUSED_CALLBACK, [
      'Under "Flow Enablement" tick "Enable JWT Bearer Flow".',
      `Upload the certificate: ${certificate ?? 'the one that belongs to your key'}`,
    ]),
    userStep,
    approveStep,
    keyStep(false),
  ],
  settings: ({ instanceUrl, clientId, username }) => ({
    auth: 'jwt',
    instanceUrl,
    clientId,
    username,
  }),
};

const clientCredentials: SetupWay = {
  id: 'client-credentials',
  title: 'Client credentials',
  when: 'Where a secret is easier to keep than a key. The app names the user it runs as.',
  questions: [address, consumerKey, consumerSecret],
  keySecret: null,
  signIn: null,
  steps: () => [
    userStep,
    appStep(UNUSED_CALLBACK, ['Under "Flow Enablement" tick "Enable Client Credentials Flow".']),
    {
      title: 'Name the user (the app > Policies > Edit)',
      lines: [
        'Under "OAuth Flows and External Client App Enhancements" tick "Enable Client Credentials Flow" and put the integration user into "Run As (Username)". Save.',
      ],
    },
    keyStep(true),
  ],
  settings: ({ instanceUrl, clientId }) => ({ auth: 'client-credentials', instanceUrl, clientId }),
};

const signIn: BrowserSignIn = {
  authorizeUrl: (answers, { redirectUri, state, challenge }) => {
    const url = new URL('/services/oauth2/authorize', answers['instanceUrl']);
    for (const [name, value] of Object.entries({
      response_type: 'code',
      client_id: answers['clientId'] ?? '',
      redirect_uri: redirectUri,
      scope: SCOPES,
      state,
      code_challenge: challenge,
      code_challenge_method: 'S256',
      prompt: 'login consent',
    }))
      url.searchParams.set(name, value);
    return url.href;
  },
  redeem: async (answers, { code, redirectUri, verifier }, deps) =>
    await redeem(
      answers,
      {
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        code_verifier: verifier,
      },
      deps,
    ),
};

async function redeem(
  answers: Record<string, string>,
  form: Record<string, string>,
  deps: ConnectorDeps,
): Promise<{ secrets: Record<string, string>; settings: Record<string, string> }> {
  const secret = answers['clientSecret'];
  const { token, rotated } = await requestToken(
    { loginUrl: new URL(answers['instanceUrl'] ?? '').origin },
    {
      ...form,
      client_id: answers['clientId'] ?? '',
      ...(secret === undefined ? {} : { client_secret: secret }),
    },
    deps,
    makeTransport({ fetch: deps.fetch, timeoutMs: TIMEOUT_MS, nowMs: deps.nowMs }),
  );
  if (rotated === undefined) {
    throw new HeadwaterError('config', 'Salesforce let the user in and gave no refresh token.', {
      code: 'NO_REFRESH_TOKEN',
      cure: 'Add the scope "Perform requests at any time (refresh_token, offline_access)" to the app, wait ten minutes, and sign in again.',
    });
  }
  return {
    secrets: { refreshToken: rotated },
    settings: {
      instanceUrl: token.instanceUrl,
      ...(token.orgId === null ? {} : { orgId: token.orgId }),
    },
  };
}

const web: SetupWay = {
  id: 'refresh-token',
  title: 'Sign in with the browser (web server flow with PKCE)',
  when: 'To try Headwater on an org as yourself; for good, take one of the others.',
  questions: [
    address,
    consumerKey,
    {
      ...consumerSecret,
      optional: true,
      ask: 'Consumer secret of the app (empty when the app does not require it)',
    },
  ],
  keySecret: null,
  signIn,
  steps: ({ callbackUrl }: SetupMade) => [
    appStep(callbackUrl ?? UNUSED_CALLBACK, [
      'Under "Security" tick "Require Proof Key for Code Exchange (PKCE)"; without a secret, untick "Require secret for Web Server Flow" and "… for Refresh Token Flow".',
      'Refresh token rotation may be on: each new token is saved before it is used.',
    ]),
    keyStep(true),
  ],
  settings: ({ instanceUrl, clientId, orgId }) => ({
    auth: 'refresh-token',
    instanceUrl,
    clientId,
    ...(orgId === undefined ? {} : { orgId }),
  }),
};

export const setup: ConnectorSetup = { ways: [jwt, clientCredentials, web] };
