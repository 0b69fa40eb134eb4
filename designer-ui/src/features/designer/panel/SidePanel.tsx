import { Tabs } from '@mantine/core';
import { useMemo, useState } from 'react';
import { eventOf, type DiagramElement } from '../../../diagram';
import { isTrigger, stepTypeId } from '../../../diagram/dialect';
import { t } from '../../../i18n';
import { InsertTargetProvider } from '../step-form/InsertTarget';
import { useDesigner, useModelState, useStepData } from '../state/DesignerContext';
import { scopeOf } from '../state/scope';
import { DataIn } from './DataIn';
import { PanelHead } from './PanelHead';
import { ProblemList } from './ProblemList';
import { ResultTab } from './ResultTab';
import { SetupTab } from './SetupTab';
import { TestStepButton } from './TestStepButton';

/** Everything about the selected element: its settings, the data it can use, what came out of it. */
export function SidePanel({ element }: { element: DiagramElement }) {
  const { model, data, problems, catalogue, workflowName: name } = useDesigner();
  const { revision } = useModelState(model);
  const dataRevision = useStepData(data);
  const [tab, setTab] = useState<string | null>('setup');
  // a new scope whenever the drawing or the known data changed
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const scope = useMemo(() => scopeOf(element, catalogue, data, name), [element, catalogue, data, name, revision, dataRevision]);
  const flow = element.type === 'bpmn:SequenceFlow';
  const tested = !flow && (stepTypeId(element.businessObject) !== undefined || isTrigger(element.businessObject));
  // what waits for something outside gives nothing by itself: its data can be pinned
  const testable = tested && !isTrigger(element.businessObject) && (eventOf(element.businessObject)?.kind === 'timer' ? element.type === 'bpmn:IntermediateCatchEvent' : !eventOf(element.businessObject)) && !/^bpmn:(CallActivity|ReceiveTask|AdHocSubProcess)$/.test(element.type);
  return (
    <aside className="panel" aria-label={t('Step settings')}>
      <PanelHead element={element} />
      <InsertTargetProvider>
        <Tabs value={tab} onChange={setTab} className="panel-tabs" keepMountedMode="display-none">
          <Tabs.List px="md">
            <Tabs.Tab value="setup">{t('Setup')}</Tabs.Tab>
            <Tabs.Tab value="data">{t('Data in')}</Tabs.Tab>
            {tested && <Tabs.Tab value="result">{t('Result')}</Tabs.Tab>}
          </Tabs.List>
          <div className="panel-body">
            <Tabs.Panel value="setup">
              <ProblemList problems={problems.filter((problem) => problem.elementId === element.id)} />
              <SetupTab element={element} scope={scope} />
            </Tabs.Panel>
            <Tabs.Panel value="data">
              <DataIn scope={scope} onInserted={() => setTab('setup')} />
            </Tabs.Panel>
            {tested && (
              <Tabs.Panel value="result">
                <ResultTab element={element} />
              </Tabs.Panel>
            )}
          </div>
        </Tabs>
      </InsertTargetProvider>
      {testable && (
        <footer className="panel-foot">
          <TestStepButton element={element} scope={scope} onDone={() => setTab('result')} />
        </footer>
      )}
    </aside>
  );
}
