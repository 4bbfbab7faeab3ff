import { STYLE } from './style.ts';
import { shown } from './svg.ts';

export type Key = readonly [colour: string, words: string][];

/** A chart with what its colours mean; nothing where there is nothing to draw. */
export function figure(chart: string, caption: string, key: Key, kind = ''): string {
  if (chart === '') return '';
  const items = key.map(
    ([colour, words]) => `<li class="k-${colour}"><i></i><span>${shown(words)}</span></li>`,
  );
  return `<figure class="${kind}"><figcaption>${shown(caption)}</figcaption>${chart}<ul class="key">${items.join('')}</ul></figure>`;
}

/** A heading with what stands under it; nothing where there is nothing. */
export const section = (title: string, ...parts: string[]): string =>
  parts.every((part) => part === '') ? '' : `<h2>${shown(title)}</h2>\n${parts.join('\n')}`;

/**
 * The first column names the row, the others are numbers or words about it. `whole` says of which
 * columns no cell is broken into lines.
 */
export function htmlTable(
  caption: string,
  heads: string[],
  rows: string[][],
  kind = '',
  whole: readonly boolean[] = [],
): string {
  if (rows.length === 0) return '';
  const head = heads.map((text) => `<th scope="col">${shown(text)}</th>`).join('');
  const named = caption === '' ? '' : `<caption>${shown(caption)}</caption>`;
  const body = rows.map(([first = '', ...rest]) => {
    const cells = rest.map(
      (text, i) => `<td${whole[i + 1] === true ? ' class="whole"' : ''}>${shown(text)}</td>`,
    );
    return `<tr><th scope="row">${shown(first)}</th>${cells.join('')}</tr>`;
  });
  return `<div class="wide"><table class="${kind}">${named}<thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>`;
}

/** A whole page as one file: it loads nothing and runs nothing. `body` is HTML already. */
export const htmlPage = (language: string, title: string, body: readonly string[]): string =>
  [
    `<!doctype html>\n<html lang="${shown(language)}"><head><meta charset="utf-8">`,
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">',
    '<meta name="viewport" content="width=device-width">',
    `<title>${shown(title)}</title><style>${STYLE}</style></head><body>`,
    ...body,
    '</body></html>\n',
  ].join('\n');
