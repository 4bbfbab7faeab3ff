import { expect, it } from 'vitest';
import { cleanAnswer } from '../../src/http/api/answer.ts';

it('texts of an answer are clean, and what is asked for again stays sign by sign', () => {
  const odd = 'Acme\u202E\u0007\u200b';
  const clean = 'Acme   ';
  expect(
    cleanAnswer({ id: odd, partnerId: odd, name: odd, rows: [{ name: odd, ids: [odd], n: 1 }] }),
  ).toEqual({
    ...{ id: odd, partnerId: odd, name: clean },
    rows: [{ name: clean, ids: [odd], n: 1 }],
  });
  expect([cleanAnswer(null), cleanAnswer(0), cleanAnswer([odd])]).toEqual([null, 0, [clean]]);
});
