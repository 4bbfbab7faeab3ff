/** A plain client: the raw answers, for tests of shapes. */
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../../src/sandbox/index.ts';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  body: unknown;
}
export const V = '/services/data/v66.0';

export interface Client {
  sandbox: Sandbox;
  /** `path` from `/`, or below the current version when it does not start with one. */
  send(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  query(soql: string, headers?: Record<string, string>): Promise<Answer>;
  /** Creates and returns the id; throws with the answer when refused. */
  create(object: string, fields: Record<string, unknown>): Promise<string>;
  close(): Promise<void>;
}

/** An empty org behind the in-process door. */
export async function openClient(options: SandboxOptions = {}): Promise<Client> {
  const sandbox = await startSandbox({ port: null, seeder: () => null, ...options });
  const send: Client['send'] = async (method, path, body, headers = {}) => {
    const response = await sandbox.fetch(
      `${sandbox.url}${path.startsWith('/') ? path : `${V}/${path}`}`,
      {
        method,
        headers: {
          authorization: `Bearer ${sandbox.accessToken}`,
          'content-type': 'application/json',
          ...headers,
        },
        body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
      },
    );
    const text = await response.text();
    const json = response.headers.get('content-type')?.startsWith('application/json') === true;
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: json ? JSON.parse(text) : null,
    };
  };
  return {
    sandbox,
    send,
    query: (soql, headers) =>
      send('GET', `query?q=${encodeURIComponent(soql)}`, undefined, headers),
    close: () => sandbox.close(),
    create: async (object, fields) => {
      const made = await send('POST', `sobjects/${object}`, fields);
      if (made.status !== 201) throw new Error(made.text);
      return (made.body as { id: string }).id;
    },
  };
}

/** `INVALID_FIELD` of an error body. */
export function errorCode(answer: Answer): string | undefined {
  return (answer.body as { errorCode?: string }[] | null)?.[0]?.errorCode;
}
