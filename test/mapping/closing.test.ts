import { describe, expect, it } from 'vitest';
import { packagedWrites } from '../../src/mapping/compile/closing.ts';
import { parsed } from './fixtures/document.ts';

const STAGES = `stages:
  - { key: open, order: 1, closed: false, won: false }
  - { key: won, order: 2, closed: true, won: true }
  - { key: lost, order: 3, closed: true, won: false }
`;
const closing = (fields: string, stages = STAGES) =>
  packagedWrites(
    parsed(`version: 1
crm: salesforce
${stages}entities:
  partner: { object: Account, fields: { name: Name } }
  deal:
    object: Project__c
    fields: { name: Name, createdAt: CreatedDate, ${fields} }
write:
  - object: Account
    entity: partner
    fields: { Score__c: { value: partner.score } }
  - object: Project__c
    entity: deal
    fields: { Chance__c: { value: deal.winProbability } }
`),
  ).map((write) => write.closing);

describe('how a deal of an own object shows that it is closed', () => {
  it('by its stage, as the stages of the mapping have it', () => {
    expect(closing('stage: Phase__c')).toEqual([
      null,
      {
        closed: { field: 'Phase__c', is: ['won', 'lost'] },
        won: { field: 'Phase__c', is: ['won'] },
      },
    ]);
  });

  it("in the CRM's own words, where the mapping translates them", () => {
    const map = '{ Laufend: open, Gewonnen: won, Verloren: lost, Abgesagt: lost }';
    expect(closing(`stage: { field: Phase__c, map: ${map} }`)[1]).toEqual({
      closed: { field: 'Phase__c', is: ['Gewonnen', 'Verloren', 'Abgesagt'] },
      won: { field: 'Phase__c', is: ['Gewonnen'] },
    });
  });

  it('by fields that say so themselves, before its stage', () => {
    expect(
      closing(
        'stage: Phase__c, closed: Done__c, won: { field: Result__c, map: { Yes: true, No: false } }',
      )[1],
    ).toEqual({
      closed: { field: 'Done__c', is: ['true'] },
      won: { field: 'Result__c', is: ['Yes'] },
    });
  });

  it('not at all, where its stage stands on another record, is cut out of a text, or is listed nowhere', () => {
    expect(closing('stage: Phase__r.Name')[1]).toBeNull();
    expect(closing('stage: { field: Phase__c, split: { by: "-", take: 0 } }')[1]).toBeNull();
    expect(closing('stage: Phase__c', '')[1]).toBeNull();
  });
});
