import { Button, Menu, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { eventColour, eventIcon, eventOf, eventWords, KINDS_AT, lookOf, type DiagramElement } from '../../../diagram';
import { t } from '../../../i18n';
import { takesEvent, takesEvents, undoStepOf } from '../canvas/places';
import { StepIcon } from '../palette/StepIcon';
import { useDesigner } from '../state/DesignerContext';

/** What may happen to a step meanwhile, and what undoes it: one click away, and more of it to add. */
export function WhatIfSection({ element }: { element: DiagramElement }) {
  const { model, catalogue } = useDesigner();
  if (!takesEvents(element)) return null;
  const attached = (element.attachers ?? []).filter((event) => eventOf(event.businessObject));
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>
        {t('What if…')}
      </Text>
      <Stack gap={4}>
        {attached.map((event) => {
          const look = lookOf(event.businessObject, catalogue);
          const undo = undoStepOf(event);
          const detail = undo ? lookOf(undo.businessObject, catalogue)?.title : look?.subtitle;
          return (
            <UnstyledButton key={event.id} className="add-row" onClick={() => model.select(undo ?? event)}>
              {look && <StepIcon icon={look.icon} colour={look.colour} size={28} />}
              <span className="add-text">
                <Text component="span" size="sm" fw={600}>
                  {look?.kind ?? event.id}
                </Text>
                {detail && (
                  <Text component="span" size="xs" c="dimmed" lineClamp={1}>
                    {detail}
                  </Text>
                )}
              </span>
            </UnstyledButton>
          );
        })}
        <Menu position="bottom-start" shadow="md" withinPortal>
          <Menu.Target>
            <Button variant="light" size="xs" w="fit-content" leftSection={<IconPlus size={14} />}>
              {t('Add what may happen')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {KINDS_AT.boundary
              .filter((kind) => takesEvent(element, kind))
              .map((kind) => (
                <Menu.Item key={kind} leftSection={<StepIcon icon={eventIcon(kind)} colour={eventColour(kind)} size={22} />} onClick={() => model.attach(element, kind)}>
                  {t(eventWords('boundary', kind))}
                </Menu.Item>
              ))}
          </Menu.Dropdown>
        </Menu>
      </Stack>
    </div>
  );
}
