import type { Context } from 'hono';
import { readFeed } from '../../mapping/signals/read-feed.ts';
import { digest, toHex } from '../../model/api-token.ts';
import { forgetDelivery, rememberDelivery } from '../../store/deliveries.ts';
import { openIntake } from '../../sync/measure/signal-intake.ts';
import { boundedText, parseJson } from '../api/body.ts';
import type { AppDeps } from '../api/deps.ts';
import { requirePlace } from '../api/places.ts';
import { Problem } from '../api/problem.ts';
import { feedSecret } from '../../model/webhook-secret.ts';
import { isSignedBy, MAX_AGE_MS } from './standard-signature.ts';

/** A thousand events of learning systems have about half a megabyte. */
const MAX_BYTES = 512 * 1024;
/** Of one delivery; what a Worker writes in one request has a limit. */
const MAX_EVENTS = 2_000;

/**
 * A delivery of another system's webhook: signed, recent, and read by the feed of the mapping that
 * its address names. Sent again it changes nothing.
 */
export async function onSignals(c: Context, deps: AppDeps): Promise<Response> {
  const secret = deps.webhooks.signalsSecret();
  if (secret === undefined)
    throw new Problem(
      404,
      'OFF',
      'the webhook for signals is switched off',
      'Set the secret HEADWATER_SIGNALS_SECRET.',
    );
  const [connectionId, feed] = [c.req.param('connection') ?? '', c.req.param('feed') ?? ''];
  const body = await boundedText(c.req.raw, MAX_BYTES);
  const delivery = {
    id: c.req.header('webhook-id') ?? null,
    timestamp: c.req.header('webhook-timestamp') ?? null,
    signatures: c.req.header('webhook-signature') ?? null,
    body,
  };
  // Before anything is looked up: who cannot sign learns not even which connections there are.
  if (!(await isSignedBy(await feedSecret(secret, connectionId, feed), delivery, deps.nowMs())))
    throw new Problem(401, 'SIGNATURE', 'the signature is missing, wrong or too old');
  const { store } = await requirePlace(deps, connectionId);
  const intake = await openIntake(store, connectionId, deps.nowMs());
  const rules = Object.hasOwn(intake.feeds, feed) ? intake.feeds[feed] : undefined;
  if (rules === undefined)
    throw new Problem(
      404,
      'NO_FEED',
      `the mapping has no feed "${feed}"`,
      'Name it under settings.signalFeeds, and sync once.',
    );
  const read = readFeed(parseJson(body), rules);
  if (read === null)
    throw new Problem(400, 'NO_ITEMS', `nothing that is a list stands at ${rules.items}`);
  const { signals, other, unread } = read;
  const faulty = Object.values(unread).reduce((sum, n) => sum + n, 0);
  if (signals.length + other + faulty > MAX_EVENTS)
    throw new Problem(413, 'TOO_MANY', `a delivery may have ${MAX_EVENTS} events`);
  if (faulty > 0) deps.log('signals unread', { connection: connectionId, feed, unread });
  const seen = toHex(await digest(`signals ${delivery.id} ${delivery.timestamp} ${body}`));
  const [main] = deps.stores.values();
  if (!(await rememberDelivery(main!, seen, deps.nowMs(), 2 * MAX_AGE_MS)))
    throw new Problem(409, 'REPLAY', 'this delivery was here before');
  try {
    const { refused, ...done } = await intake.take({ source: feed, signals, history: false });
    return c.json({ ...done, refused: refused.length, other, unread });
  } catch (error) {
    // It is sent again, and then it must not look like a replay.
    await forgetDelivery(main!, seen);
    throw error;
  }
}
