import { useHotkeys } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { t } from '../../i18n';
import { fetchLatestRuns, fetchTasks, runDraft } from './api/calls';
import { CanvasStage } from './canvas/CanvasStage';
import { chooseFile, download, fileName } from './canvas/files';
import type { WorkflowModel } from './canvas/WorkflowModel';
import type { DesignerProps } from './DesignerProps';
import { DesignerBar, type BarActions } from './DesignerBar';
import { SidePanel } from './panel/SidePanel';
import { WorkflowPanel } from './panel/WorkflowPanel';
import { PasteDialog } from './PasteDialog';
import { useProblemBadges, useProblems, useTouched } from './problems/useProblems';
import { PublishDialog } from './PublishDialog';
import { ConflictDialog } from './save/ConflictDialog';
import { useLeaveGuard } from './save/useLeaveGuard';
import { useSave } from './save/useSave';
import { DesignerProvider, useModelState, type DesignerContextValue } from './state/DesignerContext';
import { StepData } from './state/StepData';
import { usePinBadges } from './state/usePinBadges';
import { RunBar } from './testing/RunBar';
import { TestRunDialog } from './testing/TestRunDialog';
import { useListening } from './testing/useListening';
import { outputsOf, useShownRun } from './testing/useShownRun';
import { usePublish } from './usePublish';
import { VersionsDrawer } from './versions/VersionsDrawer';

type Dialog = 'paste' | 'test-run' | 'versions';

/** Puts canvas, panel and dialogs together around one drawn workflow. */
export function DesignerWorkspace({ initial, catalogue, connections, models, model }: DesignerProps & { model: WorkflowModel }) {
  const { id } = initial.data;
  const [project, setProject] = useState(initial.data.projectId ?? null);
  const state = useModelState(model);
  const [data] = useState(() => new StepData(id));
  const [dialog, setDialog] = useState<Dialog>();
  const [settings, setSettings] = useState(false);
  if (settings && state.selected) setSettings(false);
  const [askedToPublish, setAskedToPublish] = useState(false);
  const navigate = useNavigate();
  const saving = useSave(model, initial);
  const unsaved = state.changed || saving.renamed;
  const problems = useProblems(model, state.revision, id);
  const publishing = usePublish(saving, problems, unsaved);
  const shown = useShownRun(model, data);
  const listening = useListening(id, saving.save, shown.show);
  useProblemBadges(model, problems.known, useTouched(state.selected?.id), askedToPublish);
  usePinBadges(model, data, state.revision);
  useLeaveGuard(unsaved);
  useHotkeys([['mod+S', () => void saving.save()]], [], true);

  useEffect(() => {
    void loadLastRun(model, data, id);
  }, [model, data, id]);

  const importXml = async (xml: string): Promise<boolean> => {
    try {
      const warnings = await model.importFile(xml);
      if (warnings.length > 0) notifications.show({ color: 'yellow', title: t('Imported, with remarks'), message: warnings.slice(0, 3).join('\n') });
      return true;
    } catch (error) {
      notifications.show({ color: 'red', title: t('This is not a BPMN file'), message: error instanceof Error ? error.message : t('It cannot be read.') });
      return false;
    }
  };
  const show = useCallback(
    (elementId: string | null): void => {
      const element = elementId ? model.element(elementId) : undefined;
      model.select(element?.parent ? element : undefined);
      if (element && !element.parent) setSettings(true);
    },
    [model],
  );
  const actions: BarActions = {
    save: () => void saving.save(),
    publish: () => {
      setAskedToPublish(true);
      void publishing.begin();
    },
    testRun: () => setDialog('test-run'),
    importFile: () => void chooseFile('.bpmn,.xml').then((xml) => xml !== undefined && importXml(xml)),
    paste: () => setDialog('paste'),
    exportFile: () => void model.xml().then((xml) => download(fileName(saving.name), xml, 'application/xml')),
    versions: () => setDialog('versions'),
    settings: () => {
      model.select(undefined);
      setSettings(!settings);
    },
  };
  const testRun = async (input: unknown): Promise<void> => {
    if ((await saving.save()) === undefined) return;
    try {
      const run = await runDraft(id, input);
      setDialog(undefined);
      shown.show(run.id);
    } catch (error) {
      notifications.show({ color: 'red', title: t('The run did not start'), message: error instanceof Error ? error.message : t('Try again.') });
    }
  };
  const keepAsCopy = async (): Promise<void> => {
    const copy = await saving.keepAsCopy();
    if (copy) void navigate(`/workflows/${copy.id}`);
  };
  const restore = async (xml: string, version: number): Promise<void> => {
    await model.importFile(xml);
    setDialog(undefined);
    notifications.show({ message: t('Version {{version}} is on the canvas. Save to keep it.', { version }) });
  };

  const usable = useMemo(() => connections.filter(({ projectId }) => !projectId || projectId === project), [connections, project]);
  const context = useMemo<DesignerContextValue>(
    () => ({
      workflowId: id,
      workflowName: saving.name,
      model,
      catalogue,
      data,
      connections: usable,
      models,
      problems: problems.known,
      published: saving.workflow.publishedVersion ?? null,
      listening,
      show,
    }),
    [id, saving.name, model, catalogue, data, usable, models, problems.known, saving.workflow.publishedVersion, listening, show],
  );
  return (
    <DesignerProvider value={context}>
      <DesignerBar saving={saving} publishing={publishing.busy} unsaved={unsaved} actions={actions} />
      <div className="designer-work">
        <CanvasStage xml={initial.data.bpmnXml} quiet={shown.run !== undefined} onImport={actions.importFile} onPaste={actions.paste}>
          {shown.run && <RunBar run={shown.run} onClose={shown.hide} />}
        </CanvasStage>
        {state.selected && <SidePanel key={state.selected.id} element={state.selected} />}
        {settings && !state.selected && <WorkflowPanel projectId={project} onMoved={setProject} onClose={() => setSettings(false)} />}
      </div>
      {dialog === 'paste' && <PasteDialog onImport={importXml} onClose={() => setDialog(undefined)} />}
      {dialog === 'test-run' && <TestRunDialog onRun={testRun} onClose={() => setDialog(undefined)} />}
      {dialog === 'versions' && <VersionsDrawer onRestore={restore} onClose={() => setDialog(undefined)} />}
      {publishing.problems && (
        <PublishDialog
          problems={publishing.problems}
          onPublish={() => void publishing.publish()}
          onShow={(elementId) => {
            publishing.cancel();
            show(elementId);
          }}
          onClose={publishing.cancel}
        />
      )}
      {saving.conflict && (
        <ConflictDialog onReload={() => void saving.reload()} onOverwrite={() => void saving.overwrite()} onCopy={() => void keepAsCopy()} onClose={saving.dismiss} />
      )}
    </DesignerProvider>
  );
}

/** What the last run gave is there to work with from the beginning. */
async function loadLastRun(model: WorkflowModel, data: StepData, workflowId: string): Promise<void> {
  try {
    const [run] = await fetchLatestRuns(workflowId);
    if (run) data.recordRun(outputsOf(model, run, await fetchTasks(run.id)));
  } catch {
    // without it the designer only knows less
  }
}
