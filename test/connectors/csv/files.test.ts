import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAll, testFolder, typesOf, type TestFolder } from './folder.ts';

let folder: TestFolder;
beforeEach(async () => {
  folder = await testFolder();
});
afterEach(async () => {
  await folder.remove();
});

const code = async (work: Promise<unknown>): Promise<string> =>
  await work.then(
    () => 'no error',
    (error: { kind: string; code: string }) => `${error.kind} ${error.code}`,
  );

describe('files are read as they come', () => {
  it('with quoted newlines, delimiters and quotes', async () => {
    await folder.put(
      'deals.csv',
      'id,name,note\n1,"Smith, ""Jo""","two\nlines; here"\n2,Jones,"5"" pipe"\n',
    );
    expect((await readAll(await folder.open(), 'deals')).map((row) => row.fields)).toEqual([
      { id: '1', name: 'Smith, "Jo"', note: 'two\nlines; here' },
      { id: '2', name: 'Jones', note: '5" pipe' },
    ]);
  });
  it.each([[';'], ['\t'], ['|'], [',']])(
    'delimited by %j, found from the header',
    async (delimiter) => {
      await folder.put(
        'deals.csv',
        [
          ['id', 'name', 'a note'],
          ['1', '"x;y,z|w"', 'n'],
        ]
          .map((row) => row.join(delimiter))
          .join('\n'),
      );
      expect((await readAll(await folder.open(), 'deals'))[0]?.fields).toEqual({
        id: '1',
        name: 'x;y,z|w',
        'a note': 'n',
      });
    },
  );
  it('with line ends of three systems, blank lines and a trailing delimiter', async () => {
    await folder.put('deals.csv', 'id,name\r\n1,a,\r\n\r\n2,b\n3,c,,\r4,d');
    const rows = await readAll(await folder.open(), 'deals');
    expect(rows.map((row) => [row.id, row.fields['name']])).toEqual([
      ['1', 'a'],
      ['2', 'b'],
      ['3', 'c'],
      ['4', 'd'],
    ]);
  });
  it('in the encodings that spreadsheets write', async () => {
    await folder.put('marked.csv', Buffer.from('\ufeffid,name\n1,Müller 日本\n', 'utf8'));
    await folder.put('wide.csv', Buffer.from('\ufeffid,name\n1,Müller 日本\n', 'utf16le'));
    await folder.put('old.csv', Buffer.from('id;name\n1;M\u00fcller \u0080\n', 'latin1'));
    const session = await folder.open({ files: { old: { encoding: 'windows-1252' } } });
    for (const [object, name] of [
      ['marked', 'Müller 日本'],
      ['wide', 'Müller 日本'],
      ['old', 'Müller €'],
    ] as const)
      expect((await readAll(session, object))[0]?.fields).toEqual({ id: '1', name });
  });
  it('and never in a wrong encoding without a word', async () => {
    await folder.put('old.csv', Buffer.from('id;name\n1;M\u00fcller\n', 'latin1'));
    expect(await code(readAll(await folder.open(), 'old'))).toBe(
      'config ERR_ENCODING_INVALID_ENCODED_DATA',
    );
  });
  it('packed, over page borders, and again from the middle', async () => {
    const lines = Array.from({ length: 2500 }, (_, n) => `${n},"name ${n}"`);
    await folder.put('deals.csv.gz', gzipSync(['id,name', ...lines].join('\n')));
    const session = await folder.open({ pageRows: 1000 });
    expect((await readAll(session, 'deals')).map((row) => row.id)).toEqual(
      lines.map((_, n) => String(n)),
    );
    const request = {
      object: 'deals',
      fields: ['name'],
      where: [],
      range: { kind: 'all' as const },
      includeDeleted: false,
    };
    const first = await session.read(request, null);
    expect(first.totalRows).toBe(2500);
    const other = await (await folder.open({ pageRows: 1000 })).read(request, first.next);
    expect([other.rows[0]?.id, other.rows.length]).toEqual(['1000', 1000]);
  });
  it('by a file:// address', async () => {
    await folder.put('deals.csv', 'id\n1\n');
    expect(await readAll(await folder.open({ dir: `file://${folder.dir}` }), 'deals')).toHaveLength(
      1,
    );
  });
});

