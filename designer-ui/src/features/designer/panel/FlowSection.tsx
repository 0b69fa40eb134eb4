import { Badge, Stack, Switch } from '@mantine/core';
import type { DiagramElement } from '../../../diagram';
import { conditionOf } from '../../../diagram/dialect';
import { t } from '../../../i18n';
import { setCondition, setDefaultFlow } from '../canvas/editing';
import { ExpressionField } from '../step-form/ExpressionField';
import { useDesigner } from '../state/DesignerContext';
import type { Scope } from '../state/scope';

/** When an arrow behind a branch is taken. */
export function FlowSection({ flow, scope }: { flow: DiagramElement; scope: Scope }) {
  const { model } = useDesigner();
  const conditional = /(Exclusive|Inclusive)Gateway$/.test(flow.source?.type ?? '');
  if (!conditional) {
    return (
      <Badge variant="light" color="gray">
        {t('Always taken')}
      </Badge>
    );
  }
  const isDefault = flow.source?.businessObject.default === flow.businessObject;
  return (
    <Stack>
      {!isDefault && (
        <ExpressionField id="condition" label={t('Take this branch when')} required scope={scope} value={conditionOf(flow.businessObject)} onChange={(text) => model.edit(`${flow.id}.condition`, (modeler) => setCondition(modeler, flow, text))} placeholder="{{ steps.lookup.body.total > 100 }}" multiline />
      )}
      <Switch label={t('Otherwise: taken when no other branch is')} checked={isDefault} onChange={(event) => model.edit(`${flow.id}.default`, (modeler) => setDefaultFlow(modeler, flow, event.currentTarget.checked))} />
    </Stack>
  );
}
