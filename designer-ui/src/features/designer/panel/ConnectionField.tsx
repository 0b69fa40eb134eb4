import { Anchor, Select } from '@mantine/core';
import { Link } from 'react-router';
import type { DiagramElement } from '../../../diagram';
import { attributeOf, inputsHolder } from '../../../diagram/dialect';
import { setConnection } from '../canvas/editing';
import { useDesigner } from '../state/DesignerContext';

/** The account a step works with, by name; secrets stay on the server. */
export function ConnectionField({ element, connectionType }: { element: DiagramElement; connectionType: string }) {
  const { model, connections } = useDesigner();
  const chosen = attributeOf(inputsHolder(element.businessObject), 'connection');
  const options = connections
    .filter((connection) => connection.type === connectionType)
    .map((connection) => ({ value: connection.name, label: connection.status === 'ready' ? connection.name : `${connection.name} (needs authorization)` }));
  if (chosen && !options.some((option) => option.value === chosen)) options.push({ value: chosen, label: `${chosen} (not here)` });
  const write = (name: string | null): void => model.edit(`${element.id}.connection`, (modeler) => setConnection(modeler, element, name ?? undefined));
  return (
    <Select
      label="Connection"
      withAsterisk
      data={options}
      value={chosen || null}
      onChange={write}
      placeholder={options.length > 0 ? 'Choose…' : 'None yet'}
      data-testid="field-connection"
      description={
        <Anchor component={Link} to={`/connections?create=${connectionType}`} size="xs">
          Create a connection
        </Anchor>
      }
    />
  );
}
