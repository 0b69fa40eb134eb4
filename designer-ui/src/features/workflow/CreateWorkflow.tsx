import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { post } from '../../api/http';
import type { WorkflowSummary } from '../../api/types';
import { ProjectSelect } from '../../components/project';
import { notifyFailure } from '../../components/ui';
import { t } from '../../i18n';
import { fieldErrors } from '../../lib/problem';

/** Asks for a name and opens the empty workflow in the designer. */
export function CreateWorkflow({ opened, project, onClose }: { opened: boolean; project: string | null; onClose: () => void }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const form = useForm({
    initialValues: { name: '', description: '', projectId: project },
    validate: { name: (value) => (value.trim() ? null : t('Give it a name')) },
  });
  const creation = useMutation({
    mutationFn: (values: typeof form.values) => post<WorkflowSummary>('/api/v1/workflows', values),
    onSuccess: async ({ id }) => {
      await Promise.all(['workflows', 'projects'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
      await navigate(`/workflows/${id}`);
    },
    onError: (error) => {
      form.setErrors(fieldErrors(error));
      notifyFailure(error);
    },
  });
  return (
    <Modal opened={opened} onClose={onClose} title={t('New workflow')}>
      <form onSubmit={form.onSubmit((values) => creation.mutate(values))}>
        <Stack>
          <TextInput label={t('Name')} data-autofocus {...form.getInputProps('name')} />
          <Textarea label={t('Description')} autosize minRows={2} {...form.getInputProps('description')} />
          <ProjectSelect value={form.values.projectId} onChange={(projectId) => form.setFieldValue('projectId', projectId)} error={typeof form.errors.projectId === 'string' ? form.errors.projectId : undefined} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('Cancel')}
            </Button>
            <Button type="submit" loading={creation.isPending}>
              {t('Create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
