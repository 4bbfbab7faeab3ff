/**
 * The examples of docs/sandbox.md do what the page says: each block is run
 * against a sandbox of its own.
 */
import { execFile } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAULT_KINDS } from '../../src/sandbox/faults.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { SETUP_OPERATIONS } from '../../src/sandbox/salesforce/org/admin-setup.ts';

const ROOT = join(import.meta.dirname, '../..');
const page = readFileSync(join(ROOT, 'docs/sandbox.md'), 'utf8');
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    (match) => match[1] ?? '',
  );
const run = promisify(execFile);

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ partners: 6, deals: 60 });
});
afterAll(() => sandbox.close());

describe('docs/sandbox.md', () => {
  const lines = blocks('sh').flatMap((block) => block.trim().split('\n'));
  it('has examples', () => {
    expect([lines.length > 12, blocks('js').length]).toEqual([true, 1]);
  });

  it.each(lines)('%s', async (line) => {
    const { stdout } = await run(
      'sh',
      ['-c', line.replace('curl -s', "curl -s -w '\\n%{http_code}'")],
      {
        env: {
          ...process.env,
          URL: sandbox.url,
          TOKEN: sandbox.accessToken,
          CONTROL: sandbox.controlUrl,
        },
      },
    );
    const status = stdout.slice(stdout.lastIndexOf('\n') + 1);
    expect(status, stdout).toMatch(/^20\d$/);
    expect(stdout).not.toContain('"ok":false');
  });

  it.each(blocks('js'))('%s', async (code) => {
    const file = join(ROOT, `example-${process.pid}.mjs`);
    writeFileSync(file, code);
    try {
      await run(process.execPath, [file], { cwd: ROOT });
    } finally {
      rmSync(file);
    }
  });

  it('names every switch, every set-up operation and every kind of fault', () => {
    for (const word of [
      ...Object.keys(sandbox.vendor.site.switches),
      ...FAULT_KINDS,
      ...SETUP_OPERATIONS,
    ])
      expect(page, word).toContain(word);
  });
});
