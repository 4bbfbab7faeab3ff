import { describe, expect, it } from 'vitest';
import { EXIT, exitOfWrites } from '../../src/cli/command.ts';
import { openLab } from '../sync/lab.ts';

const wrote = (fields: number, rejected = 0, gone = 0) => [{ fields, rejected, gone }];

describe('the exit code of a run that writes', () => {
  it('is 0 whatever the CRM refuses of single records, and 3 where every refusal counts', () => {
    for (const applied of [wrote(100, 1), wrote(0, 1), wrote(0, 1, 1), wrote(0, 50, 50)]) {
      expect(exitOfWrites(applied, false)).toBe(EXIT.ok);
      expect(exitOfWrites(applied, true)).toBe(EXIT.refused);
    }
    expect(exitOfWrites(wrote(10), true)).toBe(EXIT.ok);
    expect(exitOfWrites([], true)).toBe(EXIT.ok);
  });

  it('is 1 when the CRM refuses all of very many, which is a lost permission', () => {
    expect(exitOfWrites(wrote(0, 40), false)).toBe(EXIT.failed);
    expect(exitOfWrites([...wrote(0, 40), ...wrote(1)], false)).toBe(EXIT.ok);
  });

  it('is 0 when a record was archived between plan and write, and the rest is written', async () => {
    const lab = await openLab({ seed: 29, partners: 4, deals: 40 });
    try {
      let archived: string | null = null;
      lab.wire.fetch = async (input, init) => {
        if (archived === null && init?.method === 'PATCH' && String(input).includes('/sobjects')) {
          const { records } = JSON.parse(String(init.body)) as { records: { id: string }[] };
          archived = records[0]!.id;
          await lab.control('DELETE', `/records/${archived}`).catch(() => null);
          lab.sandbox.org.find(archived)!.row['IsDeleted'] = true;
        }
        return await lab.sandbox.fetch(input, init);
      };
      const { run, summary } = await lab.sync();
      const gone = summary.applied.reduce((sum, one) => sum + one.gone, 0);
      const rejected = summary.applied.reduce((sum, one) => sum + one.rejected, 0);
      expect([run.state, gone > 0, rejected - gone]).toEqual(['done', true, 0]);
      expect(exitOfWrites(summary.applied, false)).toBe(EXIT.ok);
    } finally {
      await lab.close();
    }
  });
});
