import { Alert, Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Project } from '../../../components/project';
import { t } from '../../../i18n';
import { fieldErrors, messageOf } from '../../../lib/problem';
import { useSaveProject } from './calls';

/** Makes a project or gives one another name. */
export function ProjectDialog({ project, onClose }: { project: Project | null; onClose: () => void }) {
  const [name, setName] = useState(project?.name ?? '');
  const [description, setDescription] = useState(project?.description ?? '');
  const saving = useSaveProject(project, onClose);
  const errors = fieldErrors(saving.error);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    saving.mutate({ name, description });
  };
  return (
    <Modal opened onClose={onClose} title={project ? t('Edit project') : t('New project')} closeButtonProps={{ 'aria-label': t('Close') }}>
      <form onSubmit={submit}>
        <Stack>
          {saving.error && <Alert color="red">{messageOf(saving.error)}</Alert>}
          <TextInput label={t('Name')} required maxLength={60} value={name} onChange={(event) => setName(event.currentTarget.value)} error={errors.name} data-autofocus />
          <Textarea label={t('Description')} autosize minRows={2} maxLength={500} value={description} onChange={(event) => setDescription(event.currentTarget.value)} error={errors.description} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('Cancel')}
            </Button>
            <Button type="submit" loading={saving.isPending} disabled={name.trim() === ''}>
              {t('Save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
