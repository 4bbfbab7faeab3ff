/** The two CRMs of the benchmark: a sandbox each, and what the connector needs to reach it. */
import { readFileSync } from 'node:fs';
import { hubspot } from '../../../connectors/hubspot/index.ts';
import { salesforce } from '../../../connectors/salesforce/index.ts';
import type { ConnectionDocument } from '../../../src/model/connection.ts';
import type { Connector } from '../../../src/model/connector.ts';
import { hubspotSettings } from '../../sync/hubspot-run.ts';
import { startSandbox, type AnySandbox } from '../../../src/sandbox/index.ts';

export type CrmName = 'salesforce' | 'hubspot';

export interface Company {
  partners: number;
  deals: number;
  seed: number;
}

export interface Crm {
  sandbox: AnySandbox;
  connector: Connector;
  mappingText: string;
  secrets: Record<string, string>;
  settings: ConnectionDocument['settings'];
}

/** A Monday in the middle of a quarter. */
const NOW_MS = Date.parse('2026-11-16T09:00:00Z');
const TIME = { nowMs: NOW_MS, ticking: false };

const mapping = (crm: CrmName): string =>
  readFileSync(new URL(`../../../mappings/${crm}.yaml`, import.meta.url), 'utf8');

export async function openCrm(crm: CrmName, company: Company): Promise<Crm> {
  if (crm === 'salesforce') {
    const sandbox = await startSandbox({ ...company, ...TIME, port: 0 });
    return {
      sandbox,
      connector: salesforce,
      mappingText: mapping(crm),
      secrets: { accessToken: sandbox.accessToken },
      settings: { auth: 'access-token', instanceUrl: sandbox.url },
    };
  }
  const sandbox = await startSandbox({
    ...{ ...company, ...TIME, port: 0 },
    crm,
    limits: { by: 'off' },
  });
  return {
    sandbox,
    connector: hubspot,
    mappingText: mapping(crm),
    secrets: { accessToken: sandbox.accessToken },
    // The pace of calls is another question than their number.
    settings: hubspotSettings(sandbox),
  };
}
