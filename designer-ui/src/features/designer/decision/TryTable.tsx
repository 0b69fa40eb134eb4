import { Button, Code, Group, Text, TextInput } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { namesOf, type TableSummary } from '../../../diagram/decision';
import { t } from '../../../i18n';
import type { StepTestResult } from '../../../api/types';
import { useDesigner } from '../state/DesignerContext';
import { tryTable, typedValue } from './trial';

interface TryTableProps {
  table: TableSummary;
  xml: string;
  /** Whether the hub has nothing to say against the table. */
  usable: boolean;
  onMatched(rules: number[]): void;
}

/** Gives the table values and shows which rules match. */
export function TryTable({ table, xml, usable, onMatched }: TryTableProps) {
  const { workflowId } = useDesigner();
  const [values, setValues] = useState<Record<string, string>>({});
  const [result, setResult] = useState<{ of: string; answer: StepTestResult }>();
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);
  const names = namesOf(table);
  const typeOf = (name: string): string => table.inputs.find((column) => column.text === name)?.type ?? '';
  const run = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setFailure(undefined);
    try {
      const given = Object.fromEntries(names.map((name) => [name, typedValue(values[name] ?? '', typeOf(name))]));
      const answer = await tryTable(workflowId, xml, given);
      setResult({ of: xml, answer });
      onMatched(rulesOf(answer));
    } catch (error) {
      setResult(undefined);
      setFailure(error instanceof Error ? error.message : t('Try again.'));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="decision-try" aria-label={t('Test with values')} onSubmit={(event) => void run(event)}>
      <Group gap="xs" align="flex-end">
        {names.map((name) => (
          <TextInput key={name} size="xs" label={name} placeholder={typeOf(name) || t('value')} value={values[name] ?? ''} onChange={(event) => setValues({ ...values, [name]: event.currentTarget.value })} data-testid={`try-${name}`} />
        ))}
        <Button type="submit" size="xs" variant="light" loading={busy} disabled={!usable} leftSection={<IconPlayerPlay size={14} />}>
          {t('Test with values')}
        </Button>
      </Group>
      <div role="status" data-testid="try-result">
        {failure && (
          <Text size="sm" mt="xs" c="red">
            {failure}
          </Text>
        )}
        {result?.of === xml && <Outcome result={result.answer} />}
      </div>
    </form>
  );
}

function Outcome({ result }: { result: StepTestResult }) {
  if (result.error) {
    return (
      <Text size="sm" mt="xs" c="red">
        {result.error.message}
      </Text>
    );
  }
  const rules = rulesOf(result);
  return (
    <Group gap="xs" mt="xs">
      <Text size="sm" fw={600}>
        {matching(rules)}
      </Text>
      <Code>{JSON.stringify((result.output as { result?: unknown } | null)?.result ?? null)}</Code>
    </Group>
  );
}

function matching(rules: number[]): string {
  if (rules.length === 0) return t('No rule matches');
  return rules.length === 1 ? t('Rule {{rule}} matches', { rule: rules[0] }) : t('Rules {{rules}} match', { rules: rules.join(', ') });
}

function rulesOf({ output }: StepTestResult): number[] {
  const rules = (output as { rules?: unknown } | null)?.rules;
  return Array.isArray(rules) ? rules.filter((rule) => typeof rule === 'number') : [];
}
