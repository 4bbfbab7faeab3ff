import * as z from 'zod';
import { issueGroups, issuePage } from '../../../store/issue-views.ts';
import { retryIssues } from '../../../store/issues.ts';
import { requirePlace } from '../places.ts';
import { route, type Route } from '../route.ts';
import { iso, next, pageOf, paging, skipOf, time } from '../shapes/common.ts';

const kind = z.enum(['mapping', 'write', 'data', 'signal']).describe('Who holds the row back');
const issue = z.object({
  object: z.string(),
  id: z.string(),
  entity: z.string(),
  field: z.string(),
  kind: z.string(),
  code: z.string(),
  message: z.string(),
  input: z.string().nullable().describe('What was refused'),
  since: time,
  lastSeen: time,
});
const group = z.object({
  kind: z.string(),
  code: z.string(),
  object: z.string(),
  field: z.string(),
  records: z.number(),
  message: z.string().describe('The words of one of them'),
  cure: z.string(),
  lastSeen: time,
});

/** What a person can do about each kind of refusal. */
const CURES: Record<string, string> = {
  write: 'Put the record or the field right in the CRM, then retry: the next run writes again.',
  mapping:
    'Correct the value in the CRM, or the rule in the mapping; the next run maps the row again.',
  data: 'Put the data right in the CRM; the next run looks again.',
  signal:
    'Send it again put right under the same key, or declare its kind in the mapping and retry.',
};

export const quarantineRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/connections/{id}/quarantine',
    summary: 'What the mapping or the CRM refused, row by row, in words, newest first',
    scope: 'read',
    query: z.strictObject({
      ...paging,
      kind: kind.optional(),
      object: z.string().optional(),
      code: z.string().optional(),
    }),
    response: z.object({ issues: z.array(issue), next }),
    handle: async ({ deps, params, query }) => {
      const { store } = await requirePlace(deps, params['id']!);
      const found = await issuePage(
        store,
        params['id']!,
        { kind: query.kind ?? null, object: query.object ?? null, code: query.code ?? null },
        { skip: skipOf(query.after), limit: query.limit + 1 },
      );
      const page = pageOf(found, query);
      return {
        issues: page.rows.map(({ firstMs, lastMs, ...one }) => ({
          ...one,
          since: iso(firstMs),
          lastSeen: iso(lastMs),
        })),
        next: page.next,
      };
    },
  }),
  route({
    method: 'get',
    path: '/v1/connections/{id}/quarantine/groups',
    summary: 'What is in quarantine by its cause, with what can be done about it',
    scope: 'read',
    response: z.object({ groups: z.array(group) }),
    handle: async ({ deps, params }) => {
      const { store } = await requirePlace(deps, params['id']!);
      return {
        groups: (await issueGroups(store, params['id']!)).map(({ lastMs, ...one }) => ({
          ...one,
          cure: CURES[one.kind] ?? CURES['data']!,
          lastSeen: iso(lastMs),
        })),
      };
    },
  }),
  route({
    method: 'post',
    path: '/v1/connections/{id}/quarantine/retry',
    summary: 'Let quarantined rows try again in the next run',
    scope: 'run',
    body: z.strictObject({
      id: z.string().min(1).optional().describe('CRM id of one row; all when left out'),
    }),
    response: z.object({ rows: z.number() }),
    handle: async ({ deps, params, body }) => {
      const { store } = await requirePlace(deps, params['id']!);
      return { rows: await retryIssues(store, params['id']!, body.id ?? null) };
    },
  }),
];
