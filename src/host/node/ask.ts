import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/**
 * Asks the person at the terminal; a hidden answer is not shown as it is typed. Questions go to
 * stderr, so that stdout stays clean.
 */
export async function askOnTerminal(question: string, hidden: boolean): Promise<string> {
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({
    input: process.stdin,
    output: hidden ? silent : process.stderr,
    terminal: hidden ? true : process.stderr.isTTY,
  });
  try {
    return await lines.question('');
  } finally {
    lines.close();
    if (hidden) process.stderr.write('\n');
  }
}
