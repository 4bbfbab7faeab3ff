import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DAY_MS, WEEK_MS } from '../../../../src/sandbox/world/calendar.ts';
import { loadDataDir } from '../../../../src/sandbox/world/load-data-dir.ts';
import { replayLoanLog } from '../../../../src/sandbox/world/replay/replay.ts';
import { storyOf, tell } from '../story.ts';
import { ACTIVITIES, CASES, LAST_MS, STAGES, writeLog } from './small-log.ts';

const END_MS = Date.UTC(2026, 10, 20, 12);
const options = { endMs: END_MS, seed: 5, partners: 4 };

describe('a replayed log', () => {
  it('makes a deal a case, a change a stage event that changes something, an activity a finished work item', async () => {
    const story = storyOf((await replayLoanLog(await writeLog(), options)).events());
    expect(story.faults).toEqual([]);
    expect(
      [...story.deals.values()].map((deal) => [deal.opening.id, deal.opening.amount, deal.stage]),
    ).toEqual([
      ['d1', 20000, 'won'],
      ['d2', 5000, 'lost'],
      ['d3', 0, 'lost'],
      ['d4', 700, 'qualification'],
    ]);
    expect(story.deals.get('d1')?.changes.map((change) => change.stage)).toEqual(
      ['qualification', 'analysis', 'proposal', 'negotiation', undefined, 'won'].filter(
        (stage, i) => stage !== undefined || i !== 4,
      ),
    );
    expect(story.kinds['activity']).toBe(3);
  });

  it('moves every time so that the last event falls on the end', async () => {
    const story = storyOf((await replayLoanLog(await writeLog(), options)).events());
    const last = Math.max(...[...story.lastMs.values()]);
    expect(last).toBe(END_MS);
    expect(story.deals.get('d1')?.opening.atMs).toBe(
      Date.parse('2011-10-01T10:00:00.400+02:00') + END_MS - LAST_MS,
    );
    expect(story.deals.get('d4')?.opening.closeOn).toBe(
      new Date(Date.parse('2011-10-05T10:00:00.000+02:00') + END_MS - LAST_MS + 30 * DAY_MS)
        .toISOString()
        .slice(0, 10),
    );
  });

  it('lets the person who works a case own it, never the machine again, and names calls as talk with the buyer', async () => {
    const story = storyOf((await replayLoanLog(await writeLog(), options)).events());
    const deal = story.deals.get('d1');
    expect(deal?.opening.ownerId).toBe('r112');
    expect(deal?.changes.flatMap((change) => change.ownerId ?? [])).toEqual(['r10', 'r11', 'r12']);
    expect(
      deal?.touches.map((touch) => [touch.type, touch.minutes, touch.withBuyer, touch.ownerId]),
    ).toEqual([
      ['call', 12, true, 'r11181'],
      ['task', 0, false, 'r12'],
    ]);
  });

  it('decides made-up registrations by what the log says', async () => {
    const events = [
      ...(await replayLoanLog(await writeLog(), { ...options, partners: 1, seed: 3 })).events(),
    ];
    const sourced = new Set(
      events.flatMap((event) => (event.kind === 'deal' && event.partnerId ? [event.id] : [])),
    );
    expect(sourced.size).toBeGreaterThan(0);
    const decisions = Object.fromEntries(
      events.flatMap((event) =>
        event.kind === 'dealChange' && event.registrationStatus
          ? [[event.id, event.registrationStatus]]
          : [],
      ),
    );
    expect(decisions).toEqual(
      Object.fromEntries(
        [
          ['d1', 'Approved'],
          ['d2', 'Rejected'],
          ['d3', 'Approved'],
          ['d4', 'Approved'],
        ].filter(([id]) => sourced.has(id ?? '')),
      ),
    );
  });

  it('says that its partners are made up, in its provenance and on every partner', async () => {
    const world = await replayLoanLog(await writeLog(), options);
    expect(world.provenance).toMatch(/MADE UP: the 4 partners/);
    const partners = [...world.events()].filter(
      (event) => event.kind === 'account' && event.partner,
    );
    expect(partners).toHaveLength(4);
    for (const partner of partners)
      expect('name' in partner && partner.name).toContain('(made up)');
    expect(world.truth.skillSpread).toBe(0);
  });

  it('is the same for the same seed, and deals partners otherwise for another', async () => {
    const dir = await writeLog({
      cases: [
        CASES[0] ?? '',
        ...Array.from({ length: 60 }, (_, i) => `${i + 1},100,2011-10-01T10:00:00.000+02:00`),
      ],
    });
    const partnersOf = async (seed: number): Promise<string> =>
      JSON.stringify(
        [...(await replayLoanLog(dir, { ...options, seed })).events()].flatMap((event) =>
          event.kind === 'deal' ? [event.partnerId] : [],
        ),
      );
    expect(await partnersOf(1)).toBe(await partnersOf(1));
    expect(await partnersOf(1)).not.toBe(await partnersOf(2));
  });

  it('goes on without contradiction, however the time is cut', async () => {
    const dir = await writeLog();
    const world = await replayLoanLog(dir, options);
    const story = storyOf(world.events());
    const whole = world.advance(END_MS, END_MS + 6 * WEEK_MS);
    for (const event of whole) tell(story, event);
    expect(story.faults).toEqual([]);
    expect(whole.some((event) => event.kind === 'deal')).toBe(true);
    const again = await replayLoanLog(dir, options);
    const pieces = [1, 3, 10, 24, 42].flatMap((day, i, days) =>
      again.advance(END_MS + (days[i - 1] ?? 0) * DAY_MS, END_MS + day * DAY_MS),
    );
    expect(pieces).toEqual(whole);
  });
});

