import { expect, it } from 'vitest';
import { D1_VALUE_BYTES } from '../../src/store/d1.ts';
import { lightEnough } from '../../src/sync/read/heavy-row.ts';

it('a row that no database takes whole gives up its longest values, and says which', async () => {
  const row = (fields: Record<string, string>) => ({
    object: 'partners',
    id: 'p',
    fields,
    stampMs: 1,
    deleted: false,
    mergedIntoId: null,
  });
  // Characters of one, two and three bytes, and those that are escaped twice.
  for (const letter of ['a', 'é', '語', '"']) {
    const light = lightEnough(
      row({ a: letter.repeat(900_000), b: letter.repeat(600_000), c: 'c' }),
    );
    const stored = JSON.stringify([JSON.stringify({ fields: light.fields })]);
    expect(new TextEncoder().encode(stored).length).toBeLessThan(D1_VALUE_BYTES);
    expect(light.fields['c']).toBe('c');
    expect(light.unread === undefined).toBe('a' in light.fields && 'b' in light.fields);
    if (!('a' in light.fields)) expect(light.unread).toContain('a of 900000 characters');
  }
});
