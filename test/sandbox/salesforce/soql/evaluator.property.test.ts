import fc from 'fast-check';
import { expect, it } from 'vitest';
import { arranged, cell, holds, render } from './naive.ts';
import type { Item, NaiveWorld, Order, Test, Value } from './naive.ts';
import { id, NOW_MS, SmallWorld } from './small-world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const STAGES = ['Prospecting', 'Proposal', 'Closed Won', 'Closed Lost'];
const nullable = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(of, { freq: 4 });
const NAMES = ['Ab', 'aB', 'abc', 'B', 'b%', 'a_c', 'C'];
const dayText = (offset: number): string =>
  new Date(NOW_MS + offset * DAY).toISOString().slice(0, 10);
const stampMs = (hours: number): number => NOW_MS - 1_800_000 - hours * HOUR;
const stampText = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** Mostly close together, so that literals meet cells at their very edges. */
const near = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -3, max: 3 }) },
  fc.integer({ min: -70, max: 70 }),
);
const hours = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 5 }) },
  fc.integer({ min: 0, max: 60 }),
);

const account = fc.record({
  Name: nullable(fc.constantFrom(...NAMES)),
  Regions__c: nullable(
    fc.subarray(['EU', 'US', 'APAC'], { minLength: 1 }).map((some) => some.join(';')),
  ),
  NumberOfEmployees: nullable(fc.integer({ min: 0, max: 4 })),
  OwnerId: fc.constantFrom(1, 2).map((n) => id('005', n)),
  IsDeleted: fc.boolean(),
});
const opportunity = fc.record({
  Name: nullable(fc.constantFrom(...NAMES)),
  Amount: nullable(fc.integer({ min: -2, max: 5 })),
  StageName: nullable(fc.constantFrom(...STAGES)),
  IsWon: fc.boolean(),
  AccountId: nullable(fc.integer({ min: 0, max: 4 }).map((n) => id('001', n))),
  CloseDate: nullable(near.map(dayText)),
  SystemModstamp: hours.map(stampMs),
  IsDeleted: fc.constantFrom(false, false, true),
});
const world = fc.record({
  accounts: fc.array(account, { maxLength: 5 }),
  opportunities: fc.array(opportunity, { maxLength: 24 }),
  changes: fc.array(fc.tuple(fc.nat(23), opportunity), { maxLength: 8 }),
  purged: fc.array(fc.nat(23), { maxLength: 3 }),
});

const operator = fc.constantFrom('=', '!=', '<', '<=', '>', '>=');
const equality = fc.constantFrom('=', '!=');
const quoted = (value: Value): string => (typeof value === 'string' ? `'${value}'` : String(value));
function compare(
  path: string,
  operators: fc.Arbitrary<Extract<Test, { kind: 'compare' }>['operator']>,
  value: fc.Arbitrary<Value>,
): fc.Arbitrary<Test> {
  return fc.tuple(operators, nullable(value)).map(([op, of]) => ({
    kind: 'compare',
    path,
    operator: of === null && op !== '!=' ? '=' : op,
    literal: quoted(of),
    value: of,
  }));
}
function oneOf(path: string, value: fc.Arbitrary<Value>): fc.Arbitrary<Test> {
  return fc
    .tuple(fc.boolean(), fc.array(nullable(value), { minLength: 1, maxLength: 4 }))
    .map(([negated, values]) => ({
      kind: 'in',
      path,
      negated,
      literals: values.map(quoted),
      values,
    }));
}
/**
 * Named ranges worked out here by hand for a UTC user on 2026-11-22, a Sunday,
 * with a fiscal year from April.
 */
