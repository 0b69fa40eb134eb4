import { ActionIcon, Badge, Button, Group, Menu, Text, TextInput } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconDots, IconLayoutGrid, IconPlus, IconRoute, IconSearch, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { get, query, remove } from '../../api/http';
import type { Page, WorkflowSummary } from '../../api/types';
import { useRole } from '../../api/useMe';
import { MoveDialog, ProjectBadge, ProjectFilter, useProjects } from '../../components/project';
import { confirm, EmptyState, ErrorState, LoadingRows, notifyDone, notifyFailure, PageHead } from '../../components/ui';
import { t } from '../../i18n';
import { formatTime } from '../../lib/format';
import { CreateWorkflow } from './CreateWorkflow';

export function WorkflowsPage() {
  const [creating, create] = useDisclosure();
  const [search, setSearch] = useState('');
  const [q] = useDebouncedValue(search.trim().toLowerCase(), 150);
  const [project, setProject] = useState<string | null>(null);
  const mayEdit = useRole('member');
  const workflows = useQuery({
    queryKey: ['workflows', { project }],
    queryFn: ({ signal }) => get<Page<WorkflowSummary>>(`/api/v1/workflows${query({ limit: 200, projectId: project })}`, signal),
    placeholderData: keepPreviousData,
  });
  const shown = workflows.data?.items.filter(({ name, description }) => `${name} ${description ?? ''}`.toLowerCase().includes(q));
  const actions = mayEdit && (
    <>
      <Button component={Link} to="/templates" variant="default" leftSection={<IconLayoutGrid size={16} />}>
        {t('From a template')}
      </Button>
      <Button leftSection={<IconPlus size={16} />} onClick={create.open}>
        {t('New workflow')}
      </Button>
    </>
  );
  return (
    <>
      <PageHead title={t('Workflows')} about={t('What your AI workforce does, drawn as diagrams.')}>
        {actions}
      </PageHead>
      {workflows.isPending && <LoadingRows />}
      {workflows.error && <ErrorState error={workflows.error} retry={() => void workflows.refetch()} />}
      {workflows.data?.items.length === 0 && project === null && (
        <EmptyState icon={<IconRoute size={24} />} title={t('No workflow yet')} action={<Group justify="center">{actions}</Group>}>
          {t('Start from a template that runs as it is, or draw one from an empty canvas.')}
        </EmptyState>
      )}
      {shown && workflows.data && (workflows.data.items.length > 0 || project !== null) && (
        <>
          <Group mb="sm" gap="sm">
            <TextInput aria-label={t('Search workflows')} placeholder={t('Search workflows')} leftSection={<IconSearch size={16} />} value={search} onChange={(event) => setSearch(event.currentTarget.value)} w={340} maw="100%" />
            <ProjectFilter value={project} onChange={setProject} />
          </Group>
          <div className="panel-card">
            {shown.map((workflow) => (
              <WorkflowRow key={workflow.id} workflow={workflow} mayEdit={mayEdit} />
            ))}
            {shown.length === 0 && (
              <Text p="lg" c="dimmed" size="sm">
                {t('No workflow matches.')}
              </Text>
            )}
          </div>
        </>
      )}
      <CreateWorkflow key={project} opened={creating} project={project} onClose={create.close} />
    </>
  );
}

function WorkflowRow({ workflow, mayEdit }: { workflow: WorkflowSummary; mayEdit: boolean }) {
  const queries = useQueryClient();
  const [moving, move] = useDisclosure();
  const hasProjects = (useProjects().data?.items.length ?? 0) > 0;
  const deletion = useMutation({
    mutationFn: () => remove(`/api/v1/workflows/${workflow.id}`, { 'If-Match': `"${workflow.revision}"` }),
    onSuccess: () => {
      notifyDone(t('{{name}} is deleted.', { name: workflow.name }));
      return queries.invalidateQueries({ queryKey: ['workflows'] });
    },
    onError: notifyFailure,
  });
  return (
    <Group className="row row-link" wrap="nowrap" gap="sm">
      <Link to={`/workflows/${workflow.id}`} className="plain" style={{ flex: 1, minWidth: 0 }}>
        <Text fw={600} size="md" truncate>
          {workflow.name}
        </Text>
        <Group gap={6} wrap="nowrap">
          <ProjectBadge projectId={workflow.projectId} />
          <Text size="sm" c="dimmed" truncate>
            {workflow.description || (workflow.trigger?.path ? `${workflow.trigger.use} · /hooks/${workflow.trigger.path}` : (workflow.trigger?.use ?? t('No trigger yet')))}
          </Text>
        </Group>
      </Link>
      <PublishedBadge workflow={workflow} />
      <Text size="sm" c="dimmed" w={110} ta="right" visibleFrom="sm" className="num">
        {formatTime(workflow.updatedAt)}
      </Text>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('More for {{name}}', { name: workflow.name })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component={Link} to={`/runs?workflowId=${workflow.id}`}>
            {t('Show its runs')}
          </Menu.Item>
          {mayEdit && hasProjects && <Menu.Item onClick={move.open}>{t('Move to a project…')}</Menu.Item>}
          {mayEdit && (
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={16} />}
              onClick={() =>
                confirm(t('Delete {{name}}?', { name: workflow.name }), t('It stops answering its trigger, and its versions are gone. This cannot be undone.'), t('Delete'), () => deletion.mutate())
              }
            >
              {t('Delete…')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {moving && <MoveDialog kind="workflows" id={workflow.id} name={workflow.name} projectId={workflow.projectId ?? null} onClose={move.close} />}
    </Group>
  );
}

function PublishedBadge({ workflow }: { workflow: WorkflowSummary }) {
  if (workflow.publishedVersion === null || workflow.publishedVersion === undefined) return <Badge color="gray" c="light-dark(#494c5a, #c3c6d4)" style={{ flex: 'none' }}>{t('Draft')}</Badge>;
  return (
    <Group gap={6} style={{ flex: 'none' }}>
      <Badge color="teal" c="light-dark(#0a5740, var(--mantine-color-teal-2))">{t('Live v{{version}}', { version: workflow.publishedVersion })}</Badge>
      {workflow.changesNotLive && (
        <Badge color="orange" visibleFrom="sm" c="light-dark(#8a3b00, #ffc078)">
          {t('Changes not live yet')}
        </Badge>
      )}
    </Group>
  );
}
