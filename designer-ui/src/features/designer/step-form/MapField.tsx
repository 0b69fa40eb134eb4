import { ActionIcon, Button, Group, Input, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '../../../i18n';
import { CodeField } from './CodeField';
import { titlesOf, type FieldProps } from './ExpressionField';
import { Preview } from './Preview';

interface MapFieldProps extends FieldProps {
  value: Record<string, unknown>;
  onChange(value: Record<string, unknown> | undefined): void;
}

type Row = [name: string, value: string];

/** Names and values, as headers and query parameters. */
export function MapField({ label, description, required, error, id, scope, value, onChange }: MapFieldProps) {
  const [rows, setRows] = useState<Row[]>(() => toRows(value));
  if (JSON.stringify(fromRows(rows)) !== JSON.stringify(value)) setRows(toRows(value));
  const write = (next: Row[]): void => {
    setRows(next);
    const map = fromRows(next);
    if (JSON.stringify(map) !== JSON.stringify(value)) onChange(Object.keys(map).length > 0 ? map : undefined);
  };
  const replace = (index: number, row: Row): void => write(rows.map((old, at) => (at === index ? row : old)));
  return (
    <Input.Wrapper label={label} description={description} withAsterisk={required} error={error} labelElement="div">
      <Stack gap={6} mt={4}>
        {rows.map((row, index) => (
          // rows have no identity but their place
          <Group key={index} gap={6} wrap="nowrap" align="flex-start">
            <TextInput flex="0 0 38%" size="sm" aria-label={t('{{label}} name {{value}}', { label, value: index + 1 })} placeholder={t('Name')} value={row[0]} onChange={(event) => replace(index, [event.currentTarget.value, row[1]])} />
            <div style={{ flex: 1, minWidth: 0 }}>
              <CodeField label={t('{{label}} value {{value}}', { label, value: index + 1 })} value={row[1]} onChange={(text) => replace(index, [row[0], text])} hints={scope.hints} titles={titlesOf(scope)} placeholder={t('Value')} testId={`field-${id}-${index}`} />
              <Preview document={row[1]} scope={scope} />
            </div>
            <ActionIcon variant="subtle" color="gray" mt={4} aria-label={t('Remove {{value}}', { value: row[0] || 'row' })} onClick={() => write(rows.filter((_, at) => at !== index))}>
              <IconTrash size={15} />
            </ActionIcon>
          </Group>
        ))}
        <Button variant="subtle" size="compact-xs" w="fit-content" leftSection={<IconPlus size={13} />} onClick={() => setRows([...rows, ['', '']])}>
          {t('Add {{what}}', { what: label.toLowerCase().replace(/s$/, '') })}
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}

function toRows(value: Record<string, unknown>): Row[] {
  return Object.entries(value).map(([name, item]) => [name, typeof item === 'string' ? item : JSON.stringify(item)]);
}

function fromRows(rows: Row[]): Record<string, unknown> {
  return Object.fromEntries(rows.filter(([name]) => name !== ''));
}
