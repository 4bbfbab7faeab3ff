import { describe, expect, it } from 'vitest';
import { SmallWorld } from './small-world.ts';

const world = new SmallWorld();
const WSDL = 'Please reference your WSDL or the describe call for the appropriate names.';

describe('faults point into the statement as Salesforce does', () => {
  it('unknown column', () => {
    expect(world.fault('SELECT Foo FROM Account')).toEqual({
      errorCode: 'INVALID_FIELD',
      status: 400,
      message: `\nSELECT Foo FROM Account\n       ^\nERROR at Row:1:Column:8\nNo such column 'Foo' on entity 'Account'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. ${WSDL}`,
    });
  });
  it('cuts the excerpt to whole words about the place', () => {
    const message = world.fault(
      "SELECT Id, Name, Type, NumberOfEmployees, AnnualRevenue FROM Account WHERE Fax__c = 'x' AND Name = 'a name that goes on'",
    ).message;
    expect(message.split('\n').slice(1, 4)).toEqual([
      "AnnualRevenue FROM Account WHERE Fax__c = 'x' AND Name = 'a name that",
      `${' '.repeat(33)}^`,
      'ERROR at Row:1:Column:76',
    ]);
  });
  it('a hidden field is an absent field', () => {
    expect(world.fault('SELECT Secret__c FROM Account').message).toContain(
      "No such column 'Secret__c' on entity 'Account'",
    );
    expect(world.fault("SELECT Id FROM Account WHERE Secret__c = 'x'").errorCode).toBe(
      'INVALID_FIELD',
    );
    expect(world.fault('SELECT Id FROM Account ORDER BY Secret__c').errorCode).toBe(
      'INVALID_FIELD',
    );
  });
  it.each([
    ['SELECT Id FROM Nope', 'INVALID_TYPE', "sObject type 'Nope' is not supported."],
    [
      'SELECT Accnt.Name FROM Contact',
      'INVALID_FIELD',
      "Didn't understand relationship 'Accnt' in field path.",
    ],
    [
      'SELECT Id, (SELECT Id FROM Kids) FROM Account',
      'INVALID_FIELD',
      "Didn't understand relationship 'Kids' in FROM part of query call.",
    ],
    [
      "SELECT Id FROM Account WHERE Description = 'x'",
      'INVALID_FIELD',
      "field 'Description' can not be filtered in a query call",
    ],
    [
      'SELECT Id FROM Account ORDER BY Description',
      'INVALID_FIELD',
      "field 'Description' can not be sorted in a query call",
    ],
    [
      "SELECT Id FROM Account WHERE Id LIKE '001%'",
      'INVALID_QUERY_FILTER_OPERATOR',
      'invalid operator on id field',
    ],
    [
      "SELECT Id FROM Account WHERE Regions__c LIKE 'E%'",
      'INVALID_QUERY_FILTER_OPERATOR',
      'invalid operator on multipicklist field',
    ],
    [
      "SELECT Id FROM Account WHERE Id = 'nope'",
      'INVALID_QUERY_FILTER_OPERATOR',
      'invalid ID field: nope',
    ],
    [
      "SELECT Id FROM Account WHERE CreatedDate > '2026-01-01'",
      'INVALID_FIELD',
      "value of filter criterion for field 'CreatedDate' must be of type dateTime and should not be enclosed in quotes",
    ],
    [
      'SELECT Id FROM Account WHERE CreatedDate > 2026-01-01',
      'INVALID_FIELD',
      'must be of type dateTime and should not be enclosed in quotes',
    ],
    [
      'SELECT Id FROM Opportunity WHERE CloseDate > 2026-01-01T00:00:00Z',
      'INVALID_FIELD',
      "value of filter criterion for field 'CloseDate' must be of type date and should not be enclosed in quotes",
    ],
    [
      'SELECT Id FROM Account WHERE Name = 5',
      'INVALID_FIELD',
      "value of filter criterion for field 'Name' must be of type string and should be enclosed in quotes",
    ],
    [
      "SELECT Id FROM Opportunity WHERE IsWon = 'true'",
      'INVALID_FIELD',
      'must be of type boolean and should not be enclosed in quotes',
    ],
    [
      'SELECT Id FROM Opportunity WHERE CloseDate = 2026-02-30',
      'MALFORMED_QUERY',
      'Invalid date: 2026-02-30',
    ],
    [
      "SELECT Id FROM Account WHERE Name = 'a' AND Name = 'b' OR Name = 'c'",
      'MALFORMED_QUERY',
      'unexpected token: OR',
    ],
    ['SELECT Id,, Name FROM Account', 'MALFORMED_QUERY', "unexpected token: ','"],
    ['SELEC Id FROM Account', 'MALFORMED_QUERY', "unexpected token: 'SELEC'"],
    ['SELECT Id FROM', 'MALFORMED_QUERY', "unexpected token: '<EOF>'"],
    ["SELECT Id FROM Account WHERE Name = 'abc", 'MALFORMED_QUERY', 'ERROR at Row:1:Column:37'],
    ['', 'MALFORMED_QUERY', 'SOQL statements cannot be empty or null'],
    ['SELECT Id FROM Account ALL ROWS', 'MALFORMED_QUERY', 'ALL ROWS not allowed in this context'],
    [
      'SELECT Id FROM Account WHERE Name = :name',
      'MALFORMED_QUERY',
      'Bind variables only allowed in Apex code',
    ],
    [
      'SELECT Id FROM Account OFFSET 2001',
      'NUMBER_OUTSIDE_VALID_RANGE',
      'Maximum SOQL offset allowed is 2000',
    ],
    [
      'SELECT FIELDS(ALL) FROM Account',
      'MALFORMED_QUERY',
      'The SOQL FIELDS function must have a LIMIT of at most 200',
    ],
    ['SELECT FIELDS(CUSTOM) FROM Account LIMIT 201', 'MALFORMED_QUERY', 'LIMIT of at most 200'],
    ['SELECT Id, Id FROM Account', 'INVALID_FIELD', 'duplicate field selected: Id'],
    [
      'SELECT Name n FROM Account',
      'MALFORMED_QUERY',
      'only aggregate expressions use field aliasing',
    ],
    [
      'SELECT Id FROM Account WHERE Id IN (SELECT Id FROM Account)',
      'MALFORMED_QUERY',
      'The inner and outer selects should not be on the same object type',
    ],
    [
      "SELECT Id FROM Account WHERE Name = 'x' OR Id IN (SELECT AccountId FROM Contact)",
      'MALFORMED_QUERY',
      "not allowed with the 'OR' operator",
    ],
    [
      'SELECT Id FROM Account WHERE NOT (Id IN (SELECT AccountId FROM Contact))',
      'MALFORMED_QUERY',
      'not in nested WHERE expressions',
    ],
    [
      'SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE AccountId IN (SELECT Id FROM Account))',
      'MALFORMED_QUERY',
      'Nesting of semi join sub-selects is not supported',
    ],
    [
      'SELECT Id FROM Account WHERE Id IN (SELECT OwnerId FROM Opportunity)',
      'MALFORMED_QUERY',
      'should point to the same object type',
    ],
    [
      'SELECT Id, (SELECT Id, (SELECT Id FROM Tasks) FROM Contacts) FROM Account',
      'MALFORMED_QUERY',
      'child subqueries',
    ],
    [
      'SELECT Id FROM Account WHERE AnnualRevenue > USD5000',
      'INVALID_FIELD',
      'Invalid currency ISO code',
    ],
    ['SELECT convertCurrency(AnnualRevenue) FROM Account', 'MALFORMED_QUERY', 'convertCurrency'],
    [
      'SELECT Parent.Parent.Parent.Parent.Parent.Parent.Name FROM Account',
      'MALFORMED_QUERY',
      'levels',
    ],
  ])('%s', (soql, errorCode, message) => {
    const fault = world.fault(soql);
    expect({ errorCode: fault.errorCode, status: fault.status }).toEqual({
      errorCode,
      status: 400,
    });
    expect(fault.message).toContain(message);
  });
  it('too long a statement, too long a literal', () => {
    expect(world.fault(`SELECT Id FROM Account${' '.repeat(100_000)}`).errorCode).toBe(
      'QUERY_TOO_COMPLICATED',
    );
    expect(world.fault(`SELECT Id FROM Account WHERE Name = '${'x'.repeat(4001)}'`).errorCode).toBe(
      'QUERY_TOO_COMPLICATED',
    );
    expect(world.query(`SELECT Id FROM Account WHERE Name = '${'x'.repeat(4000)}'`).totalSize).toBe(
      0,
    );
  });
  it('blanks, line ends and OFFSET alone are no faults', () => {
    expect(
      world.query("SELECT Id\nFROM  Account WHERE Name = 'a  b'\nORDER \n BY Name").totalSize,
    ).toBe(0);
    expect(
      world.query(
        "SELECT Id, (SELECT Id FROM Contacts OFFSET 1) FROM Account WHERE Name = 'x OFFSET 3' OFFSET 0",
      ).totalSize,
    ).toBe(0);
    expect(world.query("SELECT Id FROM Account WHERE Name = 'x' FOR VIEW").totalSize).toBe(0);
  });
  it('refuses conditions without AND or OR between them', () => {
    expect(world.fault("SELECT Id FROM Account WHERE Name = 'x' Type = 'y'").message).toBe(
      "unexpected token: 'Type'",
    );
  });
  it('five levels of parents are allowed', () =>
    expect(
      world.query('SELECT Parent.Parent.Parent.Parent.Parent.Name FROM Account').totalSize,
    ).toBe(0));
  it('FOR VIEW and FOR REFERENCE are taken', () =>
    expect(world.query('SELECT Id FROM Account FOR VIEW').totalSize).toBe(0));
});
