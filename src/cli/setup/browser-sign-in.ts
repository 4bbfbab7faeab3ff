import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { HeadwaterError } from '../../model/error.ts';
import { CALLBACK_PATH, callbackUrl } from '../../model/setup.ts';

/**
 * A sign-in in the browser that comes back to this machine: one address on
 * loopback, one answer, for a while.
 */

/** RFC 7636 takes 43 to 128 characters. */
const VERIFIER_BYTES = 64;

export interface Callback {
  code: string;
  redirectUri: string;
  verifier: string;
}
export interface SignInOptions {
  port: number;
  timeoutMs: number;
  /** Shows the page's address to the person. */
  show: (url: string) => void;
  authorizeUrl: (request: { redirectUri: string; state: string; challenge: string }) => string;
}

/** By digests, which are equally long whatever bytes somebody put there. */
const sameState = (given: string, wanted: string): boolean => {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
};

/**
 * Waits for the browser. Errors: `config` when the port is taken or nobody came in time; `auth`
 * when the person or the CRM said no.
 */
export async function signInWithBrowser(options: SignInOptions): Promise<Callback> {
  const state = randomBytes(24).toString('base64url');
  const verifier = randomBytes(VERIFIER_BYTES).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const redirectUri = callbackUrl(options.port);
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let answered = false;
  const once =
    <T>(settle: (value: T) => void) =>
    (value: T): void => {
      answered = true;
      settle(value);
    };
  const server = createServer((request, response) => {
    if (answered) return say(response, 409, 'This sign-in is over. You can close this page.');
    try {
      answer(request, response, state, once(resolve), once(reject));
    } catch {
      say(response, 400, 'Not understood.');
    }
  });
  server.on('error', (error: NodeJS.ErrnoException) =>
    reject(
      new HeadwaterError(
        'config',
        `cannot wait for the browser on port ${options.port}: ${error.code === 'EADDRINUSE' ? 'it is in use' : error.message}`,
        {
          code: error.code ?? 'LISTEN',
          cure: 'Take another with --callback-port, and name its address in the app too.',
          cause: error,
        },
      ),
    ),
  );
  const timer = setTimeout(
    () =>
      reject(
        new HeadwaterError(
          'config',
          `nobody came back from the browser within ${Math.round(options.timeoutMs / 1000)} s`,
          {
            code: 'SIGN_IN_TIMEOUT',
            cure: 'Run it again with --resume; if the browser showed an error page, the callback address of the app differs.',
          },
        ),
      ),
    options.timeoutMs,
  );
  server.listen(options.port, '127.0.0.1', () =>
    options.show(options.authorizeUrl({ redirectUri, state, challenge })),
  );
  try {
    return { code: await promise, redirectUri, verifier };
  } finally {
    clearTimeout(timer);
    server.close();
    server.closeAllConnections();
  }
}

/** A page of one line; a browser that has gone away meanwhile must not hold up the sign-in. */
function say(response: ServerResponse, status: number, text: string, done?: () => void): void {
  response.on('error', () => {});
  if (done !== undefined) response.once('close', done);
  if (response.headersSent) return void response.destroy();
  response
    .writeHead(status, {
      'content-type': 'text/plain;charset=UTF-8',
      connection: 'close',
      'cache-control': 'no-store',
    })
    .end(`${text}\n`);
}

/** A stranger's call, without our state, changes nothing: the wait goes on. */
function answer(
  request: IncomingMessage,
  response: ServerResponse,
  state: string,
  resolve: (code: string) => void,
  reject: (error: HeadwaterError) => void,
): void {
  // `//` alone, or `http://[`, is no address at all, and nobody's answer.
  const url = URL.parse(request.url ?? '/', 'http://localhost');
  if (url === null) return say(response, 400, 'Not understood.');
  if (url.pathname !== CALLBACK_PATH || request.method !== 'GET')
    return say(response, 404, 'Nothing here.');
  if (!sameState(url.searchParams.get('state') ?? '', state))
    return say(
      response,
      400,
      'This answer does not belong to the sign-in that waits here. Start again from the address that headwater printed.',
    );
  const error = url.searchParams.get('error');
  const code = url.searchParams.get('code');
  if (error !== null || code === null) {
    return say(response, 400, 'The sign-in was refused. You can close this page.', () =>
      reject(
        new HeadwaterError(
          'auth',
          `the sign-in was refused: ${url.searchParams.get('error_description') ?? error ?? 'no code'}`,
          { code: error ?? 'NO_CODE', cure: 'Run it again with --resume and allow the access.' },
        ),
      ),
    );
  }
  say(response, 200, 'Signed in. You can close this page and go back to the terminal.', () =>
    resolve(code),
  );
}
