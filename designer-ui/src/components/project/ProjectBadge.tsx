import { Badge } from '@mantine/core';
import { IconFolder } from '@tabler/icons-react';
import { t } from '../../i18n';
import { useProjects } from './projects';

/** The name of the project that something belongs to; nothing for what belongs to the whole organization. */
export function ProjectBadge({ projectId }: { projectId: string | null | undefined }) {
  const project = useProjects().data?.items.find(({ id }) => id === projectId);
  if (!project) return null;
  return (
    <Badge variant="light" color="indigo" c="light-dark(#364fc7, #bac8ff)" leftSection={<IconFolder size={12} aria-hidden />} maw={160} tt="none" title={t('Project {{name}}', { name: project.name })} style={{ flex: '0 1 auto', minWidth: 48 }}>
      {project.name}
    </Badge>
  );
}
