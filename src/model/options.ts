import type { CrmField } from './connector.ts';
import { fold } from './fold.ts';

/** Every value that a row may hold: those that people choose today, and those taken out of use. */
export const heldOptions = ({ options, retiredOptions = [] }: CrmField): string[] =>
  [...options, ...retiredOptions].map(({ value }) => value);

/**
 * Key -> what people call it, of options whose keys people never see; none for a label that two
 * options share, which must stay two.
 */
export function optionLabels({
  keyedOptions,
  options,
  retiredOptions = [],
}: CrmField): ReadonlyMap<string, string> {
  const all = keyedOptions === true ? [...options, ...retiredOptions] : [];
  const times = Map.groupBy(all, ({ label }) => fold(label));
  return new Map(
    all
      .filter(({ value, label }) => label !== value && times.get(fold(label))?.length === 1)
      .map(({ value, label }) => [value, label] as const),
  );
}
