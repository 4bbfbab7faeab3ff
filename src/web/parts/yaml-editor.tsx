import { autocompletion, completionKeymap, type CompletionSource } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { EditorState, type Extension } from '@codemirror/state';
import {
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  hoverTooltip,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';
import { useEffect, useRef, type ReactNode } from 'react';
import { hoverWords, keyCompletions, type Words } from './yaml-words.ts';
import { yamlLook } from './yaml-look.ts';

export interface LineFault {
  severity: 'error' | 'warning' | 'note';
  line: number;
  column: number;
  message: string;
  cure: string;
}

const SEVERITY = { error: 'error', warning: 'warning', note: 'info' } as const;

/** Faults as marks of their lines. A line that has gone meanwhile has none. */
function marksOf({ doc }: EditorState, faults: readonly LineFault[]): Diagnostic[] {
  return faults
    .filter(({ line }) => line <= doc.lines)
    .map(({ severity, line, column, message, cure }) => {
      const at = doc.line(Math.max(1, line));
      const from = Math.min(at.to, at.from + Math.max(0, column - 1));
      return {
        from,
        to: at.to,
        severity: SEVERITY[severity],
        message: `${message} ${cure}`.trim(),
      };
    })
    .sort((a, b) => a.from - b.from);
}

const hover = (words: () => Words): Extension =>
  hoverTooltip(({ state }, pos) => {
    const text = hoverWords(words(), state.doc, pos);
    if (text === null) return null;
    return {
      pos,
      create: () => {
        const dom = document.createElement('div');
        dom.className = 'cm-words';
        dom.textContent = text;
        return { dom };
      },
    };
  });

/** Everything of the editor but what it is given while it stands. */
const extensionsOf = (words: () => Words, tell: (text: string) => void): Extension[] => [
  lineNumbers(),
  lintGutter(),
  history(),
  bracketMatching(),
  highlightActiveLine(),
  // Marks that turn the direction of text, and others that hide, are shown as what they are.
  highlightSpecialChars(),
  yaml(),
  syntaxHighlighting(classHighlighter),
  autocompletion({
    override: [(context): ReturnType<CompletionSource> => keyCompletions(words(), context)],
  }),
  hover(words),
  // Tab goes on to what comes after the editor: nobody is caught in it.
  keymap.of([...defaultKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap]),
  EditorView.lineWrapping,
  EditorView.contentAttributes.of({ 'aria-label': 'Mapping document (YAML)', tabindex: '0' }),
  EditorView.updateListener.of((update) => {
    if (update.docChanged) tell(update.state.doc.toString());
  }),
  yamlLook,
];

/** A YAML document with completion, words on hover, and its faults in their lines. */
export function YamlEditor({
  value,
  onChange,
  faults,
  words,
}: {
  value: string;
  onChange: (value: string) => void;
  faults: readonly LineFault[];
  words: Words;
}): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef({ words, onChange });
  latest.current = { words, onChange };
  const first = useRef(value);
  /** Texts that went out and have not all come back. */
  const told = useRef(new Set<string>());
  useEffect(() => {
    // Only in a shadow root do its styles come as constructed sheets; elsewhere they would be an
    // inline style element, which the policy of the pages refuses.
    const host = place.current!;
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
    const made = new EditorView({
      ...{ parent: root, root },
      state: EditorState.create({
        doc: first.current,
        extensions: extensionsOf(
          () => latest.current.words,
          (text) => {
            told.current.add(text);
            latest.current.onChange(text);
          },
        ),
      }),
    });
    view.current = made;
    return () => made.destroy();
  }, []);
  // What changed elsewhere (another version) comes in. What the editor itself told comes back late
  // where keys follow each other quickly, and must not take those away that were typed since.
  useEffect(() => {
    const held = view.current;
    if (held === null) return;
    const mine = told.current.has(value);
    if (held.state.doc.toString() === value) told.current.clear();
    else if (!mine)
      held.dispatch({ changes: { from: 0, to: held.state.doc.length, insert: value } });
  }, [value]);
  useEffect(() => {
    const held = view.current;
    if (held !== null) held.dispatch(setDiagnostics(held.state, marksOf(held.state, faults)));
  }, [faults]);
  return <div ref={place} className="yaml" />;
}
