import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attempt, fieldsOf, sessionOf } from './generated/attempt.ts';
import { mutated, type Known } from './generated/mutate.ts';
import { openPlace, type Place } from './generated/places.ts';
import type { CrmSession } from '../../src/model/connector.ts';

/** `HEADWATER_GENERATED=500` tries that many on each; CI a few, another part on each CRM. */
const COUNT = Number(process.env['HEADWATER_GENERATED'] ?? 12);
const FIRST = Number(process.env['HEADWATER_FIRST'] ?? 1);

describe.each(['salesforce', 'hubspot', 'csv'] as const)('generated mappings on %s', (name) => {
  let place: Place;
  let session: CrmSession;
  let known: Known;
  beforeAll(async () => {
    place = await openPlace(name);
    session = await sessionOf(place);
    const fields = await fieldsOf(session, place.mappingText);
    known = (object) => fields.get(object) ?? [];
  });
  afterAll(() => place.close());

  it('that pass the check are done by a dry run, and one without a partner never passes', async () => {
    const broken: unknown[] = [];
    let passed = 0;
    for (let seed = FIRST; seed < FIRST + COUNT; seed++) {
      const { text, what } = mutated(place.mappingText, seed, known);
      const tried = await attempt(place, session, text);
      if (tried.passed) passed += 1;
      if (tried.passed && (tried.failed !== null || tried.partners === 0))
        broken.push({ seed, ...tried, what });
    }
    expect(broken).toEqual([]);
    // Neither all that is tried nor nothing of it fits, or little would be proved.
    expect(passed).toBeGreaterThan(COUNT / 6);
    expect(passed).toBeLessThan(COUNT);
  });
});
