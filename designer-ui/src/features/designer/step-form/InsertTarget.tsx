import type { EditorView } from '@codemirror/view';
import { createContext, useContext, useMemo, useRef, type ReactNode } from 'react';

export interface InsertTarget {
  remember(editor: EditorView): void;
  forget(editor: EditorView): void;
  /** Puts an expression where the cursor last was; false when there is no field for it. */
  insert(expression: string): boolean;
}

const NOWHERE: InsertTarget = { remember: () => undefined, forget: () => undefined, insert: () => false };

const Context = createContext<InsertTarget>(NOWHERE);

export const useInsertTarget = (): InsertTarget => useContext(Context);

/** Remembers which field data goes to when it is clicked. */
export function InsertTargetProvider({ children }: { children: ReactNode }) {
  const editor = useRef<EditorView | null>(null);
  const target = useMemo<InsertTarget>(
    () => ({
      remember: (focused) => {
        editor.current = focused;
      },
      forget: (gone) => {
        if (editor.current === gone) editor.current = null;
      },
      insert: (expression) => {
        const into = editor.current;
        if (!into) return false;
        const { from, to } = into.state.selection.main;
        const text = insideBraces(into.state.sliceDoc(0, from)) ? expression : `{{ ${expression} }}`;
        into.dispatch({ changes: { from, to, insert: text }, selection: { anchor: from + text.length } });
        requestAnimationFrame(() => into.focus());
        return true;
      },
    }),
    [],
  );
  return <Context.Provider value={target}>{children}</Context.Provider>;
}

function insideBraces(before: string): boolean {
  return before.lastIndexOf('{{') > before.lastIndexOf('}}');
}
