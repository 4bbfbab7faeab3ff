import type { CustomerValue, CustomerValues } from '../../model/customer-value.ts';
import { customerValue } from '../../predict/index.ts';
import { customersOf } from '../../store/customers.ts';
import type { RunContext } from '../run/context.ts';

/** Customers of each partner, and of all, beside those that were won without one. */
export async function customerValues({ store, connectionId, asOfMs }: RunContext): Promise<{
  byPartner: (accountId: string) => CustomerValue | null;
  customers: CustomerValues;
}> {
  const found = await customersOf(store, connectionId, asOfMs);
  const direct = found.filter(({ partnerId }) => partnerId === null);
  const own = Map.groupBy(found, ({ partnerId }) => partnerId);
  // Renewals and churn are no rows of the model: what is bought again stands for them, and is said.
  const missing: CustomerValues['missing'] = ['renewals', 'churn'];
  if (found.every(({ industry }) => industry === null)) missing.unshift('industries');
  if (found.length === 0) missing.unshift('accounts');
  return {
    byPartner: (accountId) => customerValue(own.get(accountId) ?? [], direct),
    customers: {
      all: customerValue(
        found.filter(({ partnerId }) => partnerId !== null),
        direct,
      ),
      missing,
    },
  };
}
