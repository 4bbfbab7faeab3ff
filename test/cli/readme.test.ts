import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { connectionSchema } from '../../src/model/connection.ts';
import { mappingSchema } from '../../src/model/mapping.ts';
import { OUTPUTS, outputShape } from '../../src/model/outputs.ts';
import type { CliDeps } from '../../src/cli/deps.ts';
import { nodeDeps } from '../../src/host/node/node-main.ts';
import { hubspot } from '../../connectors/hubspot/index.ts';
import { startHubSpotSandbox } from '../../src/sandbox/hubspot/start.ts';
import { testDeps } from '../connectors/hubspot/support/deps.ts';
import { cli, ROOT, tempDir } from './harness.ts';

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const README = read('README.md');
const fenced = (language: string): string[] =>
  [...README.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    (match) => match[1]!,
  );

/** `headwater noun verb` wherever the README shows it, in blocks and in running text. */
const shown = (): string[][] => {
  const text = [
    ...fenced('sh'),
    ...[...README.matchAll(/`(headwater [^`]+)`/g)].map((match) => match[1]!),
  ].join('\n');
  const found = [...text.matchAll(/^headwater ([a-z][a-z0-9-]*)(?: ([a-z][a-z-]*))?(.*)$/gm)].map(
    (match) => [match[1]!, match[2] ?? '', (match[3] ?? '').replace(/#.*/, '')],
  );
  return [...new Map(found.map((command) => [command.join(' '), command])).values()];
};

describe('the README', () => {
  it('opens with the two commands, and both are scripts', () => {
    expect(fenced('sh')[0]).toBe('npm ci && npm run demo\nnpm ci && npm test\n');
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    for (const script of ['demo', 'test', 'headwater'])
      expect(scripts[script], script).toBeDefined();
  });

  it('shows only commands and options that exist', async () => {
    expect(shown().length).toBeGreaterThan(15);
    for (const [noun, verb, rest] of shown()) {
      const { code, stdout } = await cli(ROOT, [noun!, ...(verb === '' ? [] : [verb!]), '--help']);
      // The second word is a verb, or an argument of the first.
      const isUsed =
        stdout.includes(`Usage: headwater ${noun}${verb === '' ? '' : ` ${verb}`}`) ||
        stdout.includes(`Usage: headwater ${noun} [options] <`);
      expect([code, isUsed], `${noun} ${verb}`).toEqual([0, true]);
      for (const [option] of rest!.matchAll(/--[\w-]+/g))
        expect(stdout, `${noun} ${verb}`).toContain(option);
    }
  });

  it('lists every command in its table', async () => {
    const listed = [...README.matchAll(/^\| `headwater ([^`]+)` \|/gm)].map((match) => match[1]!);
    const names = async (...path: string[]): Promise<string[]> =>
      [
        ...(
          (await cli(ROOT, [...path, '--help'])).stdout.split('Commands:\n')[1]?.split('\n\n')[0] ??
          ''
        ).matchAll(/^ {2}([\w-]+) (\[options\]|<verb>)/gm),
      ].map((match) => `${[...path, match[1]!].join(' ')}${match[2] === '<verb>' ? ' …' : ''}`);
    const all = (
      await Promise.all(
        (
          await names()
        ).map(async (name) => (name.endsWith(' …') ? await names(name.slice(0, -2)) : [name])),
      )
    ).flat();
    expect([...listed].sort()).toEqual(all.sort());
  });

  it('lists exactly the fields of the shipped mapping, with their types and what they say', () => {
    const mapping = mappingSchema.parse(parse(read('mappings/salesforce.yaml')));
    const type = (name: string): string => {
      const shape = outputShape(name)!;
      return shape.type === 'number'
        ? `number (${shape.precision}, ${shape.scale})`
        : shape.length === undefined
          ? shape.type
          : `${shape.type === 'longtext' ? 'long text' : shape.type} (${shape.length})`;
    };
    const expected = mapping.write.flatMap((write) =>
      Object.entries(write.fields).map(
        ([field, { value }]) =>
          `| \`${write.object}.${field}\` | \`${value}\` | ${type(value)} | ${outputShape(value)!.description} |`,
      ),
    );
    expect(README.split('\n').filter((line) => /^\| `(Account|Opportunity)\./.test(line))).toEqual(
      expected,
    );
    expect(
      new Set(
        mapping.write.flatMap((write) => Object.values(write.fields).map((field) => field.value)),
      ),
    ).toEqual(new Set(Object.keys(OUTPUTS)));
  });

  it('has a connection document that is one', () => {
    const document = connectionSchema.parse(parse(fenced('yaml')[0]!));
    expect(document).toMatchObject({
      crm: 'salesforce',
      secrets: { privateKey: { env: 'ACME_PRIVATE_KEY' } },
    });
    expect(existsSync(join(ROOT, document.mapping))).toBe(true);
  });

  it('walks through HubSpot as it says: its commands, one after the other, on a portal', async () => {
    const sandbox = await startHubSpotSandbox({ partners: 4, deals: 20, limits: { by: 'off' } });
    const dir = tempDir();
    // Nobody waits for HubSpot's five searches a second; the sandbox counts none here.
    const change = {
      env: { HUBSPOT_KEY: sandbox.accessToken },
      connectorDeps: (save: Parameters<CliDeps['connectorDeps']>[0]) => ({
        ...nodeDeps().connectorDeps(save),
        sleep: async () => {},
      }),
    };
    try {
      const block = fenced('sh').find((text) => text.includes('--crm hubspot'))!;
      const commands = block
        .split('\n')
        .map((line) => line.replace(/ +#.*/, ''))
        .filter((line) => line.startsWith('headwater '))
        .map((line) => line.split(' ').slice(1));
      expect(commands.length).toBeGreaterThan(7);
      for (const command of commands) {
        const { code, stdout, stderr } = await cli(
          dir,
          [...command, ...(command[1] === 'add' ? ['--set', `baseUrl=${sandbox.url}`] : [])],
          change,
        );
        expect(code, `${command.join(' ')}: ${stdout}${stderr}`).toBe(0);
      }
      const shown = connectionSchema.parse(
        parse(fenced('yaml').find((text) => text.includes('crm: hubspot'))!),
      );
      const written = connectionSchema.parse(
        parse(readFileSync(join(dir, 'headwater.connection.yaml'), 'utf8')),
      );
      expect({ ...written, settings: { ...shown.settings, baseUrl: undefined } }).toEqual({
        ...shown,
        settings: { ...shown.settings, baseUrl: undefined },
      });
      await hubspot.open(
        { ...shown.settings, apiVersion: '2026-09', searchCalls: 3, baseUrl: sandbox.url },
        { accessToken: sandbox.accessToken },
        testDeps(),
      );
    } finally {
      await sandbox.close();
    }
  });

  it.each(['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'])(
    '%s: links to files that are there',
    (file) => {
      const links = [...read(file).matchAll(/\]\((?!https?:)([^)#]+)/g)].map((match) => match[1]!);
      expect(links.filter((link) => !existsSync(join(ROOT, dirname(file), link)))).toEqual([]);
    },
  );
});
