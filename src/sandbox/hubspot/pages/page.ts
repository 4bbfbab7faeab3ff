/** A plain record page: the properties by group, and the records it is associated with. */
import { escapeHtml } from '../../web-page.ts';
import type { HubRecord, ObjectType } from '../model/types.ts';
import type { Portal } from '../portal.ts';
import { groupsOf } from './layout.ts';
import { PAGE_STYLE } from './style.ts';

/** Associations of one kind that a page lists. */
const LINKS_SHOWN = 25;
/** A list or a heading shows no more of a name. */
const NAME_SHOWN = 120;
const ABOUT_THE_CARD =
  'HubSpot draws the components of a card itself and gives its drawing to nobody, so no card ' +
  'stands here. To see yours: `hs project upload` and open the record in a HubSpot account, or ' +
  '`hs project dev` while you change it. A clone of the repository renders it as text by ' +
  'HubSpot’s own library, on what this portal answers: `npm ci --prefix tools/hubspot-card`, ' +
  'then `npx vitest run test/connectors/hubspot/card.test.ts`.';

/** Names of records, as HubSpot shows them in lists. */
const NAMES: Readonly<Record<string, string[]>> = {
  contact: ['firstname', 'lastname'],
  deal: ['dealname'],
  task: ['hs_task_subject'],
  call: ['hs_call_title'],
  email: ['hs_email_subject'],
  meeting: ['hs_meeting_title'],
  ticket: ['subject'],
};

function nameOf(type: ObjectType, { id, values }: HubRecord): string {
  const own = type.custom?.primaryDisplayProperty;
  const names = NAMES[type.name] ?? [own ?? 'name'];
  const text = names.flatMap((name) => values[name] ?? []).join(' ');
  return text === '' ? id : text.slice(0, NAME_SHOWN);
}

export function recordPage(
  portal: Portal,
  type: ObjectType,
  record: HubRecord,
  theme: 'light' | 'dark',
): string {
  const name = escapeHtml(nameOf(type, record));
  const label = escapeHtml(type.custom?.labels.singular ?? type.name);
  const archived = record.archivedMs === null ? '' : '<p role="status">This record is deleted.</p>';
  return `<!doctype html>
<html lang="en" class="${theme}">
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${name} | ${label}</title>
<style>${PAGE_STYLE}</style>
<body>
<header><p>${label}</p><h1><bdi>${name}</bdi></h1>${archived}</header>
<main>
<div class="fields">${groupsOf(portal, type, record).map(groupText).join('')}</div>
<aside aria-label="Cards and associations">
<section><h2>Card</h2><p>${escapeHtml(ABOUT_THE_CARD)}</p></section>
${linksOf(portal, type, record)}
</aside>
</main>
</body></html>`;
}

const groupText = ({ label, rows }: ReturnType<typeof groupsOf>[number]): string =>
  `<section><h2>${escapeHtml(label)}</h2><dl>${rows
    .map((row) => `<div><dt>${escapeHtml(row.label)}</dt><dd>${bidiText(row.text)}</dd></div>`)
    .join('')}</dl></section>`;

const bidiText = (text: string): string => `<bdi>${escapeHtml(text)}</bdi>`;

function linksOf(portal: Portal, type: ObjectType, record: HubRecord): string {
  return portal.types
    .list()
    .map((to) => {
      const found = portal.links.of(type.id, record.id, to.id).flatMap(({ toId, types }) => {
        const other = portal.table(to).get(toId);
        const kinds = types.flatMap((kind) => kind.label ?? []).join(', ');
        return other === null ? [] : [linkText(to, other, kinds)];
      });
      const more = found.length - LINKS_SHOWN;
      return found.length === 0
        ? ''
        : `<section><h2>${escapeHtml(to.custom?.labels.plural ?? to.plural)}</h2><ul>${found
            .slice(0, LINKS_SHOWN)
            .join('')}</ul>${more > 0 ? `<p>and ${more} more</p>` : ''}</section>`;
    })
    .join('');
}

const linkText = (type: ObjectType, record: HubRecord, kinds: string): string =>
  `<li><a href="/record/${type.id}-${record.id}">${bidiText(nameOf(type, record))}</a>${
    kinds === '' ? '' : ` (${escapeHtml(kinds)})`
  }</li>`;
