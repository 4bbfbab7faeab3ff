import { expect, it } from 'vitest';
import { metricOfWords, TARGET_METRICS, wordsOfMetric } from '../../src/model/metrics.ts';
import { nearMetric } from '../../src/model/near-metric.ts';

it('no words mean two metrics, however they are put', () => {
  for (const id of TARGET_METRICS)
    for (const words of wordsOfMetric(id)) {
      const turned = words.split(' ').reverse().join(' ');
      for (const said of [words, `Number of ${words}`, turned, words.toUpperCase()])
        expect([said, metricOfWords(said)]).toEqual([said, id]);
    }
});

it.each([
  ['# of certs', 'certified_people'],
  ['Deal registration turnaround', 'decision_hours'],
  ['Opps qualified', 'verified_deals'],
  ['Nombre de nouveaux clients', 'won_deals'],
])('%s is %s', (words, id) => expect(metricOfWords(words)).toBe(id));

it.each([
  ['Sales enginer coverage', 'sales_engineer_share'],
  ['Time until approval', 'decision_hours'],
  ['Signed revenue', 'won_amount'],
  ['own.demoes', 'own.demos'],
  ['happiness', null],
])('%s is no metric, and nearest to it is %s', (words, id) => {
  expect(metricOfWords(words)).toBeNull();
  expect(nearMetric(words, ['own.demos'])).toBe(id);
});
