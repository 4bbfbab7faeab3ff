import { beforeAll, describe, expect, it } from 'vitest';
import { id, NOW_MS, SmallWorld } from './small-world.ts';

const DAY = 86_400_000;
let world: SmallWorld;

beforeAll(() => {
  world = new SmallWorld();
  const ann = world.add('User', 1, { Name: 'Ann', Email: 'ann@x.test' });
  const bob = world.add('User', 2, { Name: 'Bob', ManagerId: ann });
  const acme = world.add('Account', 1, {
    Name: 'Acme',
    Type: 'Reseller',
    OwnerId: ann,
    NumberOfEmployees: 10,
    Ext__c: 'A-1',
    Regions__c: 'EU;US',
    BillingCity: 'Oslo',
    Secret__c: 'x',
  });
  const beta = world.add('Account', 2, {
    Name: 'beta',
    Type: 'Customer',
    OwnerId: bob,
    ParentId: acme,
    NumberOfEmployees: 20,
    Regions__c: 'EU',
  });
  world.add('Account', 3, {
    Name: 'Gamma 100%',
    Type: null,
    OwnerId: bob,
    ParentId: beta,
    NumberOfEmployees: null,
    Regions__c: null,
  });
  world.add('Account', 4, { Name: "O'Neil_\\x", Type: 'Analyst', OwnerId: ann, IsDeleted: true });
  world.add('Contact', 1, { Name: 'Cy', AccountId: acme });
  world.add('Contact', 2, { Name: 'Di', AccountId: acme });
  const stages = ['Prospecting', 'Closed Won', 'Proposal', 'Closed Lost', 'Proposal'];
  stages.forEach((StageName, n) =>
    world.add('Opportunity', n, {
      Name: `Deal ${n}`,
      StageName,
      Amount: n === 3 ? null : 100 * (n + 1),
      AccountId: n === 4 ? null : n % 2 === 0 ? acme : beta,
      OwnerId: ann,
      IsWon: StageName === 'Closed Won',
      CloseDate: `2026-1${n % 3}-15`,
      CreatedDate: NOW_MS - n * DAY,
      SystemModstamp: NOW_MS - n * DAY,
    }),
  );
  world.add('Task', 1, { Subject: 'Call', WhatId: acme, WhoId: id('003', 1) });
  world.add('Task', 2, { Subject: 'Mail', WhatId: id('006', 1), WhoId: ann });
  world.add('Task', 3, { Subject: 'Old', WhatId: acme, IsArchived: true });
});

const names = (where: string): unknown[] => world.column(`SELECT Name FROM Account WHERE ${where}`);

describe('filters', () => {
  it('compares text without regard to letter case', () => {
    expect(names("Name = 'ACME'")).toEqual(['Acme']);
    expect(names("Name IN ('BETA', 'acme')")).toEqual(['Acme', 'beta']);
    expect(names("Ext__c = 'a-1'")).toEqual(['Acme']);
    expect(names("Name > 'ALPHA' AND Name < 'c'")).toEqual(['beta']);
  });
  it('takes empty cells into != and NOT IN, and leaves them out of comparisons', () => {
    expect(names("Type != 'Reseller'")).toEqual(['beta', 'Gamma 100%']);
    expect(names("Type NOT IN ('Reseller')")).toEqual(['beta', 'Gamma 100%']);
    expect(names('NumberOfEmployees < 15')).toEqual(['Acme']);
    expect(names('Type = null')).toEqual(['Gamma 100%']);
    expect(names("Type = ''")).toEqual(['Gamma 100%']);
    expect(names('Type != null')).toEqual(['Acme', 'beta']);
    expect(names("Type IN ('Customer', null)")).toEqual(['beta', 'Gamma 100%']);
  });
  it('reads LIKE wildcards and escapes', () => {
    expect(names("Name LIKE '%100\\%'")).toEqual(['Gamma 100%']);
    expect(names("Name LIKE 'B_t%'")).toEqual(['beta']);
    expect(names("Name LIKE 'B\\_t%'")).toEqual([]);
    expect(world.column("SELECT Name FROM Account WHERE Name = 'O\\'Neil_\\\\x'", true)).toEqual([
      "O'Neil_\\x",
    ]);
  });
  it('finds multi-select values', () => {
    expect(names("Regions__c INCLUDES ('EU;US')")).toEqual(['Acme']);
    expect(names("Regions__c INCLUDES ('us','EU')")).toEqual(['Acme', 'beta']);
    expect(names("Regions__c = 'US;EU'")).toEqual(['Acme']);
  });
  it('joins with NOT and parentheses', () => {
    expect(names("NOT (Name = 'Acme' OR Name = 'beta')")).toEqual(['Gamma 100%']);
    expect(names("NOT (NOT (NOT (Name = 'Acme')))")).toEqual(['beta', 'Gamma 100%']);
    expect(names("NOT Name = 'Acme' AND NumberOfEmployees > 1")).toEqual(['beta']);
    expect(names("(Name = 'Acme' AND (Type = 'x' OR Type = 'Reseller')) OR Name = 'beta'")).toEqual(
      ['Acme', 'beta'],
    );
  });
  it('takes 15- and 18-character ids', () => {
    expect(names(`Id = '${id('001', 1).slice(0, 15)}'`)).toEqual(['Acme']);
    expect(names(`ParentId IN ('${id('001', 1)}')`)).toEqual(['beta']);
    expect(names(`Id > '${id('001', 1)}' ORDER BY Id`)).toEqual(['beta', 'Gamma 100%']);
  });
  it('semi- and anti-joins', () => {
    expect(names('Id IN (SELECT AccountId FROM Contact)')).toEqual(['Acme']);
    expect(
      names("Id NOT IN (SELECT AccountId FROM Opportunity WHERE StageName = 'Closed Won')"),
    ).toEqual(['Acme', 'Gamma 100%']);
    expect(
      world.column(
        "SELECT Name FROM Opportunity WHERE AccountId IN (SELECT Id FROM Account WHERE Name = 'beta')",
      ),
    ).toEqual(['Deal 1', 'Deal 3']);
  });
  it('computes formula cells', () => expect(names('Double__c = 40')).toEqual(['beta']));
});

