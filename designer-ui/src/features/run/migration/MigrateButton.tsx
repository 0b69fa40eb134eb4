import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconVersions } from '@tabler/icons-react';
import { useRole } from '../../../api/useMe';
import { t } from '../../../i18n';
import { MigrateDialog } from './MigrateDialog';

/** Opens the dialog that moves runs to another version, for those who may run workflows. */
export function MigrateButton({ workflowId, runIds }: { workflowId: string; runIds: string[] | null }) {
  const [opened, { open, close }] = useDisclosure(false);
  const mayRun = useRole('member');
  if (!mayRun) return null;
  return (
    <>
      <Button size="xs" variant="default" leftSection={<IconVersions size={15} />} onClick={open} visibleFrom="sm">
        {t('Move to another version')}
      </Button>
      {opened && <MigrateDialog workflowId={workflowId} runIds={runIds} onClose={close} />}
    </>
  );
}
