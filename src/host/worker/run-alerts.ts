import { asHeadwaterError } from '../../model/error.ts';
import { readBundle } from '../../store/bundles.ts';
import { alertPass } from '../../sync/alert/pass.ts';
import { durable, type DurableStep } from './durable-steps.ts';
import type { JourneyHost } from './instance.ts';
import { openPushed } from './open-run.ts';

/**
 * The alerts after a run, as one more step of its Workflow. What goes wrong with them is logged,
 * and fails no run.
 */
export async function runAlerts(
  host: JourneyHost,
  step: DurableStep,
  { connectionId, bundle }: { connectionId: string; bundle: string },
): Promise<void> {
  await durable(step, 'alerts', async () => {
    const found = await readBundle(host.store, connectionId, bundle);
    if (found === null) return {};
    const { fetch, hosts, nowMs } = host.connectorDeps;
    const secrets = host.secrets(found.connection);
    let session: ReturnType<typeof openPushed> | null = null;
    const tasks = async () => {
      session ??= openPushed(host, connectionId);
      return (await session).tasks ?? null;
    };
    const deps = { fetch, nowMs, hosts: hosts ?? [], secrets, tasks };
    return { ...(await alertPass(host.store, found.connection, deps)) };
  }).catch((error: unknown) => {
    host.log('alerts failed', {
      connection: connectionId,
      message: asHeadwaterError(error).message,
    });
  });
}
