import type { RunningSandbox, SandboxRequest } from '../cli/deps.ts';
import { HeadwaterError } from '../model/error.ts';
import { startSandbox } from '../sandbox/index.ts';
import { DataError } from '../sandbox/world/replay/read.ts';

/** A sandbox on loopback, with what a connection document for it would hold. `config` errors: the port is taken, or the data cannot be read. */
export async function startForCli(request: SandboxRequest): Promise<RunningSandbox> {
  const sandbox = await startSandbox({
    port: request.port, seed: request.seed, partners: request.partners, deals: request.deals, latencyMs: request.latencyMs, openAuth: request.openAuth,
    ...(request.dataDir === null ? {} : { dataDir: request.dataDir }),
  }).catch((error: unknown) => { throw startError(error, request); });
  const { crm, url, controlUrl, accessToken, clientId, clientSecret, username, privateKeyPem } = sandbox;
  return {
    crm, url, controlUrl, accessToken, clientId, clientSecret, username, privateKeyPem,
    provenance: sandbox.world?.provenance ?? 'an empty org',
    connection: { settings: { auth: 'jwt', instanceUrl: url, loginUrl: url, clientId, username }, secrets: { privateKey: privateKeyPem } },
    close: () => sandbox.close(),
  };
}

function startError(error: unknown, { port, dataDir }: SandboxRequest): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EADDRINUSE') return new HeadwaterError('config', `port ${port} is in use`, { code, cure: 'Take another one, or --port 0 for any free one.', cause: error });
  if (code === 'EACCES') return new HeadwaterError('config', `port ${port} may not be opened by this user`, { code, cure: 'Take one from 1024, or --port 0 for any free one.', cause: error });
  if (error instanceof DataError) return new HeadwaterError('config', error.message, { code: 'DATA', cure: `Check the folder given with --data (${dataDir}).`, cause: error });
  return error;
}
