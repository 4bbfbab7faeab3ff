import type { CrmField } from './connector.ts';

/** Every value that a row may hold: those that people choose today, and those taken out of use. */
export const heldOptions = ({ options, retiredOptions = [] }: CrmField): string[] =>
  [...options, ...retiredOptions].map(({ value }) => value);
