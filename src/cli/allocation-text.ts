import type { Speech } from '../model/language/languages.ts';
import { say } from '../model/language/printed.ts';
import type { AllocationList } from '../sync/measure/allocation-list.ts';
import { heading, printable } from './format.ts';

/** Partners by how far what is spent on them is from what they are worth. */
export function allocationText(
  { of, total, guessed, partners }: AllocationList,
  speech: Speech,
): string {
  if (partners === null) return `  ${say(speech, `allocation.${of}.none`)}\n`;
  return [
    heading(say(speech, `allocation.${of}.title`)),
    ...partners.flatMap(({ name, type, now, suggested, marginal, value1y }, i) => {
      const about = type === null ? '' : ` (${printable(type, 40)})`;
      return [
        `${`${i + 1}.`.padStart(4)} ${printable(name, 70)}${about}\n`,
        `     ${say(speech, `allocation.${of}.share`, { now, suggested })}\n`,
        `     ${say(speech, 'allocation.worth', { value: value1y, marginal })}\n`,
      ];
    }),
    `  ${say(speech, `allocation.${of}.total`, { total, guessed })}\n`,
    `  ${say(speech, 'allocation.assumed')}\n`,
  ].join('');
}
