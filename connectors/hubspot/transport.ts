import { makeSend, type Send } from '../kit/wire.ts';

/** What the answers told on the way. Daily numbers come with private apps and service keys only. */
interface TransportReadings {
  calls: number;
  dailyLimit: number | null;
  dailyRemaining: number | null;
  dailyReadAtMs: number | null;
  /** Calls allowed in ten seconds. */
  burstLimit: number | null;
  /** The Date header of the last answer, epoch ms. */
  serverMs: number | null;
}

export interface Transport {
  /** Throws HttpFailure or NetworkFailure. */
  send: Send;
  readonly readings: TransportReadings;
}

/** The window that HubSpot's burst limit is stated for. */
const BURST_WINDOW_MS = 10_000;

export function makeTransport(options: {
  fetch: typeof fetch;
  timeoutMs: number;
  nowMs: () => number;
}): Transport {
  const readings: TransportReadings = {
    calls: 0,
    dailyLimit: null,
    dailyRemaining: null,
    dailyReadAtMs: null,
    burstLimit: null,
    serverMs: null,
  };

  function note(headers: Record<string, string>): void {
    const number = (name: string): number | null =>
      /^\d+$/.test(headers[name] ?? '') ? Number(headers[name]) : null;
    const [limit, remaining] = [
      number('x-hubspot-ratelimit-daily'),
      number('x-hubspot-ratelimit-daily-remaining'),
    ];
    if (limit !== null && remaining !== null)
      Object.assign(readings, {
        dailyLimit: limit,
        dailyRemaining: remaining,
        dailyReadAtMs: options.nowMs(),
      });
    if (number('x-hubspot-ratelimit-interval-milliseconds') === BURST_WINDOW_MS)
      readings.burstLimit = number('x-hubspot-ratelimit-max') ?? readings.burstLimit;
    const date = Date.parse(headers['date'] ?? '');
    readings.serverMs = Number.isNaN(date) ? null : date;
  }

  const send = makeSend({
    ...options,
    tokenPath: '/oauth/',
    onCall: () => readings.calls++,
    onHeaders: note,
  });
  return { readings, send };
}
