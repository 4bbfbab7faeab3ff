/** A CRM to run: wire protocol, data, time and faults on a loopback port. */
import {
  startHubSpotSandbox,
  type HubSpotSandbox,
  type HubSpotSandboxOptions,
} from './hubspot/start.ts';
import {
  startSalesforceSandbox,
  type SalesforceSandbox,
  type SalesforceSandboxOptions,
} from './salesforce/start.ts';

export { isOrgStyle } from './salesforce/load/style.ts';

export type SandboxOptions = SalesforceSandboxOptions & { crm?: 'salesforce' };
export type Sandbox = SalesforceSandbox;
export type AnySandboxOptions = SandboxOptions | (HubSpotSandboxOptions & { crm: 'hubspot' });
export type AnySandbox = SalesforceSandbox | HubSpotSandbox;

export function startSandbox(options?: SandboxOptions): Promise<SalesforceSandbox>;
export function startSandbox(
  options: HubSpotSandboxOptions & { crm: 'hubspot' },
): Promise<HubSpotSandbox>;
export function startSandbox(options: AnySandboxOptions): Promise<AnySandbox>;
/**
 * Starts a sandbox of the CRM asked for (Salesforce unless said otherwise), with a
 * generated or recorded world.
 */
export async function startSandbox(options: AnySandboxOptions = {}): Promise<AnySandbox> {
  const { crm, ...rest } = options;
  return crm === 'hubspot'
    ? startHubSpotSandbox(rest as HubSpotSandboxOptions)
    : startSalesforceSandbox(rest as SalesforceSandboxOptions);
}
