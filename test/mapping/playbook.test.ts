import { describe, expect, it } from 'vitest';
import { parseMapping } from '../../src/mapping/document/parse.ts';
import { playbookFaults } from '../../src/mapping/document/playbook.ts';
import { mappingSchema } from '../../src/model/mapping.ts';

const document = (playbook: unknown, stages?: unknown) =>
  mappingSchema.parse({
    version: 1,
    crm: 'salesforce',
    entities: {},
    playbook,
    ...(stages === undefined ? {} : { stages }),
  });
const guide = { id: 'guide', title: 'Guide' };

describe('a playbook', () => {
  it('may be left out, and may be whole', () => {
    expect(playbookFaults(document(undefined))).toEqual([]);
    expect(
      playbookFaults(
        document({ assets: [guide], coaching: [{ stage: 'Proposal', asset: 'guide' }] }),
      ),
    ).toEqual([]);
  });
  it('names an asset that there is, with what was meant', () => {
    const [fault] = playbookFaults(
      document({ assets: [guide], coaching: [{ stage: 'Proposal', asset: 'gide' }] }),
    );
    expect(fault).toEqual({
      at: ['playbook', 'coaching', 0, 'asset'],
      message: 'There is no asset `gide` in `playbook.assets`.',
      cure: expect.stringContaining('guide'),
    });
  });
  it('gives each id once', () => {
    expect(playbookFaults(document({ assets: [guide, guide] }))).toMatchObject([
      { at: ['playbook', 'assets', 1, 'id'], message: expect.stringContaining('stands twice') },
    ]);
  });
  it('names a stage of the document, where it lists them', () => {
    const stages = [{ key: 'p', label: 'Proposal', order: 1, closed: false, won: false }];
    const coaching = (stage: string) => ({
      assets: [guide],
      coaching: [{ stage, asset: 'guide' }],
    });
    expect(playbookFaults(document(coaching('PROPOSAL'), stages))).toEqual([]);
    expect(playbookFaults(document(coaching('Propsal'), stages))).toMatchObject([
      { message: 'There is no stage `Propsal` under `stages`.' },
    ]);
  });
  it.each([
    ['a budget below zero', 'incentives: [{ id: a, title: A, for: gap, amount: 5, budget: -1 }]'],
    ['another purpose', 'incentives: [{ id: a, title: A, for: fun, amount: 5, budget: 1 }]'],
    ['an address that runs', 'assets: [{ id: a, title: A, url: "javascript:alert(1)" }]'],
    ['a key that it has not', 'assetz: []'],
  ])('is refused with its line for %s', (_, line) => {
    const text = `version: 1\ncrm: salesforce\nentities: {}\nplaybook:\n  ${line}\n`;
    const { document: parsed, faults } = parseMapping(text);
    expect(parsed).toBeNull();
    expect(faults[0]).toMatchObject({ severity: 'error', line: 5 });
  });
  it('and the language is one of four', () => {
    const text = 'version: 1\ncrm: salesforce\nsettings: { language: it }\nentities: {}\n';
    expect(parseMapping(text).faults[0]).toMatchObject({ severity: 'error', line: 3 });
  });
});
