import { describe, expect, it } from 'vitest';
import { fieldPlanText } from '../../src/cli/field-text.ts';
import type { FieldPlanItem, FieldSpec } from '../../src/model/connector.ts';

const spec = (object: string, name: string, more: Partial<FieldSpec> = {}): FieldSpec => ({
  object,
  name,
  label: name,
  type: 'number',
  precision: 5,
  scale: 1,
  description: '',
  ...more,
});
const plain = (text: string): string => text.replace(/\u001b\[\d+m/g, '');

describe('field plan as a diff', () => {
  it('says of each field its size, who will see and edit it, and what stands in the way', () => {
    const plan: FieldPlanItem[] = [
      {
        ...spec('Account', 'Score'),
        action: 'create',
        access: 'people read it, the integration user edits it',
      },
      {
        ...spec('Account', 'Why', {
          type: 'longtext',
          precision: undefined,
          scale: undefined,
          length: 4000,
        }),
        action: 'grant',
        detail: 'permission set Headwater does not give read',
      },
      { ...spec('Account', 'Fine'), action: 'none' },
      {
        ...spec('Deal', 'Chance'),
        action: 'conflict',
        detail: 'exists as string, and number is needed',
      },
    ];
    const lines = plain(fieldPlanText(plan)).split('\n');
    expect(lines.find((line) => line.includes('Score'))).toMatch(
      /\+ create\s+Score\s+Score\s+number\(5,1\)\s+people read it, the integration user edits it/,
    );
    expect(lines.find((line) => line.includes('Why'))).toMatch(
      /~ grant\s+Why\s+Why\s+longtext\(4000\)\s+permission set Headwater does not give read/,
    );
    expect(lines.find((line) => line.includes('Chance'))).toMatch(
      /! conflict.*number\(5,1\)\s+exists as string, and number is needed: nothing is done to it/,
    );
    expect(lines.indexOf('Account')).toBeLessThan(lines.indexOf('Deal'));
    expect(lines.at(-2)).toBe(
      '  1 to create, 1 to grant, 1 to be settled by you, 1 field already there. Nothing was changed: `headwater field deploy` does it.',
    );
    expect(lines.join()).not.toContain('Fine');
  });

  it('has one line when nothing is to be done', () =>
    expect(fieldPlanText([{ ...spec('Account', 'Score'), action: 'none' }])).toBe(
      'all 1 field are there, as they should be\n',
    ));
});
