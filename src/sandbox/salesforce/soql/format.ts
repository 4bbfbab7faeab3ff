/** FORMAT(): values as the user's locale writes them. */
import type { FieldDefinition } from '../metadata/definition.ts';
import type { Cell } from '../org-types.ts';
import { DAY_MS, parseDay } from './calendar.ts';
import type { SoqlContext } from './context.ts';

/**
 * Text of a cell in the user's locale and time zone; kinds without a
 * localised form stay as they are.
 */
export function formatted(
  cell: Cell,
  field: FieldDefinition,
  currency: Cell | undefined,
  context: SoqlContext,
): Cell {
  if (cell === null) return null;
  const { locale, timeZone } = context;
  switch (field.type) {
    case 'currency': {
      const code = typeof currency === 'string' ? currency : context.userCurrency;
      if (!context.multiCurrency)
        return new Intl.NumberFormat(locale, { style: 'currency', currency: code }).format(
          Number(cell),
        );
      return `${code} ${new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(Number(cell))}`;
    }
    case 'int':
    case 'double':
      return new Intl.NumberFormat(locale, { maximumFractionDigits: field.scale ?? 0 }).format(
        Number(cell),
      );
    case 'percent':
      return `${new Intl.NumberFormat(locale, { maximumFractionDigits: field.scale ?? 0 }).format(Number(cell))}%`;
    case 'date':
      return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', dateStyle: 'short' }).format(
        (parseDay(String(cell)) ?? 0) * DAY_MS,
      );
    case 'datetime':
      return new Intl.DateTimeFormat(locale, {
        timeZone,
        dateStyle: 'short',
        timeStyle: 'short',
      }).format(Number(cell));
    default:
      return cell;
  }
}
