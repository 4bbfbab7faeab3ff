import type { Bench } from './bench.ts';
import { start } from './harness.ts';
import { signedIn } from './signed-in.ts';

export interface ServedBrowser {
  ask(method: string, path: string): Promise<{ status: number; body: unknown }>;
  close(): Promise<void>;
}

/** `headwater serve` as a process over a bench's database, asked as a browser does that is signed in. */
export async function serveToBrowser(bench: Bench): Promise<ServedBrowser> {
  const server = start(bench.dir, ['serve', '--port', '0', '--json'], bench.env);
  const { url, link } = JSON.parse(await server.firstLine) as { url: string; link: string };
  const browser = await signedIn({ url, link });
  return {
    ask: async (method, path) => {
      const response = await browser.try(method, path);
      return { status: response.status, body: await response.json() };
    },
    close: async () => {
      server.child.kill('SIGTERM');
      await server.ended;
    },
  };
}
