import { autocompletion, closeBrackets, completionKeymap, snippetCompletion, startCompletion, type Completion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { EditorState, type Extension } from '@codemirror/state';
import { Decoration, EditorView, keymap, MatchDecorator, placeholder as placeholderOf, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { FUNCTIONS, suggest } from '../expressions/complete';
import { t } from '../../../i18n';
import { useInsertTarget } from './InsertTarget';

export interface CodeFieldProps {
  label: string;
  value: string;
  onChange(value: string): void;
  /** What completion reads inside of `{{ }}`. */
  hints: unknown;
  titles?: Record<string, string>;
  placeholder?: string;
  multiline?: boolean;
  json?: boolean;
  testId?: string;
  invalid?: boolean;
}

/** A text with `{{ expressions }}` shown as pills, completed from the data in scope. */
export function CodeField({ label, value, onChange, hints, titles, placeholder, multiline, json: isJson, testId, invalid }: CodeFieldProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const live = useRef({ onChange, hints, titles });
  const target = useInsertTarget();
  useEffect(() => {
    live.current = { onChange, hints, titles };
  });

  useEffect(() => {
    if (!host.current) return undefined;
    const extensions: Extension[] = [
      history(),
      closeBrackets(),
      autocompletion({ override: [(context) => complete(context, live.current.hints, live.current.titles ?? {})], interactionDelay: 0 }),
      keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
      EditorView.lineWrapping,
      pills,
      EditorView.contentAttributes.of({ 'aria-label': label, ...(testId && { 'data-testid': testId }) }),
      EditorView.updateListener.of((update) => {
        if (update.focusChanged && update.view.hasFocus) target.remember(update.view);
        if (!update.docChanged) return;
        live.current.onChange(update.state.doc.toString());
        if (opensCompletion(update)) setTimeout(() => startCompletion(update.view), 0);
      }),
    ];
    if (isJson) extensions.push(json());
    if (!multiline && !isJson) extensions.push(oneLine);
    if (placeholder) extensions.push(placeholderOf(placeholder));
    const editor = new EditorView({ parent: host.current, state: EditorState.create({ doc: value, extensions }) });
    view.current = editor;
    return () => {
      target.forget(editor);
      editor.destroy();
    };
    // the editor is made once; what changes reaches it through the ref and the effect below
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  useEffect(() => {
    const editor = view.current;
    if (editor && editor.state.doc.toString() !== value) {
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
    }
  }, [value]);

  const size = multiline || isJson ? ' expression-tall' : '';
  return <div ref={host} className={`expression${size}${invalid ? ' expression-invalid' : ''}`} />;
}

const oneLine = EditorState.transactionFilter.of((transaction) => (transaction.newDoc.lines > 1 && transaction.isUserEvent('input') ? [] : transaction));

const matcher = new MatchDecorator({ regexp: /\{\{(?:[^}]|\}(?!\}))*\}\}/g, decoration: Decoration.mark({ class: 'expression-pill' }) });

const pills = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(editor: EditorView) {
      this.decorations = matcher.createDeco(editor);
    }
    update(update: ViewUpdate): void {
      this.decorations = matcher.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

/** Within a tool of an agent: what the model fills in. */
function callable(hints: unknown): Completion[] {
  const tool = typeof hints === 'object' && hints !== null && 'toolCall' in hints;
  return tool ? [snippetCompletion("fromAi('#{name}', '#{what it is}', 'string')", { label: 'fromAi', type: 'function', detail: t('the agent decides') })] : [];
}

function opensCompletion(update: ViewUpdate): boolean {
  return /(\{\{\s*|\w\.)$/.test(update.state.sliceDoc(0, update.state.selection.main.head)) && update.view.hasFocus;
}

function complete(context: CompletionContext, hints: unknown, titles: Record<string, string>): CompletionResult | null {
  const before = context.state.sliceDoc(0, context.pos);
  const open = before.lastIndexOf('{{');
  if (open < 0 || before.lastIndexOf('}}') > open) return null;
  const functionName = context.matchBefore(/\$\w*/);
  if (functionName) return { from: functionName.from, options: FUNCTIONS.map((label) => ({ label, type: 'function' })) };
  const path = context.matchBefore(/[\w.`-]*/);
  if (!path || (path.from === path.to && !context.explicit && !/\{\{\s*$/.test(before))) return null;
  const dot = path.text.lastIndexOf('.');
  const options = suggest(hints, path.text).map((option) => {
    const title = dot === 5 && path.text.startsWith('steps.') ? titles[option.label] : undefined;
    return title ? { ...option, detail: title } : option;
  });
  return { from: path.from + dot + 1, options: dot < 0 ? [...options, ...callable(hints)] : options };
}
