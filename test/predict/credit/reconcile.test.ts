import { describe, expect, it } from 'vitest';
import type { BookEntry, DealCredit } from '../../../src/model/credit.ts';
import { entriesFor, standingOf } from '../../../src/predict/credit/book.ts';
import { creditOf } from '../../../src/predict/credit/deal-credit.ts';
import {
  addCredited,
  addWon,
  CREDIT_DIMENSIONS,
  differencesOf,
  noTotals,
} from '../../../src/predict/credit/reconcile.ts';
import { contextAt } from '../../properties/world.ts';
import { creditWorld, settings, SETTINGS } from './world.ts';

const CONTEXT = contextAt();
const VIEW = { timeZone: 'Europe/Berlin', fiscalYearStartMonth: 2 };
const WORLDS = Array.from({ length: 100 }, (_, i) => i + 1);

function credited(seed: number, share: 'split' | 'primary' | 'all' = 'split') {
  const { deals, registrations } = creditWorld(seed);
  const credits = deals.flatMap(
    (deal) => creditOf(deal, registrations.get(deal.id) ?? [], settings({ share }), CONTEXT) ?? [],
  );
  const totals = noTotals();
  addWon(totals, deals, CONTEXT, VIEW);
  addCredited(totals, credits, VIEW);
  return { deals, registrations, credits, totals };
}

describe('a hundred made-up channels with several currencies', () => {
  it('sourced + direct = won, to the cent, by every dimension', () => {
    let sourced = 0;
    let influenced = 0;
    for (const seed of WORLDS) {
      const { totals, credits } = credited(seed);
      expect(differencesOf(totals)).toEqual([]);
      const all = totals.all['all']!;
      expect(all.sourced + all.direct).toBe(all.won);
      expect(Math.abs(all.influenced)).toBeLessThanOrEqual(
        credits
          .filter((one) => one.kind === 'direct')
          .reduce((n, c) => n + Math.abs(c.cents ?? 0), 0),
      );
      for (const dimension of CREDIT_DIMENSIONS) {
        const sums = Object.values(totals[dimension]);
        expect(sums.reduce((sum, one) => sum + one.won, 0)).toBe(all.won);
        expect(sums.reduce((sum, one) => sum + one.sourced, 0)).toBe(all.sourced);
      }
      sourced += all.sourced;
      influenced += all.influenced;
    }
    // Not by having nothing to add up.
    expect(sourced).toBeGreaterThan(1e9);
    expect(influenced).toBeGreaterThan(1e9);
  });

  it('partners share what is sourced without losing or making a cent', () => {
    for (const seed of WORLDS) {
      for (const share of ['split', 'primary'] as const)
        for (const { kind, cents, rows } of credited(seed, share).credits) {
          const parts = rows.filter((row) => row.kind === 'sourced');
          const sum = parts.reduce((total, row) => total + row.cents, 0);
          const weight = parts.reduce((total, row) => total + row.weight, 0);
          expect(sum).toBe(kind === 'sourced' ? (cents ?? 0) : 0);
          expect(Math.abs(weight - (kind === 'sourced' ? 1 : 0))).toBeLessThan(1e-12);
        }
    }
  });

  it('a deal that is lost or counted twice on the way is seen', () => {
    const { credits, totals } = credited(5);
    const twice = structuredClone(totals);
    addCredited(twice, [credits.find((one) => (one.cents ?? 0) !== 0)!], VIEW);
    expect(differencesOf(twice).map((one) => one.dimension)).toContain('all');
  });

  it('nothing of later changes anything: neither registrations nor links', () => {
    for (const seed of WORLDS.slice(0, 20)) {
      const { deals, registrations } = creditWorld(seed);
      for (const deal of deals) {
        const own = registrations.get(deal.id) ?? [];
        const later = own.map((one) => ({
          ...one,
          id: `${one.id}later`,
          submittedMs: CONTEXT.asOfMs + 1,
        }));
        expect(creditOf(deal, [...own, ...later], SETTINGS, CONTEXT)).toEqual(
          creditOf(deal, own, SETTINGS, CONTEXT),
        );
      }
    }
  });
});

describe('the book', () => {
  it('comes to what holds today, whatever changed on the way, and changes no entry', () => {
    const ids = new Map<string, BookEntry[]>();
    let asOfMs = CONTEXT.asOfMs;
    for (const seed of WORLDS.slice(0, 30)) {
      // Every world has deals of the same ids: to the book they are changes of one.
      const now = new Map(credited(seed).credits.map((one) => [one.dealId, one]));
      asOfMs += 1000;
      for (let i = 0; i < 80; i++) bookOne(ids, `d${i}`, now.get(`d${i}`) ?? null, asOfMs);
    }
    expect([...ids.values()].flat().filter((one) => one.reason === 'gone').length).toBeGreaterThan(
      20,
    );
  });
});

function bookOne(
  ids: Map<string, BookEntry[]>,
  id: string,
  credit: DealCredit | null,
  asOfMs: number,
): void {
  const before = ids.get(id) ?? [];
  const kept = structuredClone(before);
  const added = entriesFor(id, before, credit, asOfMs);
  expect(before).toEqual(kept);
  for (const entry of added)
    if (entry.reason !== 'won' && entry.reason !== 'won-again') expect(entry.onMs).toBe(asOfMs);
  const after = [...before, ...added];
  expect(after.map((entry) => entry.seq)).toEqual(after.map((_, seq) => seq));
  expect(after.reduce((sum, entry) => sum + entry.cents, 0)).toBe(credit?.cents ?? 0);
  const standing = standingOf(after);
  expect(standing?.kind ?? null).toBe(credit?.kind ?? null);
  expect(entriesFor(id, after, credit, asOfMs + 1)).toEqual([]);
  ids.set(id, after);
}
