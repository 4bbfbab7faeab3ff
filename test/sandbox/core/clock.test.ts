import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../src/sandbox/clock.ts';

function withWall(options: { nowMs?: number; ticking?: boolean } = {}) {
  const wall = { ms: 1_000_000 };
  return { wall, clock: new VirtualClock({ ...options, wallMs: () => wall.ms }) };
}

describe('the virtual clock', () => {
  it('is the wall clock until told otherwise', () => {
    const { wall, clock } = withWall();
    wall.ms += 250;
    expect(clock.nowMs()).toBe(1_000_250);
  });

  it('adds what was advanced to what passed by itself', () => {
    const { wall, clock } = withWall({ nowMs: 5000 });
    wall.ms += 100;
    expect(clock.advance(1000)).toBe(6100);
    wall.ms += 100;
    expect(clock.nowMs()).toBe(6200);
  });

  it('stands still when frozen and goes on from there', () => {
    const { wall, clock } = withWall({ nowMs: 5000 });
    wall.ms += 100;
    clock.freeze();
    wall.ms += 9000;
    expect(clock.nowMs()).toBe(5100);
    clock.advance(1);
    clock.unfreeze();
    wall.ms += 10;
    expect(clock.nowMs()).toBe(5111);
  });

  it('does not tick when started so', () => {
    const { wall, clock } = withWall({ nowMs: 5000, ticking: false });
    wall.ms += 100;
    expect(clock.nowMs()).toBe(5000);
  });

  it('never goes back by advancing', () => {
    expect(() => withWall().clock.advance(-1)).toThrow(RangeError);
  });
});
