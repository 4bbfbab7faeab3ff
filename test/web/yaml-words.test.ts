import { CompletionContext } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { keyCompletions } from '../../src/web/parts/yaml-words.ts';

const SCHEMA = { properties: { settings: { properties: { language: { enum: ['en', 'de'] } } } } };

/** What is offered at the end of a text. */
const offered = (doc: string): string[] => {
  const context = new CompletionContext(EditorState.create({ doc }), doc.length, false);
  const found = keyCompletions({ schema: SCHEMA, fields: [] }, context);
  return found?.options.map(({ label }) => label) ?? [];
};

describe('completion', () => {
  it('offers the keys and values of the schema', () => {
    expect(offered('se')).toEqual(['settings']);
    expect(offered('settings:\n  language: d')).toEqual(['en', 'de']);
  });
  it('offers nothing in a comment, where Enter ends the line', () => {
    expect(offered('# se')).toEqual([]);
    expect(offered('settings:\n  language: en # d')).toEqual([]);
  });
});
