/**
 * The wire requests of HubSpot, built by the request factories of its own client
 * (`@hubspot/api-client`), module by module: the whole client keeps one
 * limiter and one retry policy for the whole process. The factories know the v3 and v4 paths only;
 * the dated ones are put in their place here.
 */
import { BatchApiRequestFactory as AssociationBatch } from '@hubspot/api-client/lib/codegen/crm/associations/v4/apis/BatchApi.js';
import { createConfiguration as associationConfiguration } from '@hubspot/api-client/lib/codegen/crm/associations/v4/configuration.js';
import { DefinitionsApiRequestFactory as AssociationLabels } from '@hubspot/api-client/lib/codegen/crm/associations/v4/schema/apis/DefinitionsApi.js';
import { createConfiguration as labelConfiguration } from '@hubspot/api-client/lib/codegen/crm/associations/v4/schema/configuration.js';
import { BasicApiRequestFactory as ObjectBasic } from '@hubspot/api-client/lib/codegen/crm/objects/apis/BasicApi.js';
import { BatchApiRequestFactory as ObjectBatch } from '@hubspot/api-client/lib/codegen/crm/objects/apis/BatchApi.js';
import { SearchApiRequestFactory as ObjectSearch } from '@hubspot/api-client/lib/codegen/crm/objects/apis/SearchApi.js';
import { createConfiguration as objectConfiguration } from '@hubspot/api-client/lib/codegen/crm/objects/configuration.js';
import { OwnersApiRequestFactory as Owners } from '@hubspot/api-client/lib/codegen/crm/owners/apis/OwnersApi.js';
import { createConfiguration as ownerConfiguration } from '@hubspot/api-client/lib/codegen/crm/owners/configuration.js';
import { PipelinesApiRequestFactory as Pipelines } from '@hubspot/api-client/lib/codegen/crm/pipelines/apis/PipelinesApi.js';
import { createConfiguration as pipelineConfiguration } from '@hubspot/api-client/lib/codegen/crm/pipelines/configuration.js';
import { BatchApiRequestFactory as PropertyBatch } from '@hubspot/api-client/lib/codegen/crm/properties/apis/BatchApi.js';
import { CoreApiRequestFactory as PropertyCore } from '@hubspot/api-client/lib/codegen/crm/properties/apis/CoreApi.js';
import { GroupsApiRequestFactory as PropertyGroups } from '@hubspot/api-client/lib/codegen/crm/properties/apis/GroupsApi.js';
import { createConfiguration as propertyConfiguration } from '@hubspot/api-client/lib/codegen/crm/properties/configuration.js';
import { CoreApiRequestFactory as SchemaCore } from '@hubspot/api-client/lib/codegen/crm/schemas/apis/CoreApi.js';
import { createConfiguration as schemaConfiguration } from '@hubspot/api-client/lib/codegen/crm/schemas/configuration.js';
import { TokensApiRequestFactory as Tokens } from '@hubspot/api-client/lib/codegen/oauth/apis/TokensApi.js';
import { createConfiguration as tokenConfiguration } from '@hubspot/api-client/lib/codegen/oauth/configuration.js';
import type { WireRequest } from '../kit/wire.ts';
import type { Settings } from './settings.ts';

/** What the factories of every module build (each module has a class of its own for it). */
interface Built {
  getUrl(): string;
  getHttpMethod(): string;
  getHeaders(): Record<string, string>;
  getBody(): unknown;
}
export type Build = () => Promise<Built>;

export type Requests = ReturnType<typeof makeRequests>;

/**
 * The factories, made for one session: nothing of them lives at module scope, which Workers share
 * between requests.
 */
export function makeRequests() {
  const objects = objectConfiguration();
  const properties = propertyConfiguration();
  return {
    objects: new ObjectBasic(objects),
    batch: new ObjectBatch(objects),
    search: new ObjectSearch(objects),
    associations: new AssociationBatch(associationConfiguration()),
    labels: new AssociationLabels(labelConfiguration()),
    properties: new PropertyCore(properties),
    groups: new PropertyGroups(properties),
    propertyBatch: new PropertyBatch(properties),
    pipelines: new Pipelines(pipelineConfiguration()),
    owners: new Owners(ownerConfiguration()),
    schemas: new SchemaCore(schemaConfiguration()),
    tokens: new Tokens(tokenConfiguration()),
  };
}

const DATED: [RegExp, (version: string) => string][] = [
  [/^\/crm\/v3\/(objects|properties|pipelines|owners)(?=\/|$)/, (version) => `/crm/$1/${version}`],
  [/^\/crm\/v4\/associations(?=\/)/, (version) => `/crm/associations/${version}`],
  [/^\/crm-object-schemas\/v3(?=\/)/, (version) => `/crm-object-schemas/${version}`],
  [/^\/account-info\/v3(?=\/)/, (version) => `/account-info/${version}`],
  [/^\/crm\/v3\/limits(?=\/)/, (version) => `/crm/limits/${version}`],
  [/^\/settings\/v3\/currencies(?=\/)/, (version) => `/settings/currencies/${version}`],
  [/^\/oauth\/v1(?=\/)/, (version) => `/oauth/${version}`],
];

/** A v3 or v4 path in the chosen version of the API. */
export function versioned(path: string, version: Settings['apiVersion']): string {
  if (version === 'v3') return path;
  const rule = DATED.find(([pattern]) => pattern.test(path));
  return rule === undefined ? path : path.replace(rule[0], rule[1](version));
}

/** A built request as the transport sends it. */
export function wireRequest(built: Built, settings: Settings, token: string | null): WireRequest {
  const url = new URL(built.getUrl());
  const body = built.getBody();
  return {
    method: built.getHttpMethod(),
    url: `${settings.baseUrl}${versioned(url.pathname, settings.apiVersion)}${url.search}`,
    headers: {
      ...built.getHeaders(),
      ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: String(body) }),
  };
}

/** A plain GET, for the few addresses that the client has no module for. */
export const plainGet =
  (path: string): Build =>
  async () => ({
    getUrl: () => new URL(path, 'https://api.hubapi.com').href,
    getHttpMethod: () => 'GET',
    getHeaders: () => ({ Accept: 'application/json' }),
    getBody: () => undefined,
  });
