import { Alert, Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { call, get } from '../../api/http';
import type { Connection, ConnectionLimits, ConnectionType } from '../../api/types';
import { ProjectSelect } from '../../components/project';
import { SchemaForm } from '../../components/schema-form';
import { notifyDone } from '../../components/ui';
import { t } from '../../i18n';
import { fieldErrors, messageOf } from '../../lib/problem';
import { ConnectionLimitFields } from './ConnectionLimits';

interface ConnectionDialogProps {
  types: ConnectionType[];
  initialType: string | null;
  connection?: Connection;
  /** Where a new one belongs unless something else is chosen. */
  project: string | null;
  onClose: () => void;
}

/** Makes or changes a connection: a type, a name, and the fields of the type's schema. */
export function ConnectionDialog({ types, initialType, connection, project, onClose }: ConnectionDialogProps) {
  const queries = useQueryClient();
  const [typeId, setTypeId] = useState(initialType);
  const type = types.find((each) => each.type === typeId);
  const [name, setName] = useState(connection?.name ?? '');
  const [values, setValues] = useState<Record<string, unknown>>(connection?.values ?? {});
  const [projectId, setProjectId] = useState(connection ? (connection.projectId ?? null) : project);
  const stored = useQuery({
    queryKey: ['connections', connection?.id, 'limits'],
    queryFn: ({ signal }) => get<ConnectionLimits>(`/api/v1/connections/${connection?.id}/limits`, signal),
    enabled: connection !== undefined,
  });
  const [changed, setChanged] = useState<ConnectionLimits | null>(null);
  const limits = changed ?? stored.data ?? { maxConcurrent: null, ratePerMinute: null };
  const saving = useMutation({
    mutationFn: async () => {
      const { data } = await call<Connection>(connection ? `/api/v1/connections/${connection.id}` : '/api/v1/connections', {
        method: connection ? 'PUT' : 'POST',
        body: { name: name.trim(), type: typeId, values, ...(connection ? {} : { projectId }) },
      });
      if (connection && projectId !== (connection.projectId ?? null)) await call(`/api/v1/connections/${data.id}/project`, { method: 'PUT', body: { projectId } });
      if (changed) await call(`/api/v1/connections/${data.id}/limits`, { method: 'PUT', body: changed });
    },
    onSuccess: async () => {
      await Promise.all(['connections', 'projects'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
      notifyDone(t('{{name}} is saved.', { name }));
      onClose();
    },
  });
  const errors = fieldErrors(saving.error);
  const valueErrors = Object.fromEntries(Object.entries(errors).map(([path, message]) => [path.replace(/^values\./, ''), message]));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={connection ? t('Edit connection') : t('New connection')} size="md">
      <form onSubmit={submit}>
        <Stack>
          {saving.error && <Alert color="red">{messageOf(saving.error)}</Alert>}
          <Select label={t('Type')} data={types.map((each) => ({ value: each.type, label: each.title }))} value={typeId} onChange={setTypeId} disabled={connection !== undefined} searchable required data-autofocus={connection ? undefined : true} />
          {type && (
            <>
              <Text size="sm" c="dimmed">
                {type.description}
              </Text>
              <TextInput label={t('Name')} required value={name} onChange={(event) => setName(event.currentTarget.value)} error={errors.name} placeholder={t('How steps will call it')} />
              <ProjectSelect value={projectId} onChange={setProjectId} description={t('Only workflows of the same project can use it.')} error={errors.projectId} />
              <SchemaForm key={type.type} schema={type.schema} value={values} onChange={setValues} errors={valueErrors} storedSecrets={connection?.hasSecrets} />
              <ConnectionLimitFields limits={limits} onChange={setChanged} />
            </>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('Cancel')}
            </Button>
            <Button type="submit" loading={saving.isPending} disabled={!type}>
              {t('Save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
