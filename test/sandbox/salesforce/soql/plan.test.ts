import { beforeAll, describe, expect, it, vi } from 'vitest';
import { explainQuery } from '../../../../src/sandbox/salesforce/soql/index.ts';
import { Table } from '../../../../src/sandbox/salesforce/table/table.ts';
import { id, NOW_MS, SmallWorld } from './small-world.ts';

const ROWS = 100_000;
const PAGE = 2000;
const MINUTE = 60_000;
const at = (minutes: number): string =>
  `${new Date(NOW_MS - minutes * MINUTE).toISOString().slice(0, 19)}Z`;
let world: SmallWorld;

beforeAll(() => {
  world = new SmallWorld();
  world.add('Account', 1, { Name: 'Acme', Ext__c: 'Key-1' });
  for (let n = 0; n < ROWS; n++) {
    world.add('Opportunity', n, {
      Name: `Deal ${n}`,
      AccountId: id('001', n % 500),
      Amount: n % 1000,
      CloseDate: `2026-${n % 2 === 0 ? '01' : '02'}-0${1 + (n % 9)}`,
      SystemModstamp: NOW_MS - (ROWS - n) * MINUTE,
    });
  }
  for (const table of world.tables.values()) table.warm();
});

const explain = (
  where: string,
  object = 'Opportunity',
): { index: string | null; candidates: number } => {
  const { index, candidates } = explainQuery(
    world.context,
    `SELECT Id FROM ${object} WHERE ${where}`,
  );
  return { index, candidates };
};

describe('leading index', () => {
  it.each([
    [`Id = '${id('006', 7)}' AND AccountId = '${id('001', 7)}'`, 'Id', 1],
    [`AccountId = '${id('001', 7)}' AND Amount > 5`, 'AccountId', 200],
    [`AccountId IN ('${id('001', 7)}', '${id('001', 8)}')`, 'AccountId', 400],
    [`SystemModstamp >= ${at(1000)} AND SystemModstamp < ${at(900)}`, 'SystemModstamp', 100],
    [
      `(SystemModstamp = ${at(50)} AND Id > '${id('006', 5)}') OR SystemModstamp > ${at(50)}`,
      'SystemModstamp',
      50,
    ],
    ['CloseDate = 2026-01-03 AND Amount < 0', 'Amount', 0],
    ["Name = 'Deal 5'", null, ROWS],
    [`SystemModstamp > ${at(50)} OR Name = 'Deal 5'`, null, ROWS],
    [`NOT (AccountId = '${id('001', 7)}')`, null, ROWS],
  ])('%s', (where, index, candidates) => expect(explain(where)).toEqual({ index, candidates }));
  it('external ids are found in any letter case', () =>
    expect(explain("Ext__c = 'kEY-1'", 'Account')).toEqual({ index: 'Ext__c', candidates: 1 }));
});

describe('an indexed page', () => {
  /** Rows that the query takes out of an ordered index to fill its page. */
  function rowsTaken(soql: string): number {
    const range = Table.prototype.range;
    let taken = 0;
    const spy = vi.spyOn(Table.prototype, 'range').mockImplementation(function* (
      this: Table,
      ...args
    ) {
      for (const row of range.apply(this, args)) {
        taken += 1;
        yield row;
      }
    });
    try {
      expect(world.query(soql).slice(0, PAGE)).toHaveLength(PAGE);
    } finally {
      spy.mockRestore();
    }
    return taken;
  }
  it.each([
    [
      'by stamp',
      `SELECT Id, Name, Account.Name FROM Opportunity WHERE SystemModstamp >= ${at(60_000)} ORDER BY SystemModstamp, Id LIMIT 2000`,
    ],
    [
      'by keyset',
      `SELECT Id, Name FROM Opportunity WHERE Id > '${id('006', 50_000)}' ORDER BY Id LIMIT 2000`,
    ],
    ['the latest', 'SELECT Id FROM Opportunity ORDER BY SystemModstamp DESC LIMIT 2000'],
    [
      'by window',
      `SELECT Id, Name FROM Opportunity WHERE SystemModstamp >= ${at(42_000)} AND SystemModstamp < ${at(40_000)}`,
    ],
  ])('%s takes the rows of its page and no more', (_, soql) => {
    expect(rowsTaken(soql)).toBeGreaterThanOrEqual(PAGE);
    expect(rowsTaken(soql)).toBeLessThanOrEqual(PAGE + 1);
  });
  it('walks on from page to page without loss or repetition', () => {
    const seen = new Set<string>();
    let last = '';
    for (;;) {
      const page = world.query(
        `SELECT Id FROM Opportunity WHERE SystemModstamp >= ${at(9_000)}${last === '' ? '' : ` AND Id > '${last}'`} ORDER BY Id LIMIT 2000`,
      );
      for (const record of page.slice(0, page.totalSize)) seen.add(String(record.id));
      last = String(page.slice(page.totalSize - 1, page.totalSize)[0]?.id ?? '');
      if (page.totalSize < 2000) break;
    }
    expect(seen.size).toBe(9_000);
  });
  it('finds the top few of very many without an index', () => {
    expect(world.column('SELECT Name FROM Opportunity ORDER BY Name LIMIT 3')).toEqual([
      'Deal 0',
      'Deal 1',
      'Deal 10',
    ]);
  });
  it('takes a list of 4,000 ids', () => {
    const list = Array.from({ length: 4000 }, (_, n) => `'${id('006', n * 3)}'`).join(',');
    expect(world.query(`SELECT Id FROM Opportunity WHERE Id IN (${list})`).totalSize).toBe(4000);
  });
});