describe('a data folder that is not right', () => {
  const load = (dir: string) => loadDataDir(dir, options);

  it('names what it expects when there is nothing it knows', async () => {
    await expect(load('/nowhere/at/all')).rejects.toThrow('/nowhere/at/all is no readable folder');
    await expect(load(await writeLog({ cases: [], stages: [], activities: [] }))).rejects.toThrow(
      'cases.csv, events_stage.csv.gz, activities.csv.gz',
    );
  });

  it('names a file that is missing, and its columns', async () => {
    await expect(load(await writeLog({ stages: [] }))).rejects.toThrow(
      /events_stage\.csv\.gz is missing: expected gzip-compressed CSV with the columns case_id, seq, ts/,
    );
  });

  it('names a missing column', async () => {
    await expect(
      load(await writeLog({ cases: ['case_id,reg_date', '1,2011-10-01T10:00:00Z'] })),
    ).rejects.toThrow(/cases\.csv has no column amount_req/);
  });

  it('names the row of a bad time, amount, case and a case given twice', async () => {
    await expect(
      load(await writeLog({ stages: [STAGES[0] ?? '', '1,0,yesterday,A_SUBMITTED,112'] })),
    ).rejects.toThrow(/events_stage\.csv\.gz, row 2: "yesterday" is no time/);
    await expect(
      load(await writeLog({ cases: [...CASES, '9,much,2011-10-01T10:00:00Z'] })),
    ).rejects.toThrow(/cases\.csv, row 6: "much" is no number/);
    await expect(
      load(
        await writeLog({ activities: [...ACTIVITIES, '99,1,2011-10-01T10:00:00Z,W_x,COMPLETE,1'] }),
      ),
    ).rejects.toThrow(/case 99 is not in cases\.csv/);
    await expect(load(await writeLog({ cases: [...CASES, CASES[1] ?? ''] }))).rejects.toThrow(
      /case_id "1" is there twice/,
    );
  });

  it('says so when a file is no gzip, or broken in the middle, or has no case', async () => {
    const dir = await writeLog();
    await writeFile(join(dir, 'activities.csv.gz'), ACTIVITIES.join('\n'));
    await expect(load(dir)).rejects.toThrow(
      /activities\.csv\.gz cannot be read \(incorrect header check\): expected gzip/,
    );
    await expect(load(await writeLog({ stages: [...STAGES, '1,0,"unclosed'] }))).rejects.toThrow(
      /events_stage\.csv\.gz cannot be read/,
    );
    await expect(
      load(
        await writeLog({
          cases: [CASES[0] ?? ''],
          stages: [STAGES[0] ?? ''],
          activities: [ACTIVITIES[0] ?? ''],
        }),
      ),
    ).rejects.toThrow('holds no case');
  });
});
