import { expect, it } from 'vitest';
import type { CrmSession, ReadRequest } from '../../../src/model/connector.ts';
import { readAll, startPortal, type TestPortal } from './support/portal.ts';

const asked = (range: ReadRequest['range']): ReadRequest => ({
  object: 'meetings.contacts',
  fields: ['fromId', 'toId'],
  where: [],
  range,
  includeDeleted: false,
});

/** A portal with one meeting that two contacts attended, and one that nobody did. */
async function portalWithMeetings(): Promise<{
  portal: TestPortal;
  session: CrmSession;
  ids: { meeting: string; contacts: string[] };
}> {
  const portal = await startPortal();
  const { sandbox } = portal;
  const post = async (path: string, body: object): Promise<{ id: string }> =>
    (await (
      await fetch(sandbox.url + path, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${sandbox.accessToken}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(body),
      })
    ).json()) as { id: string };
  const contacts: string[] = [];
  for (const lastname of ['Ek', 'Roth'])
    contacts.push((await post('/crm/v3/objects/contacts', { properties: { lastname } })).id);
  const meeting = (associations: object[]) =>
    post('/crm/v3/objects/meetings', {
      properties: { hs_timestamp: '2026-11-20T09:00:00Z', hs_meeting_title: 'Demo' },
      associations,
    });
  const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 200 }];
  const { id } = await meeting(contacts.map((contact) => ({ to: { id: contact }, types })));
  await meeting([]);
  return { portal, session: await portal.open(), ids: { meeting: id, contacts } };
}

it('every contact of a meeting is a row, read whole, by change or by id', async () => {
  const { session, ids } = await portalWithMeetings();
  const wanted = ids.contacts.map((contact) => ({
    fromId: `0-47-${ids.meeting}`,
    toId: `0-1-${contact}`,
  }));
  const all = await readAll(session, asked({ kind: 'all' }));
  expect(all.map((row) => row.fields)).toEqual(wanted);
  expect(all.map((row) => row.id)).toEqual(wanted.map(({ fromId, toId }) => `${fromId}/${toId}`));
  const stamp = all[0]!.stampMs;
  const changed = asked({ kind: 'changed', fromMs: stamp, untilMs: stamp + 1 });
  expect(await readAll(session, changed)).toEqual(all);
  expect(
    await readAll(session, asked({ kind: 'changed', fromMs: stamp + 1, untilMs: stamp + 9 })),
  ).toEqual([]);
  expect(await readAll(session, asked({ kind: 'ids', ids: [all[1]!.id, '0-47-1/0-1-1'] }))).toEqual(
    [all[1]],
  );
  expect(await session.count(changed)).toBe(2);
  const described = await session.describe('meetings.contacts');
  expect(described?.fields.map((field) => field.name)).toEqual([
    'id',
    'fromId',
    'toId',
    'changedAt',
  ]);
});
