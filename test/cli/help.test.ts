import { describe, expect, it } from 'vitest';
import { cli, lines, ROOT, spawnCli } from './harness.ts';

/** Every noun and verb that the product promises. */
const COMMANDS = [
  'demo',
  'sandbox serve',
  'connection add',
  'connection check',
  'field plan',
  'field deploy',
  'mapping check',
  'mapping preview',
  'mapping suggest',
  'mapping diff',
  'sync run',
  'run list',
  'run show',
  'score explain',
  'forecast show',
].map((command) => command.split(' '));
const NOUNS = [...new Set(COMMANDS.filter((command) => command.length > 1).map(([noun]) => noun!))];

describe('help', () => {
  it.each(COMMANDS)('%s %s teaches with an example that names it', async (...command) => {
    const words = command.filter((word) => word !== undefined);
    const { code, stdout, stderr } = await cli(ROOT, [...words, '--help']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/Examples?:/);
    expect(stdout).toContain(`$ headwater ${words.join(' ')}`);
    expect(stdout).toContain('--json');
  });

  it.each(NOUNS)('%s --help lists its verbs', async (noun) => {
    const { code, stdout } = await cli(ROOT, [noun, '--help']);
    expect(code).toBe(0);
    for (const [, verb] of COMMANDS.filter(([own]) => own === noun))
      expect(stdout).toContain(`  ${verb}`);
  });

  it('lists every noun at the top, in a process of its own', async () => {
    const { code, stdout, stderr } = await spawnCli(ROOT, ['--help']);
    expect([code, stderr]).toEqual([0, '']);
    for (const noun of ['demo', ...NOUNS]) expect(stdout).toMatch(new RegExp(`^  ${noun}\\b`, 'm'));
  });

  it('has no option that takes a secret', async () => {
    for (const command of COMMANDS) {
      const { stdout } = await cli(ROOT, [...command, '--help']);
      expect(
        stdout.match(/--[\w-]*(token|secret|password|private|key)[\w-]*/gi),
        command.join(' '),
      ).toBeNull();
    }
  });
});

const WRONG: [string, string[], RegExp][] = [
  ['nothing at all', [], /needs a command: .*sync/],
  ['an unknown noun', ['fly'], /"fly".*sync/],
  ['a noun alone', ['sync'], /sync needs a verb: run/],
  ['an unknown verb', ['sync', 'fly'], /sync has no verb "fly": run/],
  ['a mistyped verb', ['sync', 'runn'], /no verb "runn", did you mean run: run/],
  ['a mistyped command', ['statsu'], /no command "statsu", did you mean status: demo/],
  [
    'an unknown verb with options',
    ['field', 'drop', '--json'],
    /field has no verb "drop": plan, deploy/,
  ],
  ['an unknown option', ['sync', 'run', '--fly'], /--fly/],
  ['an unknown option with a value', ['sync', 'run', '--fly=high'], /unknown option '--fly'/],
  ['an option without its value', ['sync', 'run', '--connection'], /--connection <file>.*missing/],
  ['a word too many', ['run', 'show', 'a', 'b'], /too many arguments/],
  [
    'a word for a number',
    ['sandbox', 'serve', '--port', 'abc'],
    /--port takes a whole number.*"abc"/,
  ],
  [
    'a port that is none',
    ['sandbox', 'serve', '--port', '65536'],
    /--port takes a whole number from 0 to 65535/,
  ],
  [
    'a negative number',
    ['sandbox', 'serve', '--partners', '-1'],
    /--partners takes a whole number from 0/,
  ],
  ['a fraction', ['run', 'list', '--limit', '1.5'], /--limit takes a whole number from 1/],
  ['a zero limit', ['run', 'list', '--limit', '0'], /--limit takes a whole number from 1/],
  ['an unknown CRM', ['sandbox', 'serve', '--crm', 'other'], /salesforce/],
  ['neither partner nor deal', ['score', 'explain'], /either --partner or --deal/],
  [
    'both partner and deal',
    ['score', 'explain', '--partner', 'a', '--deal', 'b'],
    /either --partner or --deal/,
  ],
  ['a blank partner', ['score', 'explain', '--partner', ' '], /needs an id or a name/],
];

describe('wrong usage', () => {
  it.each(WRONG)('%s: exit 2 and one line that helps', async (_, args, message) => {
    const { code, stdout, stderr } = await cli(ROOT, args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(lines(stderr)).toHaveLength(1);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/--help/);
  });

  it('is the same from a shell', async () => {
    const { code, stdout, stderr } = await spawnCli(ROOT, ['sync', 'fly']);
    expect([code, stdout, lines(stderr).length]).toEqual([2, '', 1]);
  });

  it.each([
    [['sync', 'run', '--access-token=00Dplanted!secret']],
    [['sync', '--access-token=00Dplanted!secret']],
    [['--access-token=00Dplanted!secret']],
  ])('does not repeat a secret that was given on the command line: %j', async (args) => {
    const { code, stderr } = await cli(ROOT, args);
    expect(code).toBe(2);
    expect(stderr).toContain('--access-token');
    expect(stderr).not.toContain('planted');
  });
});
