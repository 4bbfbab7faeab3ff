/**
 * Numbers spread over [0, 1) as chance would (mulberry32), always the same ones: the noise floor of
 * a calibration must not change from run to run.
 */
export function evenly(): () => number {
  let state = 20_260_101;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
