import type { Connector, ConnectorDeps, CrmSession } from '../../model/connector.ts';
import { HeadwaterError } from '../../model/error.ts';
import { createCipher } from '../../store/cipher.ts';
import { readBundle, type Bundle } from '../../store/bundles.ts';
import type { Lease } from '../../store/lease.ts';
import type { Store } from '../../store/store.ts';
import { secretSpender } from '../../store/rotation.ts';
import { givenHome, vaultHome } from '../../store/secret-home.ts';
import type { Connected } from '../../sync/run/connect.ts';
import type { RunContext } from '../../sync/run/context.ts';
import { openCrm, pinOrg, type Opening } from '../../sync/run/open-crm.ts';
import { contextOpener, floorKeeper, renew, type SyncDeps } from '../../sync/run/run.ts';
import { recordedSteps, type Steps } from '../../sync/run/steps.ts';
import type { Begun } from './begin.ts';
import { withWorkerSettings } from './connectors.ts';
import type { JourneyHost } from './instance.ts';
import { RENEW_AFTER_MS } from './limits.ts';

interface Opened {
  session: CrmSession;
  connector: Connector;
  bundle: Bundle;
  deps: SyncDeps;
}

/**
 * What the steps of a run share inside one isolate: opened by the first step that really runs,
 * never by one that is only replayed.
 */
export interface OpenRun {
  opened(): Promise<Opened>;
  context(connected: Connected): Promise<RunContext>;
  /** Renews the lease, then runs and records the step. */
  attempt<T>(name: string, work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export function openOnce(
  host: JourneyHost,
  at: { lease: Lease; begun: Begun; store: Store },
): OpenRun {
  const { lease, begun, store } = at;
  let renewedMs = 0;
  let session: CrmSession | null = null;
  let floor: () => Promise<void> = async () => {};
  let context: (() => Promise<RunContext>) | null = null;
  const progress: SyncDeps['progress'] = (event) => {
    if (event.kind === 'step' && event.state !== 'started')
      host.log('step', {
        run: begun.run.id,
        step: event.step,
        state: event.state,
        ms: event.elapsedMs,
        calls: event.calls,
      });
  };

  const opened = once(async (): Promise<Opened> => {
    const bundle = await readBundle(store, lease.connectionId, begun.bundle);
    if (bundle === null)
      throw new HeadwaterError(
        'config',
        `connection "${lease.connectionId}" was taken away while its run was at work`,
        { code: 'BUNDLE' },
      );
    const connector = await host.connector(bundle.connection.crm);
    const secrets = host.secrets(bundle.connection);
    const deps: SyncDeps = {
      store,
      connector,
      connectorDeps: {
        ...host.connectorDeps,
        ...rotation(host, bundle, secrets),
      },
      connection: bundle.connection,
      secrets,
      mappingText: bundle.mapping,
      runId: begun.run.id,
      progress,
    };
    session = await openCrm(onWorkers(deps));
    await pinOrg(deps, session);
    floor = floorKeeper(session, bundle.connection.limits.quotaFloorPercent, host.nowMs);
    return { session, connector, bundle, deps };
  });
  const recorded = once(
    (): Promise<Steps> =>
      recordedSteps(store, begun.run.id, () => session?.calls() ?? 0, host.nowMs, progress),
  );

  return {
    opened,
    async context(connected) {
      const { deps, session: open } = await opened();
      context ??= contextOpener(deps, begun.run, open, connected);
      return await context();
    },
    async attempt(name, work) {
      const { store: plain, nowMs } = host;
      if (nowMs() - renewedMs > RENEW_AFTER_MS) {
        await renew({ store: plain, connectorDeps: { nowMs } }, lease);
        renewedMs = nowMs();
      }
      await floor();
      return await (await recorded()).run(name, work);
    },
    close: async () => {
      await session?.close();
    },
  };
}

/** With the settings that a connection has here. */
function onWorkers<Deps extends Opening>(deps: Deps): Deps {
  const settings = withWorkerSettings(deps.connector, deps.connection.settings);
  return { ...deps, connection: { ...deps.connection, settings } };
}

/** The CRM of a pushed connection, outside of a run. Errors: `config` where none is pushed. */
export async function openPushed(host: JourneyHost, connectionId: string): Promise<CrmSession> {
  const bundle = await readBundle(host.store, connectionId);
  if (bundle === null)
    throw new HeadwaterError('config', `no connection "${connectionId}" is pushed`, {
      code: 'BUNDLE',
      cure: 'Push it: headwater worker push.',
    });
  const { connection } = bundle;
  const secrets = host.secrets(connection);
  return await openCrm(
    onWorkers({
      store: host.store,
      connector: await host.connector(connection.crm),
      connectorDeps: { ...host.connectorDeps, ...rotation(host, bundle, secrets) },
      ...{ connection, secrets },
    }),
  );
}

/** A success is kept, a failure is tried again by the next who asks. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () =>
    (made ??= make().catch((error: unknown) => {
      made = null;
      throw error;
    }));
}

/**
 * A secret that works once is kept sealed in the database, whoever holds the lease: its
 * successor exists nowhere else.
 */
function rotation(
  host: JourneyHost,
  bundle: Bundle,
  secrets: Record<string, string>,
): Pick<ConnectorDeps, 'saveSecret' | 'spendSecret'> {
  // Before anything is spent: what the CRM gives in its place would be lost, and
  // with it the whole sign-in.
  const saveSecret = async (name: string): Promise<never> => {
    throw new HeadwaterError(
      'config',
      `the CRM may replace the secret ${name} at every sign-in, and there is no HEADWATER_KEY to seal the new one with`,
      { code: 'KEY', cure: 'openssl rand -base64 32 | npx wrangler secret put HEADWATER_KEY' },
    );
  };
  const { id } = bundle.connection;
  const given = async (name: string): Promise<string> => secrets[name] ?? '';
  const spendSecret = secretSpender({
    connectionId: id,
    withStore: async (use) => await use(host.store),
    nowMs: host.nowMs,
    sleep: host.connectorDeps.sleep,
    log: host.connectorDeps.log,
    home: (store) =>
      host.keys.length === 0
        ? givenHome(store, id, given, { ready: saveSecret, save: saveSecret })
        : vaultHome(store, () => createCipher(host.keys), id, given, host.nowMs),
  });
  return { saveSecret, spendSecret };
}