const named: [string, string, string][] = [
  ['TODAY', '2026-11-22', '2026-11-23'],
  ['LAST_N_DAYS:3', '2026-11-19', '2026-11-23'],
  ['NEXT_N_DAYS:2', '2026-11-23', '2026-11-25'],
  ['THIS_WEEK', '2026-11-22', '2026-11-29'],
  ['LAST_MONTH', '2026-10-01', '2026-11-01'],
  ['NEXT_N_MONTHS:1', '2026-12-01', '2027-01-01'],
  ['THIS_QUARTER', '2026-10-01', '2027-01-01'],
  ['LAST_FISCAL_QUARTER', '2026-07-01', '2026-10-01'],
  ['N_DAYS_AGO:1', '2026-11-21', '2026-11-22'],
];
const onDay = fc.oneof(
  fc.tuple(operator, fc.constantFrom(...named)).map(
    ([op, [literal, from, to]]): Test => ({
      kind: 'span',
      path: 'CloseDate',
      operator: op,
      literal,
      from,
      to,
    }),
  ),
  fc.tuple(operator, near).map(
    ([op, day]): Test => ({
      kind: 'span',
      path: 'CloseDate',
      operator: op,
      literal: dayText(day),
      from: dayText(day),
      to: dayText(day + 1),
    }),
  ),
);
const onStamp = fc.oneof(
  fc.tuple(operator, fc.constantFrom(...named)).map(
    ([op, [literal, from, to]]): Test => ({
      kind: 'span',
      path: 'SystemModstamp',
      operator: op,
      literal,
      from: Date.parse(from),
      to: Date.parse(to),
    }),
  ),
  fc.tuple(operator, hours.map(stampMs)).map(
    ([op, ms]): Test => ({
      kind: 'span',
      path: 'SystemModstamp',
      operator: op,
      literal: stampText(ms),
      from: ms,
      to: ms + 1000,
    }),
  ),
);
const onAmount = compare('Amount', operator, fc.integer({ min: -2, max: 5 }));
/** Several bounds on one indexed field, the shape of keyset paging and of windows. */
const bounds = fc.oneof(
  ...[onDay, onStamp, onAmount].map((one) =>
    fc
      .tuple(fc.constantFrom('and', 'or'), fc.array(one, { minLength: 2, maxLength: 3 }))
      .map(([kind, parts]): Test => ({ kind, parts })),
  ),
);
const spans = fc.oneof(onDay, onStamp);
const name = fc.constantFrom(...NAMES);
const accountId = fc.integer({ min: 0, max: 5 }).map((n) => id('001', n));
const choices = fc.array(fc.subarray(['EU', 'us', 'APAC'], { minLength: 1 }), {
  minLength: 1,
  maxLength: 2,
});
const onAccount = (prefix: string): fc.Arbitrary<Test> =>
  fc.oneof(
    compare(`${prefix}Name`, operator, name),
    compare(`${prefix}NumberOfEmployees`, operator, fc.integer({ min: 0, max: 4 })),
    oneOf(`${prefix}Name`, name),
    fc.tuple(fc.boolean(), choices).map(
      ([negated, some]): Test => ({
        kind: 'includes',
        path: `${prefix}Regions__c`,
        negated,
        choices: some,
      }),
    ),
    compare(`${prefix}Owner.Name`, equality, fc.constantFrom('Ann', 'BOB')),
  );
const leaf = fc.oneof(
  { weight: 3, arbitrary: spans },
  compare('Name', operator, name),
  oneOf('Name', name),
  onAmount,
  oneOf('Amount', fc.integer({ min: -2, max: 5 })),
  fc.boolean().map(
    (value): Test => ({
      kind: 'compare',
      path: 'IsWon',
      operator: '=',
      literal: String(value),
      value,
    }),
  ),
  compare('StageName', equality, fc.constantFrom(...STAGES, 'closed won')),
  compare('AccountId', equality, accountId),
  oneOf('AccountId', accountId),
  compare(
    'Id',
    operator,
    fc.nat(23).map((n) => id('006', n)),
  ),
  oneOf(
    'Id',
    fc.nat(23).map((n) => id('006', n)),
  ),
  fc
    .array(fc.constantFrom('a', 'B', '%', '_', 'c'), { minLength: 1, maxLength: 4 })
    .map((parts): Test => ({ kind: 'like', path: 'Name', pattern: parts.join('') })),
  onAccount('Account.'),
);
const { tree } = fc.letrec<{ tree: Test; list: Test }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    tie('tree').map((part): Test => ({ kind: 'not', part })),
    tie('list'),
  ),
  list: fc
    .tuple(fc.constantFrom('and', 'or'), fc.array(tie('tree'), { minLength: 2, maxLength: 3 }))
    .map(([kind, parts]): Test => ({ kind, parts })),
}));
const join = fc
  .tuple(fc.boolean(), onAccount(''))
  .map(([negated, where]): Test => ({ kind: 'join', negated, parent: 'Account', where }));
const order = fc
  .record({
    path: fc.constantFrom(
      'SystemModstamp',
      'CloseDate',
      'Amount',
      'Id',
      'Name',
      'StageName',
      'Account.Name',
      'Account.NumberOfEmployees',
    ),
    descending: fc.boolean(),
    nullsLast: fc.boolean(),
  })
  .map(
    (of): Order =>
      of.path === 'StageName' ? { ...of, places: STAGES.map((stage) => stage.toLowerCase()) } : of,
  );
const query = fc.record({
  where: nullable(tree),
  window: fc.option(bounds, { freq: 2 }),
  joins: fc.array(join, { maxLength: 2 }),
  orders: fc.uniqueArray(order, { maxLength: 3, selector: ({ path }) => path }),
  small: fc.constantFrom(0, 5000),
  limit: nullable(fc.nat(12)),
  offset: nullable(fc.nat(6)),
  all: fc.boolean(),
});

