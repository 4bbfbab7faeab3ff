import * as z from 'zod';
import type { ConnectorDeps } from '../../../src/model/connector.ts';
import { HeadwaterError } from '../../../src/model/error.ts';
import type { PackageFault } from '../../../src/model/packaging.ts';
import type { Client } from '../client.ts';
import { metadataFormat } from './metadata-format.ts';
import { API_VERSION } from './project.ts';
import { zipTexts } from './zip.ts';

/** A package of this size is in the org within a minute; a busy org may let it wait. */
const POLL_MS = 1_000;
const MOST_POLLS = 900;

const one = z.looseObject({ fullName: z.string().nullish(), problem: z.string().nullish() });
const status = z.object({
  deployResult: z.looseObject({
    done: z.boolean(),
    success: z.boolean(),
    errorMessage: z.string().nullish(),
    details: z.looseObject({ componentFailures: z.union([one, z.array(one)]).nullish() }).nullish(),
  }),
});

/**
 * Deploys the files of the project through the Metadata API, all or none, and waits for the end.
 * @public It is loaded by name.
 */
export async function deployFiles(
  client: Client,
  deps: ConnectorDeps,
  files: ReadonlyMap<string, string>,
): Promise<PackageFault[]> {
  const id = await begin(client, zipTexts(metadataFormat(files)).toString('base64'));
  for (let polls = 0; polls < MOST_POLLS; polls++) {
    const { deployResult } = await client.json(
      {
        method: 'GET',
        path: `/metadata/deployRequest/${id}?includeDetails=true`,
        effect: 'read',
        what: 'asking for the deployment',
      },
      status,
    );
    if (deployResult.done) return faultsOf(deployResult);
    await deps.sleep(POLL_MS);
  }
  throw new HeadwaterError('transient', `the deployment ${id} has not ended yet`, {
    code: 'DEPLOY_WAITS',
    cure: 'See Setup > Deployment Status in the org.',
  });
}

/** By SOAP: its body is text, where REST wants the archive as it is. */
async function begin(client: Client, zipFile: string): Promise<string> {
  return await client.parsed(
    {
      method: 'POST',
      path: `/services/Soap/m/${API_VERSION}`,
      headers: { accept: 'text/xml', 'content-type': 'text/xml; charset=UTF-8', soapaction: '""' },
      text: ({ accessToken }) => envelope(accessToken, zipFile),
      effect: 'write',
      what: 'deploying the package',
    },
    ({ text }) => {
      const id = /<id>(\w{15,18})<\/id>/.exec(text)?.[1];
      if (id === undefined)
        throw new HeadwaterError('rejected', 'Salesforce took the package and gave it no id', {
          code: 'DEPLOY_ID',
        });
      return id;
    },
  );
}

const envelope = (session: string, zipFile: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="http://soap.sforce.com/2006/04/metadata">
<soapenv:Header><SessionHeader><sessionId>${session}</sessionId></SessionHeader></soapenv:Header>
<soapenv:Body><deploy><ZipFile>${zipFile}</ZipFile><DeployOptions><rollbackOnError>true</rollbackOnError><singlePackage>true</singlePackage></DeployOptions></deploy></soapenv:Body>
</soapenv:Envelope>`;

function faultsOf(result: z.infer<typeof status>['deployResult']): PackageFault[] {
  if (result.success) return [];
  const failures = result.details?.componentFailures ?? [];
  const all = Array.isArray(failures) ? failures : [failures];
  const told = all.map(({ fullName, problem }) => ({
    component: fullName ?? '',
    message: problem ?? 'was not taken',
  }));
  return told.length > 0 ? told : [{ component: '', message: result.errorMessage ?? 'failed' }];
}
