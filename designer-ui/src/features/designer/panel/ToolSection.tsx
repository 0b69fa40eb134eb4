import { Anchor, Button, Code, Stack, Text, Textarea } from '@mantine/core';
import { IconUserCheck } from '@tabler/icons-react';
import { lookOf, type DiagramElement } from '../../../diagram';
import { t } from '../../../i18n';
import { documentationOf, parametersOf, setDocumentation } from '../canvas/agents';
import { canAskFirst } from '../canvas/askFirst';
import { isTool } from '../canvas/places';
import { useDesigner } from '../state/DesignerContext';

/** On a tool: what the agent is told about it, what it fills in, and whether a person is asked first. */
export function ToolSection({ element }: { element: DiagramElement }) {
  const { model, catalogue } = useDesigner();
  const agent = element.parent;
  if (!agent || !isTool(element)) return null;
  const told = documentationOf(element.businessObject);
  const parameters = parametersOf(element);
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t('A tool of')}{' '}
        <Anchor component="button" underline="always" onClick={() => model.select(agent)}>
          {lookOf(agent.businessObject, catalogue)?.title ?? agent.id}
        </Anchor>
        {t(': it runs when the agent calls it.')}
      </Text>
      <Textarea
        label={t('What the agent is told')}
        description={t('What it does, what it gives and when to use it: the model chooses by this')}
        withAsterisk
        autosize
        minRows={2}
        maxRows={10}
        value={told}
        error={told.trim() ? undefined : t('Say what this tool is for')}
        onChange={(event) => model.edit(`${element.id}.documentation`, (modeler) => setDocumentation(modeler, element, event.currentTarget.value))}
        data-testid="field-documentation"
      />
      {parameters.length > 0 && (
        <Text size="xs" c="dimmed">
          {t('The agent fills in')}{' '}
          {parameters.map(({ name, type }, index) => (
            <span key={name}>
              {index > 0 && ', '}
              <Code>{name}</Code> ({t(type)})
            </span>
          ))}
        </Text>
      )}
      {canAskFirst(element) && (
        <Button variant="light" size="xs" w="fit-content" leftSection={<IconUserCheck size={15} />} onClick={() => model.askFirst(element)}>
          {t('Ask a person first')}
        </Button>
      )}
    </Stack>
  );
}
