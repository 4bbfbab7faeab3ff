/** The org as the SOQL evaluator sees it through one user's eyes. */
import type { OrgUser } from '../org-types.ts';
import type { SoqlContext } from '../soql/index.ts';
import { isComputed, readCell } from './computed.ts';
import type { OrgCore } from './core.ts';
import { datedRate } from './currency-rules.ts';
import { isEncrypted, seen } from './masks.ts';

function conversionRate(core: OrgCore, isoCode: string): number | undefined {
  const table = core.schema.object('CurrencyType');
  if (!table) return undefined;
  for (const row of core.storage.table(table).values())
    if (row['IsoCode'] === isoCode) return Number(row['ConversionRate']);
  return undefined;
}

export function soqlContext(core: OrgCore, user: OrgUser): SoqlContext {
  const row = core.get('User', user.id);
  const text = (name: string, otherwise: string): string =>
    typeof row?.[name] === 'string' ? row[name] : otherwise;
  const { permissions, schema, storage, options } = core;
  const readable = (name: string) => {
    const object = schema.object(name);
    return object && permissions.access(user, object).read ? object : undefined;
  };
  return {
    object: readable,
    objects: () => schema.objects(),
    objectOfId: (id) => schema.ofId(id),
    table: (object) => storage.table(object),
    visibleFields: (object) => permissions.visibleFields(user, object),
    read: (object, record, name) => {
      const field = schema.field(object, name);
      return field ? seen(core, user, field, readCell(core, object, record, field)) : null;
    },
    isComputed: (object, field) => isEncrypted(field) || isComputed(object, field),
    nowMs: core.nowMs(),
    userId: user.id,
    timeZone: text('TimeZoneSidKey', options.timeZone ?? 'GMT'),
    locale: text('LocaleSidKey', 'en_US').replace('_', '-'),
    fiscalYearStartMonth: options.fiscalYearStartMonth ?? 1,
    fiscalYearNamedByEnd: true,
    multiCurrency: options.multiCurrency === true,
    userCurrency: text('CurrencyIsoCode', options.currency ?? 'USD'),
    conversionRate: (isoCode) => conversionRate(core, isoCode),
    datedRate: (isoCode, day) => datedRate(core, isoCode, day),
  };
}
