/**
 * Whoever can type into the CRM can type a name that drives a terminal, turns text around, is
 * markup or is a formula. Here every name is one, and what is written back into the CRM is looked
 * at.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBench, type Bench } from '../cli/bench.ts';

const MARK = 'Zyxw';
const HOSTILE = `=${MARK}("http://x")\u202Egnp\u0007\u001b[2J\u200b\u2066<img src=x onerror=alert(1)>&`;
const ODD =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
const NAMES = { Account: 'Name', Opportunity: 'Name', Contact: 'LastName', Campaign: 'Name' };

const oddIn = (texts: Iterable<string>): string[] => [...texts].filter((text) => ODD.test(text));

describe('what is written into the CRM when every name is hostile', () => {
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
    await bench.json('sync', 'run');
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
    // Such names are among them, or nothing would be shown.
    expect(texts.filter((text) => text.includes(MARK)).length).toBeGreaterThan(0);
    expect(oddIn(texts)).toEqual([]);
  });
});
