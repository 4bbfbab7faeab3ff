import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { cli, ROOT, tempDir } from './harness.ts';

const HEAD = `version: 1\nid: acme\nmapping: ${join(ROOT, 'mappings/csv.yaml')}\n`;
const CSV = `${HEAD}crm: csv\n`;
const SALESFORCE = `${HEAD}crm: salesforce\n`;

describe('a typo in the connection document', () => {
  const dir = tempDir();
  beforeAll(async () => {
    await mkdir(join(dir, 'data'));
  });
  const faults = async (text: string, ...args: string[]): Promise<string> => {
    await writeFile(join(dir, 'headwater.connection.yaml'), text);
    const { code, stderr } = await cli(dir, args.length > 0 ? args : ['connection', 'check'], {
      env: { HEADWATER_TOKEN: 'x' },
    });
    expect(code).toBe(1);
    return stderr;
  };

  it.each([
    ['a key', `${CSV}setings: { dir: data }\n`, 5, 'setings', 'settings'],
    [
      'a key of limits',
      `${CSV}limits:\n  quotaFloorPercent: 10\n  maxAbsentPercnt: 5\n`,
      7,
      'maxAbsentPercnt',
      'maxAbsentPercent',
    ],
    ['where a secret is', `${CSV}secrets:\n  accessToken:\n    fiel: t\n`, 7, 'fiel', 'file'],
    [
      'a setting of files',
      `${CSV}settings:\n  dir: data\n  pageRow: 5\n`,
      7,
      'pageRow',
      'pageRows',
    ],
    [
      'a setting of one file',
      `${CSV}settings:\n  dir: data\n  files:\n    orders:\n      delimeter: ";"\n`,
      9,
      'delimeter',
      'delimiter',
    ],
    [
      'a setting of Salesforce',
      `${SALESFORCE}settings:\n  # whose?\n  instanceURl2: https://a.my.salesforce.com\n`,
      7,
      'instanceURl2',
      'instanceUrl',
    ],
  ])('in %s is told with its line and what was meant', async (_, text, line, typed, meant) => {
    const words = await faults(text);
    expect(words).toContain(`line ${line}: unknown key \`${typed}\``);
    expect(words).toContain(`Did you mean \`${meant}\`?`);
  });

  it.each([
    ['the way to sign in', `${SALESFORCE}settings:\n  auth: jwtt\n`, 6, 'jwt'],
    [
      'a decimal sign',
      `${CSV}settings:\n  dir: data\n  files: { a: { types: { b: intger } } }\n`,
      7,
      'integer',
    ],
  ])('in %s, of which there are few, too', async (_, text, line, meant) => {
    const words = await faults(text);
    expect(words).toContain(`line ${line}: `);
    expect(words).toContain(`Did you mean \`${meant}\`?`);
  });

  it('is told by every command that opens the connection, all of them at once', async () => {
    const settings = `${CSV}settings:\n  dirr: data\n  nmae: x\n`;
    for (const args of [
      ['sync', 'run'],
      ['mapping', 'check'],
    ]) {
      const words = await faults(settings, ...args);
      expect(words, args.join(' ')).toMatch(/line 6: .*`dirr`.*line 7: .*`nmae`/s);
    }
    const push = ['worker', 'push', '--url', 'http://127.0.0.1:9'];
    expect(await faults(`${CSV}shadwo: all\n`, ...push)).toMatch(/line 5: .*`shadow`/);
  });

  it('never repeats a value, which may be a secret in the wrong place', async () => {
    for (const text of [
      `${CSV}secrets: { accessToken: PLANTED }\n`,
      `${SALESFORCE}settings: { auth: PLANTED, clientSecret: PLANTED }\n`,
    ])
      expect(await faults(text)).not.toContain('PLANTED');
  });
});
