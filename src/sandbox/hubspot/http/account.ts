/** The account itself: details, use of the API, limits, currencies, forecast types. */
import { notFound } from '../model/errors.ts';
import { DEAL } from '../model/object-types.ts';
import { instant } from '../model/text.ts';
import type { ObjectType } from '../model/types.ts';
import { type HubApp, json, requireScope, type Site } from './site.ts';

const CURRENCY_SCOPES = ['settings.currencies.read', 'multi-currency-read'];
const MAX_CUSTOM_OBJECTS = 10;
const MAX_RECORDS = 15_000_000;
const MAX_CUSTOM_RECORDS = 500_000;

export function mountAccount(app: HubApp, site: Site): void {
  const { settings } = site.portal;
  app.get('/account/details', () => {
    const { utcOffsetMinutes: offset } = settings;
    const clock = `${String(Math.floor(Math.abs(offset) / 60)).padStart(2, '0')}:${String(Math.abs(offset) % 60).padStart(2, '0')}`;
    return json({
      portalId: settings.portalId,
      accountType: 'STANDARD',
      timeZone: settings.timeZone,
      companyCurrency: settings.companyCurrency,
      additionalCurrencies: Object.keys(settings.exchangeRates),
      utcOffset: `${offset < 0 ? '-' : '+'}${clock}`,
      utcOffsetMilliseconds: offset * 60_000,
      uiDomain: 'app.hubspot.com',
      dataHostingLocation: 'na1',
    });
  });
  app.get('/account/api-usage/daily/private-apps', () =>
    json({
      results: [
        {
          name: 'private-apps-api-calls-daily',
          usageLimit: site.limiter.settings.daily,
          currentUsage: site.limiter.usedToday,
          collectedAt: instant(site.clock.nowMs()),
          fetchStatus: 'SUCCESS',
          resetsAt: instant(site.limiter.resetsMs),
        },
      ],
    }),
  );
  app.get('/forecast-types', () =>
    json({
      results: [
        {
          forecastTypeId: '1',
          forecastName: 'Deal amount',
          defaultType: true,
          objectTypeId: DEAL,
          amountProperty: 'amount',
          dateProperty: 'closedate',
          amountInHomeCurrencyProperty: 'amount_in_home_currency',
          weightedAmountProperty: 'hs_projected_amount',
        },
      ],
    }),
  );
  mountLimits(app, site);
  mountCurrencies(app, site);
}

const percentageOf = (usage: number, limit: number): number =>
  limit === 0 ? 100 : (usage / limit) * 100;

const named = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const labelsOf = ({ custom, name, plural }: ObjectType) => ({
  singularLabel: custom?.labels.singular ?? named(name),
  pluralLabel: custom?.labels.plural ?? named(plural),
});

/**
 * Shapes: developers.hubspot.com/docs/api-reference/latest/crm/limits-tracking (get-custom-properties,
 * get-custom-object-types).
 */
function mountLimits(app: HubApp, site: Site): void {
  app.get('/limits/custom-properties', () => {
    const byObjectType = site.portal.types.list().map((type) => ({
      objectTypeId: type.id,
      ...labelsOf(type),
      ...site.portal.catalog.room(type),
    }));
    const overallUsage = byObjectType.reduce((sum, one) => sum + one.usage, 0);
    const overallLimit = byObjectType.reduce((sum, one) => sum + one.limit, 0);
    return json({
      overallLimit,
      overallUsage,
      overallPercentage: percentageOf(overallUsage, overallLimit),
      byObjectType: byObjectType.map((one) => ({
        ...one,
        percentage: percentageOf(one.usage, one.limit),
      })),
    });
  });
  app.get('/limits/records', () => {
    const used = site.portal.types.list().map((type) => ({
      type,
      objectTypeId: type.id,
      ...labelsOf(type),
      usage: [...site.portal.table(type).all()].filter((one) => one.archivedMs === null).length,
    }));
    const listed = (custom: boolean) =>
      used.flatMap(({ type, ...one }) => ((type.custom !== null) === custom ? [one] : []));
    const overallUsage = listed(true).reduce((sum, one) => sum + one.usage, 0);
    return json({
      hubspotDefinedObjectTypes: listed(false).map((one) => ({
        ...one,
        limit: MAX_RECORDS,
        percentage: percentageOf(one.usage, MAX_RECORDS),
      })),
      customObjectTypes: {
        overallLimit: MAX_CUSTOM_RECORDS,
        overallUsage,
        overallPercentage: percentageOf(overallUsage, MAX_CUSTOM_RECORDS),
        byObjectType: listed(true),
      },
    });
  });
  app.get('/limits/custom-object-types', () => {
    const usage = site.portal.types.list().filter((type) => type.custom !== null).length;
    return json({
      limit: MAX_CUSTOM_OBJECTS,
      usage,
      percentage: percentageOf(usage, MAX_CUSTOM_OBJECTS),
    });
  });
}

function mountCurrencies(app: HubApp, site: Site): void {
  const { settings, createdMs } = site.portal;
  const stamps = { createdAt: instant(createdMs), updatedAt: instant(createdMs) };
  const rates = (): Record<string, unknown>[] =>
    Object.entries(settings.exchangeRates).map(([code, rate], i) => ({
      id: String(i + 1),
      fromCurrencyCode: code,
      toCurrencyCode: settings.companyCurrency,
      conversionRate: rate,
      effectiveAt: instant(createdMs),
      visibleInUI: true,
      ...stamps,
    }));
  app.get('/currencies/company-currency', (c) => {
    requireScope(c.get('access'), ...CURRENCY_SCOPES);
    return json({
      id: '0',
      currencyCode: settings.companyCurrency,
      currencyName: settings.companyCurrency,
      ...stamps,
    });
  });
  for (const path of ['/currencies/exchange-rates', '/currencies/exchange-rates/current']) {
    app.get(path, (c) => {
      requireScope(c.get('access'), ...CURRENCY_SCOPES);
      const wanted = c.req.query('fromCurrencyCode');
      return json({
        results: rates().filter(
          (rate) => wanted === undefined || rate['fromCurrencyCode'] === wanted,
        ),
      });
    });
  }
  app.get('/currencies/exchange-rates/:id', (c) => {
    requireScope(c.get('access'), ...CURRENCY_SCOPES);
    const found = rates().find((rate) => rate['id'] === c.req.param('id'));
    if (found === undefined) throw notFound();
    return json(found);
  });
}
