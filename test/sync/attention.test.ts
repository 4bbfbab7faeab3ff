import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Speech } from '../../src/model/language/languages.ts';
import { attentionText } from '../../src/cli/attention-text.ts';
import { attentionList, type AttentionItem } from '../../src/sync/measure/attention.ts';
import type { SyncOutcome } from '../../src/sync/run/run.ts';
import { MAPPING, openLab, type Lab } from './lab.ts';

const speech: Speech = { language: 'en', currency: 'USD', today: '2026-11-16' };

describe('what needs attention', () => {
  let lab: Lab;
  let run: SyncOutcome;
  beforeAll(async () => {
    lab = await openLab({ seed: 5, partners: 12, deals: 140 });
    run = await lab.sync();
  });
  afterAll(async () => {
    await lab.close();
  });
  const list = async (over: object = {}, runId = run.run.id): Promise<AttentionItem[]> =>
    await attentionList(
      lab.store,
      { rowsId: 'lab', resultsId: 'lab', runId },
      { all: false, ...over },
      speech,
    );

  it('is listed by money at stake, at most three an owner, each with one action', async () => {
    const items = await list();
    expect(items.length).toBeGreaterThan(3);
    const money = items.filter(({ kind }) => kind !== 'bulk').map((item) => item.moneyAtStake);
    expect(money).toEqual([...money].sort((a, b) => b - a));
    const own = Map.groupBy(
      items.filter(({ kind }) => kind !== 'bulk'),
      (item) => item.owner?.id ?? null,
    );
    expect(Math.max(...[...own.values()].map((some) => some.length))).toBeLessThanOrEqual(3);
    expect(items.every(({ action }) => action.text.length > 0)).toBe(true);
    expect(items.filter(({ kind }) => kind === 'partner').every(({ gap }) => gap !== null)).toBe(
      true,
    );
  });
  it('is narrowed by owner, region and type; what waits comes with --all', async () => {
    const items = await list({ all: true });
    expect(items.length).toBeGreaterThan((await list()).length);
    const one = items.find(({ kind, owner }) => kind === 'partner' && owner !== null)!;
    for (const [filter, of] of [
      [{ owner: one.owner!.id }, (item: AttentionItem) => item.owner?.id === one.owner!.id],
      [
        { region: one.region!.toUpperCase() },
        (item: AttentionItem) => item.kind === 'bulk' || item.region === one.region,
      ],
      [
        { type: one.type! },
        (item: AttentionItem) => item.kind === 'bulk' || item.type === one.type,
      ],
    ] as const) {
      const some = await list({ all: true, ...filter });
      expect(some.length).toBeGreaterThan(0);
      expect(some.every(of)).toBe(true);
      expect(some.length).toBeLessThan(items.length);
    }
    expect(await list({ owner: 'nobody of that name' })).toEqual([]);
    expect(await list({}, 'no-such-run')).toEqual([]);
  });
  it('reads as a person reads it', async () => {
    const text = (await list()).map((item, i) => attentionText(item, i + 1, speech)).join('');
    expect(text).not.toMatch(/undefined|null|NaN|\{|\}/);
    expect(text).toMatch(/USD [\d,]+ at stake; /);
    expect(text).toMatch(/→ .+ \(.+, until \d+ \w+( \d{4})?\)/);
  });
  it('is told in the language of the mapping, which rewrites what stands in the CRM', async () => {
    lab.mapping.text = MAPPING.replace('  language: en', '  language: de');
    const german = await lab.sync();
    const fields = german.summary.applied.reduce((sum, one) => sum + one.fields, 0);
    expect(fields).toBeGreaterThan(20);
    const items = await list({}, german.run.id);
    expect(items.map(({ action }) => action.text).join('\n')).toMatch(/Ziel|Käufer|schließen/);
    const account = items.find(({ kind }) => kind === 'partner')!;
    expect(String(lab.sandbox.org.find(account.id!)!.row['HW_Score_Reasons__c'])).toMatch(
      /^(Wahrscheinlichkeit|[\d.]+ USD gewonnen)/,
    );
    const again = await lab.sync();
    expect(again.summary.applied.reduce((sum, one) => sum + one.fields, 0)).toBe(0);
  });
});
