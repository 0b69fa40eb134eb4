import { Badge, Button, Drawer, Group, Loader, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { fetchVersion, fetchVersions } from '../api/calls';
import type { WorkflowVersion } from '../../../api/types';
import { t } from '../../../i18n';
import { useDesigner } from '../state/DesignerContext';
import { compare, type VersionDiff } from './diff';

interface VersionsDrawerProps {
  onRestore(xml: string, version: number): Promise<void>;
  onClose(): void;
}

/** What was published, what has changed since, and the way back. */
export function VersionsDrawer({ onRestore, onClose }: VersionsDrawerProps) {
  const { workflowId, published } = useDesigner();
  const versions = useQuery({ queryKey: ['workflow-versions', workflowId, published], queryFn: () => fetchVersions(workflowId) });
  return (
    <Drawer opened onClose={onClose} position="right" title={t('Versions')} size="sm">
      {versions.isPending && <Loader size="sm" />}
      {versions.data?.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('Nothing is published yet.')}
        </Text>
      )}
      <Stack gap="lg">
        {versions.data?.map((version) => (
          <VersionItem key={version.version} version={version} live={version.version === published} onRestore={onRestore} />
        ))}
      </Stack>
    </Drawer>
  );
}

function VersionItem({ version, live, onRestore }: { version: WorkflowVersion; live: boolean; onRestore: VersionsDrawerProps['onRestore'] }) {
  const { workflowId, model } = useDesigner();
  const file = useQuery({
    queryKey: ['workflow-version', workflowId, version.version],
    queryFn: async () => {
      const xml = (await fetchVersion(workflowId, version.version)).bpmnXml ?? '';
      return { xml, diff: await compare(xml, await model.xml()) };
    },
    gcTime: 0,
  });
  return (
    <div>
      <Group justify="space-between" wrap="nowrap">
        <div>
          <Group gap={8}>
            <Text fw={600} size="sm">
              {t('Version {{version}}', { version: version.version })}
            </Text>
            {live && (
              <Badge size="xs" color="teal.9">
                {t('Live')}
              </Badge>
            )}
          </Group>
          <Text size="xs" c="dimmed">
            {new Date(version.publishedAt).toLocaleString()} {version.publishedBy && `by ${version.publishedBy.name}`}
          </Text>
        </div>
        <Button size="xs" variant="light" disabled={!file.data} onClick={() => file.data && void onRestore(file.data.xml, version.version)}>
          {t('Restore')}
        </Button>
      </Group>
      {file.data && <Differences diff={file.data.diff} />}
    </div>
  );
}

function Differences({ diff }: { diff: VersionDiff }) {
  const lines = [
    [t('Added since'), diff.added],
    [t('Removed since'), diff.removed],
    [t('Changed since'), diff.changed],
  ] as const;
  const some = lines.filter(([, names]) => names.length > 0);
  if (some.length === 0) {
    return (
      <Text size="xs" c="dimmed" mt={4}>
        {t('The draft is the same.')}
      </Text>
    );
  }
  return (
    <Stack gap={2} mt={4}>
      {some.map(([title, names]) => (
        <Text size="xs" key={title}>
          <Text span size="xs" fw={600}>
            {title}:
          </Text>{' '}
          {names.join(', ')}
        </Text>
      ))}
    </Stack>
  );
}
