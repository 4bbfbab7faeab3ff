import { importPKCS8, SignJWT } from 'jose';
import * as z from 'zod';
import type { ConnectorDeps } from '../../src/model/connector.ts';
import { HeadwaterError } from '../../src/model/error.ts';
import { spendingOf } from '../../src/model/own-secret.ts';
import { parseJson } from '../kit/reply.ts';
import type { AccessToken, TokenSource } from '../kit/session.ts';
import { toHeadwaterError, unreadable } from './errors.ts';
import { parseIdentityUrl } from './ids.ts';
import { demandOwnHost, type Secrets, type Settings } from './settings.ts';
import type { Transport } from './transport.ts';

/**
 * Salesforce refuses assertions that live longer than three minutes; two leave room for a clock
 * that runs behind.
 */
const ASSERTION_SECONDS = 120;
const JWT_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

export interface Token extends AccessToken {
  instanceUrl: string;
  orgId: string | null;
  userId: string | null;
}

/** `obtain` is called for the first token and again whenever Salesforce has ended the session. */
export type Source = TokenSource<Token>;

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  instance_url: z.string().min(1),
  id: z.string().optional(),
  refresh_token: z.string().min(1).optional(),
});

export function tokenSource(
  settings: Settings,
  secrets: Secrets,
  deps: ConnectorDeps,
  transport: Transport,
): Source {
  const spend = spendingOf(secrets.refreshToken ?? '', deps);
  const client = {
    client_id: settings.clientId ?? '',
    ...(secrets.clientSecret ? { client_secret: secrets.clientSecret } : {}),
  };
  const request = (form: Record<string, string>) => requestToken(settings, form, deps, transport);

  switch (settings.auth) {
    case 'access-token': {
      const fixed: Token = {
        accessToken: secrets.accessToken ?? '',
        instanceUrl: settings.instanceUrl ?? settings.loginUrl,
        orgId: null,
        userId: null,
      };
      return { renewable: false, obtain: async () => fixed };
    }
    case 'jwt':
      return {
        renewable: true,
        obtain: async () =>
          (
            await request({
              grant_type: JWT_GRANT,
              assertion: await signAssertion(settings, secrets.privateKey ?? '', deps.nowMs()),
            })
          ).token,
      };
    case 'client-credentials':
      return {
        renewable: true,
        obtain: async () => (await request({ grant_type: 'client_credentials', ...client })).token,
      };
    case 'refresh-token':
      return {
        renewable: true,
        // The old one is spent: with rotation, using it again revokes the whole connection. So the
        // new one is saved before the session is used.
        obtain: async () =>
          await spend('refreshToken', async (current) => {
            const { token, rotated } = await request({
              grant_type: 'refresh_token',
              refresh_token: current,
              ...client,
            });
            return { result: token, next: rotated };
          }),
      };
  }
}

/**
 * JWT bearer assertion (RS256). `privateKey` is a PKCS#8 PEM; line breaks may be written as `\n`,
 * as environment files do.
 */
async function signAssertion(
  settings: Settings,
  privateKey: string,
  nowMs: number,
): Promise<string> {
  const pem = privateKey.includes('\n') ? privateKey : privateKey.replaceAll('\\n', '\n');
  let key: Awaited<ReturnType<typeof importPKCS8>>;
  try {
    key = await importPKCS8(pem.trim(), 'RS256');
  } catch {
    throw new HeadwaterError('config', 'The secret privateKey is not a PKCS#8 RSA key.', {
      code: 'PRIVATE_KEY',
      cure: 'Convert it: openssl pkcs8 -topk8 -nocrypt -in server.key -out server.pk8',
    });
  }
  return await new SignJWT()
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(settings.clientId ?? '')
    .setSubject(settings.username ?? '')
    .setAudience(settings.audience ?? audienceOf(settings.loginUrl))
    .setExpirationTime(Math.floor(nowMs / 1000) + ASSERTION_SECONDS)
    .sign(key);
}

/**
 * Salesforce takes its two login hosts as audience, whichever My Domain the request goes to; other
 * hosts name themselves.
 */
function audienceOf(loginUrl: string): string {
  const host = new URL(loginUrl).hostname;
  if (!host.endsWith('.salesforce.com')) return loginUrl;
  return host === 'test.salesforce.com' || host.includes('.sandbox.') || /--[^.]+\.my\./.test(host)
    ? 'https://test.salesforce.com'
    : 'https://login.salesforce.com';
}

/** One call of the token endpoint. */
export async function requestToken(
  settings: Pick<Settings, 'loginUrl'>,
  form: Record<string, string>,
  deps: ConnectorDeps,
  transport: Transport,
): Promise<{ token: Token; rotated: string | undefined }> {
  const context = { nowMs: deps.nowMs(), write: false, what: 'signing in' };
  demandOwnHost(settings.loginUrl, '`loginUrl`', deps.hosts);
  let text: string;
  try {
    text = (
      await transport.send({
        method: 'POST',
        url: `${settings.loginUrl}/services/oauth2/token`,
        body: new URLSearchParams(form).toString(),
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          accept: 'application/json',
        },
      })
    ).body;
  } catch (error) {
    throw toHeadwaterError(error, context);
  }
  const answer = tokenAnswer.safeParse(parseJson(text));
  if (!answer.success) throw unreadable(context, 'the token endpoint sent no token');
  const { access_token, instance_url, id, refresh_token } = answer.data;
  if (!URL.canParse(instance_url))
    throw unreadable(context, 'the token endpoint named no instance');
  demandOwnHost(instance_url, 'the instance that the sign-in named', deps.hosts);
  const ids = id === undefined ? null : parseIdentityUrl(id);
  return {
    token: {
      accessToken: access_token,
      instanceUrl: new URL(instance_url).origin,
      orgId: ids?.orgId ?? null,
      userId: ids?.userId ?? null,
    },
    rotated: refresh_token,
  };
}
