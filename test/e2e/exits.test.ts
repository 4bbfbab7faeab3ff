/**
 * Whoever can type into the CRM can type a name that drives a terminal, turns text around, is markup
 * or is a formula. Here every name is one, and everything that leaves this program is looked at.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isFormula } from '../../src/model/clean-text.ts';
import { openBench, type Bench } from '../cli/bench.ts';
import { serveToBrowser } from '../cli/served-browser.ts';
import { walkReads } from '../runtime/api-walk.ts';

const MARK = 'Zyxw';
const HOSTILE = `=HYPERLINK("http://x")\u202Egnp\u0007\u001b[2J\u200b\u2066<img src=x onerror=alert(1)>&${MARK}`;
const ODD =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
const NAMES = { Account: 'Name', Opportunity: 'Name', Contact: 'LastName', Campaign: 'Name' };

/** Every text inside an answer. */
function* textsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null)
    for (const item of Object.values(value)) yield* textsOf(item);
}
const oddIn = (texts: Iterable<string>): string[] => [...texts].filter((text) => ODD.test(text));

/** Verbs that show something and change nothing. */
const READS =
  /^(list|show|check|preview|suggest|diff|explain|review|reconcile|cleanup|rollup|find|fairness|plan)$/;
/** Commands that wait for something, or are about no connection. */
const APART = ['demo', 'sandbox', 'serve', 'worker', 'package', 'session'];

const namesIn = (help: string): string[] =>
  [...help.slice(help.indexOf('Commands:')).matchAll(/^ {2}([a-z][\w-]*)/gm)].map(
    ([, name]) => name!,
  );

/** Every command that shows something, found by the help, so that a new one is tried as well. */
async function reading(bench: Bench): Promise<string[][]> {
  const run = ((await bench.json('run', 'list')) as { id: string }[]).at(-1);
  const nouns = namesIn((await bench.run('--help')).stdout).filter((noun) => !APART.includes(noun));
  const commands = [
    ['run', 'plan', run!.id, '--diff'],
    ['run', 'show', run!.id],
  ];
  for (const noun of nouns) {
    const { stdout } = await bench.run(noun, '--help');
    if (!stdout.includes('Commands:')) commands.push([noun]);
    else
      commands.push(
        ...namesIn(stdout)
          .filter((verb) => READS.test(verb))
          .map((verb) => [noun, verb]),
      );
  }
  return commands;
}

/** What a command may ask for: nothing, a deal or a partner. */
async function subjects(bench: Bench): Promise<string[][]> {
  const dump = (await bench.control('GET', '/dump?objects=Opportunity,Account')) as Record<
    string,
    Record<string, unknown>[]
  >;
  const idOf = (object: string, is: (row: Record<string, unknown>) => unknown): string =>
    String(dump[object]!.find((row) => is(row) === true)?.['Id']);
  const open = idOf('Opportunity', (row) => row['IsClosed'] === false);
  const won = idOf('Opportunity', (row) => row['IsWon']);
  const partner = idOf('Account', (row) => row['IsPartner']);
  return [[], ['--deal', open], ['--deal', won], [partner], ['--partner', partner]];
}

/** They need files, a plan, a backtest or a conflict, which are made in tests of their own. */
const NEED_MORE = [
  'plan check',
  'plan diff',
  'backtest show',
  'conflict show',
  'mapping diff',
  'kpi explain',
];

/** Its answers on a terminal and as JSON, with the first of what it may ask for; null = it has none. */
async function answerOf(
  bench: Bench,
  command: string[],
  asked: string[][],
): Promise<string[] | null> {
  const flat = async (args: string[]): Promise<[number | null, string]> => {
    const { code, stdout, stderr } = await bench.run(...args);
    return [code, (stdout + stderr).replaceAll('\n', ' ')];
  };
  const texts: string[] = [];
  for (const subject of asked) {
    const [code, text] = await flat([...command, ...subject]);
    texts.push(text);
    if (code === 0) return [...texts, (await flat([...command, ...subject, '--json']))[1]];
  }
  return null;
}

describe('what leaves this program when every name is hostile', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench({ partners: 5, deals: 40, seed: 7 });
    const dump = (await bench.control(
      'GET',
      `/dump?objects=${Object.keys(NAMES).join(',')}`,
    )) as Record<string, { Id: string }[]>;
    await bench.control(
      'POST',
      '/records',
      Object.entries(NAMES).flatMap(([object, field]) =>
        dump[object]!.map(({ Id }, i) => ({
          ...{ op: 'update', object, id: Id },
          fields: { [field]: `${HOSTILE}${i}`.slice(0, 80) },
        })),
      ),
    );
    await bench.json('field', 'deploy');
    // What changed is said from the second run on.
    for (let runs = 0; runs < 2; runs++) await bench.json('sync', 'run');
  });
  afterAll(async () => {
    await bench.close();
  });

  it('writes clean texts into the fields of the CRM', async () => {
    const dump = (await bench.control('GET', '/dump?objects=Account,Opportunity')) as Record<
      string,
      Record<string, unknown>[]
    >;
    const written = Object.values(dump)
      .flat()
      .flatMap((row) => Object.entries(row))
      .filter(([name]) => name.startsWith('HW_') || name.startsWith('Headwater'));
    const texts = written.flatMap(([, value]) => (typeof value === 'string' ? [value] : []));
    expect(texts.length).toBeGreaterThan(20);
    expect(oddIn(texts)).toEqual([]);
  });

  it('shows clean texts on a terminal and as JSON, whatever command reads', async () => {
    const asked = await subjects(bench);
    let named = 0;
    const silent: string[] = [];
    for (const command of await reading(bench)) {
      const told = await answerOf(bench, command, asked);
      if (told === null) silent.push(command.join(' '));
      for (const text of told ?? []) {
        expect(text, command.join(' ')).not.toMatch(ODD);
        if (text.includes(MARK)) named += 1;
      }
    }
    // Where no name is shown, nothing was proved.
    expect(silent.filter((command) => !NEED_MORE.includes(command))).toEqual([]);
    expect(named).toBeGreaterThan(40);
  });

  it('writes files that a spreadsheet and a browser may open', async () => {
    const runs = (await bench.json('run', 'list')) as { id: string }[];
    const files = { csv: join(bench.dir, 'd.csv'), html: join(bench.dir, 'd.html') };
    for (const [kind, file] of Object.entries(files))
      expect((await bench.run('run', 'plan', runs.at(-1)!.id, `--${kind}`, file)).code).toBe(0);
    const cells = (parse(await readFile(files.csv, 'utf8')) as string[][]).flat();
    expect(cells.some((cell) => cell.includes(MARK))).toBe(true);
    expect(cells.filter(isFormula)).toEqual([]);
    const html = await readFile(files.html, 'utf8');
    expect(html).toContain(MARK);
    expect(html).not.toMatch(/<img|onerror=alert\(1\)>/);
    expect(oddIn([...cells, html])).toEqual([]);
  });

  it('answers over HTTP in clean texts, whatever is asked', async () => {
    const browser = await serveToBrowser(bench);
    try {
      const bodies: unknown[] = [];
      await walkReads(async (method, path) => {
        const answer = await browser.ask(method, path);
        bodies.push(answer.body);
        return answer;
      }, 'acme');
      expect([...textsOf(bodies)].some((text) => text.includes(MARK))).toBe(true);
      expect(oddIn(textsOf(bodies))).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});
