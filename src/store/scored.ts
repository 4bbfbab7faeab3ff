import { and, eq, type SQL } from 'drizzle-orm';
import { deals, dealScores, partners, partnerScores } from './schema.ts';

/**
 * The record that a score is of. `rowsId`: where the rows are, which is another place than the
 * results where those are a dry run's.
 */
export const partnerOfScore = (rowsId: string): SQL | undefined =>
  and(
    eq(partners.connectionId, rowsId),
    eq(partners.object, partnerScores.object),
    eq(partners.id, partnerScores.partnerId),
  );

export const dealOfScore = (rowsId: string): SQL | undefined =>
  and(
    eq(deals.connectionId, rowsId),
    eq(deals.object, dealScores.object),
    eq(deals.id, dealScores.dealId),
  );
