/** Sends a portal's live events to the addresses that subscribed: batches, signatures, retries. */
import type { Portal } from '../portal.ts';
import { payloadOf, type Subscription, wants, type WebhookItem } from './events.ts';
import { signatureV3 } from './signature.ts';

const MAX_BATCH = 100;
/** A receiver that takes longer has not received. */
const ANSWER_MS = 5000;
/** The vendor tries ten times more, spread over a day. */
const MAX_RETRIES = 10;
/** Deliveries remembered for the status page. */
const KEPT_DELIVERIES = 100;
const FIRST_EVENT_ID = 100_000;

export interface SenderOptions {
  appId: number;
  clientSecret: string;
  /** replaceable in tests */
  post?: typeof fetch;
}
export interface Delivery {
  url: string;
  events: number;
  attempt: number;
  status: number | null;
}

interface Waiting {
  item: WebhookItem;
  url: string;
}

export class WebhookSender {
  readonly subscriptions: Subscription[] = [];
  /** The newest last. */
  deliveries: Delivery[] = [];
  readonly #options: SenderOptions;
  #waiting: Waiting[] = [];
  #nextEvent = FIRST_EVENT_ID;
  #timer: NodeJS.Timeout | null = null;
  #flushing: Promise<Delivery[]> | null = null;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  get pending(): number {
    return this.#waiting.length;
  }

  /** `eventType` such as `deal.propertyChange` or `object.creation`. */
  subscribe(
    eventType: string,
    targetUrl: string,
    propertyName: string | null = null,
  ): Subscription {
    if (
      !/^[a-z_]+\.(creation|deletion|privacyDeletion|restore|merge|propertyChange|associationChange)$/.test(
        eventType,
      )
    )
      throw new RangeError(`No such event type: ${eventType}`);
    const made: Subscription = {
      id: 1_000_001 + this.subscriptions.length,
      eventType,
      propertyName,
      targetUrl: new URL(targetUrl).toString(),
      active: true,
    };
    this.subscriptions.push(made);
    return made;
  }

  watch(portal: Portal): void {
    portal.listen((event) => {
      const type = portal.types.get(event.typeId);
      for (const subscription of this.subscriptions) {
        if (!wants(subscription, event, type)) continue;
        this.#nextEvent += 1;
        this.#waiting.push({
          url: subscription.targetUrl,
          item: payloadOf(event, subscription, {
            eventId: this.#nextEvent,
            portalId: portal.settings.portalId,
            appId: this.#options.appId,
          }),
        });
      }
    });
  }

  /**
   * Sends what waits, once each; what fails waits for the next flush, until its retries are used
   * up.
   */
  async flush(): Promise<Delivery[]> {
    this.#flushing ??= this.#sendAll().finally(() => (this.#flushing = null));
    return this.#flushing;
  }

  async #sendAll(): Promise<Delivery[]> {
    const waiting = this.#waiting;
    this.#waiting = [];
    const deliveries: Delivery[] = [];
    for (const url of new Set(waiting.map((one) => one.url))) {
      const items = waiting.filter((one) => one.url === url).map((one) => one.item);
      for (let i = 0; i < items.length; i += MAX_BATCH)
        deliveries.push(await this.#send(url, items.slice(i, i + MAX_BATCH)));
    }
    return deliveries;
  }

  async #send(url: string, items: WebhookItem[]): Promise<Delivery> {
    const body = JSON.stringify(items);
    // Receivers compare the timestamp with their own clock.
    const timestampMs = Date.now();
    const headers = {
      'content-type': 'application/json',
      'x-hubspot-request-timestamp': String(timestampMs),
      'x-hubspot-signature-v3': signatureV3(
        this.#options.clientSecret,
        'POST',
        url,
        body,
        timestampMs,
      ),
      'x-hubspot-signature-version': 'v3',
    };
    let status: number | null = null;
    try {
      const response = await (this.#options.post ?? fetch)(url, {
        method: 'POST',
        body,
        headers,
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      await response.arrayBuffer();
      status = response.status;
    } catch {
      status = null; // no answer is a failure like any other
    }
    if (status === null || status >= 300) {
      const again = items
        .filter((item) => item.attemptNumber < MAX_RETRIES)
        .map((item) => ({ url, item: { ...item, attemptNumber: item.attemptNumber + 1 } }));
      this.#waiting.push(...again);
    }
    const delivery: Delivery = {
      url,
      events: items.length,
      attempt: items[0]?.attemptNumber ?? 0,
      status,
    };
    this.deliveries = [...this.deliveries, delivery].slice(-KEPT_DELIVERIES);
    return delivery;
  }

  /** Flushes by itself every `everyMs`; the timer does not keep the process alive. */
  start(everyMs: number): void {
    this.stop();
    this.#timer = setInterval(() => void this.flush(), everyMs);
    this.#timer.unref();
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }
}
