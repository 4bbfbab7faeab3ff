/** A browser as far as a server can tell: a session's cookie, and the origin of its own page. */
export interface Browser {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
  try(method: string, path: string, body?: unknown, headers?: object): Promise<Response>;
  /** Waits for a run, looking every so often; the state that it ended in. */
  ended(run: string, everyMs?: number): Promise<string>;
  cookie: string;
}

const WAIT_MS = 120_000;

/** Uses a link as a browser would. */
export async function signedIn({ url, link }: { url: string; link: string }): Promise<Browser> {
  const answer = await fetch(link, { redirect: 'manual' });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  const ask: Browser['try'] = (method, path, body, headers = {}) =>
    fetch(`${url}${path}`, {
      method,
      headers: { cookie, origin: url, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const json = async <T>(response: Response): Promise<T> => {
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${text}`);
    return JSON.parse(text) as T;
  };
  const get = async <T>(path: string): Promise<T> => await json<T>(await ask('GET', path));
  return {
    cookie,
    get,
    post: async (path, body) => await json(await ask('POST', path, body)),
    try: ask,
    ended: async (run, everyMs = 200) => {
      for (const untilMs = Date.now() + WAIT_MS; Date.now() < untilMs; ) {
        const known = await ask('GET', `/v1/runs/${run}`);
        if (known.ok) {
          const { state } = ((await known.json()) as { run: { state: string } }).run;
          if (state !== 'running') return state;
        }
        await new Promise((resolve) => setTimeout(resolve, everyMs));
      }
      throw new Error(`run ${run} has not ended`);
    },
  };
}
