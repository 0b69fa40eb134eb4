import { ActionIcon, Paper } from '@mantine/core';
import { IconMaximize, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { t } from '../../../i18n';
import type { WorkflowModel } from './WorkflowModel';

export function CanvasControls({ model }: { model: WorkflowModel }) {
  return (
    <Paper className="canvas-zoom" withBorder radius="md" shadow="sm">
      <ActionIcon variant="subtle" color="gray" aria-label={t('Zoom in')} onClick={() => model.zoom(1)}>
        <IconZoomIn size={17} />
      </ActionIcon>
      <ActionIcon variant="subtle" color="gray" aria-label={t('Zoom out')} onClick={() => model.zoom(-1)}>
        <IconZoomOut size={17} />
      </ActionIcon>
      <ActionIcon variant="subtle" color="gray" aria-label={t('Fit to screen')} onClick={() => model.fit()}>
        <IconMaximize size={17} />
      </ActionIcon>
    </Paper>
  );
}
