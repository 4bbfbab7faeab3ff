import { styleText } from 'node:util';
import { cleanLine } from '../model/clean-text.ts';

/** 1234567.8 USD -> `1,234,568 USD`. */
export const money = (amount: number, currency: string): string =>
  `${Math.round(amount).toLocaleString('en-US')} ${currency}`;
/** 123456 USD -> `1,234.56 USD`: what must add up is shown to the cent. */
export const cents = (amount: number, currency = ''): string =>
  `${(amount / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })} ${currency}`.trim();
export const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
export const points = (value: number): string => value.toFixed(1);
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
export const instant = (ms: number | null): string =>
  ms === null ? 'never' : new Date(ms).toISOString().replace('T', ' ').slice(0, 19) + ' UTC';
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${whole(count)} ${count === 1 ? one : many}`;

/**
 * What this program itself sends to a terminal beside text: line ends, bold, and a
 * progress line drawn again.
 */
// eslint-disable-next-line no-control-regex
const OWN_CODES = /(\n|\u001b\[(?:1|22)m|(?:\u001b\[1A)?\r\u001b\[2K)/;

/**
 * The last gate to the terminal: text of the CRM that came this far
 * unchecked can no longer drive it.
 */
export const harmless = (text: string): string =>
  text
    .split(OWN_CODES)
    .map((part, at) => (at % 2 === 1 ? part : cleanLine(part)))
    .join('');

/** Text from the CRM as one printable line. */
export const printable = (text: string, maxLength = 60): string => {
  const clean = cleanLine(text);
  return clean.length <= maxLength ? clean : `${[...clean].slice(0, maxLength - 1).join('')}…`;
};

export const heading = (text: string): string => `\n${styleText('bold', text)}\n`;

type Align = 'left' | 'right';
/** Columns padded to their widest cell; numbers to the right. */
export function table(headers: string[], rows: string[][], align: Align[] = []): string {
  const widths = headers.map((header, i) =>
    Math.max(header.length, ...rows.map((row) => row[i]?.length ?? 0)),
  );
  const line = (cells: string[]): string =>
    `  ${cells.map((cell, i) => (align[i] === 'right' ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!))).join('  ')}`.trimEnd();
  return [
    line(headers),
    line(widths.map((width) => '-'.repeat(width))),
    ...rows.map(line),
    '',
  ].join('\n');
}