describe('types come from the data', () => {
  it('and from nothing else unless they are set', async () => {
    await folder.put(
      'deals.csv',
      'id,amount,count,won,on,at,wall,zip,big,owner_id,empty\n1,1.50,3,true,2026-01-31,2026-01-31T10:00:00+01:00,2026-01-31 10:00,00123,12345678901234567890,7,\n2,-2e3,4,FALSE,,2026-02-01 00:00:00Z,2026-02-01 10:00,94103,1,8,\n',
    );
    const session = await folder.open();
    expect(await typesOf(session, 'deals')).toEqual({
      id: 'id',
      amount: 'number',
      count: 'integer',
      won: 'boolean',
      on: 'date',
      at: 'datetime',
      wall: 'text',
      zip: 'text',
      big: 'text',
      owner_id: 'reference',
      empty: 'text',
    });
    expect((await readAll(session, 'deals'))[0]?.fields).toMatchObject({
      amount: 1.5,
      count: 3,
      won: true,
      on: '2026-01-31',
      at: '2026-01-31T09:00:00.000Z',
      wall: '2026-01-31 10:00',
      zip: '00123',
      owner_id: '7',
      empty: null,
    });
  });
  it('with numbers as the file writes them, and no guess between 1,234 and 1.234', async () => {
    await folder.put('costs.csv', 'id;amount\n1;"1.234,50"\n2;7,25\n');
    await folder.put('unsure.csv', 'id;amount\n1;"1,234"\n');
    const session = await folder.open({ files: { costs: { decimal: ',' } } });
    expect((await readAll(session, 'costs')).map((row) => row.fields['amount'])).toEqual([
      1234.5, 7.25,
    ]);
    expect((await readAll(session, 'unsure'))[0]?.fields['amount']).toBe('1,234 (1234 or 1.234?)');
  });
  it.each([
    [
      'a comma somewhere rules the column',
      ['1.250', '12.500', '999', '12,5'],
      [1250, 12500, 999, 12.5],
    ],
    [
      'a point somewhere rules the column',
      ['1,250', '12,500', '999', '12.5'],
      [1250, 12500, 999, 12.5],
    ],
    ['a leading zero is no thousand', ['1.250', '0.500'], [1.25, 0.5]],
    ['two groups are thousands', ['1.250', '1.234.567'], [1250, 1_234_567]],
    [
      'one odd cell changes nothing for the others',
      ['1.250,50', '7,25', 'n/a'],
      [1250.5, 7.25, 'n/a'],
    ],
  ])('what the column proves rules all its cells: %s', async (_name, cells, wanted) => {
    await folder.put(
      'costs.csv',
      `id;amount\n${cells.map((cell, n) => `${n};${cell}`).join('\n')}\n`,
    );
    const session = await folder.open();
    expect((await readAll(session, 'costs')).map((row) => row.fields['amount'])).toEqual(wanted);
    expect((await session.check(['costs'])).at(-1)).toMatchObject({ ok: true });
  });
  it.each([
    ['nothing proves it', ['1.250', '12.500', '999']],
    ['cells disagree', ['1.250', '12.500', '7.5', '1.234,5']],
    ['one odd cell among them', ['1.250', '12.500', 'n/a']],
  ])('a doubt is a finding with line and column, and no number: %s', async (_name, cells) => {
    const text = `id;amount\n${cells.map((cell, n) => `${n};${cell}`).join('\n')}\n`;
    await folder.put('costs.csv', text);
    const session = await folder.open();
    expect((await session.check(['costs'])).at(-1)).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/amount \(column 2\).*1\.250 \(lines 2, 3\)/),
    });
    expect((await readAll(session, 'costs'))[0]?.fields['amount']).toBe('1.250 (1250 or 1.250?)');
  });
  it.each([
    ['apostrophes group', ["1'250.50", '12’500.75', '999'], [1250.5, 12500.75, 999]],
    ['spaces group', ['1 250,50', '12\u202f500,75', '999'], [1250.5, 12500.75, 999]],
    ['thin spaces group', ['1\u2009250,50', '12\u2009500,75', '999'], [1250.5, 12500.75, 999]],
    ['as in India', ['1,00,000', '12,50,000.50'], [100_000, 1_250_000.5]],
    ['one odd cell among groups', ['1,250.50', '12,500.75', 'n/a'], [1250.5, 12500.75, 'n/a']],
  ])('numbers in the groups of the world: %s', async (_name, cells, wanted) => {
    await folder.put(
      'costs.csv',
      `id;amount\n${cells.map((cell, n) => `${n};${cell}`).join('\n')}\n`,
    );
    const session = await folder.open();
    expect((await readAll(session, 'costs')).map((row) => row.fields['amount'])).toEqual(wanted);
    expect((await session.check(['costs'])).at(-1)).toMatchObject({
      ok: true,
      detail: wanted.includes('n/a') ? expect.stringContaining('n/a (lines 4)') : 'all sound',
    });
  });
  it.each([
    [
      'a currency beside them',
      ['€ 1.250,00', '12.500,75 EUR', '999'],
      /€ 1\.250,00 \(lines 2, 3\)/,
    ],
    ['thousands in words', ['1.5K', '2M', '999'], /1\.5K \(lines 2, 3\)/],
    ['percent signs', ['12,5%', '50 %', '7'], /12,5% \(lines 2, 3\)/],
    ['two habits in one column', ['1.250,50', '1,250.50'], /decimal point and others/],
  ])(
    'numbers that nobody reads are a finding, never “all sound”: %s',
    async (_name, cells, says) => {
      await folder.put(
        'costs.csv',
        `id;amount\n${cells.map((cell, n) => `${n};${cell}`).join('\n')}\n`,
      );
      const found = (await (await folder.open()).check(['costs'])).at(-1);
      expect(found).toMatchObject({ ok: false, detail: expect.stringMatching(says) });
    },
  );
  it('texts that only look like numbers are none of them', async () => {
    await folder.put('costs.csv', 'id,phone,version,code\n1,+49 30 12 34,1.2.3,INV 1001\n');
    expect((await (await folder.open()).check(['costs'])).at(-1)).toMatchObject({ ok: true });
  });
  it('the admin’s word rules each cell', async () => {
    await folder.put('costs.csv', 'id;amount\n1;1.250\n2;999\n');
    for (const [decimal, wanted] of [
      ['.', 1.25],
      [',', 1250],
    ] as const) {
      const session = await folder.open({ files: { costs: { decimal } } });
      expect((await session.check(['costs'])).at(-1)).toMatchObject({ detail: 'all sound' });
      expect((await readAll(session, 'costs'))[0]?.fields['amount']).toBe(wanted);
    }
  });
  it('and numbers in doubt are refused by the mapping, not guessed', async () => {
    await folder.put('costs.csv', 'id;amount\n1;1.250\n2;999\n');
    const values = (await readAll(await folder.open(), 'costs')).map((row) => row.fields['amount']);
    expect(values).toEqual(['1.250 (1250 or 1.250?)', 999]);
  });
  it.each([
    [
      'text behind a closing quote',
      'id,name\n1,a\n2,"19" rack"\n',
      'CSV_INVALID_CLOSING_QUOTE',
      /line 3, column 2/,
    ],
    [
      'a quote inside a bare cell',
      'id,name\n1,19" rack\n',
      'INVALID_OPENING_QUOTE',
      /line 2, column 2/,
    ],
    [
      'a cell that runs on into later rows',
      'id,name\n1,"open\n2,b\n3,"c"\n',
      'CSV_INVALID_CLOSING_QUOTE',
      /line 4/,
    ],
  ])('strictly as to quotes: %s', async (_name, content, wanted, place) => {
    await folder.put('deals.csv', content);
    await expect(readAll(await folder.open(), 'deals')).rejects.toMatchObject({
      kind: 'config',
      code: wanted,
      message: expect.stringMatching(place),
      cure: expect.stringContaining('looseQuotes'),
    });
    const [, readable] = await (await folder.open()).check(['deals']);
    expect(readable).toMatchObject({ ok: false, detail: expect.stringMatching(place) });
  });
  it('and as they stand on request', async () => {
    await folder.put('deals.csv', 'id,name\n1,19" rack\n');
    const session = await folder.open({ files: { deals: { looseQuotes: true } } });
    expect((await readAll(session, 'deals'))[0]?.fields['name']).toBe('19" rack');
  });
  it('with a line that names the delimiter, and in UTF-16 without a mark', async () => {
    await folder.put('a.csv', 'sep=;\r\nid;name\r\n1;x\r\n');
    await folder.put('b.csv', Buffer.from('id,name\n1,Nordwind\n', 'utf16le'));
    await folder.put('c.csv', Buffer.from('id,name\n1,Nordwind\n', 'utf16le').swap16());
    const session = await folder.open();
    for (const [object, name] of [
      ['a', 'x'],
      ['b', 'Nordwind'],
      ['c', 'Nordwind'],
    ] as const)
      expect((await readAll(session, object)).map((row) => row.fields)).toEqual([
        { id: '1', name },
      ]);
  });
  it('and a cell that does not fit a set type comes as its text, for the mapping to refuse', async () => {
    await folder.put('deals.csv', 'id,amount\n1,12\n2,unknown\n');
    expect(
      (
        await readAll(
          await folder.open({ files: { deals: { types: { amount: 'money' } } } }),
          'deals',
        )
      ).map((row) => row.fields['amount']),
    ).toEqual([12, 'unknown']);
  });
});

