import { Alert, Button, Group, Loader, Modal, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { namesOf, summarizeTable } from '../../../diagram/decision';
import { t } from '../../../i18n';
import type { Problem } from '../../../api/types';
import type { TableEditor } from './TableEditor';
import { TryTable } from './TryTable';
import { problemsOf } from './trial';

interface DecisionDialogProps {
  xml: string;
  /** The inputs that the step gives the table already. */
  given: readonly string[];
  onSave(xml: string): void;
  onClose(): void;
}

/** Edits a decision table with dmn-js, and tries it with values. */
export function DecisionDialog({ xml, given, onSave, onClose }: DecisionDialogProps) {
  const [leaving, setLeaving] = useState(false);
  const { host, editor, current, failure } = useEditor(xml);
  const problems = useTableProblems(current, given);
  const table = summarizeTable(current);
  const changed = current !== xml;
  const close = (): void => (changed && !leaving ? setLeaving(true) : onClose());
  const save = async (): Promise<void> => onSave(editor ? await editor.xml() : xml);
  return (
    <Modal opened onClose={close} title={t('Decision table')} size="min(1200px, 96vw)" closeOnEscape={false} closeOnClickOutside={false} classNames={{ body: 'decision-dialog' }}>
      {failure && (
        <Alert color="red" variant="light" title={t('The table cannot be shown')} mb="sm">
          <Text size="sm">{failure}</Text>
        </Alert>
      )}
      {!editor && !failure && (
        <Group justify="center" p="xl">
          <Loader aria-label={t('Loading the editor')} />
        </Group>
      )}
      <div ref={host} className="decision-editor" data-testid="table-editor" />
      <Stack gap="sm" mt="sm">
        {problems.length > 0 && <ProblemsOfTable problems={problems} />}
        {editor && table && <TryTable table={table} xml={current} usable={problems.length === 0} onMatched={(numbers) => editor.mark(numbers.map((number) => table.rules[number - 1]?.id ?? ''))} />}
        {leaving && (
          <Alert color="yellow" variant="light" p="xs" role="alert">
            <Text size="sm">{t('What you changed is lost when you leave. Press Leave, or use this table.')}</Text>
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {leaving ? t('Leave') : t('Cancel')}
          </Button>
          <Button onClick={() => void save()} disabled={!editor}>
            {t('Use this table')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function ProblemsOfTable({ problems }: { problems: Problem[] }) {
  return (
    <Alert color="red" variant="light" p="xs" role="status">
      <Stack gap={2}>
        {problems.slice(0, 8).map((problem) => (
          <Text size="xs" key={problem.message}>
            {problem.message}
          </Text>
        ))}
        {problems.length > 8 && <Text size="xs">{t('and {{more}} more', { more: problems.length - 8 })}</Text>}
      </Stack>
    </Alert>
  );
}

/** dmn-js in an element of the page, and the table as it is in it. */
function useEditor(xml: string): { host: React.RefObject<HTMLDivElement | null>; editor: TableEditor | undefined; current: string; failure: string | undefined } {
  const host = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<TableEditor>();
  const [current, setCurrent] = useState(xml);
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    let gone = false;
    let made: TableEditor | undefined;
    const load = async (): Promise<void> => {
      const { TableEditor: Editor } = await import('./TableEditor');
      if (gone || !host.current) return;
      made = new Editor(host.current);
      const shown = made;
      await shown.open(xml, () => {
        // what matched the table before says nothing of the table now
        shown.mark([]);
        void shown.xml().then((next) => !gone && setCurrent(next));
      });
      if (!gone) setEditor(shown);
    };
    load().catch((error: unknown) => !gone && setFailure(error instanceof Error ? error.message : t('It is no decision table of DMN 1.3.')));
    return () => {
      gone = true;
      made?.destroy();
    };
  }, [xml]);
  return { host, editor, current, failure };
}

const QUIET_MS = 500;

/** What the hub says of the table, a moment after each change. */
function useTableProblems(xml: string, given: readonly string[]): Problem[] {
  const [problems, setProblems] = useState<Problem[]>([]);
  const names = given.join(' ');
  useEffect(() => {
    let gone = false;
    const table = summarizeTable(xml);
    const timer = setTimeout(() => {
      const asked = [...(table ? namesOf(table) : []), ...names.split(' ').filter(Boolean)];
      problemsOf(xml, asked).then(
        (found) => !gone && setProblems(found),
        // without an answer of the hub the canvas will say what is wrong
        () => !gone && setProblems([]),
      );
    }, QUIET_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [xml, names]);
  return problems;
}
