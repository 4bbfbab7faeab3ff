import { expect, it } from 'vitest';
import type { CrmSession, ReadRequest } from '../../../src/model/connector.ts';
import { readAll, startPortal } from './support/portal.ts';
import { ACCOUNT, scripted } from './support/wire.ts';

const whole = (object: string, fields: string[], more: Partial<ReadRequest> = {}): ReadRequest => ({
  object,
  fields,
  where: [],
  range: { kind: 'all' },
  includeDeleted: false,
  ...more,
});
const values = async (session: CrmSession, request: ReadRequest) =>
  (await readAll(session, request)).map((row) => Object.values(row.fields));

it('stages of all pipelines come in their order; won is closed with a probability of one, however it is written', async () => {
  const stage = (id: string, displayOrder: number, isClosed: string, probability: string) => ({
    id,
    label: id.toUpperCase(),
    displayOrder,
    metadata: { isClosed, probability },
    archived: false,
  });
  const results = [
    {
      id: 'p2',
      label: 'Second',
      displayOrder: 1,
      archived: false,
      stages: [stage('x', 0, 'false', '0.5')],
    },
    {
      id: 'default',
      label: 'Sales',
      displayOrder: 0,
      archived: false,
      stages: [
        stage('a', 0, 'false', '0.2'),
        stage('won', 1, 'true', '1.0'),
        stage('lost', 2, 'true', '0.0'),
      ],
    },
  ];
  const { open } = scripted((hit) =>
    hit.path === '/crm/v3/pipelines/deals' ? { json: { results } } : undefined,
  );
  const rows = await readAll(
    await open(),
    whole('deal_stages', ['key', 'order', 'closed', 'won', 'probability']),
  );
  expect(rows.map((row) => [row.id, ...Object.values(row.fields)])).toEqual([
    ['default/a', 'a', 0, false, false, 0.2],
    ['default/won', 'won', 1, true, true, 1],
    ['default/lost', 'lost', 2, true, false, 0],
    ['p2/x', 'x', 1000, false, false, 0.5],
  ]);
});

it('owners come with those who have left, over all pages', async () => {
  const owner = (id: string, archived: boolean) => ({
    id,
    email: `${id}@x.example`,
    firstName: id === '3' ? '' : 'Ann',
    lastName: '',
    userId: archived ? null : Number(id) + 100,
    userIdIncludingInactive: Number(id) + 100,
    archived,
  });
  const { open } = scripted((hit) => {
    if (!hit.path.startsWith('/crm/v3/owners')) return undefined;
    if (hit.query.get('archived') === 'true') return { json: { results: [owner('3', true)] } };
    return hit.query.get('after') === null
      ? { json: { results: [owner('1', false)], paging: { next: { after: '1' } } } }
      : { json: { results: [owner('2', false)] } };
  });
  expect(await values(await open(), whole('owners', ['id', 'name', 'active', 'userId']))).toEqual([
    ['3', '3@x.example', false, '103'],
    ['1', 'Ann', true, '101'],
    ['2', 'Ann', true, '102'],
  ]);
});

it('rates are there in a portal with several currencies only, as units for one unit of company money', async () => {
  const rate = (fromCurrencyCode: string, conversionRate: number) => ({
    id: fromCurrencyCode,
    fromCurrencyCode,
    toCurrencyCode: 'USD',
    conversionRate,
    effectiveAt: '2026-01-01T00:00:00Z',
  });
  const { open } = scripted((hit) => {
    if (hit.path === '/account-info/v3/details')
      return { json: { ...ACCOUNT, additionalCurrencies: ['EUR', 'JPY'] } };
    return hit.path === '/settings/v3/currencies/exchange-rates/current'
      ? { json: { results: [rate('EUR', 1.25), rate('JPY', 0.0078125)] } }
      : undefined;
  });
  expect(await values(await open(), whole('exchange_rates', ['code', 'perCompany']))).toEqual([
    ['USD', 1],
    ['EUR', 0.8],
    ['JPY', 128],
  ]);
  const { open: single } = scripted(() => undefined);
  expect(await (await single()).describe('exchange_rates')).toBeNull();
});

