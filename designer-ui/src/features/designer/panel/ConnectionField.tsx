import { Anchor, Select } from '@mantine/core';
import { Link } from 'react-router';
import type { Connection } from '../../../api/types';
import type { DiagramElement } from '../../../diagram';
import { attributeOf, inputsHolder } from '../../../diagram/dialect';
import { t } from '../../../i18n';
import { setConnection } from '../canvas/editing';
import { useDesigner } from '../state/DesignerContext';

interface ConnectionFieldProps {
  element: DiagramElement;
  connectionType: string;
  /** Which of the connections of the type can be chosen. */
  fits?: (connection: Connection) => boolean;
  description?: string;
}

/** The account a step works with, by name; secrets stay on the server. */
export function ConnectionField({ element, connectionType, fits, description }: ConnectionFieldProps) {
  const { model, connections } = useDesigner();
  const chosen = attributeOf(inputsHolder(element.businessObject), 'connection');
  const options = connections
    .filter((connection) => connection.type === connectionType && (fits?.(connection) ?? true))
    .map((connection) => ({ value: connection.name, label: connection.status === 'ready' ? connection.name : t('{{name}} (needs authorization)', { name: connection.name }) }));
  if (chosen && !options.some((option) => option.value === chosen)) options.push({ value: chosen, label: t('{{chosen}} (not here)', { chosen }) });
  const write = (name: string | null): void => model.edit(`${element.id}.connection`, (modeler) => setConnection(modeler, element, name ?? undefined));
  return (
    <Select
      label={t('Connection')}
      withAsterisk
      data={options}
      value={chosen || null}
      onChange={write}
      placeholder={options.length > 0 ? t('Choose…') : t('None yet')}
      data-testid="field-connection"
      description={
        <>
          {description && `${description} `}
          <Anchor component={Link} to={`/connections?create=${connectionType}`} size="xs">
            {t('Create a connection')}
          </Anchor>
        </>
      }
    />
  );
}
