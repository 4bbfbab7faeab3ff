/**
 * The control plane: everything a test or a demonstration does to the sandbox from outside, in
 * JSON, below `/__sandbox__/`.
 * It has no password: it listens on loopback only, and refuses requests that
 * a web page could have made.
 */
import { Hono } from 'hono';
import * as z from 'zod';
import type { VirtualClock } from './clock.ts';
import type { FaultPlan } from './faults.ts';
import { CONTROL_PREFIX } from './gate.ts';
import type { RequestLog } from './request-log.ts';
import type { SandboxVendor, SandboxWorld } from './vendor.ts';

export interface ControlParts {
  vendor: SandboxVendor;
  clock: VirtualClock;
  log: RequestLog;
  faults: FaultPlan;
  latency: { ms: number };
  world(): SandboxWorld | null;
  /**
   * Empties the CRM and fills it again; the options are the ones of the start, changed by the body.
   */
  reseed(options: Record<string, unknown>): Promise<void>;
}

const LOOPBACK_HOST = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?$/;

/** The control plane as a fetch function. */
export function createControl(parts: ControlParts): (request: Request) => Promise<Response> {
  const app = new Hono().basePath(CONTROL_PREFIX);
  app.use('*', async (c, next) => {
    const host = c.req.header('host') ?? new URL(c.req.url).host;
    // A page in a browser sends Origin, and a name that was rebound to loopback shows in Host.
    if (c.req.header('origin') !== undefined || !LOOPBACK_HOST.test(host))
      return c.json(
        { error: 'The control plane answers local programs only, not web pages.' },
        403,
      );
    return next();
  });
  app.onError((error, c) => {
    const wrongInput =
      error instanceof z.ZodError ||
      error instanceof SyntaxError ||
      error instanceof RangeError ||
      error instanceof ControlError;
    return c.json(
      { error: error instanceof z.ZodError ? z.prettifyError(error) : error.message },
      wrongInput ? 400 : 500,
    );
  });
  app.notFound((c) => c.json({ error: `No control operation ${c.req.method} ${c.req.path}` }, 404));
  mountClock(app, parts);
  mountFaults(app, parts);
  mountData(app, parts);
  return async (request) => app.fetch(request);
}

/** Wrong input to a control operation: answered 400 with the message. */
class ControlError extends Error {}

function mountClock(app: Hono, { clock, world }: ControlParts): void {
  const show = () => ({
    nowMs: clock.nowMs(),
    now: new Date(clock.nowMs()).toISOString(),
    ticking: clock.ticking,
  });
  app.get('/clock', (c) => c.json(show()));
  app.put('/clock', async (c) => {
    const body = z
      .strictObject({
        nowMs: z.number().optional(),
        now: z.iso.datetime({ offset: true }).optional(),
        ticking: z.boolean().optional(),
      })
      .parse(await c.req.json());
    const nowMs = body.nowMs ?? (body.now === undefined ? undefined : Date.parse(body.now));
    if (nowMs !== undefined) clock.set(nowMs);
    if (body.ticking === true) clock.unfreeze();
    if (body.ticking === false) clock.freeze();
    return c.json(show());
  });
  app.post('/clock/advance', async (c) => {
    const body = z
      .strictObject({
        ms: z.number().min(0).optional(),
        days: z.number().min(0).optional(),
        world: z.boolean().default(true),
      })
      .parse(await c.req.json());
    const fromMs = clock.nowMs();
    const untilMs = clock.advance((body.ms ?? 0) + (body.days ?? 0) * 86_400_000);
    const events = body.world ? (world()?.advance(fromMs, untilMs) ?? 0) : 0;
    return c.json({ ...show(), events });
  });
}

function mountFaults(app: Hono, { faults, latency, vendor }: ControlParts): void {
  app.get('/faults', (c) => c.json(faults.list()));
  app.put('/faults', async (c) => c.json(faults.replace(await c.req.json())));
  app.post('/faults', async (c) => c.json(faults.add(await c.req.json()), 201));
  app.delete('/faults', (c) => {
    faults.clear();
    return c.body(null, 204);
  });
  app.delete('/faults/:id', (c) =>
    faults.remove(c.req.param('id')) ? c.body(null, 204) : c.json({ error: 'No such fault' }, 404),
  );
  app.put('/latency', async (c) => {
    latency.ms = z.strictObject({ ms: z.number().min(0).max(60_000) }).parse(await c.req.json()).ms;
    return c.json(latency);
  });
  app.put('/switches', async (c) =>
    c.json(vendor.configure(z.record(z.string(), z.unknown()).parse(await c.req.json()))),
  );
}

function mountData(
  app: Hono,
  { vendor, log, world, clock, latency, faults, reseed }: ControlParts,
): void {
  app.get('/status', (c) =>
    c.json({
      crm: vendor.name,
      now: new Date(clock.nowMs()).toISOString(),
      ticking: clock.ticking,
      latencyMs: latency.ms,
      faults: faults.list().length,
      provenance: world()?.provenance ?? null,
      ...vendor.status(),
    }),
  );
  app.get('/dump', (c) =>
    c.json(vendor.dump((c.req.query('objects') ?? '').split(',').filter((name) => name !== ''))),
  );
  app.get('/truth', (c) => c.json(world()?.truth ?? null));
  app.get('/requests', (c) =>
    c.json(log.list(Number(c.req.query('since') ?? 0), Number(c.req.query('limit') ?? 1000))),
  );
  app.delete('/requests', (c) => {
    log.clear();
    return c.body(null, 204);
  });
  app.get('/counters', (c) => c.json(log.counters()));
  app.post('/records', async (c) => c.json(vendor.change(await c.req.json())));
  app.post('/setup', async (c) => {
    if (vendor.setup === undefined)
      throw new ControlError(`${vendor.name} has nothing to set up here`);
    return c.json(vendor.setup(await c.req.json()));
  });
  app.post('/seed', async (c) => {
    await reseed(z.record(z.string(), z.unknown()).parse(await c.req.json()));
    return c.json(vendor.status());
  });
  app.post('/reset', async (c) => {
    faults.clear();
    log.clear();
    await reseed({});
    return c.json(vendor.status());
  });
}
