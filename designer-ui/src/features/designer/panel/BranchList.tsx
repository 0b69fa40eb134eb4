import { Badge, Stack, Text, UnstyledButton } from '@mantine/core';
import { lookOf, type DiagramElement } from '../../../diagram';
import { conditionOf } from '../../../diagram/dialect';
import { t } from '../../../i18n';
import { waitsForEvents } from '../canvas/places';
import { useDesigner } from '../state/DesignerContext';

/** The ways out of a gateway, each one click away from its condition. */
export function BranchList({ gateway }: { gateway: DiagramElement }) {
  const { model, catalogue } = useDesigner();
  const parallel = /(Parallel|EventBased)Gateway$/.test(gateway.type);
  if (gateway.outgoing.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('Add the first branch with “+”.')}
      </Text>
    );
  }
  return (
    <Stack gap={6}>
      <Text size="sm" c="dimmed">
        {waitsForEvents(gateway) ? t('The run takes the way of whatever happens first; the others are waited for no longer.') : parallel ? t('All of these happen at once. Where branches meet again in a Parallel, it waits for all of them.') : t('Branches, and when each is taken.')}
      </Text>
      {gateway.outgoing.map((flow) => {
        const target = flow.target ? (lookOf(flow.target.businessObject, catalogue)?.title ?? flow.target.id) : '';
        const isDefault = gateway.businessObject.default === flow.businessObject;
        return (
          <UnstyledButton key={flow.id} className="add-row" onClick={() => model.select(flow)}>
            <span className="add-text">
              <Text component="span" size="sm" fw={600}>
                {flow.businessObject.name ?? t('To {{target}}', { target })}
              </Text>
              {!parallel && (
                <Text component="span" size="xs" c="dimmed" ff="monospace" lineClamp={1}>
                  {isDefault ? t('otherwise') : conditionOf(flow.businessObject) || t('no condition yet')}
                </Text>
              )}
            </span>
            {isDefault && (
              <Badge size="xs" variant="light">
                {t('Otherwise')}
              </Badge>
            )}
          </UnstyledButton>
        );
      })}
    </Stack>
  );
}
