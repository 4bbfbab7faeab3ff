import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReadAs } from '../../../src/model/connector.ts';
import { coerce } from '../../../src/mapping/document/coerce.ts';
import { testFolder, type TestFolder } from './folder.ts';

describe('columns that the mapping wants as something else than text', () => {
  let folder: TestFolder;
  beforeEach(async () => {
    folder = await testFolder();
  });
  afterEach(async () => await folder.remove());

  const rowsCheck = async (
    readAs: Record<string, ReadAs>,
    types: Record<string, string> = {},
    optional = false,
  ) => {
    const session = await folder.open({ files: { costs: { types } } });
    const checks = await session.check(optional ? [] : ['costs'], [], {
      optional: optional ? ['costs', 'absent'] : [],
      readAs: { costs: readAs },
    });
    return checks.at(-1)!;
  };

  it.each<[string, ReadAs, string[], RegExp]>([
    [
      'half numbers, half words',
      'number',
      ['5', 'tbd', '7', 'open'],
      /2 of its 4.*tbd \(lines 3, 5\)/,
    ],
    [
      'numbers in doubt among words',
      'number',
      ['1.250', 'tbd', 'n/a'],
      /3 of its 3.*1\.250 \(lines 2/,
    ],
    ['days of another country', 'time', ['2026-05-31', '31.05.2026'], /1 of its 2.*\(lines 3\)/],
    ['days that never were', 'time', ['2026-05-31', '2026-02-30'], /2026-02-30 \(lines 3\)/],
    ['yes, no and perhaps', 'boolean', ['yes', 'no', 'perhaps'], /1 of its 3.*perhaps \(lines 4\)/],
  ])('%s: each cell that will be refused is in the finding', async (_name, as, cells, says) => {
    await folder.put(
      'costs.csv',
      `id,cell\n${cells.map((cell, n) => `${n},${cell}`).join('\n')}\n`,
    );
    for (const optional of [false, true])
      expect(await rowsCheck({ cell: as }, {}, optional)).toMatchObject({
        name: 'costs: rows',
        ok: false,
        detail: expect.stringMatching(says),
      });
    expect(await rowsCheck({})).toMatchObject({ detail: 'all sound' });
  });

  it('a text that may have thousands or decimals is no number, whoever typed it', () => {
    expect(coerce('1.250', 'money', 'UTC')).toMatchObject({ code: 'type' });
    expect(coerce('-12.500', 'number', 'UTC')).toMatchObject({ code: 'type' });
    expect(coerce('0.250', 'number', 'UTC')).toEqual({ value: 0.25 });
    expect(coerce('1.25', 'money', 'UTC')).toEqual({ value: 1.25 });
    expect(coerce(1.25, 'money', 'UTC')).toEqual({ value: 1.25 });
  });

  it('a name that stands twice in the header is a finding with its column', async () => {
    await folder.put('costs.csv', 'id,amount, amount,\n1,5,7,x\n');
    expect(await rowsCheck({ amount: 'number' })).toMatchObject({
      ok: false,
      detail: expect.stringMatching(
        /names amount again in column 3, which is read as amount \(2\)/,
      ),
    });
    await folder.put('costs.csv', 'id,amount,net,\n1,5,7,x\n');
    expect(await rowsCheck({ amount: 'number' })).toMatchObject({ detail: 'all sound' });
  });
});
