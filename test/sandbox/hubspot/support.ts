/** A sandbox on a real port with an empty portal, plain fetch, and HubSpot's own client. */
import * as deals from '@hubspot/api-client/lib/codegen/crm/deals/index.js';
import * as links from '@hubspot/api-client/lib/codegen/crm/associations/v4/index.js';
import * as owners from '@hubspot/api-client/lib/codegen/crm/owners/index.js';
import * as properties from '@hubspot/api-client/lib/codegen/crm/properties/index.js';
import { afterAll } from 'vitest';
import {
  startHubSpotSandbox,
  type HubSpotSandbox,
  type HubSpotSandboxOptions,
} from '../../../src/sandbox/hubspot/start.ts';

export const NOW_MS = Date.UTC(2026, 10, 22, 9, 0, 0, 125);

export interface Reply {
  status: number;
  body: Json;
  headers: Headers;
}
export type Json = { [key: string]: JsonValue };
type JsonValue = string | number | boolean | null | undefined | JsonValue[] | Json;

const started: HubSpotSandbox[] = [];
afterAll(async () => {
  for (const sandbox of started) await sandbox.close();
});

export async function open(options: HubSpotSandboxOptions = {}): Promise<HubSpotSandbox> {
  const sandbox = await startHubSpotSandbox({
    nowMs: NOW_MS,
    ticking: false,
    seeder: () => null,
    limits: { by: 'off' },
    ...options,
  });
  started.push(sandbox);
  return sandbox;
}

/** One request with the sandbox's token. */
export async function call(
  sandbox: HubSpotSandbox,
  method: string,
  path: string,
  body?: unknown,
  token = sandbox.accessToken,
): Promise<Reply> {
  const response = await fetch(sandbox.url + path, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? {} : (JSON.parse(text) as Json),
  };
}

export const get = (sandbox: HubSpotSandbox, path: string) => call(sandbox, 'GET', path);
export const post = (sandbox: HubSpotSandbox, path: string, body: unknown) =>
  call(sandbox, 'POST', path, body);

/** A new record by plain HTTP; its id. */
export async function make(
  sandbox: HubSpotSandbox,
  type: string,
  values: Record<string, unknown>,
): Promise<string> {
  const reply = await post(sandbox, `/crm/v3/objects/${type}`, { properties: values });
  if (reply.status !== 201) throw new Error(JSON.stringify(reply.body));
  return String(reply.body['id']);
}

interface ClientModule<S> {
  createConfiguration(parameters: object): S;
  ServerConfiguration: new (url: string, variables: Record<string, string>) => object;
}

function configured<S>(module: ClientModule<S>, sandbox: HubSpotSandbox): S {
  return module.createConfiguration({
    baseServer: new module.ServerConfiguration(sandbox.url, {}),
    authMethods: { oauth2: { accessToken: sandbox.accessToken } },
  });
}

/** HubSpot's client, part by part. */
export function client(sandbox: HubSpotSandbox) {
  const dealConfiguration = configured(deals, sandbox);
  return {
    deals: new deals.BasicApi(dealConfiguration),
    dealBatch: new deals.BatchApi(dealConfiguration),
    dealSearch: new deals.SearchApi(dealConfiguration),
    links: new links.BatchApi(configured(links, sandbox)),
    owners: new owners.OwnersApi(configured(owners, sandbox)),
    properties: new properties.CoreApi(configured(properties, sandbox)),
    groups: new properties.GroupsApi(configured(properties, sandbox)),
  };
}
