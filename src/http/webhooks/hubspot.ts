import type { Context } from 'hono';
import { forgetDelivery, rememberDelivery } from '../../store/deliveries.ts';
import { digest, toHex } from '../../model/api-token.ts';
import { boundedText, parseJson } from '../api/body.ts';
import type { AppDeps } from '../api/deps.ts';
import { connectionsOfOrg } from '../api/places.ts';
import { Problem } from '../api/problem.ts';
import { eventsShape, marksOf } from './hubspot-events.ts';
import { canonicalSignature, isSigned, MAX_AGE_MS } from './hubspot-signature.ts';

/** A hundred events have about forty kilobytes. */
const MAX_BYTES = 256 * 1024;

/**
 * A delivery of events: signed, recent, not seen before. It only marks ids; the
 * engine reads the records itself.
 */
export async function onHubSpot(c: Context, deps: AppDeps): Promise<Response> {
  const secret = deps.webhooks.hubspotSecret;
  if (secret === undefined)
    throw new Problem(
      404,
      'OFF',
      'the HubSpot webhook is switched off',
      'Set the secret HEADWATER_HUBSPOT_SECRET.',
    );
  const body = await boundedText(c.req.raw, MAX_BYTES);
  const signature = c.req.header('x-hubspot-signature-v3') ?? null;
  const url =
    deps.webhooks.publicOrigin === undefined
      ? c.req.url
      : `${deps.webhooks.publicOrigin}${c.req.url.slice(new URL(c.req.url).origin.length)}`;
  if (
    !(await isSigned(
      secret,
      {
        method: c.req.method,
        url,
        body,
        timestamp: c.req.header('x-hubspot-request-timestamp') ?? null,
        signature,
      },
      deps.nowMs(),
    ))
  ) {
    throw new Problem(401, 'SIGNATURE', 'the signature is missing, wrong or too old');
  }
  const parsed = eventsShape.safeParse(parseJson(body));
  if (!parsed.success)
    throw new Problem(
      400,
      'EVENTS',
      `these are no HubSpot events: ${parsed.error.issues[0]?.message ?? ''}`,
    );
  const [main] = deps.stores.values();
  const delivery = toHex(await digest(`hubspot ${canonicalSignature(signature)}`));
  if (!(await rememberDelivery(main!, delivery, deps.nowMs(), 2 * MAX_AGE_MS)))
    throw new Problem(409, 'REPLAY', 'this delivery was here before');
  try {
    return c.json({ marked: await takeMarks(deps, marksOf(parsed.data)) });
  } catch (error) {
    // HubSpot sends it again, and then it must not look like a replay.
    await forgetDelivery(main!, delivery);
    throw error;
  }
}

async function takeMarks(deps: AppDeps, portals: ReturnType<typeof marksOf>): Promise<number> {
  let marked = 0;
  for (const { portalId, marks } of portals) {
    for (const { database, connection } of await connectionsOfOrg(deps, 'hubspot', portalId)) {
      await deps.takeHints({
        database,
        connectionId: connection.id,
        marks,
        markedMs: deps.nowMs(),
      });
      marked += marks.length;
    }
  }
  return marked;
}
