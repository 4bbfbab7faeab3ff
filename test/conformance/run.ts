import { describe, expect, it } from 'vitest';
import {
  connectorConformance,
  needlessSkips,
  type ConformanceOptions,
} from '../../connectors/testing/index.ts';

/** The suite as vitest shows it: one test a check, the skipped ones with their reason. */
export function runConformance(options: ConformanceOptions): void {
  describe(`${options.name} conforms`, () => {
    for (const { name, skipped, run } of connectorConformance(options))
      it.skipIf(skipped !== null)(skipped === null ? name : `${name} (${skipped})`, run);
    it('skips only what its world cannot show', async () =>
      expect(await needlessSkips(options)).toEqual([]));
  });
}