describe('records', () => {
  it('nests parents in SELECT order, null where the parent is missing', () => {
    expect(
      world.rows(
        'SELECT Name, Parent.Parent.Name, Parent.Owner.Manager.Name, owner.name FROM Account WHERE NumberOfEmployees = null',
      ),
    ).toEqual([
      {
        Name: 'Gamma 100%',
        Parent: { Parent: { Name: 'Acme' }, Owner: { Manager: { Name: 'Ann' } } },
        Owner: { Name: 'Bob' },
      },
    ]);
    expect(world.rows("SELECT Parent.Name FROM Account WHERE Name = 'Acme'")).toEqual([
      { Parent: null },
    ]);
  });
  it('gives child rows, or null when there are none', () => {
    expect(
      world.rows(
        "SELECT Name, (SELECT Name, Account.Name FROM Contacts ORDER BY Name DESC LIMIT 1), (SELECT Id FROM ChildAccounts WHERE Name = 'zz') FROM Account WHERE Name = 'Acme'",
      ),
    ).toEqual([
      { Name: 'Acme', Contacts: [{ Name: 'Di', Account: { Name: 'Acme' } }], ChildAccounts: null },
    ]);
  });
  it('shows polymorphic targets through Name, and by TYPEOF', () => {
    expect(world.rows('SELECT What.Name, What.Type, Who.Email FROM Task ORDER BY Subject')).toEqual(
      [
        { What: { Name: 'Acme', Type: 'Account' }, Who: { Email: null } },
        { What: { Name: 'Deal 1', Type: 'Opportunity' }, Who: { Email: 'ann@x.test' } },
      ],
    );
    expect(
      world.rows('SELECT TYPEOF What WHEN Opportunity THEN Amount ELSE Name END FROM Task'),
    ).toEqual([{ What: { Name: 'Acme' } }, { What: { Amount: 200 } }]);
    expect(world.column("SELECT Subject FROM Task WHERE What.Type = 'Opportunity'")).toEqual([
      'Mail',
    ]);
    expect(world.fault('SELECT What.Amount FROM Task').message).toContain(
      "No such column 'Amount' on entity 'Name'",
    );
  });
  it('gives compound addresses, labels, and all fields', () => {
    expect(
      world.rows("SELECT BillingAddress, toLabel(Type) FROM Account WHERE Name = 'Acme'"),
    ).toEqual([{ BillingAddress: { city: 'Oslo', postalCode: null }, Type: 'Reseller label' }]);
    expect(
      Object.keys(world.rows('SELECT FIELDS(ALL) FROM Account LIMIT 1')[0] as object),
    ).not.toContain('Secret__c');
    expect(
      Object.keys(world.rows('SELECT FIELDS(CUSTOM) FROM Account LIMIT 1')[0] as object),
    ).toEqual(['Ext__c', 'Regions__c', 'Double__c']);
  });
  it('orders picklists by their list, empty cells first unless told, and pages by OFFSET', () => {
    expect(world.column('SELECT StageName FROM Opportunity ORDER BY StageName')).toEqual([
      'Prospecting',
      'Proposal',
      'Proposal',
      'Closed Won',
      'Closed Lost',
    ]);
    expect(world.column('SELECT Amount FROM Opportunity ORDER BY Amount DESC')).toEqual([
      null,
      500,
      300,
      200,
      100,
    ]);
    expect(
      world.column(
        'SELECT Amount FROM Opportunity ORDER BY Amount DESC NULLS LAST LIMIT 2 OFFSET 1',
      ),
    ).toEqual([300, 200]);
    expect(
      world.column('SELECT Name FROM Opportunity ORDER BY Account.Name NULLS LAST, Name DESC'),
    ).toEqual(['Deal 2', 'Deal 0', 'Deal 3', 'Deal 1', 'Deal 4']);
  });
  it('hides deleted and archived rows from plain queries only', () => {
    expect(world.query('SELECT COUNT() FROM Account').totalSize).toBe(3);
    expect(world.query('SELECT COUNT() FROM Account', true).totalSize).toBe(4);
    expect(world.column('SELECT Subject FROM Task WHERE IsArchived = true', true)).toEqual(['Old']);
    expect(world.column('SELECT Subject FROM Task WHERE IsArchived = true')).toEqual([]);
  });
  it('keeps records type and id for their attributes', () => {
    const [record] = world.query("SELECT Account.Name FROM Contact WHERE Name = 'Cy'").slice(0, 1);
    expect(record).toMatchObject({
      type: 'Contact',
      id: id('003', 1),
      values: [['Account', { type: 'Account', id: id('001', 1), values: [['Name', 'Acme']] }]],
    });
    expect(world.query('SELECT Id, Account.Owner.Name FROM Contact').columns()).toEqual([
      { name: 'Id', type: 'id', aggregate: false },
      { name: 'Account.Owner.Name', type: 'string', aggregate: false },
    ]);
  });
  it('takes an alias or the object name as the root', () =>
    expect(world.column("SELECT a.Name FROM Account a WHERE Account.Name = 'Acme'")).toEqual([
      'Acme',
    ]));
  it('USING SCOPE mine keeps own rows', () =>
    expect(world.column('SELECT Name FROM Account USING SCOPE mine')).toEqual(['Acme']));
});

