/** Packages for tests: metadata files by path, a manifest made from what is named. */
import jsforce from 'jsforce';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../../src/sandbox/index.ts';
import { zip } from '../../../../src/sandbox/salesforce/metadata-api/zip.ts';

const XMLNS = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
export const file = (root: string, body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><${root} ${XMLNS}>${body}</${root}>`;
export const manifest = (members: Record<string, string[]>): string =>
  file(
    'Package',
    `${Object.entries(members)
      .map(
        ([name, list]) =>
          `<types>${list.map((one) => `<members>${one}</members>`).join('')}<name>${name}</name></types>`,
      )
      .join('')}<version>66.0</version>`,
  );
export const packed = (files: Record<string, string>): Buffer =>
  Buffer.from(zip(new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]))));

export const field = (
  name: string,
  more = '<type>Number</type><precision>5</precision><scale>2</scale>',
): string => `<fields><fullName>${name}</fullName><label>${name}</label>${more}</fields>`;
export const planObject = (children = ''): string =>
  file(
    'CustomObject',
    `<deploymentStatus>Deployed</deploymentStatus><label>Plan</label><nameField><label>Plan Name</label><type>Text</type></nameField><pluralLabel>Plans</pluralLabel><sharingModel>ReadWrite</sharingModel>${children}`,
  );
export const permissionSet = (body: string): string =>
  file(
    'PermissionSet',
    `<hasActivationRequired>false</hasActivationRequired><label>Check</label>${body}`,
  );
export const opened = (name: string, editable = true): string =>
  `<fieldPermissions><editable>${editable}</editable><field>${name}</field><readable>true</readable></fieldPermissions>`;

export interface Admin {
  sandbox: Sandbox;
  connection: jsforce.Connection;
  deploy(files: Record<string, string>, options?: Record<string, unknown>): Promise<DeployResult>;
  close(): Promise<void>;
}
interface Component {
  fullName: string;
  componentType: string;
  fileName: string;
  problem?: string;
  created: boolean | string;
  changed: boolean | string;
  lineNumber?: number | string;
}
interface DeployResult {
  id: string;
  status: string;
  success: boolean;
  done: boolean;
  numberComponentsDeployed: number;
  numberComponentErrors: number;
  details: {
    componentSuccesses?: Component | Component[];
    componentFailures?: Component | Component[];
  };
}
export const list = <T>(value: T | T[] | undefined): T[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

/** An administrator with the vendor's client on an empty org. */
export async function openAdmin(options: SandboxOptions = {}): Promise<Admin> {
  const sandbox = await startSandbox({
    port: 0,
    seeder: () => null,
    ...options,
    switches: { bulkJobMs: 0, ...options.switches },
  });
  const connection = new jsforce.Connection({
    instanceUrl: sandbox.url,
    accessToken: sandbox.accessToken,
    version: '66.0',
  });
  connection.metadata.pollInterval = 10;
  return {
    sandbox,
    connection,
    close: () => sandbox.close(),
    deploy: async (files, deployOptions = {}) => {
      const started = await connection.metadata.deploy(packed(files), {
        singlePackage: true,
        rollbackOnError: true,
        ...deployOptions,
      });
      return (await connection.metadata.checkDeployStatus(
        String(started.id),
        true,
      )) as unknown as DeployResult;
    },
  };
}
