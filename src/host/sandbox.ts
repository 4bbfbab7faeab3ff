import type { RunningSandbox, SandboxRequest } from '../cli/deps.ts';
import { startSandbox } from '../sandbox/index.ts';

/** A sandbox on loopback, with what a connection document for it would hold. */
export async function startForCli(request: SandboxRequest): Promise<RunningSandbox> {
  const sandbox = await startSandbox({
    port: request.port, seed: request.seed, partners: request.partners, deals: request.deals, latencyMs: request.latencyMs, openAuth: request.openAuth,
    ...(request.dataDir === null ? {} : { dataDir: request.dataDir }),
  });
  const { crm, url, controlUrl, accessToken, clientId, clientSecret, username, privateKeyPem } = sandbox;
  return {
    crm, url, controlUrl, accessToken, clientId, clientSecret, username, privateKeyPem,
    provenance: sandbox.world?.provenance ?? 'an empty org',
    connection: { settings: { auth: 'jwt', instanceUrl: url, loginUrl: url, clientId, username }, secrets: { privateKey: privateKeyPem } },
    close: () => sandbox.close(),
  };
}