describe('aggregates', () => {
  it('names results by alias, field, or exprN', () => {
    expect(
      world.rows(
        'SELECT StageName, COUNT(Id), SUM(Amount) total, MAX(CloseDate) FROM Opportunity GROUP BY StageName HAVING COUNT(Id) > 1',
      ),
    ).toEqual([{ StageName: 'Proposal', expr0: 2, total: 800, expr1: '2026-12-15' }]);
    expect(
      world.rows(
        'SELECT StageName FROM Opportunity GROUP BY StageName HAVING NOT COUNT(Id) > 1 AND MAX(Amount) = null',
      ),
    ).toEqual([{ StageName: 'Closed Lost' }]);
    expect(
      world.rows(
        'SELECT COUNT(Amount), COUNT_DISTINCT(StageName), AVG(Amount), MIN(Amount) FROM Opportunity',
      ),
    ).toEqual([{ expr0: 4, expr1: 4, expr2: 275, expr3: 100 }]);
    expect(world.rows("SELECT SUM(Amount) FROM Opportunity WHERE Name = 'none'")).toEqual([
      { expr0: null },
    ]);
  });
  it('groups by parent fields and date functions, ordered by an aggregate', () => {
    expect(
      world.rows(
        'SELECT Account.Name, COUNT(Id) n FROM Opportunity GROUP BY Account.Name ORDER BY COUNT(Id) DESC, Account.Name',
      ),
    ).toEqual([
      { Name: 'Acme', n: 2 },
      { Name: 'beta', n: 2 },
      { Name: null, n: 1 },
    ]);
    expect(
      world.rows(
        'SELECT CALENDAR_MONTH(CloseDate) m, COUNT(Id) FROM Opportunity GROUP BY CALENDAR_MONTH(CloseDate)',
      ),
    ).toEqual([
      { m: 10, expr0: 2 },
      { m: 11, expr0: 2 },
      { m: 12, expr0: 1 },
    ]);
    expect(
      world.rows(
        'SELECT FISCAL_YEAR(CloseDate), FISCAL_QUARTER(CloseDate) FROM Opportunity GROUP BY FISCAL_YEAR(CloseDate), FISCAL_QUARTER(CloseDate)',
      ),
    ).toEqual([{ expr0: 2027, expr1: 3 }]);
  });
  it('refuses what is neither grouped nor aggregated', () => {
    expect(world.fault('SELECT Name, COUNT(Id) FROM Opportunity')).toMatchObject({
      errorCode: 'MALFORMED_QUERY',
      message: 'Field must be grouped or aggregated: Name',
    });
    expect(world.fault('SELECT COUNT(Id) FROM Opportunity GROUP BY CreatedDate')).toMatchObject({
      errorCode: 'INVALID_FIELD',
      message: expect.stringContaining(
        "field 'CreatedDate' can not be grouped in a query call",
      ) as string,
    });
    expect(world.fault('SELECT SUM(Name) FROM Opportunity').message).toContain(
      'field Name does not support aggregate operator SUM',
    );
    expect(
      world.fault('SELECT StageName, COUNT(Id) FROM Opportunity GROUP BY ROLLUP(StageName)')
        .errorCode,
    ).toBe('MALFORMED_QUERY');
    expect(world.fault('SELECT COUNT(Id) FROM Opportunity LIMIT 1').errorCode).toBe(
      'MALFORMED_QUERY',
    );
  });
});
