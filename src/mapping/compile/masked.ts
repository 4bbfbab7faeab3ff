import type { CrmField } from '../../model/connector.ts';
import { textOf } from '../../model/value.ts';

/**
 * What a CRM shows of an encrypted value to those who may not see it: signs that hide, with the
 * dashes or spaces of a number between them, and at most the last four characters to be read
 * (`********`, `****tone`, `XXX-XX-1234`, `****-****-****-9876`). Letters X begin a mask from three
 * on, since fewer may begin a word.
 */
const MASK = /^(?:\*[-* ]*|X{3}[-X ]*)(?:[\p{L}\p{N}][- ]?){0,4}$/u;

/** Only where the CRM says that it masks the field: elsewhere three stars are a rating. */
export const isMask = (field: CrmField, value: unknown): boolean =>
  field.masked === true && MASK.test(textOf(value).trim());
