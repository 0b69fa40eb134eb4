import { Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { t } from '../../../i18n';
import { previewer } from '../expressions/Previewer';
import type { PreviewOutcome } from '../expressions/preview.worker';
import type { Scope, ScopeEntry } from '../state/scope';

const DEBOUNCE_MS = 140;

/** What a field's expressions give with the data known now. */
export function Preview({ document, scope, testId }: { document: unknown; scope: Scope; testId?: string }) {
  const outcome = usePreview(document, scope);
  if (!outcome) return null;
  const untested = outcome.ok ? undefined : firstUntested(document, scope);
  const waiting = !outcome.ok && outcome.code === 'MISSING_DATA' && untested !== undefined;
  const tone = outcome.ok ? 'good' : waiting ? 'waiting' : 'bad';
  return (
    <div className={`preview preview-${tone}`} data-testid={testId} role="status">
      <Text span size="xs" fw={600} mr={6}>
        {outcome.ok ? t('Preview') : waiting ? t('No data yet') : t('Check')}
      </Text>
      <Text span size="xs">
        {outcome.ok ? shown(outcome.value) : waiting ? adviceFor(untested) : outcome.message}
      </Text>
    </div>
  );
}

function usePreview(document: unknown, scope: Scope): PreviewOutcome | undefined {
  const [outcome, setOutcome] = useState<PreviewOutcome>();
  const text = JSON.stringify(document) ?? '';
  const active = text.includes('{{');
  useEffect(() => {
    if (!active) return undefined;
    let current = true;
    const timer = setTimeout(() => {
      void previewer.evaluate(JSON.parse(text), scope.data).then((result) => {
        if (current) setOutcome(result);
      });
    }, DEBOUNCE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [active, text, scope]);
  return active ? outcome : undefined;
}

function firstUntested(document: unknown, scope: Scope): ScopeEntry | undefined {
  const text = JSON.stringify(document);
  return scope.entries.find((entry) => !entry.known && text.includes(entry.path.join('.')));
}

function adviceFor(entry: ScopeEntry): string {
  return entry.path[0] === 'trigger' && entry.path.length === 1
    ? t('run the workflow, listen, or pin data on “{{step}}” first', { step: entry.title })
    : t('test “{{step}}” first', { step: entry.title });
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > 240 ? `${text.slice(0, 239)}…` : text || t('(empty text)');
}
