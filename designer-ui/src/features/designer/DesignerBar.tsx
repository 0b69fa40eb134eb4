import { ActionIcon, Badge, Button, Menu, TextInput, Tooltip } from '@mantine/core';
import {
  IconAdjustments,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowLeft,
  IconClipboard,
  IconDeviceFloppy,
  IconDots,
  IconDownload,
  IconHistory,
  IconPlayerPlay,
  IconUpload,
  IconWand,
} from '@tabler/icons-react';
import { Link } from 'react-router';
import { t } from '../../i18n';
import { ProblemsButton } from './problems/ProblemsButton';
import type { Saving } from './save/useSave';
import { useDesigner, useModelState } from './state/DesignerContext';

export interface BarActions {
  save(): void;
  publish(): void;
  testRun(): void;
  importFile(): void;
  paste(): void;
  exportFile(): void;
  versions(): void;
  settings(): void;
}

/** The workflow's name and state, and what can be done with it as a whole. */
export function DesignerBar({ saving, publishing, unsaved, actions }: { saving: Saving; publishing: boolean; unsaved: boolean; actions: BarActions }) {
  const { model } = useDesigner();
  const { canUndo, canRedo, empty } = useModelState(model);
  return (
    <header className="designer-bar">
      <div className="designer-bar-side">
        <ActionIcon component={Link} to="/workflows" variant="subtle" color="gray" aria-label={t('All workflows')}>
          <IconArrowLeft size={18} />
        </ActionIcon>
        <TextInput className="designer-name" variant="unstyled" size="sm" aria-label={t('Workflow name')} value={saving.name} onChange={(event) => saving.rename(event.currentTarget.value)} />
        <StateBadges saving={saving} unsaved={unsaved} />
      </div>
      <div className="designer-bar-side">
        <BarIcon label={t('Undo')} hint="Ctrl+Z" disabled={!canUndo} onClick={() => model.undo()} icon={<IconArrowBackUp size={18} />} />
        <BarIcon label={t('Redo')} hint="Ctrl+Y" disabled={!canRedo} onClick={() => model.redo()} icon={<IconArrowForwardUp size={18} />} />
        <span className="designer-wide">
          <BarIcon label={t('Tidy up')} hint="Shift+L" disabled={empty} onClick={() => model.tidy()} icon={<IconWand size={18} />} />
        </span>
        <MoreMenu actions={actions} tidy={empty ? undefined : () => model.tidy()} />
        {!empty && (
          <span className="designer-wide">
            <ProblemsButton />
          </span>
        )}
        <Button className="designer-compact" aria-label={t('Test run')} size="xs" variant="default" leftSection={<IconPlayerPlay size={15} />} disabled={empty} onClick={actions.testRun}>
          {t('Test run')}
        </Button>
        <Tooltip label={t('Save (Ctrl+S)')}>
          <Button className="designer-compact" aria-label={t('Save')} size="xs" variant="default" leftSection={<IconDeviceFloppy size={15} />} loading={saving.busy} disabled={!unsaved} onClick={actions.save}>
            {t('Save')}
          </Button>
        </Tooltip>
        <Button size="xs" loading={publishing} onClick={actions.publish} disabled={empty}>
          {t('Publish')}
        </Button>
      </div>
    </header>
  );
}

function BarIcon({ label, hint, disabled, onClick, icon }: { label: string; hint: string; disabled: boolean; onClick(): void; icon: React.ReactNode }) {
  return (
    <Tooltip label={`${label} (${hint})`}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} disabled={disabled} onClick={onClick}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}

function MoreMenu({ actions, tidy }: { actions: BarActions; tidy?: () => void }) {
  return (
    <Menu position="bottom-end" shadow="md" width={200}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('More')}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconUpload size={15} />} onClick={actions.importFile}>
          {t('Import BPMN file')}
        </Menu.Item>
        <Menu.Item leftSection={<IconClipboard size={15} />} onClick={actions.paste}>
          {t('Paste BPMN')}
        </Menu.Item>
        <Menu.Item leftSection={<IconDownload size={15} />} onClick={actions.exportFile}>
          {t('Export BPMN')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item className="designer-narrow" leftSection={<IconWand size={15} />} disabled={!tidy} onClick={tidy}>
          {t('Tidy up')}
        </Menu.Item>
        <Menu.Item leftSection={<IconAdjustments size={15} />} onClick={actions.settings}>
          {t('Workflow settings')}
        </Menu.Item>
        <Menu.Item leftSection={<IconHistory size={15} />} onClick={actions.versions}>
          {t('Versions')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function StateBadges({ saving, unsaved }: { saving: Saving; unsaved: boolean }) {
  const { publishedVersion, changesNotLive } = saving.workflow;
  const pending = unsaved || changesNotLive;
  return (
    <>
      <Badge variant="light" color="gray" size="sm" c="var(--cadre-dim)" className="designer-wide" style={{ flex: 'none' }}>
        {publishedVersion === null ? t('Draft') : t('Live · v{{publishedVersion}}', { publishedVersion })}
      </Badge>
      {publishedVersion !== null && pending && (
        <Badge variant="light" color="yellow" size="sm" c="var(--cadre-ink)" className="designer-wide" style={{ flex: 'none' }}>
          {t('Changes not live yet')}
        </Badge>
      )}
    </>
  );
}