describe('rows are told apart', () => {
  it('by the last of those that share an id, and check says so', async () => {
    await folder.put('deals.csv', 'id,name\n1,old\n2,b\n1,new\n');
    const session = await folder.open();
    expect((await readAll(session, 'deals')).map((row) => [row.id, row.fields['name']])).toEqual([
      ['2', 'b'],
      ['1', 'new'],
    ]);
    expect(
      await session.count({
        object: 'deals',
        where: [],
        range: { kind: 'all' },
        includeDeleted: false,
      }),
    ).toBe(2);
    expect(
      (await session.check(['deals'])).find((check) => check.name === 'deals: rows'),
    ).toMatchObject({ ok: false, detail: '1 rows share their id with a later row, which counts' });
  });
  it('by several columns, without two rows ever falling together', async () => {
    await folder.put('plans.csv', 'partner,year,goal\na/b,c,1\na,b/c,2\n');
    const rows = await readAll(
      await folder.open({ files: { plans: { id: ['partner', 'year'] } } }),
      'plans',
    );
    expect(new Set(rows.map((row) => row.id)).size).toBe(2);
  });
  it('by the whole row where there is no id, equal rows included, and appending moves none', async () => {
    await folder.put('log.csv', 'at,what\nmon,login\nmon,login\ntue,login\n');
    const before = (await readAll(await folder.open(), 'log')).map((row) => row.id);
    expect(new Set(before).size).toBe(3);
    await folder.put('log.csv', 'at,what\nmon,login\nmon,login\ntue,login\nmon,login\n');
    expect((await readAll(await folder.open(), 'log')).map((row) => row.id).slice(0, 3)).toEqual(
      before,
    );
  });
  it('and a row whose cells have slipped keeps its id alone', async () => {
    await folder.put('deals.csv', 'id,name,stage\n1,a,open\n2,Smith, Jones,open\n3,c\n');
    const session = await folder.open();
    expect((await readAll(session, 'deals')).map((row) => row.fields)).toEqual([
      { id: '1', name: 'a', stage: 'open' },
      {},
      { id: '3', name: 'c' },
    ]);
    expect(
      (await session.check(['deals'])).find((check) => check.name === 'deals: rows')?.detail,
    ).toMatch(/more cells than the header \(lines 3\); 1 rows have fewer cells .*\(lines 4\)/);
  });
});

