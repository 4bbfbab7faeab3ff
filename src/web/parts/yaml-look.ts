import { EditorView } from '@codemirror/view';

/**
 * How the editor looks, in the colours of the pages. It reaches the editor as a constructed style
 * sheet, which a policy without `unsafe-inline` allows.
 */
export const yamlLook = EditorView.theme({
  '&': { backgroundColor: 'var(--card)', color: 'var(--text)', fontSize: '0.9rem' },
  '&.cm-focused': { outline: '3px solid var(--main)' },
  '.cm-scroller': { maxHeight: '70vh', overflow: 'auto' },
  '.cm-content': { caretColor: 'var(--text)', fontFamily: 'ui-monospace, monospace' },
  '.cm-gutters': {
    backgroundColor: 'var(--page)',
    color: 'var(--quiet)',
    borderRight: '1px solid var(--line)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--band-fill)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--card)',
    color: 'var(--text)',
    border: '1px solid var(--quiet)',
    maxWidth: '30rem',
  },
  '.cm-words, .cm-diagnostic': { padding: '0.4rem 0.6rem' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--main)',
    color: 'var(--on-main)',
  },
  '.cm-completionInfo': { padding: '0.4rem 0.6rem' },
  '.tok-propertyName, .tok-definition': { color: 'var(--main)' },
  '.tok-comment': { color: 'var(--quiet)' },
  '.tok-string': { color: 'var(--good)' },
  '.tok-keyword, .tok-bool, .tok-number': { color: 'var(--plan)' },
});
