/**
 * A page for each list view that was deployed: `/list/OBJECT/VIEW?sort=COLUMN`, as a reader sees
 * it.
 */
import { escapeHtml } from '../../web-page.ts';
import { storeOf } from '../metadata-api/store.ts';
import type { OrgUser, QueriedRecord, QueriedValue } from '../org-types.ts';
import type { SandboxOrg } from '../org.ts';
import { momentText, numberText } from './cell.ts';
import { listQuery } from './list-soql.ts';
import { PAGE_STYLE } from './page-style.ts';

export interface ListRequest {
  org: SandboxOrg;
  user: OrgUser;
  object: string;
  view: string;
  /** Path of the column that was clicked. */
  sort: string | null;
  locale: string;
  dir: 'ltr' | 'rtl';
  theme: 'light' | 'dark';
}

const TABLE_STYLE = `
.list { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; background: #fff; font-size: 0.8125rem; }
th, td { padding: 0.4rem 0.6rem; border-bottom: 1px solid #e5e5e5; text-align: start; vertical-align: top; }
td.number { text-align: end; white-space: nowrap; }
nav { padding: 1rem; } .empty { padding: 0 1rem; }
html.dark table { background: #242424; } html.dark th, html.dark td { border-color: #5c5c5c; } nav a { display: inline-block; margin-inline-end: 1rem; }`;

/** The page; undefined where no such view was deployed. */
export function listPage(request: ListRequest): string | undefined {
  const { org, user, object, view, sort } = request;
  const entry = storeOf(org).get('ListView', `${object}.${view}`);
  if (entry === undefined) return undefined;
  const { label, columns, soql } = listQuery(object, entry.document, sort);
  const found = org.query(user, soql, false);
  const records = found.slice(0, found.totalSize);
  const heads = columns.map(
    (path) =>
      `<th><a href="?sort=${encodeURIComponent(path)}">${escapeHtml(headOf(request, path))}</a></th>`,
  );
  const rows = records.map(
    (record) => `<tr>${columns.map((path) => cell(request, record, path)).join('')}</tr>`,
  );
  return `<!doctype html>
<html lang="${request.locale}" dir="${request.dir}" class="${request.theme}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(label)}</title>
<style>${PAGE_STYLE}${TABLE_STYLE}</style>
<body><header><p>${escapeHtml(object)}</p><h1>${escapeHtml(label)}</h1>
<p class="readers" dir="auto">${records.length} shown, seen as ${escapeHtml(user.username)}</p></header>
<nav>${othersOf(org)}</nav>
<div class="list" tabindex="0" role="region" aria-label="${escapeHtml(label)}"><table><thead><tr>${heads.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>
${records.length === 0 ? '<p class="empty" role="status">No record is in this list.</p>' : ''}
</body></html>`;
}

/** What a field is called; what stands on another record by its own path. */
function headOf({ org, object }: ListRequest, path: string): string {
  const field = org.object(object)?.fields.find(({ name }) => name === path);
  return field?.label ?? path.replace('.', ' ');
}

const othersOf = (org: SandboxOrg): string =>
  storeOf(org)
    .ofType('ListView')
    .map(({ fullName, document }) => {
      const [object = '', view = ''] = fullName.split('.');
      return `<a href="/list/${object}/${view}">${escapeHtml(String(document['label'] ?? view))}</a>`;
    })
    .join('');

function valueAt(record: QueriedRecord, path: string): QueriedValue {
  const [head = '', ...rest] = path.split('.');
  const found = record.values.find(([name]) => name.toLowerCase() === head.toLowerCase())?.[1];
  const isParent = rest.length > 0 && typeof found === 'object' && found !== null;
  return isParent && 'values' in found ? valueAt(found, rest.join('.')) : (found ?? null);
}

function cell(request: ListRequest, record: QueriedRecord, path: string): string {
  const { org, object, locale } = request;
  const value = valueAt(record, path);
  if (typeof value === 'number') {
    const field = org.object(object)?.fields.find(({ name }) => name === path);
    if (field?.type === 'datetime') return `<td>${momentText(value)}</td>`;
    const shape = field ?? { name: path.split('.').at(-1) ?? path, type: 'double' as const };
    // Amounts of an org with several currencies are each in their own, which is not asked for.
    const currency = org.options.multiCurrency ? '' : (org.options.currency ?? 'USD');
    const text = numberText(shape, value, locale, currency);
    return `<td class="number">${escapeHtml(text)}</td>`;
  }
  const text = value === null || typeof value === 'object' ? '' : escapeHtml(String(value));
  return path === 'Name'
    ? `<td><a href="/record/${encodeURIComponent(record.id ?? '')}"><bdi>${text}</bdi></a></td>`
    : `<td><bdi>${text}</bdi></td>`;
}
