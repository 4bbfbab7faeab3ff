import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = '.headwater/screenshots';
/** Enough for the pages to look as they do at work. */
const WORLD = ['--partners', '20', '--deals', '400'];
/** A run of the demo takes a minute of processor time, and several on a machine at work. */
const READY_WITHIN_MS = 15 * 60_000;

/**
 * The demo's world with the pages over it, begun anew. Errors: it ended, or is not ready in time.
 */
export async function servedDemo(
  root: string,
): Promise<{ link: string; close: () => Promise<void> }> {
  rmSync(join(root, FOLDER), { recursive: true, force: true });
  const demo = spawn(
    process.execPath,
    ['src/host/node/node.ts', 'demo', '--serve', '--json', '--dir', FOLDER, ...WORLD],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise<number | null>((done) => demo.once('exit', done));
  const close = async (): Promise<void> => {
    demo.kill('SIGTERM');
    await ended;
  };
  let text = '';
  let late: NodeJS.Timeout | undefined;
  const link = new Promise<string>((done, fail) => {
    demo.stdout.on('data', (data: Buffer) => {
      text += data.toString();
      const found = /^\{"url":.*"link":"([^"]+)"\}$/m.exec(text);
      if (found !== null) done(found[1]!);
    });
    void ended.then((code) => fail(new Error(`the demo ended with ${code}: ${text.slice(-2000)}`)));
    late = setTimeout(fail, READY_WITHIN_MS, new Error('the demo is not ready yet'));
  });
  try {
    return { link: await link, close };
  } catch (error) {
    await close();
    throw error;
  } finally {
    clearTimeout(late);
  }
}
