import { ActionIcon, Button, Group, Menu, Text } from '@mantine/core';
import { IconDots, IconFolder, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useMay } from '../../../api/useMe';
import { useProjects, type Project } from '../../../components/project';
import { confirm, EmptyState, ErrorState, LoadingRows, PageHead } from '../../../components/ui';
import { t } from '../../../i18n';
import { useDeleteProject } from './calls';
import { MembersDialog } from './MembersDialog';
import { ProjectDialog } from './ProjectDialog';
import './projects.css';

type Open = { kind: 'edit'; project: Project | null } | { kind: 'members'; project: Project };

/** The parts of the organization: who sees what belongs to which. */
export function ProjectsPage() {
  const projects = useProjects();
  const mayManage = useMay('project:manage');
  const [open, setOpen] = useState<Open | null>(null);
  const close = (): void => setOpen(null);
  const items = projects.data?.items;
  const add = mayManage && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setOpen({ kind: 'edit', project: null })}>
      {t('New project')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('Projects')} about={t('Workflows and connections can belong to a project. Only its members see them, with their runs and approvals.')}>
        {add}
      </PageHead>
      {projects.isPending && <LoadingRows rows={3} />}
      {projects.error && <ErrorState error={projects.error} retry={() => void projects.refetch()} />}
      {items?.length === 0 && (
        <EmptyState icon={<IconFolder size={24} />} title={t('No project yet')} action={add}>
          {mayManage ? t('Make one for a team, and put in it what not everybody should see.') : t('You are not a member of any project.')}
        </EmptyState>
      )}
      {items && items.length > 0 && (
        <ul className="panel-card project-list" aria-label={t('Projects')}>
          {items.map((project) => (
            <ProjectRow key={project.id} project={project} mayManage={mayManage} onOpen={(kind) => setOpen({ kind, project })} />
          ))}
        </ul>
      )}
      {open?.kind === 'edit' && <ProjectDialog project={open.project} onClose={close} />}
      {open?.kind === 'members' && <MembersDialog project={open.project} mayManage={mayManage} onClose={close} />}
    </>
  );
}

interface RowProps {
  project: Project;
  mayManage: boolean;
  onOpen: (kind: Open['kind']) => void;
}

function ProjectRow({ project, mayManage, onOpen }: RowProps) {
  const deletion = useDeleteProject(project);
  const contents = [
    project.members === 1 ? t('1 member') : t('{{count}} members', { count: project.members }),
    project.workflows === 1 ? t('1 workflow') : t('{{count}} workflows', { count: project.workflows }),
    project.connections === 1 ? t('1 connection') : t('{{count}} connections', { count: project.connections }),
  ].join(' · ');
  return (
    <Group component="li" className="row" wrap="nowrap" gap="sm" aria-label={project.name}>
      <div style={{ flex: 1, minWidth: 0 }}>
        <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
          {project.name}
        </Text>
        {project.description !== '' && (
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {project.description}
          </Text>
        )}
        <Text size="sm" c="dimmed">
          {contents}
        </Text>
      </div>
      <Button size="xs" variant="default" onClick={() => onOpen('members')} aria-label={t('Members of {{name}}', { name: project.name })}>
        {t('Members')}
      </Button>
      {mayManage && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={t('More for {{name}}', { name: project.name })}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => onOpen('edit')}>{t('Edit…')}</Menu.Item>
            <Menu.Item color="red" onClick={() => confirm(t('Delete {{name}}?', { name: project.name }), t('Only a project to which nothing belongs can be deleted. Its members stay in the organization.'), t('Delete'), () => deletion.mutate())}>
              {t('Delete…')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </Group>
  );
}
