/** The usual filling of a Salesforce sandbox. */
import type { Seeder } from '../seed.ts';

export const seedSalesforce: Seeder = () => null;
