import { Alert, Button, Stack, Text } from '@mantine/core';
import { DECISION, isTimer, isTrigger, stepTypeId } from '../../../diagram/dialect';
import type { DiagramElement } from '../../../diagram';
import { t } from '../../../i18n';
import { DecisionSection } from '../decision/DecisionSection';
import type { Scope } from '../state/scope';
import { BranchList } from './BranchList';
import { EachSection } from './EachSection';
import { EndSection } from './EndSection';
import { ErrorBranchSection } from './ErrorBranchSection';
import { FlowSection } from './FlowSection';
import { ReferenceName } from './ReferenceName';
import { ReliabilitySection } from './ReliabilitySection';
import { StepSection } from './StepSection';
import { StepTypePicker } from './StepTypePicker';
import { TriggerSection } from './TriggerSection';
import { WaitSection } from './WaitSection';
import { useDesigner } from '../state/DesignerContext';

/** The settings that fit the kind of element. */
export function SetupTab({ element, scope }: { element: DiagramElement; scope: Scope }) {
  const bo = element.businessObject;
  if (element.type === 'bpmn:SequenceFlow') return <FlowSection key={element.id} flow={element} scope={scope} />;
  if (/(Exclusive|Inclusive|Parallel)Gateway$/.test(element.type)) return <BranchList gateway={element} />;
  if (isTrigger(bo)) return <TriggerSection key={element.id} element={element} scope={scope} />;
  if (element.type === 'bpmn:EndEvent') return <EndSection key={element.id} element={element} scope={scope} />;
  if (element.type === 'bpmn:BoundaryEvent') return <ErrorBranchSection element={element} />;
  if (element.type === 'bpmn:SubProcess') {
    return (
      <Stack key={element.id}>
        <EachSection element={element} scope={scope} />
        <ErrorBranchButton element={element} />
        <ReferenceName element={element} />
      </Stack>
    );
  }
  if (isTimer(bo)) {
    return (
      <Stack key={element.id} gap="lg">
        <WaitSection element={element} scope={scope} />
        <ReferenceName element={element} />
      </Stack>
    );
  }
  if (/Task$/.test(element.type)) {
    return (
      <Stack key={element.id} gap="lg">
        {stepTypeId(bo) === DECISION ? <DecisionSection element={element} scope={scope} /> : stepTypeId(bo) ? <StepSection element={element} scope={scope} /> : <StepTypePicker element={element} />}
        <EachSection element={element} scope={scope} optional />
        <ReliabilitySection element={element} scope={scope} />
        <ReferenceName element={element} />
      </Stack>
    );
  }
  return <NotOurs element={element} />;
}

function ErrorBranchButton({ element }: { element: DiagramElement }) {
  const { model } = useDesigner();
  if ((element.attachers ?? []).length > 0) return null;
  return (
    <Button variant="light" size="xs" onClick={() => model.addErrorBranch(element)}>
      {t('Add an error branch')}
    </Button>
  );
}

function NotOurs({ element }: { element: DiagramElement }) {
  if (element.type === 'bpmn:StartEvent') {
    return (
      <Text size="sm" c="dimmed">
        {t('Each round starts here.')}
      </Text>
    );
  }
  return (
    <Alert color="gray" variant="light">
      <Text size="sm">
        {t('{{element}} is kept in the file as it is. Cadre does not run it yet.', { element: element.type.replace('bpmn:', '') })}
      </Text>
    </Alert>
  );
}