function build({
  accounts,
  opportunities,
  changes,
  purged,
}: {
  accounts: Item[];
  opportunities: Item[];
  changes: [number, Item][];
  purged: number[];
}): { real: SmallWorld; naive: NaiveWorld } {
  const real = new SmallWorld();
  const users: Item[] = ['Ann', 'Bob'].map((Name, n) => ({
    Id: real.add('User', n + 1, { Name }),
    Name,
  }));
  const naive: NaiveWorld = {
    objects: { User: users, Account: [], Opportunity: [] },
    parents: { Account: ['AccountId', 'Account'], Owner: ['OwnerId', 'User'] },
  };
  accounts.forEach((item, n) =>
    naive.objects['Account']?.push({ ...item, Id: real.add('Account', n, item) }),
  );
  let deals: Item[] = [];
  // Later rows first, so that no index can live on the order of arrival.
  for (let n = opportunities.length - 1; n >= 0; n--)
    deals.push({ ...opportunities[n], Id: real.add('Opportunity', n, opportunities[n] as Item) });
  const table = real.table('Opportunity');
  table.warm();
  for (const [n, cells] of changes) {
    const row = table.get(id('006', n));
    if (row !== undefined) table.patch(row, cells);
    deals = deals.map((deal) => (deal['Id'] === id('006', n) ? { ...deal, ...cells } : deal));
  }
  for (const n of purged) {
    table.purge(id('006', n));
    deals = deals.filter((deal) => deal['Id'] !== id('006', n));
  }
  naive.objects['Opportunity'] = deals;
  return { real, naive };
}

const conditions = (where: Test | null, joins: Test[]): Test[] => [
  ...(where === null ? [] : [where]),
  ...joins,
];
const whereText = (tests: Test[]): string =>
  tests.length === 0 ? '' : ` WHERE ${tests.map(render).join(' AND ')}`;

it('answers as a naive evaluator does', () => {
  fc.assert(
    fc.property(
      world,
      query,
      (made, { where, window, joins, orders, small, limit, offset, all }) => {
        const { real, naive } = build(made);
        real.context.smallCandidates = small;
        const tests = conditions(where, window === null ? joins : [window, ...joins]);
        const by =
          orders.length === 0
            ? ''
            : ` ORDER BY ${orders.map(({ path, descending, nullsLast }) => `${path} ${descending ? 'DESC' : 'ASC'} NULLS ${nullsLast ? 'LAST' : 'FIRST'}`).join(', ')}`;
        const soql = `SELECT Id, Name, Account.Owner.Name FROM Opportunity${whereText(tests)}${by}${limit === null ? '' : ` LIMIT ${limit}`}${offset === null ? '' : ` OFFSET ${offset}`}`;
        const matches = (naive.objects['Opportunity'] ?? []).filter(
          (deal) =>
            (all || deal['IsDeleted'] === false) &&
            tests.every((test) => holds(naive, deal, test, all)),
        );
        const start = offset ?? 0;
        const expected = arranged(naive, matches, orders)
          .slice(start, limit === null ? undefined : start + limit)
          .map((deal) => ({
            Id: deal['Id'],
            Name: deal['Name'],
            Account:
              cell(naive, deal, 'Account.Id') === null
                ? null
                : { Owner: { Name: cell(naive, deal, 'Account.Owner.Name') } },
          }));
        expect(real.rows(soql, all), soql).toEqual(expected);
        expect(
          real.query(`SELECT COUNT() FROM Opportunity${whereText(tests)}`, all).totalSize,
        ).toBe(matches.length);
      },
    ),
    { numRuns: 1500 },
  );
});

it('groups as a naive evaluator does', () => {
  const by = fc.constantFrom('StageName', 'Account.Name', 'IsWon', 'AccountId');
  fc.assert(
    fc.property(world, nullable(tree), by, fc.boolean(), (made, where, path, all) => {
      const { real, naive } = build(made);
      const tests = conditions(where, []);
      const groups = new Map<Value, Item[]>();
      for (const deal of naive.objects['Opportunity'] ?? []) {
        if (
          (!all && deal['IsDeleted'] === true) ||
          !tests.every((test) => holds(naive, deal, test, all))
        )
          continue;
        const key = cell(naive, deal, path);
        groups.set(key, [...(groups.get(key) ?? []), deal]);
      }
      const expected = [...groups]
        .map(([key, deals]) => {
          const amounts = deals.flatMap((deal) =>
            typeof deal['Amount'] === 'number' ? [deal['Amount']] : [],
          );
          const total = amounts.reduce((sum, amount) => sum + amount, 0);
          const days = deals
            .flatMap((deal) => (typeof deal['CloseDate'] === 'string' ? [deal['CloseDate']] : []))
            .sort();
          return {
            [path.split('.').at(-1) as string]: key,
            expr0: deals.length,
            expr1: amounts.length,
            total: amounts.length === 0 ? null : total,
            mean:
              amounts.length === 0 ? null : (expect.closeTo(total / amounts.length, 9) as unknown),
            expr2: days[0] ?? null,
            expr3: new Set(days).size,
          };
        })
        .filter(({ expr0 }) => expr0 >= 2);
      const soql = `SELECT ${path}, COUNT(Id), COUNT(Amount), SUM(Amount) total, AVG(Amount) mean, MIN(CloseDate), COUNT_DISTINCT(CloseDate) FROM Opportunity${whereText(tests)} GROUP BY ${path} HAVING COUNT(Id) >= 2`;
      const found = real.rows(soql, all);
      expect(found, soql).toHaveLength(expected.length);
      expect(found, soql).toEqual(expect.arrayContaining(expected));
    }),
    { numRuns: 500 },
  );
});
