import type { FaultRule } from './faults.ts';
import type { SandboxVendor } from './vendor.ts';

/** The connection under a request, as far as a fault needs it. */
export interface Wire {
  /** Cut the connection; false = there is none, the caller is in this process. */
  cut(): boolean;
  /** Settles when the client has gone away. */
  gone: Promise<void>;
}

/** No answer: the connection was cut, or the client gave up. */
export class NoAnswer extends Error {}

/**
 * A client that never gives up is let go after this long, so that a forgotten test
 * cannot hold the server for ever.
 */
const LONGEST_HANG_MS = 120_000;
const DEFAULT_SLOW_MS = 2_000;

/**
 * Answers `request` as `rule` wants it. The rule decides whether the vendor gets
 * to apply the request first.
 */
export async function answerWithFault(
  rule: FaultRule,
  request: Request,
  vendor: SandboxVendor,
  wire: Wire,
): Promise<Response> {
  switch (rule.kind) {
    case 'slow':
      await sleep(rule.ms ?? DEFAULT_SLOW_MS);
      return vendor.fetch(request);
    case 'truncated':
      return truncate(await vendor.fetch(request));
    case 'cutBody':
      return cutBody(await vendor.fetch(request), wire);
    default:
  }
  if (rule.when === 'after') await (await vendor.fetch(request)).arrayBuffer();
  if (rule.kind === 'reset') {
    wire.cut();
    throw new NoAnswer('connection reset');
  }
  if (rule.kind === 'timeout') {
    await hang(rule.ms ?? LONGEST_HANG_MS, wire.gone);
    wire.cut();
    throw new NoAnswer('timed out');
  }
  const status = rule.status ?? DEFAULT_STATUS[rule.kind] ?? 500;
  if (rule.kind === 'html') return htmlPage(status);
  return vendor.faultResponse(rule, status, request) ?? htmlPage(status);
}

const DEFAULT_STATUS: Partial<Record<FaultRule['kind'], number>> = {
  expiredSession: 401,
  dailyLimit: 403,
  tooManyRequests: 429,
  serverError: 500,
  html: 503,
  tooMuch: 504,
};

/** What a proxy in front of the CRM answers when it finds nobody behind it. */
function htmlPage(status: number): Response {
  const page = `<html>\n<head><title>${status} Service Unavailable</title></head>\n<body><h1>${status} Service Unavailable</h1><p>Down for maintenance. Please try again.</p></body>\n</html>\n`;
  return new Response(page, { status, headers: { 'content-type': 'text/html' } });
}

async function truncate(response: Response): Promise<Response> {
  const whole = new Uint8Array(await response.arrayBuffer());
  return new Response(whole.slice(0, Math.floor(whole.length / 2)), {
    status: response.status === 204 ? 200 : response.status,
    headers: response.headers,
  });
}

async function cutBody(response: Response, wire: Wire): Promise<Response> {
  const whole = new Uint8Array(await response.arrayBuffer());
  const half = whole.slice(0, Math.floor(whole.length / 2));
  let sent = false;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent && wire.cut()) controller.close();
      else if (sent) controller.error(new NoAnswer('connection cut in the body'));
      else controller.enqueue(half.length > 0 ? half : new Uint8Array([32]));
      sent = true;
    },
  });
  const headers = new Headers(response.headers);
  headers.set('content-length', String(Math.max(whole.length, 2)));
  return new Response(body, { status: response.status === 204 ? 200 : response.status, headers });
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** Until the client is gone, at most `ms`; leaves no timer behind. */
function hang(ms: number, gone: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    void gone.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
