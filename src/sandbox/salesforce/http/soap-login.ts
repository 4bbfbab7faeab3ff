/**
 * SOAP `login()` of the partner and enterprise APIs, for tools that still know no other way in.
 * Users have no passwords here, so only open auth lets them in.
 */
import type { Hono } from 'hono';
import { child, childText, escapeXml, parseXml, XmlError } from '../metadata-api/xml.ts';
import type { SalesforceContext, SalesforceEnv, Site } from './site.ts';
import { originOf, openUser } from './oauth-answer.ts';

/** From this version on `login()` is gone. */
const FIRST_WITHOUT_LOGIN = 65;

export function mountSoapLogin(app: Hono<SalesforceEnv>, site: Site): void {
  for (const [kind, namespace] of [
    ['u', 'urn:partner.soap.sforce.com'],
    ['c', 'urn:enterprise.soap.sforce.com'],
  ] as const) {
    const answer = (c: SalesforceContext) => login(site, c, kind, namespace);
    app.post(`/services/Soap/${kind}/:version`, answer);
    app.post(`/services/Soap/${kind}/:version/:org`, answer);
  }
}

async function login(
  site: Site,
  c: SalesforceContext,
  kind: string,
  namespace: string,
): Promise<Response> {
  const version = c.req.param('version') ?? '';
  const call = operationOf(await c.req.text());
  if (call?.name !== 'login' || Number(version) >= FIRST_WITHOUT_LOGIN)
    return fault(
      'UNKNOWN_EXCEPTION',
      `No operation available for request: ${call?.name ?? 'none'} in version ${version}`,
    );
  const username = childText(call, 'username') ?? '';
  if (!site.switches.openAuth)
    return fault(
      'INVALID_LOGIN',
      'INVALID_LOGIN: Invalid username, password, security token; or user locked out.',
    );
  const user = openUser(site, username);
  const { token } = site.sessions.open(user.id);
  const url = (api: string) =>
    `${originOf(c.req.raw)}/services/Soap/${api}/${version}/${site.org.id.slice(0, 15)}`;
  const info = `<organizationId>${site.org.id}</organizationId><organizationName>${escapeXml(site.org.name)}</organizationName><userId>${user.id}</userId><userName>${escapeXml(user.username)}</userName><userLanguage>en_US</userLanguage><userLocale>en_US</userLocale><userType>Standard</userType>`;
  const result = `<metadataServerUrl>${url('m')}</metadataServerUrl><passwordExpired>false</passwordExpired><sandbox>false</sandbox><serverUrl>${url(kind)}</serverUrl><sessionId>${escapeXml(token)}</sessionId><userId>${user.id}</userId><userInfo>${info}</userInfo>`;
  return envelope(
    `<loginResponse xmlns="${namespace}"><result>${result}</result></loginResponse>`,
    200,
  );
}

function operationOf(text: string) {
  try {
    return child(parseXml(text), 'Body')?.children[0];
  } catch (error) {
    if (error instanceof XmlError) return undefined;
    throw error;
  }
}

function fault(code: string, message: string): Response {
  return envelope(
    `<soapenv:Fault><faultcode>sf:${code}</faultcode><faultstring>${escapeXml(message)}</faultstring></soapenv:Fault>`,
    500,
  );
}

function envelope(body: string, status: number): Response {
  return new Response(
    `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:sf="urn:fault.partner.soap.sforce.com"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`,
    { status, headers: { 'content-type': 'text/xml;charset=UTF-8' } },
  );
}
