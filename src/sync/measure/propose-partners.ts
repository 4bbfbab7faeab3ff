import type { CrmTask, CrmTasks } from '../../model/crm-task.ts';
import type { Speech } from '../../model/language/languages.ts';
import { say } from '../../model/language/say.ts';
import { ownersOfSubjects, recordsOfSubjects } from '../../store/alert-names.ts';
import type { Store } from '../../store/store.ts';
import { keepWritten, makeTask } from '../outbound/task.ts';
import { DAY_MS } from '../../model/time.ts';
import type { ScoredPlace } from './last-scored.ts';
import type { RoutedOne } from './routing.ts';

/** More partners than that are no proposal. */
const CHOICES = 3;
const DUE_DAYS = 2;

/**
 * Puts the first choices for a deal before its owner, as a task of the CRM that an undo of the run
 * closes: whoever decides is a person. null = no partner may have it. Gives the id of the task.
 */
export async function proposePartners(
  store: Store,
  place: ScoredPlace,
  tasks: CrmTasks,
  { dealId, name, ranked }: RoutedOne,
  { speech, nowMs }: { speech: Speech; nowMs: number },
): Promise<string | null> {
  const choices = ranked
    .slice(0, CHOICES)
    .map((one) => say(speech, 'route.chance', { partner: one.name, p: one.probability }));
  if (choices.length === 0 || dealId === null) return null;
  const subject = `deal:${dealId}`;
  const record = (await recordsOfSubjects(store, place.rowsId, [subject])).get(subject);
  const owner = (await ownersOfSubjects(store, place.rowsId, [subject])).get(subject);
  const task: CrmTask = {
    subject: say(speech, 'route.task', { deal: name, partners: choices.join(', ') }),
    body: 'Made by Headwater: a proposal alone, nothing was assigned.',
    about: record === undefined ? null : { object: record.object, id: record.id },
    ownerId: owner ?? null,
    dueOn: new Date(nowMs + DUE_DAYS * DAY_MS).toISOString().slice(0, 10),
  };
  const wrote = await makeTask(tasks, task, nowMs - DAY_MS);
  const at = { connectionId: place.connectionId, runId: place.runId, nowMs };
  await keepWritten(store, at, wrote);
  return wrote.recordId;
}
