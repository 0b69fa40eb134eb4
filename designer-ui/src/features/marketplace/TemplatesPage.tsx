import { Badge, Button, Collapse, Group, Modal, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconLayoutGrid } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { get, post } from '../../api/http';
import type { Page, Template, WorkflowSummary } from '../../api/types';
import { ProjectSelect, useProjects } from '../../components/project';
import { EmptyState, ErrorState, Json, LoadingRows, notifyFailure, PageHead } from '../../components/ui';
import { t } from '../../i18n';

export function TemplatesPage() {
  const templates = useQuery({ queryKey: ['templates'], queryFn: ({ signal }) => get<Page<Template>>('/api/v1/templates', signal), staleTime: 60_000 });
  return (
    <>
      <PageHead title={t('Templates')} about={t('Workflows that run as they are: use one, then make it yours.')} />
      {templates.isPending && <LoadingRows />}
      {templates.error && <ErrorState error={templates.error} retry={() => void templates.refetch()} />}
      {templates.data?.items.length === 0 && (
        <EmptyState icon={<IconLayoutGrid size={24} />} title={t('No templates')}>
          {t('This installation came without templates.')}
        </EmptyState>
      )}
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md">
        {templates.data?.items.map((template) => <TemplateCard key={template.id} template={template} />)}
      </SimpleGrid>
    </>
  );
}

function TemplateCard({ template }: { template: Template }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [shown, { toggle }] = useDisclosure();
  const [asks, asking] = useDisclosure();
  const projects = useProjects();
  const use = useMutation({
    mutationFn: (projectId: string | null) => post<WorkflowSummary>(`/api/v1/templates/${encodeURIComponent(template.id)}/use`, { projectId }),
    onSuccess: async ({ id }) => {
      await Promise.all(['workflows', 'projects'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
      await navigate(`/workflows/${id}`);
    },
    onError: notifyFailure,
  });
  return (
    <Stack className="panel-card" component="article" p="md" gap="xs" aria-label={template.name}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Title order={2} size="15px">
          {template.name}
        </Title>
        <Badge c="light-dark(var(--mantine-color-violet-8), var(--mantine-color-violet-2))" style={{ flex: 'none' }}>{template.category}</Badge>
      </Group>
      <Text size="sm" c="dimmed" style={{ flex: 1 }}>
        {template.description}
      </Text>
      <Text size="xs" c="dimmed">
        {t('Steps: {{steps}}', { steps: template.stepTypes.join(', ') })}
      </Text>
      <Collapse expanded={shown}>
        <Json label={t('Example input')} value={template.exampleInput} />
      </Collapse>
      <Group gap="xs" mt={4}>
        <Button size="xs" loading={use.isPending} onClick={() => (projects.data?.items.length ? asking.open() : use.mutate(null))} aria-label={t('Use template {{name}}', { name: template.name })}>
          {t('Use template')}
        </Button>
        <Button size="xs" variant="subtle" onClick={toggle} aria-expanded={shown}>
          {shown ? t('Hide example') : t('Example input')}
        </Button>
      </Group>
      {asks && <ChooseProject name={template.name} pending={use.isPending} onClose={asking.close} onChoose={(project) => use.mutate(project)} />}
    </Stack>
  );
}

/** Asks where the workflow shall belong. */
function ChooseProject({ name, pending, onClose, onChoose }: { name: string; pending: boolean; onClose: () => void; onChoose: (projectId: string | null) => void }) {
  const [project, setProject] = useState<string | null>(null);
  return (
    <Modal opened onClose={onClose} title={t('Use {{name}}', { name })}>
      <Stack>
        <ProjectSelect value={project} onChange={setProject} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button loading={pending} onClick={() => onChoose(project)}>
            {t('Use template')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
