import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { DiagramElement } from '../../../diagram';
import { t } from '../../../i18n';
import { renameReference } from '../canvas/editing';
import { isReferenceName } from '../canvas/elementIds';
import { useDesigner } from '../state/DesignerContext';

/** How expressions call this step; changing it changes them all. */
export function ReferenceName({ element }: { element: DiagramElement }) {
  const { model } = useDesigner();
  const [name, setName] = useState(element.id);
  const [known, setKnown] = useState(element.id);
  if (known !== element.id) {
    setKnown(element.id);
    setName(element.id);
  }
  const taken = name !== element.id && model.element(name) !== undefined;
  const error = taken ? t('Another step has this name') : isReferenceName(name) ? undefined : t('Letters, digits and _ only');
  const rename = (): void => {
    if (name !== element.id && !error) model.edit(`${element.id}.id`, (modeler) => renameReference(modeler, element, name));
    else setName(element.id);
  };
  return (
    <TextInput
      size="xs"
      label={t('Name in expressions')}
      description={t('Later steps read the result as steps.{{id}}', { id: element.id })}
      value={name}
      error={error}
      onChange={(event) => setName(event.currentTarget.value)}
      onBlur={rename}
      onKeyDown={(event) => event.key === 'Enter' && rename()}
    />
  );
}
