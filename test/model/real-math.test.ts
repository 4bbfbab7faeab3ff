import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalExponent, exp, log, log1p } from '../../src/model/real-math.ts';

/** Units in the last place between two results. */
const apart = (a: number, b: number): number =>
  a === b ? 0 : Math.abs(a - b) / (Math.max(Math.abs(a), Number.MIN_VALUE) * Number.EPSILON);
const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe('exp and log', () => {
  it('agree with the platform to the last digit or its neighbour', () => {
    fc.assert(
      fc.property(real(-700, 700), (x) => {
        expect(apart(exp(x), Math.exp(x))).toBeLessThanOrEqual(2);
      }),
      { numRuns: 5000 },
    );
    fc.assert(
      fc.property(real(1e-300, 1e300), (x) => {
        expect(apart(log(x), Math.log(x))).toBeLessThanOrEqual(2);
      }),
      { numRuns: 5000 },
    );
    fc.assert(
      fc.property(real(0.5, 2), (x) => {
        expect(apart(log(x), Math.log(x))).toBeLessThanOrEqual(2);
      }),
      { numRuns: 5000 },
    );
    fc.assert(
      fc.property(real(-0.9, 10), (x) => {
        expect(apart(log1p(x), Math.log1p(x))).toBeLessThanOrEqual(6);
      }),
      { numRuns: 5000 },
    );
  });

  it('keep to the ends', () => {
    expect([exp(0), exp(-Infinity), exp(Infinity), exp(710), exp(-746), exp(NaN)]).toEqual([
      1,
      0,
      Infinity,
      Infinity,
      0,
      NaN,
    ]);
    expect([log(1), log(0), log(Infinity), log(-1), log1p(0), log1p(1e-20)]).toEqual([
      0,
      -Infinity,
      Infinity,
      NaN,
      0,
      1e-20,
    ]);
    expect(exp(-745)).toBe(5e-324);
    expect(apart(log(5e-324), Math.log(5e-324))).toBeLessThanOrEqual(2);
  });

  it('give these bits on every engine', () => {
    const bits = (x: number): string => {
      const view = new DataView(new ArrayBuffer(8));
      view.setFloat64(0, x);
      return view.getBigUint64(0).toString(16);
    };
    expect([1, -1, 0.1, 10.5, -33.3].map((x) => bits(exp(x)))).toEqual([
      '4005bf0a8b14576a',
      '3fd78b56362cef38',
      '3ff1aec7b35a00d4',
      '40e1bb7015e84d3b',
      '3cef165bb9b59d94',
    ]);
    expect([2, 0.3, 10, 1e-5, 12345.678].map((x) => bits(log(x)))).toEqual([
      '3fe62e42fefa39ef',
      'bff34378fcbda721',
      '40026bb1bbb55516',
      'c027069e2aa2aa5b',
      '4022d79559791e31',
    ]);
  });

  it('decimalExponent is the place of the first digit', () => {
    expect([1, 9.99, 10, 999.9999, 1000, 1e15, 0.02].map(decimalExponent)).toEqual([
      0, 0, 1, 2, 3, 15, -2,
    ]);
  });
});

describe('the pure layers', () => {
  it('leave no transcendental function to the platform', () => {
    const root = resolve(import.meta.dirname, '../../src');
    const banned =
      /Math\.(exp|expm1|log|log1p|log2|log10|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|cbrt|random)\b/;
    const files = ['model', 'mapping', 'predict', 'writeback'].flatMap((room) =>
      readdirSync(join(root, room), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
        .map((entry) => join(entry.parentPath, entry.name)),
    );
    const code = (file: string): string =>
      readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '');
    expect(files.length).toBeGreaterThan(50);
    expect(files.filter((file) => banned.test(code(file)))).toEqual([]);
  });
});
