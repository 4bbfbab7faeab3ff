import * as z from 'zod';

/** A value that a document may compare with. */
export const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** One term of a filter, as a document writes it; what it means stands in `filter.ts`. */
export const filterTerm = z.strictObject({
  field: z.string().min(1),
  op: z.enum(['eq', 'ne', 'in', 'notIn', 'lt', 'lte', 'gt', 'gte', 'isNull', 'notNull']),
  value: scalar.optional(),
  values: z.array(scalar).optional(),
});
