import { stringify } from 'yaml';

/**
 * A value of a mapping on one line, as a person would write it in YAML; a line break
 * inside a name is written `\n`.
 */
export const flow = (value: unknown): string =>
  stringify(value, {
    collectionStyle: 'flow',
    lineWidth: 0,
    doubleQuotedMinMultiLineLength: Infinity,
  }).trim();
