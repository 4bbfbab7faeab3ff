import { expect, it } from 'vitest';
import { openLab } from '../../sync/lab.ts';

const limitOf = (input: unknown): number =>
  Number(/LIMIT(?:%20|\+)(\d+)/.exec(String(input))?.[1] ?? 0);
const MOST = 12;

it.each([
  ['414', 414, '<html>URI too long</html>'],
  ['413', 413, '[{"errorCode":"REQUEST_TOO_LARGE","message":"too large"}]'],
  ['a query that runs too long', 400, '[{"errorCode":"QUERY_TIMEOUT","message":"too long"}]'],
])(
  'a page that is too heavy (%s) is read in smaller ones, and the size is remembered',
  async (_name, status, body) => {
    const lab = await openLab({ partners: 6, deals: 40 });
    try {
      const { fetch } = lab.wire;
      let refused = 0;
      lab.wire.fetch = async (input, init) => {
        if (!/FROM(%20|\+)Opportunity(%20|\+)/.test(String(input)) || limitOf(input) <= MOST)
          return await fetch(input, init);
        refused += 1;
        return new Response(body, { status });
      };
      const { summary } = await lab.sync({ dryRun: true });
      const read = summary.pulled.find(({ object }) => object === 'Opportunity')!.read;
      expect(read).toBeGreaterThanOrEqual(40);
      expect(refused).toBeLessThan(20);
    } finally {
      await lab.close();
    }
  },
);
