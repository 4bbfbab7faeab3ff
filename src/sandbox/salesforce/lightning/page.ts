/** A plain record page: the fields that the reader may see, and the deployed components beside. */
import type { ObjectDefinition } from '../metadata/definition.ts';
import { escapeXml } from '../metadata-api/xml.ts';
import type { OrgUser, Row } from '../org-types.ts';
import type { SandboxOrg } from '../org.ts';
import { cellText } from './cell.ts';
import type { Placed } from './deployed.ts';
import { PAGE_STYLE } from './page-style.ts';

export interface PageRequest {
  org: SandboxOrg;
  user: OrgUser;
  object: ObjectDefinition;
  row: Row;
  placed: Placed[];
  /** What the scripts of the page know of its reader. */
  reader: { token: string; version: string; locale: string; lang: string; dir: 'ltr' | 'rtl' };
  theme: 'light' | 'dark';
  isWide: boolean;
  search: string;
  /** Why no component can be shown; null = it can. */
  why: string | null;
}

/** What must not end the script that it stands in. */
const inScript = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

export function recordPage(request: PageRequest): string {
  const { object, row, reader, theme, isWide, placed, why } = request;
  const name = String(row.Name ?? row.Id);
  const components = placed
    .map(
      ({ bundle, label }) =>
        `<div class="component" data-bundle="${escapeXml(bundle)}" aria-label="${escapeXml(label)}"></div>`,
    )
    .join('');
  const scripts =
    why === null ? placed.map(({ bundle }) => scriptOf(request, bundle)).join('') : '';
  return `<!doctype html>
<html lang="${reader.lang}" dir="${reader.dir}" class="${theme}">
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeXml(name)} | ${escapeXml(object.label)}</title>
<link rel="stylesheet" href="/_slds/styles/salesforce-lightning-design-system.min.css">
<style>${PAGE_STYLE}</style>
<body>
<header><p>${escapeXml(object.label)}</p><h1><bdi>${escapeXml(name)}</bdi></h1>${readers(request)}</header>
<main class="${isWide ? 'wide' : 'beside'}">
<section class="fields" aria-label="Fields"><dl>${fieldsOf(request)}</dl></section>
<aside aria-label="Components">${why === null ? components : `<p class="why">${escapeXml(why)}</p>`}</aside>
</main>
<script>globalThis.reader = ${inScript(reader)};</script>
${scripts}
</body></html>`;
}

const scriptOf = ({ row, object }: PageRequest, bundle: string): string =>
  `<script>globalThis.show = (Component, createElement) => {
  const element = createElement('c-shown', { is: Component });
  Object.assign(element, ${inScript({ recordId: row.Id, objectApiName: object.name })});
  document.querySelector('[data-bundle="${bundle}"]').append(element);
};</script><script src="/record-script/${encodeURIComponent(bundle)}.js"></script>`;

/** Whose eyes the page is seen with: rights differ, and so does what stands here. */
function readers({ org, user, row }: PageRequest): string {
  const all = org.users().filter(({ active }) => active);
  const links = all
    .slice(0, 12)
    .map(({ username }) =>
      username === user.username
        ? `<b>${escapeXml(username)}</b>`
        : `<a href="/record/${String(row.Id)}?as=${encodeURIComponent(username)}">${escapeXml(username)}</a>`,
    );
  return `<p class="readers">Seen as ${links.join(' · ')}</p>`;
}

/** Custom fields last, as a page layout that nobody has arranged has them. */
function fieldsOf({ org, user, object, row, reader }: PageRequest): string {
  const currency = String(row.CurrencyIsoCode ?? org.options.currency ?? 'USD');
  const how = { org, locale: reader.locale, currency };
  const visible = [...org.visibleFields(user, object)].sort(
    (a, b) => Number(a.custom) - Number(b.custom),
  );
  return visible
    .flatMap((field) => {
      const value = org.read(user, object, row, field.name);
      if (value === null) return [];
      return `<div><dt>${escapeXml(field.label)}</dt><dd>${cellText(how, field, value)}</dd></div>`;
    })
    .join('');
}
