import { expect, it } from 'vitest';
import { readCursor } from '../../../connectors/hubspot/cursor.ts';

const WINDOW = { kind: 'changed', fromMs: 1, untilMs: 9 } as const;

it.each([null, '77'])(
  'a text of an earlier version (drained to %j) goes on from the stamp that it had come to, and skips no record',
  (drainedTo) => {
    expect(
      readCursor(JSON.stringify({ by: 'search', fromMs: 5, drainedTo, total: 3 }), WINDOW),
    ).toEqual({ by: 'search', fromMs: 5, afterId: null, total: 3 });
  },
);

it('a text of another kind of read is refused', () => {
  expect(() => readCursor(JSON.stringify({ by: 'list', after: null }), WINDOW)).toThrow(
    expect.objectContaining({ kind: 'bug', code: 'CURSOR' }),
  );
});
