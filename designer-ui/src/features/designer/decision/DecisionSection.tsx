import { Alert, Button, Group, ScrollArea, Stack, Switch, Table, Text } from '@mantine/core';
import { IconTable } from '@tabler/icons-react';
import { useState } from 'react';
import type { DiagramElement } from '../../../diagram';
import { namesOf, tableInShort, tableOf, type TableSummary } from '../../../diagram/decision';
import { attributeOf, extension, parseInputs, readInputs, textOf, type JsonObject } from '../../../diagram/dialect';
import { t } from '../../../i18n';
import { setInputs } from '../canvas/editing';
import { useDesigner } from '../state/DesignerContext';
import type { Scope } from '../state/scope';
import { ExpressionField } from '../step-form/ExpressionField';
import { JsonField } from '../step-form/JsonField';
import { DecisionDialog } from './DecisionDialog';
import { NEW_TABLE, setRequired, setTable } from './editing';
import { typedValue } from './trial';
import './decision.css';

/** A decision's table, and what goes into it. */
export function DecisionSection({ element, scope }: { element: DiagramElement; scope: Scope }) {
  const { model } = useDesigner();
  const [editing, setEditing] = useState(false);
  const bo = element.businessObject;
  const xml = textOf(extension(bo, 'Table'));
  const table = tableOf(bo);
  const required = attributeOf(extension(bo, 'Decision'), 'required') === 'true';
  const save = (next: string): void => {
    if (next !== xml) model.edit(`${element.id}.table`, (modeler) => setTable(modeler, element, next));
    setEditing(false);
  };
  return (
    <Stack gap="md">
      <Stack gap="xs">
        {table ? <TableInShort table={table} /> : <NoTable given={xml.trim() !== ''} />}
        <Button variant="light" leftSection={<IconTable size={16} />} onClick={() => setEditing(true)} data-testid="edit-table">
          {xml.trim() ? t('Edit the table') : t('Make a table')}
        </Button>
      </Stack>
      <Inputs element={element} scope={scope} table={table} />
      <Switch
        label={t('Fail when no rule matches')}
        description={t('Otherwise the result is null')}
        checked={required}
        onChange={(event) => {
          const on = event.currentTarget.checked;
          model.edit(`${element.id}.required`, (modeler) => setRequired(modeler, element, on));
        }}
      />
      {editing && <DecisionDialog xml={xml.trim() ? xml : NEW_TABLE} given={Object.keys(readInputs(bo))} onSave={save} onClose={() => setEditing(false)} />}
    </Stack>
  );
}

function NoTable({ given }: { given: boolean }) {
  return (
    <Alert color={given ? 'red' : 'gray'} variant="light" p="xs">
      <Text size="xs">{given ? t('The table in the file is no decision table of DMN 1.3.') : t('There is no table yet.')}</Text>
    </Alert>
  );
}

const SHOWN_RULES = 4;

/** The first rules as they are written. */
function TableInShort({ table }: { table: TableSummary }) {
  const columns = [...table.inputs, ...table.outputs];
  const more = table.rules.length - SHOWN_RULES;
  return (
    <div>
      <Group gap={6} mb={4}>
        <Text size="sm" fw={600}>
          {table.name || t('Decision')}
        </Text>
        <Text size="xs" c="dimmed">
          {tableInShort(table)}
        </Text>
      </Group>
      <ScrollArea className="decision-short" type="auto" viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t('The table in short') }}>
        <Table withTableBorder verticalSpacing={3} horizontalSpacing={6} fz="xs">
          <Table.Thead>
            <Table.Tr>
              {columns.map((column, index) => (
                <Table.Th key={index} className={index === table.inputs.length ? 'decision-result' : undefined}>
                  {column.title || '—'}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {table.rules.slice(0, SHOWN_RULES).map((rule, row) => (
              <Table.Tr key={row}>
                {[...rule.cells, ...rule.results].map((cell, index) => (
                  <Table.Td key={index} className={index === table.inputs.length ? 'decision-result' : undefined}>
                    {cell || '–'}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
      {more > 0 && (
        <Text size="xs" c="dimmed" mt={4}>
          {t('and {{more}} more', { more })}
        </Text>
      )}
    </div>
  );
}

/** One field for each name that the table reads. */
function Inputs({ element, scope, table }: { element: DiagramElement; scope: Scope; table: TableSummary | undefined }) {
  const { model } = useDesigner();
  const bo = element.businessObject;
  const inputs = readInputs(bo);
  const write = (next: JsonObject, field: string): void => model.edit(`${element.id}.inputs.${field}`, (modeler) => setInputs(modeler, element, next));
  if (parseInputs(bo).error) {
    return <JsonField id="inputs" label={t('Inputs')} scope={scope} value={inputs} onChange={(value) => write((value ?? {}) as JsonObject, 'inputs')} />;
  }
  const read = table ? namesOf(table) : [];
  const others = Object.keys(inputs).filter((name) => !read.includes(name));
  return (
    <>
      {[...read, ...others].map((name) => {
        const type = table?.inputs.find((column) => column.text === name)?.type ?? '';
        const value = inputs[name];
        return (
          <ExpressionField
            key={name}
            id={`decision-${name}`}
            label={name}
            description={read.includes(name) ? undefined : t('No column asks for it; empty it to take it away')}
            required={read.includes(name)}
            scope={scope}
            value={value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)}
            onChange={(text) => write({ ...inputs, [name]: text.trim() === '' ? undefined : typedValue(text, type) }, name)}
            placeholder={`{{ trigger.body.${name} }}`}
          />
        );
      })}
    </>
  );
}
