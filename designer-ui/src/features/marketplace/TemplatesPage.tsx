import { Badge, Button, Collapse, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconLayoutGrid } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import { get, post } from '../../api/http';
import type { Page, Template, WorkflowSummary } from '../../api/types';
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
  const use = useMutation({
    mutationFn: () => post<WorkflowSummary>(`/api/v1/templates/${encodeURIComponent(template.id)}/use`, {}),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['workflows'] });
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
        <Button size="xs" loading={use.isPending} onClick={() => use.mutate()} aria-label={t('Use template {{name}}', { name: template.name })}>
          {t('Use template')}
        </Button>
        <Button size="xs" variant="subtle" onClick={toggle} aria-expanded={shown}>
          {shown ? t('Hide example') : t('Example input')}
        </Button>
      </Group>
    </Stack>
  );
}
