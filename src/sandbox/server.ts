import type { IncomingMessage, ServerResponse } from 'node:http';
import { createAdaptorServer, type ServerType } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { NoAnswer, type Wire } from './fault-effects.ts';

/**
 * Salesforce's practical limit on an address; above it clients get 414, so Node must let
 * longer ones through to us.
 */
const MAX_HEADER_BYTES = 256 * 1024;

export interface RunningServer {
  port: number;
  close(): Promise<void>;
}

/**
 * Serves `answer` on 127.0.0.1 (port 0 = any free one). A thrown NoAnswer has
 * already cut its connection.
 */
export async function listen(
  answer: (request: Request, wire: Wire) => Promise<Response>,
  port: number,
): Promise<RunningServer> {
  const server = createAdaptorServer({
    fetch: async (request, env) => {
      const { incoming, outgoing } = env as { incoming: IncomingMessage; outgoing: ServerResponse };
      try {
        const response = await answer(request, wireOf(incoming, outgoing));
        // A refusal may come before the body was read; a client still sending would
        // then find its connection cut.
        if (request.body !== null && !request.bodyUsed) await request.arrayBuffer();
        return response;
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error;
        incoming.socket.destroy();
        return RESPONSE_ALREADY_SENT;
      }
    },
    serverOptions: { maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: 30_000 },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The sandbox has no port.');
  return { port: address.port, close: () => close(server) };
}

function wireOf(incoming: IncomingMessage, outgoing: ServerResponse): Wire {
  return {
    cut: () => {
      // A reset rather than an orderly end: the client must see its connection break.
      if (typeof incoming.socket.resetAndDestroy === 'function') incoming.socket.resetAndDestroy();
      else incoming.socket.destroy();
      return true;
    },
    gone: new Promise<void>((resolve) => outgoing.once('close', () => resolve())),
  };
}

function close(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
}
