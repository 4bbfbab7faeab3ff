import { createServer, request as forward, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * The way to a sandbox, where a test may hold a request back: whoever asked is then in the middle
 * of a step, however slow the machine is.
 */
export interface Turnstile {
  url: string;
  /** Requests that came so far. */
  passed(): number;
  /**
   * Holds the n-th request from now on (1 = the next one), and all behind it.
   * Resolves when it is there.
   */
  hold(nth: number): Promise<void>;
  /** Lets everything through again. */
  release(): void;
  close(): Promise<void>;
}

export async function openTurnstile(behind: string): Promise<Turnstile> {
  const { hostname, port } = new URL(behind);
  let passed = 0;
  let heldFrom = Infinity;
  let arrived: () => void = () => {};
  let opened: Promise<void> = Promise.resolve();
  let open: () => void = () => {};
  const server = createServer((request, response) => {
    const send = (): void => {
      // The address that was asked for stays, because answers are made of it.
      const upstream = forward(
        { hostname, port, path: request.url, method: request.method, headers: request.headers },
        (answer: IncomingMessage) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        },
      );
      upstream.on('error', () => response.destroy());
      request.pipe(upstream);
    };
    if (++passed < heldFrom) return send();
    arrived();
    void opened.then(send);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passed: () => passed,
    hold: (nth) =>
      new Promise((resolve) => {
        heldFrom = passed + nth;
        arrived = resolve;
        opened = new Promise((go) => {
          open = go;
        });
      }),
    release: () => {
      heldFrom = Infinity;
      open();
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
