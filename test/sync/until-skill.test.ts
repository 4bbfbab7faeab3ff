import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import {
  shadowGates,
  statementOutcomes,
  statements,
  trackRecords,
} from '../../src/store/schema.ts';
import { saveOutcomes, saveStatements, slotOf } from '../../src/store/statements.ts';
import { readTrackRecord, saveTrackRecord } from '../../src/store/track-record.ts';
import { trackRecord } from '../../src/predict/index.ts';
import type { StatementSource } from '../../src/model/record.ts';
import { listConnections, statusOf } from '../../src/store/status.ts';
import { deals } from '../predict/record/statements.ts';
import { openLab, type Lab } from './lab.ts';

const COUNTS = { statements: 0, ended: 0, untold: 0, sinceMs: null, nextDueMs: null };

describe('shadow: until-skill', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab({ partners: 2, deals: 12 });
    lab.connection.shadow = 'until-skill';
  });
  afterAll(async () => await lab.close());

  /** What was said before, with how it came out, as if it had been by runs of this connection. */
  const said = async (source: StatementSource, judged: ReturnType<typeof deals>) => {
    const place = { connectionId: 'lab', source, runId: 'before' };
    await lab.store.batch([
      ...saveStatements(lab.store, place, judged),
      ...saveOutcomes(
        lab.store,
        place,
        judged.map((one) => ({ ...one, slot: slotOf(one.saidMs) })),
      ),
      ...saveTrackRecord(lab.store, 'lab', 0, trackRecord(source, COUNTS, judged)),
    ]);
  };
  const forget = async (): Promise<void> =>
    await lab.store.batch([
      lab.store.db.delete(statements),
      lab.store.db.delete(statementOutcomes),
      lab.store.db.delete(trackRecords),
      lab.store.db.delete(shadowGates).where(eq(shadowGates.connectionId, 'lab')),
    ]);
  const written = (outcome: Awaited<ReturnType<Lab['sync']>>): number =>
    outcome.summary.applied.reduce((sum, one) => sum + one.fields, 0);
  const statusLine = async () =>
    (await statusOf(lab.store, (await listConnections(lab.store))[0]!)).shadow;

  it('computes and records, writes nothing, and says what it waits for', async () => {
    await forget();
    const outcome = await lab.sync();
    expect(written(outcome)).toBe(0);
    expect(outcome.summary.plan.some((plan) => plan.fieldsHeld > 0)).toBe(true);
    expect((await readTrackRecord(lab.store, 'lab', 'live'))?.record.source).toBe('live');
    expect(await lab.store.db.select().from(statements)).not.toEqual([]);
    expect(await statusLine()).toMatchObject({
      open: false,
      why: expect.stringMatching(
        /^replayed on the past: \d+ deals have come out, .* 30 are needed/,
      ),
    });
  });

  it('does not open on noise, live or replayed, nor on skill that was only replayed before', async () => {
    await forget();
    await said('replayed', deals(2, 150, 0));
    expect(written(await lab.sync())).toBe(0);
    expect((await statusLine())!.why).toMatch(/^replayed on the past: no skill yet: log loss/);
    await forget();
    await said('live', deals(3, 150, 0));
    await said('replayed', deals(3, 150, 0.7));
    expect(written(await lab.sync())).toBe(0);
    expect((await statusLine())!.why).toMatch(/^no skill yet: log loss/);
  });

  it('opens on skill, says since when and why, and stays open', async () => {
    await forget();
    await said('replayed', deals(4, 150, 0.7));
    const dry = await lab.sync({ dryRun: true });
    expect(dry.summary.shadow).toMatchObject({ open: false });
    expect(dry.summary.shadow!.why).toContain('the next real run writes');
    const outcome = await lab.sync();
    expect(written(outcome)).toBeGreaterThan(0);
    expect(await statusLine()).toMatchObject({ open: true, sinceMs: outcome.summary.asOfMs });
    expect((await statusLine())!.why).toMatch(/^replayed on the past: better: log loss \+/);
    await said('live', deals(5, 150, 0));
    expect((await lab.sync()).summary.shadow).toMatchObject({ open: true });
  });
});
