import { ActionIcon, Badge, Button, Group, Menu, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconDots, IconPlugConnected, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { get, post, query, remove } from '../../api/http';
import type { Connection, ConnectionType, Page } from '../../api/types';
import { useRole } from '../../api/useMe';
import { MoveDialog, ProjectBadge, ProjectFilter, useProjects } from '../../components/project';
import { confirm, EmptyState, ErrorState, LoadingRows, notifyDone, notifyFailure, PageHead } from '../../components/ui';
import { t } from '../../i18n';
import { ConnectionDialog } from './ConnectionDialog';

type Editing = { type: string | null; connection?: Connection };

export function ConnectionsPage() {
  const [params, setParams] = useSearchParams();
  const asked = params.get('create');
  const [editing, setEditing] = useState<Editing | null>(asked === null ? null : { type: asked });
  const mayEdit = useRole('member');
  const [project, setProject] = useState<string | null>(null);
  const connections = useQuery({
    queryKey: ['connections', { project }],
    queryFn: ({ signal }) => get<Page<Connection>>(`/api/v1/connections${query({ limit: 200, projectId: project })}`, signal),
    placeholderData: keepPreviousData,
  });
  const types = useQuery({ queryKey: ['connection-types'], queryFn: ({ signal }) => get<Page<ConnectionType>>('/api/v1/connection-types', signal), staleTime: 60_000 });
  const close = (): void => {
    setEditing(null);
    if (asked !== null) setParams({}, { replace: true });
  };
  const add = mayEdit && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing({ type: null })}>
      {t('New connection')}
    </Button>
  );
  const failure = connections.error ?? types.error;
  return (
    <>
      <PageHead title={t('Connections')} about={t('Credentials that steps use. Secrets are stored encrypted and never shown again.')}>
        {add}
      </PageHead>
      {connections.isPending && <LoadingRows />}
      {failure && <ErrorState error={failure} retry={() => void connections.refetch()} />}
      {connections.data && (connections.data.items.length > 0 || project !== null) && (
        <Group mb="sm">
          <ProjectFilter value={project} onChange={setProject} />
        </Group>
      )}
      {connections.data?.items.length === 0 && project !== null && (
        <Text p="lg" c="dimmed" size="sm">
          {t('No connection belongs to this project.')}
        </Text>
      )}
      {connections.data?.items.length === 0 && project === null && (
        <EmptyState icon={<IconPlugConnected size={24} />} title={t('No connection yet')} action={add}>
          {t('Connect Slack, Gmail or an API once, and every workflow can use it.')}
        </EmptyState>
      )}
      {connections.data && connections.data.items.length > 0 && (
        <div className="panel-card">
          {connections.data.items.map((connection) => (
            <ConnectionRow key={connection.id} connection={connection} type={types.data?.items.find(({ type }) => type === connection.type)} mayEdit={mayEdit} onEdit={() => setEditing({ type: connection.type, connection })} />
          ))}
        </div>
      )}
      {editing && types.data && <ConnectionDialog types={types.data.items} initialType={editing.type} project={project} connection={editing.connection} onClose={close} />}
    </>
  );
}

interface RowProps {
  connection: Connection;
  type: ConnectionType | undefined;
  mayEdit: boolean;
  onEdit: () => void;
}

function ConnectionRow({ connection, type, mayEdit, onEdit }: RowProps) {
  const queries = useQueryClient();
  const path = `/api/v1/connections/${connection.id}`;
  const [moving, move] = useDisclosure();
  const hasProjects = (useProjects().data?.items.length ?? 0) > 0;
  const test = useMutation({
    mutationFn: () => post<{ ok: boolean; message: string }>(`${path}/test`),
    onSuccess: ({ ok, message }) => (ok ? notifyDone(message || t('The connection works.')) : notifyFailure(new Error(message))),
    onError: notifyFailure,
  });
  const authorization = useMutation({
    mutationFn: () => post<{ authorizationUrl: string }>(`${path}/authorize`),
    onSuccess: ({ authorizationUrl }) => window.location.assign(authorizationUrl),
    onError: notifyFailure,
  });
  const deletion = useMutation({
    mutationFn: () => remove(path),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['connections'] }),
    onError: notifyFailure,
  });
  const ready = connection.status === 'ready';
  return (
    <Group className="row" wrap="nowrap" gap="sm">
      <div style={{ flex: 1, minWidth: 0 }}>
        <Text fw={600} truncate>
          {connection.name}
        </Text>
        <Group gap={6} wrap="nowrap">
          <ProjectBadge projectId={connection.projectId} />
          <Text size="sm" c="dimmed" truncate>
            {type?.title ?? connection.type}
          </Text>
        </Group>
      </div>
      <Badge style={{ flex: 'none' }} color={ready ? 'teal' : 'orange'} c={ready ? 'light-dark(#0a5740, var(--mantine-color-teal-2))' : 'light-dark(#8a3b00, #ffc078)'}>
        {ready ? t('Ready') : t('Needs authorization')}
      </Badge>
      {mayEdit && (
        <>
          {type?.oauth && !ready && (
            <Button size="xs" loading={authorization.isPending} onClick={() => authorization.mutate()}>
              {t('Authorize')}
            </Button>
          )}
          <Button size="xs" variant="default" loading={test.isPending} onClick={() => test.mutate()} visibleFrom="xs">
            {t('Test')}
          </Button>
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" aria-label={t('More for {{name}}', { name: connection.name })}>
                <IconDots size={18} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={onEdit}>{t('Edit')}</Menu.Item>
              {hasProjects && <Menu.Item onClick={move.open}>{t('Move to a project…')}</Menu.Item>}
              {type?.oauth && ready && <Menu.Item onClick={() => authorization.mutate()}>{t('Authorize again')}</Menu.Item>}
              <Menu.Item color="red" onClick={() => confirm(t('Delete {{name}}?', { name: connection.name }), t('Steps that use it will fail until they get another one.'), t('Delete'), () => deletion.mutate())}>
                {t('Delete…')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </>
      )}
      {moving && <MoveDialog kind="connections" id={connection.id} name={connection.name} projectId={connection.projectId ?? null} onClose={move.close} />}
    </Group>
  );
}
