import { afterEach, beforeEach, expect, it } from 'vitest';
import { previewRows } from '../../../src/mapping/check/preview.ts';
import { listFindings } from '../../../src/store/findings.ts';
import { lostInPreview } from '../../../src/sync/read/preview-references.ts';
import { requireMapping } from '../../../src/sync/run/prepare.ts';
import { openLab, type Lab } from '../lab.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await openLab({ partners: 4, deals: 10 });
});
afterEach(async () => await lab.close());

const QUEUE = '00G000000000001EAA';
const NOBODY = '005000000000777AAA';

/** The wire, with this owner in the place of one that is read. */
function owned(owner: string): void {
  const { fetch } = lab.wire;
  lab.wire.fetch = async (input, init) => {
    const answer = await fetch(input, init);
    if (!/FROM(%20|\+)Account(%20|\+|$)/.test(String(input))) return answer;
    const text = (await answer.text()).replace(/"OwnerId":"\w{18}"/, `"OwnerId":"${owner}"`);
    return new Response(text, { status: answer.status, headers: answer.headers });
  };
}

it('an owner that is a queue is said to be one, and one that is nobody still leads to nobody', async () => {
  owned(QUEUE);
  const { summary } = await lab.sync({ dryRun: true });
  const owners = summary.lostReferences.filter(({ field }) => field === 'ownerId');
  expect(owners.every(({ queue }) => queue)).toBe(true);
  expect(owners.map(({ examples }) => examples).flat()).toContain(QUEUE);
  const codes = async (): Promise<string[]> =>
    (await listFindings(lab.store, 'lab'))
      .filter(({ field }) => field === 'ownerId')
      .map(({ code }) => code);
  expect(new Set(await codes())).toEqual(new Set(['OWNED_BY_QUEUE']));
  owned(NOBODY);
  await lab.sync({ dryRun: true, full: true });
  expect(await codes()).toContain('LEADS_TO_NOBODY');
});

it('a preview names the references that lead to nobody, queues apart', async () => {
  const deps = lab.deps();
  const session = await lab.connector.open(
    lab.connection.settings,
    lab.secrets,
    deps.connectorDeps,
  );
  const mapping = await requireMapping(session, lab.mapping.text, 'salesforce', 'm.yaml');
  const stream = mapping.streams.find(({ object }) => object === 'Account')!;
  const { rows } = await session.read({ ...stream, range: { kind: 'all' } }, null);
  const as = (owner: string) =>
    rows.map((row) => ({ ...row, fields: { ...row.fields, OwnerId: owner } }));
  const lost = async (all: typeof rows) =>
    Object.fromEntries(
      [...(await lostInPreview(session, mapping, previewRows(mapping, all), '00G'))].map(
        ([place, ids]) => [place, [...ids]],
      ),
    );
  expect(await lost(rows)).toEqual({});
  expect((await lost(as(NOBODY)))['account.ownerId']).toEqual([NOBODY]);
  expect(await lost(as(QUEUE))).toEqual({});
});
