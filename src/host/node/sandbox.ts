import type { RunningSandbox, SandboxRequest } from '../../cli/deps.ts';
import { HeadwaterError } from '../../model/error.ts';
import { isOrgStyle, startSandbox } from '../../sandbox/index.ts';
import { DataError } from '../../sandbox/world/replay/read.ts';

/**
 * A sandbox on loopback, with what a connection document for it would hold. `config` errors: the
 * port is taken, or the data cannot be read.
 */
export async function startForCli(
  request: SandboxRequest,
  onProgress?: (text: string) => void,
): Promise<RunningSandbox> {
  const world = {
    port: request.port,
    seed: request.seed,
    partners: request.partners,
    deals: request.deals,
    shockSd: request.shockSd,
    fading: request.fading,
    latencyMs: request.latencyMs,
    ticking: request.ticking,
    ...(request.dataDir === null ? {} : { dataDir: request.dataDir }),
  };
  const { currencies, orgStyle, prm } = request;
  const failed = (error: unknown): never => {
    throw startError(error, request);
  };
  if (request.crm === 'hubspot') {
    const { crm, url, controlUrl, accessToken, clientId, clientSecret, refreshToken, ...rest } =
      await startSandbox({
        ...{ crm: 'hubspot', ...world, openAuth: request.openAuth },
        ...(currencies === undefined ? {} : { settings: { exchangeRates: inverse(currencies) } }),
      }).catch(failed);
    return {
      crm,
      url,
      controlUrl,
      accessToken,
      clientId,
      clientSecret,
      refreshToken,
      username: '',
      privateKeyPem: '',
      provenance: rest.world?.provenance ?? 'an empty portal',
      currency: null,
      connection: { settings: { auth: 'token', baseUrl: url }, secrets: { accessToken } },
      close: () => rest.close(),
    };
  }
  const {
    crm,
    url,
    controlUrl,
    accessToken,
    clientId,
    clientSecret,
    refreshToken,
    username,
    privateKeyPem,
    currency,
    ...rest
  } = await startSandbox({
    ...{ ...world, openAuth: request.openAuth, onProgress },
    ...(prm === false ? { prm } : {}),
    ...(isOrgStyle(orgStyle) ? { style: orgStyle } : {}),
    ...(currencies === undefined
      ? {}
      : { multiCurrency: true, org: { conversionRates: currencies } }),
  }).catch(failed);
  return {
    crm,
    url,
    controlUrl,
    accessToken,
    clientId,
    clientSecret,
    refreshToken,
    username,
    privateKeyPem,
    provenance: rest.world?.provenance ?? 'an empty org',
    currency,
    connection: {
      settings: { auth: 'jwt', instanceUrl: url, loginUrl: url, clientId, username },
      secrets: { privateKey: privateKeyPem },
    },
    close: () => rest.close(),
  };
}

/** HubSpot says how much of the company's currency one unit of another is. */
const inverse = (rates: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(rates).map(([code, rate]) => [code, 1 / rate]));

function startError(error: unknown, { port, dataDir }: SandboxRequest): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EADDRINUSE')
    return new HeadwaterError('config', `port ${port} is in use`, {
      code,
      cure: 'Take another one, or --port 0 for any free one.',
      cause: error,
    });
  if (code === 'EACCES')
    return new HeadwaterError('config', `port ${port} may not be opened by this user`, {
      code,
      cure: 'Take one from 1024, or --port 0 for any free one.',
      cause: error,
    });
  if (error instanceof DataError)
    return new HeadwaterError('config', error.message, {
      code: 'DATA',
      cure: `Check the folder given with --data (${dataDir}).`,
      cause: error,
    });
  return error;
}
