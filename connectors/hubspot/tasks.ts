import * as z from 'zod';
import type { CrmTask, CrmTasks } from '../../src/model/crm-task.ts';
import type { Client } from './client.ts';
import { bareId, recordId } from './ids.ts';

/**
 * Association types from a task, by HubSpot's own numbers
 * (https://developers.hubspot.com/docs/guides/api/crm/associations/associations-v4): a task about a
 * record of another object names it in its text alone.
 */
const ABOUT: Readonly<Record<string, { typeId: string; link: number }>> = {
  companies: { typeId: '0-2', link: 192 },
  contacts: { typeId: '0-1', link: 204 },
  deals: { typeId: '0-3', link: 216 },
};
/** Of tasks themselves. */
const TASK = '0-27';
const MAX_SUBJECT = 255;
const MAX_BODY = 60_000;

const made = z.object({ id: z.union([z.string(), z.number()]).transform(String) });
const search = z.object({
  results: z.array(made.extend({ properties: z.object({ hs_task_body: z.string().nullish() }) })),
});
/** Tasks of the same words that are looked at. */
const LIKE_IT = 100;

const subjectOf = ({ subject }: CrmTask): string => subject.slice(0, MAX_SUBJECT).trim();

/** What a task is linked to; null = nothing that it could be. */
function linkOf({ about }: CrmTask) {
  const kind = about === null ? undefined : ABOUT[about.object];
  if (about === null || kind === undefined) return null;
  return { ...kind, id: bareId(kind.typeId, about.id) };
}

/** With the record that it is about, which tells two tasks of the same wording apart. */
const bodyOf = ({ body, about }: CrmTask): string =>
  `${body.slice(0, MAX_BODY)}${about === null ? '' : ` (${about.object} ${about.id})`}`;

async function found(client: Client, task: CrmTask, sinceMs: number): Promise<string | null> {
  const filters = [
    { propertyName: 'hs_task_subject', operator: 'EQ', value: subjectOf(task) },
    { propertyName: 'hs_createdate', operator: 'GTE', value: String(sinceMs) },
  ];
  const body = { filterGroups: [{ filters }], properties: ['hs_task_body'], limit: LIKE_IT };
  const build = () =>
    client.requests.search.doSearch(
      'tasks',
      body as unknown as Parameters<typeof client.requests.search.doSearch>[1],
    );
  const answer = await client.json(
    { build, effect: 'read', lane: 'search', what: 'looking for a task' },
    search,
  );
  const same = answer.results.find(({ properties }) => properties.hs_task_body === bodyOf(task));
  return same === undefined ? null : recordId(TASK, same.id);
}

const typeOf = (associationTypeId: number) => ({
  ...{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId },
});

/** Tasks of HubSpot. */
export const makeTasks = (client: Client): CrmTasks => ({
  ...{ object: 'tasks', field: 'hs_task_status', open: 'NOT_STARTED', closed: 'COMPLETED' },
  create: async (task, sinceMs) => {
    const before = await found(client, task, sinceMs);
    if (before !== null) return before;
    const link = linkOf(task);
    const input = {
      properties: {
        ...{ hs_task_subject: subjectOf(task), hs_task_body: bodyOf(task) },
        ...{ hs_timestamp: `${task.dueOn}T12:00:00.000Z`, hs_task_status: 'NOT_STARTED' },
        ...{ hs_task_type: 'TODO', hs_task_priority: 'MEDIUM' },
        ...(task.ownerId === null ? {} : { hubspot_owner_id: task.ownerId }),
      },
      associations: link === null ? [] : [{ to: { id: link.id }, types: [typeOf(link.link)] }],
    };
    const build = () =>
      client.requests.objects.create(
        'tasks',
        input as unknown as Parameters<typeof client.requests.objects.create>[1],
      );
    const { id } = await client.json({ build, effect: 'write', what: 'making a task' }, made);
    return recordId(TASK, id);
  },
});
