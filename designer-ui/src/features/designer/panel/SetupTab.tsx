import { Alert, Anchor, Stack, Text } from '@mantine/core';
import { eventOf, isHandler, isUndoStep, type DiagramElement } from '../../../diagram';
import { AGENT, DECISION, isTrigger, stepTypeId } from '../../../diagram/dialect';
import { t } from '../../../i18n';
import { DecisionSection } from '../decision/DecisionSection';
import type { Scope } from '../state/scope';
import { AgentSection, CostLimit } from './AgentSection';
import { BranchList } from './BranchList';
import { CallSection } from './CallSection';
import { EachSection } from './EachSection';
import { EndSection } from './EndSection';
import { EventKindField, EventSection, ReferenceField } from './EventSection';
import { FlowSection } from './FlowSection';
import { ReferenceName } from './ReferenceName';
import { ReliabilitySection } from './ReliabilitySection';
import { StepSection } from './StepSection';
import { StepTypePicker } from './StepTypePicker';
import { ToolSection } from './ToolSection';
import { TriggerSection } from './TriggerSection';
import { MessageFields } from './ToldFields';
import { WhatIfSection } from './WhatIfSection';
import { useDesigner } from '../state/DesignerContext';

/** The settings that fit the kind of element. */
export function SetupTab({ element, scope }: { element: DiagramElement; scope: Scope }) {
  const bo = element.businessObject;
  if (element.type === 'bpmn:SequenceFlow') return <FlowSection key={element.id} flow={element} scope={scope} />;
  if (/(Exclusive|Inclusive|Parallel|EventBased)Gateway$/.test(element.type)) return <BranchList gateway={element} />;
  if (isTrigger(bo)) return <TriggerSection key={element.id} element={element} scope={scope} />;
  if (element.type === 'bpmn:EndEvent') return <EndSection key={element.id} element={element} scope={scope} />;
  if (element.type === 'bpmn:CallActivity') {
    return (
      <Stack key={element.id} gap="lg">
        <UndoneBy element={element} />
        <ToolSection element={element} />
        <CallSection element={element} scope={scope} />
        <Activity element={element} scope={scope} />
      </Stack>
    );
  }
  if (isHandler(bo)) return <HandlerSection key={element.id} element={element} scope={scope} />;
  if (element.type === 'bpmn:SubProcess') {
    return (
      <Stack key={element.id}>
        <ToolSection element={element} />
        <EachSection element={element} scope={scope} />
        <WhatIfSection element={element} />
        <ReferenceName element={element} />
      </Stack>
    );
  }
  if (element.type === AGENT) {
    return (
      <Stack key={element.id} gap="lg">
        <ToolSection element={element} />
        <AgentSection element={element} scope={scope} />
        <Activity element={element} scope={scope} />
      </Stack>
    );
  }
  const event = eventOf(bo);
  if (event) {
    return (
      <Stack key={element.id} gap="lg">
        {event.place === 'handler' && <EventKindField element={element} place="handler" />}
        <EventSection element={element} scope={scope} />
        {stepTypeId(bo) && <ReferenceName element={element} />}
      </Stack>
    );
  }
  if (element.type === 'bpmn:ReceiveTask') {
    return (
      <Stack key={element.id} gap="lg">
        <ToolSection element={element} />
        <ReferenceField element={element} kind="message" />
        <MessageFields element={element} event={{ place: 'catch' }} scope={scope} />
        <Activity element={element} scope={scope} />
      </Stack>
    );
  }
  if (/Task$/.test(element.type)) {
    return (
      <Stack key={element.id} gap="lg">
        <UndoneBy element={element} />
        <ToolSection element={element} />
        {stepTypeId(bo) === DECISION ? <DecisionSection element={element} scope={scope} /> : stepTypeId(bo) ? <StepSection element={element} scope={scope} /> : <StepTypePicker element={element} />}
        <AgentCost element={element} />
        <Activity element={element} scope={scope} />
      </Stack>
    );
  }
  return <NotOurs element={element} />;
}

/** What every step has besides its settings: for each, what if, retries, its name. */
function Activity({ element, scope }: { element: DiagramElement; scope: Scope }) {
  return (
    <>
      {!isUndoStep(element.businessObject) && <EachSection element={element} scope={scope} optional />}
      <WhatIfSection element={element} />
      <ReliabilitySection element={element} scope={scope} />
      <ReferenceName element={element} />
    </>
  );
}

/** What a step costs that asks a model. */
function AgentCost({ element }: { element: DiagramElement }) {
  const { catalogue } = useDesigner();
  return catalogue.get(stepTypeId(element.businessObject))?.kind === 'agent' ? <CostLimit element={element} /> : null;
}

/** On a step that undoes another one: which. */
function UndoneBy({ element }: { element: DiagramElement }) {
  const { model } = useDesigner();
  if (!isUndoStep(element.businessObject)) return null;
  const host = element.incoming.map((link) => link.source?.host).find((each) => each !== undefined);
  return (
    <Text size="sm" c="dimmed">
      {t('Runs only to undo')}{' '}
      {host ? (
        <Anchor component="button" underline="always" onClick={() => model.select(host)}>
          {host.businessObject.name ?? host.id}
        </Anchor>
      ) : (
        t('another step: draw an arrow to it from an “Undo with” event')
      )}
      . {t('It can use the data of that step.')}
    </Text>
  );
}

/** What runs whenever something happens: what, and whether it takes the place of the rest. */
function HandlerSection({ element, scope }: { element: DiagramElement; scope: Scope }) {
  const start = element.children.find((child) => child.type === 'bpmn:StartEvent');
  return (
    <Stack gap="lg">
      {start ? (
        <>
          <EventKindField element={start} place="handler" />
          <EventSection element={start} scope={scope} />
        </>
      ) : (
        <Text size="sm" c="dimmed">
          {t('It needs a start that says what it waits for.')}
        </Text>
      )}
    </Stack>
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