it('lists are read whole, by filter or by id, and say what they do not have', async () => {
  const portal = await startPortal();
  const session = await portal.open();
  const open = (
    await readAll(
      session,
      whole('deal_stages', ['key'], { where: [{ field: 'won', op: 'eq', value: true }] }),
    )
  ).map((row) => row.id);
  expect(open).toEqual(['default/closedwon']);
  expect(
    await readAll(session, whole('deal_stages', ['key'], { range: { kind: 'ids', ids: open } })),
  ).toHaveLength(1);
  expect(
    await session.count({
      object: 'deal_stages',
      where: [],
      range: { kind: 'all' },
      includeDeleted: false,
    }),
  ).toBe(7);
  await expect(session.read(whole('deal_stages', ['colour']), null)).rejects.toMatchObject({
    kind: 'config',
    message: expect.stringContaining('colour'),
  });
  await expect(
    session.read(
      whole('owners', ['id'], { range: { kind: 'changed', fromMs: 0, untilMs: 1 } }),
      null,
    ),
  ).rejects.toMatchObject({ kind: 'config', code: 'NO_STAMP' });
  await portal.sandbox.close();
});

it('a multi-currency portal describes its deal currency and reads its rates', async () => {
  const portal = await startPortal({ settings: { exchangeRates: { EUR: 1.25 } } });
  const session = await portal.open();
  expect((await session.identity()).multiCurrency).toBe(true);
  expect(
    (await session.describe('deals'))?.fields
      .find((field) => field.name === 'deal_currency_code')
      ?.options.map((option) => option.value),
  ).toEqual(['USD', 'EUR']);
  expect(await values(session, whole('exchange_rates', ['code', 'perCompany']))).toEqual([
    ['USD', 1],
    ['EUR', 0.8],
  ]);
  await portal.sandbox.close();
});

it('one hostile value in a list leaves all other rows, and comes as the text that was sent', async () => {
  const owner = (id: string, more: object) => ({ id, email: `${id}@a.example`, ...more });
  const stage = (id: string, metadata: unknown, more: object = {}) => ({
    id,
    label: id,
    displayOrder: 0,
    metadata,
    ...more,
  });
  const { open } = scripted((hit) => {
    if (hit.path === '/account-info/v3/details')
      return { json: { ...ACCOUNT, additionalCurrencies: ['EUR', 'GBP'] } };
    if (hit.path.startsWith('/crm/v3/owners'))
      return hit.query.get('archived') === 'true'
        ? { json: { results: [] } }
        : {
            json: {
              results: [
                owner('1', {}),
                owner('2', { archived: 'Yes', firstName: { a: 1 }, updatedAt: 7 }),
              ],
            },
          };
    if (hit.path === '/crm/v3/pipelines/deals')
      return {
        json: {
          results: [
            {
              id: 'p',
              label: 7,
              displayOrder: 'first',
              stages: [
                stage('a', { isClosed: 'false', probability: '0.5' }),
                stage('b', { isClosed: 'Yes', probability: '1.0' }),
                stage('c', { isClosed: 'true', probability: 'NaN' }, { displayOrder: 'last' }),
                stage('d', 'none at all', { archived: 'perhaps' }),
              ],
            },
          ],
        },
      };
    if (hit.path === '/settings/v3/currencies/exchange-rates/current')
      return {
        json: {
          results: ['EUR', 'GBP'].map((fromCurrencyCode) => ({
            fromCurrencyCode,
            toCurrencyCode: ACCOUNT.companyCurrency,
            conversionRate: fromCurrencyCode === 'EUR' ? 0.5 : 'NaN',
            effectiveAt: fromCurrencyCode === 'EUR' ? '99999-01-01' : '2026-01-01T00:00:00Z',
          })),
        },
      };
    return undefined;
  });
  const session = await open();
  expect(await values(session, whole('owners', ['firstName', 'active']))).toEqual([
    [null, true],
    ['{"a":1}', 'Yes'],
  ]);
  expect(
    await values(session, whole('deal_stages', ['closed', 'won', 'probability', 'active'])),
  ).toEqual([
    [false, false, 0.5, true],
    ['Yes', 'Yes', 1, true],
    [true, 'NaN', 'NaN', true],
    [false, false, null, 'perhaps'],
  ]);
  expect(
    await values(session, whole('exchange_rates', ['code', 'perCompany', 'effectiveAt'])),
  ).toEqual([
    [ACCOUNT.companyCurrency, 1, null],
    ['EUR', 2, '99999-01-01'],
    ['GBP', '1 / NaN', '2026-01-01T00:00:00.000Z'],
  ]);
});
