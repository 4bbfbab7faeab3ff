import * as z from 'zod';
import type { CrmTask, CrmTasks } from '../../src/model/crm-task.ts';
import type { Client } from './client.ts';
import { to18 } from './ids.ts';
import { query } from './query.ts';
import { soqlInstant, soqlString } from './soql.ts';

/** Length of Subject; of Description Salesforce takes 32,000 characters. */
const MAX_SUBJECT = 255;
const MAX_BODY = 32_000;

const created = z.object({ id: z.string() });

/** The words of a task in Salesforce's field. */
const subjectOf = ({ subject }: CrmTask): string => subject.slice(0, MAX_SUBJECT).trim();

async function found(client: Client, task: CrmTask, sinceMs: number): Promise<string | null> {
  const about = task.about === null ? 'null' : soqlString(task.about.id);
  const { records } = await query(
    client,
    `SELECT Id FROM Task WHERE Subject = ${soqlString(subjectOf(task))} AND WhatId = ${about} AND CreatedDate >= ${soqlInstant(sinceMs)} ORDER BY CreatedDate, Id LIMIT 1`,
    { what: 'looking for a task' },
  );
  const id = records[0]?.['Id'];
  return typeof id === 'string' ? to18(id) : null;
}

/** Tasks of Salesforce (the object Task). */
export const makeTasks = (client: Client): CrmTasks => ({
  ...{ object: 'Task', field: 'Status', open: 'Not Started', closed: 'Completed' },
  create: async (task, sinceMs) => {
    const before = await found(client, task, sinceMs);
    if (before !== null) return before;
    const { id } = await client.json(
      {
        method: 'POST',
        path: '/sobjects/Task',
        body: {
          ...{ Subject: subjectOf(task), Description: task.body.slice(0, MAX_BODY) },
          ...{ ActivityDate: task.dueOn, Status: 'Not Started', Priority: 'Normal' },
          ...(task.about === null ? {} : { WhatId: task.about.id }),
          ...(task.ownerId === null ? {} : { OwnerId: task.ownerId }),
        },
        effect: 'write',
        what: 'making a task',
      },
      created,
    );
    return to18(id);
  },
});
