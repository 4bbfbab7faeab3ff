/** Ten deals that nobody knows of, written into a CRM with a partner's own hand. */
import { createPrivateKey } from 'node:crypto';
import { SignJWT } from 'jose';
import type { HubSpotSandbox } from '../../src/sandbox/hubspot/start.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { NOW_MS } from '../sync/lab.ts';

const JUNK_DEALS = 10;
const AMOUNT = 60_000;
const CLOSE = '2026-12-15';
const HOUR_MS = 3_600_000;

async function post(
  url: string,
  token: string | null,
  body: unknown,
  method = 'POST',
): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${text.slice(0, 300)}`);
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

/** A token of this user by the JWT flow, as the partner's own integration would have it. */
async function tokenOf(sandbox: Sandbox, username: string): Promise<string> {
  const assertion = await new SignJWT()
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(sandbox.clientId)
    .setSubject(username)
    .setAudience('https://login.salesforce.com')
    .setExpirationTime(Math.floor(Date.now() / 1000) + 120)
    .sign(createPrivateKey(sandbox.privateKeyPem));
  const response = await fetch(`${sandbox.url}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion,
    }),
  });
  const { access_token } = (await response.json()) as { access_token?: string };
  if (access_token === undefined) throw new Error(`no token for ${username}`);
  return access_token;
}

/** In Salesforce over REST, signed in as a user of the partner. Gives the partner's name. */
export async function junkInSalesforce(sandbox: Sandbox): Promise<string> {
  const { org } = sandbox;
  const user = [...org.table('User').values()].find((row) => row['UserType'] === 'PowerPartner')!;
  const token = await tokenOf(sandbox, String(user['Username']));
  const at = `${sandbox.url}/services/data/v66.0/sobjects`;
  const customers = [...org.table('Contact').values()].filter(
    (row) => org.find(String(row['AccountId']))?.row['IsPartner'] !== true,
  );
  for (let n = 0; n < JUNK_DEALS; n++) {
    const buyer = customers[n]!;
    const { id } = await post(`${at}/Opportunity`, token, {
      Name: `Junk ${n}`,
      AccountId: buyer['AccountId'],
      StageName: 'Qualification',
      Amount: AMOUNT,
      CloseDate: CLOSE,
      Registered_At__c: new Date(NOW_MS).toISOString(),
      Registration_Status__c: 'Submitted',
    });
    const about = { WhatId: id, WhoId: buyer['Id'] };
    await post(`${at}/Task`, token, {
      ...about,
      Subject: 'Call',
      TaskSubtype: 'Call',
      Status: 'Completed',
      ActivityDate: '2026-11-16',
    });
    await post(`${at}/Event`, token, {
      ...about,
      Subject: 'Demo',
      StartDateTime: new Date(NOW_MS).toISOString(),
      DurationInMinutes: 45,
    });
    await post(
      `${at}/Opportunity/${String(id)}`,
      token,
      { StageName: 'Negotiation/Review' },
      'PATCH',
    );
  }
  return String(org.find(String(user['AccountId']))!.row['Name']);
}

/**
 * In HubSpot, in its pages as a user of the partner, or over the API, where nobody knows whose hand
 * it was.
 */
export async function junkInHubSpot(
  sandbox: HubSpotSandbox,
  hand: 'partner' | 'unknown',
): Promise<string> {
  const { portal } = sandbox;
  const owner = [...portal.owners.values()].find((one) => !one.email.endsWith('@vendor.example'))!;
  const companies = [...portal.table(portal.typeNamed('companies')).all()];
  const partner = companies.find((one) => one.values['domain'] === owner.email.split('@')[1])!;
  const customers = companies.filter((one) => one.values['is_partner'] !== 'true');
  const stages = portal.pipelines.list().find((one) => one.label === 'Partner Channel')!;
  const stage = (label: string) => stages.stages.find((one) => one.label === label)!.id;
  const make = async (object: string, properties: object): Promise<string> => {
    const made =
      hand === 'unknown'
        ? await post(`${sandbox.url}/crm/v3/objects/${object}`, sandbox.accessToken, { properties })
        : ((await change({ do: 'create', object, properties })) as { id: string });
    return String(made['id']);
  };
  const change = async (one: object): Promise<unknown> => {
    const answer = await post(`${sandbox.controlUrl}/records`, null, {
      ...one,
      userId: owner.userId,
    });
    return (answer as unknown as unknown[])[0];
  };
  const link = (from: string, fromId: string, to: string, toId: string, label?: string) =>
    change({ do: 'associate', from, fromId, to, toId, ...(label === undefined ? {} : { label }) });
  for (let n = 0; n < JUNK_DEALS; n++) {
    const id = await make('deals', {
      dealname: `Junk ${n}`,
      pipeline: stages.id,
      dealstage: stage('Qualification'),
      amount: AMOUNT,
      closedate: `${CLOSE}T00:00:00Z`,
      registered_at: new Date(NOW_MS).toISOString(),
      registration_status: 'Submitted',
    });
    await link('deals', id, 'companies', customers[n]!.id, 'Primary');
    await link('deals', id, 'companies', partner.id, 'Partner');
    const call = await make('calls', {
      hs_timestamp: new Date(NOW_MS).toISOString(),
      hs_call_status: 'COMPLETED',
      hs_call_duration: 900_000,
    });
    await link('calls', call, 'deals', id);
    const properties = { dealstage: stage('Negotiation/Review') };
    if (hand === 'unknown')
      await post(
        `${sandbox.url}/crm/v3/objects/deals/${id}`,
        sandbox.accessToken,
        { properties },
        'PATCH',
      );
    else await change({ do: 'update', object: 'deals', id, properties });
  }
  return partner.values['name']!;
}

export const WAIT_MS = HOUR_MS;
