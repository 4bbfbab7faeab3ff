/** Owners: the users to whom records belong. Deactivated ones show with `archived=true` only. */
import { instant } from '../model/text.ts';
import { notFound } from '../model/errors.ts';
import type { Owner } from '../model/types.ts';
import { flagParam, limitParam, part } from './body.ts';
import { nextPage } from './objects.ts';
import { type HubApp, json, requireScope, type Site } from './site.ts';

const PAGE = 100;
const MAX_PAGE = 500;
const SCOPE = 'crm.objects.owners.read';

export function mountOwners(app: HubApp, site: Site): void {
  const { owners } = site.portal;
  app.get('/owners', (c) => {
    requireScope(c.get('access'), SCOPE);
    const limit = limitParam(c, PAGE, MAX_PAGE);
    const archived = flagParam(c, 'archived');
    const email = c.req.query('email')?.toLowerCase();
    const after = Number(c.req.query('after') ?? 0);
    const rows = [...owners.values()]
      .filter(
        (one) =>
          one.archived === archived &&
          Number(one.id) > after &&
          (email === undefined || one.email.toLowerCase() === email),
      )
      .sort((a, b) => Number(a.id) - Number(b.id));
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return json({
      results: page.map(renderOwner),
      ...(rows.length > limit && last !== undefined
        ? { paging: { next: nextPage(c, last.id) } }
        : {}),
    });
  });
  app.get('/owners/:id', (c) => {
    requireScope(c.get('access'), SCOPE);
    const byUser = c.req.query('idProperty') === 'userId';
    const found = [...owners.values()].find(
      (one) =>
        (byUser ? String(one.userId) : one.id) === part(c, 'id') &&
        one.archived === flagParam(c, 'archived'),
    );
    if (found === undefined) throw notFound();
    return json(renderOwner(found));
  });
}

function renderOwner({ createdMs, updatedMs, userId, ...rest }: Owner): Record<string, unknown> {
  // A deactivated user has lost the id of the active one.
  return {
    ...rest,
    type: 'PERSON',
    ...(rest.archived ? {} : { userId }),
    userIdIncludingInactive: userId,
    createdAt: instant(createdMs),
    updatedAt: instant(updatedMs),
  };
}