describe('damaged files are never empty ones', () => {
  it.each([
    ['nothing at all', '', 'config NO_HEADER'],
    ['a quote that never ends', 'id,name\n1,"abc\n2,d\n', 'config CSV_QUOTE_NOT_CLOSED'],
    [
      'bytes that are no text',
      Buffer.from([0x69, 0x64, 0x0a, 0xff, 0xc3]),
      'config ERR_ENCODING_INVALID_ENCODED_DATA',
    ],
  ])('%s', async (_, content, expected) => {
    await folder.put('deals.csv', content);
    expect(
      await code(
        (await folder.open()).read(
          { object: 'deals', fields: [], where: [], range: { kind: 'all' }, includeDeleted: false },
          null,
        ),
      ),
    ).toBe(expected);
    expect(
      await code(
        (await folder.open()).count({
          object: 'deals',
          where: [],
          range: { kind: 'all' },
          includeDeleted: false,
        }),
      ),
    ).toBe(expected);
  });
  it('a .gz that is still being written is waited for, then left to the next run', async () => {
    const packed = gzipSync(
      Array.from({ length: 1000 }, (_, n) => `${n},${Math.sin(n)}`).join('\n'),
    );
    await folder.put('deals.csv.gz', packed.subarray(0, packed.length / 2));
    expect(await code(readAll(await folder.open(), 'deals'))).toBe('transient Z_BUF_ERROR');
    expect(folder.waits.length).toBeGreaterThan(1);
  });
  it('a header alone is an object without rows', async () => {
    await folder.put('deals.csv', 'id,name\n');
    expect(await readAll(await folder.open(), 'deals')).toEqual([]);
  });
  it('two files of one name, and columns of one name', async () => {
    await folder.put('twice.csv', 'id,name,name,\n1,a,b,c\n');
    expect((await readAll(await folder.open(), 'twice'))[0]?.fields).toEqual({
      id: '1',
      name: 'a',
      'name (2)': 'b',
      'column 4': 'c',
    });
    await folder.put('twice.csv.gz', gzipSync('id\n1\n'));
    expect(await code(readAll(await folder.open(), 'twice'))).toBe('config TWO_FILES');
  });
  it('no folder', async () => {
    expect(await code(folder.open({ dir: `${folder.dir}/nowhere` }))).toBe('config ENOENT');
  });
});
