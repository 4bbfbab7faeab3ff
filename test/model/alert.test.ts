import { expect, it } from 'vitest';
import { alertSettingsSchema } from '../../src/model/alert.ts';

it.each<[zone: string, known: boolean]>([
  ['Europe/Berlin', true],
  ['Europe/Atlantis', false],
  ['CET+2 or so', false],
])('the zone %s of somebody is taken: %s', (zone, known) => {
  const zones = { 'ada@acme.example': zone };
  expect(alertSettingsSchema.safeParse({ zones }).success).toBe(known);
});
