import { Button, Popover, ScrollArea, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { lookOf } from '../../../diagram';
import { t } from '../../../i18n';
import { useDesigner } from '../state/DesignerContext';

/** How much is left to fix; each problem leads to its element. */
export function ProblemsButton() {
  const { model, problems, catalogue, show } = useDesigner();
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  const color = errors > 0 ? 'red' : problems.length > 0 ? 'yellow' : 'teal';
  const nameOf = (id: string | null): string => {
    const element = id ? model.element(id) : undefined;
    if (element && !element.parent) return t('Workflow settings');
    return (element && (element.businessObject.name ?? lookOf(element.businessObject, catalogue)?.title)) ?? (element ? t('Branch') : t('Workflow'));
  };
  if (problems.length === 0) {
    return (
      <Button size="xs" variant="light" color="teal" c="var(--cadre-ink)" leftSection={<IconCircleCheck size={15} />} component="span" style={{ cursor: 'default' }}>
        {t('Ready')}
      </Button>
    );
  }
  return (
    <Popover width={360} position="bottom-end" shadow="lg" radius="md">
      <Popover.Target>
        <Button size="xs" variant="light" color={color} c="var(--cadre-ink)" leftSection={<IconAlertTriangle size={15} />}>
          {t('{{n}} to fix', { n: problems.length })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={6}>
        <ScrollArea.Autosize mah={400}>
          {problems.map((problem) => (
            <button type="button" key={`${problem.elementId}${problem.code}${problem.message}`} className="add-row" onClick={() => show(problem.elementId ?? null)}>
              <IconAlertTriangle size={16} color={problem.severity === 'error' ? 'var(--cadre-bad)' : '#d98200'} style={{ flex: 'none' }} aria-label={problem.severity} />
              <span className="add-text">
                <Text component="span" size="xs" fw={600}>
                  {nameOf(problem.elementId ?? null)}
                </Text>
                <Text component="span" size="xs" c="dimmed">
                  {problem.message}
                </Text>
              </span>
            </button>
          ))}
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  );
}
