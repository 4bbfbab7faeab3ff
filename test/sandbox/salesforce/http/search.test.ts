import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorCode, openClient, type Client } from './client.ts';

let client: Client;
beforeAll(async () => {
  client = await openClient();
  for (const [Name, Description] of [
    ['Acme Partners', 'north'],
    ['Acme', null],
    ['Acmeville', 'about acme'],
    ['Other (UK)', null],
  ])
    await client.create('Account', { Name, Description });
  await client.create('Contact', { LastName: 'Acme', Email: 'who@acme.example' });
});
afterAll(() => client.close());

const sosl = async (text: string) => client.send('GET', `search?q=${encodeURIComponent(text)}`);
const names = (answer: { body: unknown }) =>
  (answer.body as { searchRecords: { Name?: string; Id?: string }[] }).searchRecords.map(
    (one) => one.Name ?? one.Id,
  );

describe('search', () => {
  it('finds whole words in names, and prefixes with a star', async () => {
    expect(
      names(await sosl('FIND {acme} IN NAME FIELDS RETURNING Account(Name ORDER BY Name)')),
    ).toEqual(['Acme', 'Acme Partners']);
    expect(
      names(await sosl('FIND {acme*} IN NAME FIELDS RETURNING Account(Name ORDER BY Name)')),
    ).toEqual(['Acme', 'Acme Partners', 'Acmeville']);
  });

  it('finds phrases, alternatives and all words, with a condition and a limit of its own', async () => {
    expect(
      names(
        await sosl(
          'FIND {"acme partners" OR UK} IN NAME FIELDS RETURNING Account(Name ORDER BY Name)',
        ),
      ),
    ).toEqual(['Acme Partners', 'Other (UK)']);
    expect(names(await sosl('FIND {acme AND partners} RETURNING Account(Name)'))).toEqual([
      'Acme Partners',
    ]);
    expect(
      names(
        await sosl(
          "FIND {acme*} IN NAME FIELDS RETURNING Account(Name WHERE Name LIKE 'Acme%' ORDER BY Name DESC LIMIT 2)",
        ),
      ),
    ).toEqual(['Acmeville', 'Acme Partners']);
  });

  it('searches several objects, or all of them when none is named', async () => {
    const types = (answer: { body: unknown }) =>
      (answer.body as { searchRecords: { attributes: { type: string } }[] }).searchRecords.map(
        ({ attributes }) => attributes.type,
      );
    expect(
      types(await sosl('FIND {acme} IN NAME FIELDS RETURNING Contact, Account(Id LIMIT 1)')),
    ).toEqual(['Contact', 'Account']);
    expect(new Set(types(await sosl('FIND {acme} IN NAME FIELDS')))).toEqual(
      new Set(['Account', 'Contact']),
    );
  });

  it('takes parameters instead of a statement', async () => {
    const got = await client.send(
      'GET',
      'parameterizedSearch?q=acme&in=NAME&sobject=Account&Account.fields=Id,Name&Account.limit=1',
    );
    expect(names(got)).toHaveLength(1);
    const posted = await client.send('POST', 'parameterizedSearch', {
      q: 'acme',
      in: 'NAME',
      sobjects: [{ name: 'Account', fields: ['Name'], orderBy: 'Name' }],
      overallLimit: 5,
    });
    expect(names(posted)).toEqual(['Acme', 'Acme Partners']);
  });

  it.each(['FIND acme', 'FIND {a}', 'FIND {}', ''])('refuses %j', async (text) => {
    const answer = await sosl(text);
    expect([answer.status, errorCode(answer)]).toEqual([400, 'MALFORMED_SEARCH']);
  });
});
