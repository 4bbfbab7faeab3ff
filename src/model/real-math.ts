/**
 * exp and log that give the same bits on every engine. The standard leaves Math.exp and
 * Math.log to the platform, and Node's and Workers' differ in the last digit, which is
 * enough for a different hash, plan or write. These use only operations that IEEE 754 rounds
 * exactly (+ - * / and comparison).
 * Reductions, coefficients and their error bound (below one unit in the last place) are those of
 * fdlibm's e_exp.c and e_log.c (Sun Microsystems, 1993, freely usable).
 */

const LN2_HI = 6.9314718036912381649e-1;
const LN2_LO = 1.90821492927058770002e-10;
const OVERFLOW = 709.782712893383973096;
const UNDERFLOW = -745.13321910194110842;
const MIN_EXPONENT = -1074;

/** 2^k, exact, at index k + 1074. */
const POWERS: number[] = (() => {
  const powers: number[] = [];
  let power = 5e-324;
  for (let k = MIN_EXPONENT; k <= 1023; k++, power *= 2) powers.push(power);
  return powers;
})();
const powerOfTwo = (k: number): number => POWERS[k - MIN_EXPONENT]!;

/** e^x. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > OVERFLOW) return Infinity;
  if (x < UNDERFLOW) return 0;
  const k = Math.floor(x / Math.LN2 + 0.5);
  const hi = x - k * LN2_HI;
  const lo = k * LN2_LO;
  const r = hi - lo;
  const t = r * r;
  const c =
    r -
    t *
      (1.66666666666666019037e-1 +
        t *
          (-2.77777777770155933842e-3 +
            t *
              (6.61375632143793436117e-5 +
                t * (-1.6533902205465251539e-6 + t * 4.13813679705723846039e-8))));
  const y = 1 - (lo - (r * c) / (2 - c) - hi);
  // In two halves: neither 2^1024 nor a power below the smallest number is a number.
  const half = Math.trunc(k / 2);
  return y * powerOfTwo(half) * powerOfTwo(k - half);
}

const view = new DataView(new ArrayBuffer(8));

/** Natural logarithm. */
export function log(x: number): number {
  if (Number.isNaN(x) || x < 0) return NaN;
  if (x === 0) return -Infinity;
  if (x === Infinity) return Infinity;
  const subnormal = x < 2.2250738585072014e-308;
  view.setFloat64(0, subnormal ? x * powerOfTwo(54) : x);
  const high = view.getUint32(0);
  let k = (high >>> 20) - 1023 - (subnormal ? 54 : 0);
  view.setUint32(0, (high & 0xfffff) | 0x3ff00000);
  let m = view.getFloat64(0);
  if (m > Math.SQRT2) {
    m /= 2;
    k += 1;
  }
  const f = m - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even =
    w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const odd =
    z *
    (6.66666666666673513e-1 +
      w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const halfSquare = 0.5 * f * f;
  return k * LN2_HI - (halfSquare - (s * (halfSquare + (even + odd)) + k * LN2_LO) - f);
}

/** log(1 + x), exact to a few units in the last place for small x too (Kahan's correction). */
export function log1p(x: number): number {
  const u = 1 + x;
  return u === 1 ? x : u === Infinity ? u : log(u) * (x / (u - 1));
}

/**
 * Greatest k with 10^k <= x, for x > 0: what floor(log10(x)) means, without a logarithm that may
 * land just below a whole number.
 */
export const decimalExponent = (x: number): number => Number(x.toExponential().split('e')[1]);
