import { Alert, Badge, Button, FileButton, Group, Switch, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconApps, IconTrash, IconUpload } from '@tabler/icons-react';
import { get, post, remove } from '../../api/http';
import type { Page, Plugin } from '../../api/types';
import { useMay } from '../../api/useMe';
import { confirm, EmptyState, ErrorState, LoadingRows, notifyDone, notifyFailure, PageHead } from '../../components/ui';
import { t } from '../../i18n';
import { messageOf } from '../../lib/problem';

export function PluginsPage() {
  const queries = useQueryClient();
  const mayManage = useMay('plugin:manage');
  const plugins = useQuery({ queryKey: ['plugins'], queryFn: ({ signal }) => get<Page<Plugin>>('/api/v1/plugins', signal) });
  const upload = useMutation({
    mutationFn: (jar: File) => {
      const form = new FormData();
      form.append('jar', jar);
      return post<Plugin>('/api/v1/plugins', form);
    },
    onSuccess: async ({ title }) => {
      notifyDone(t('{{title}} is installed.', { title }));
      await Promise.all([queries.invalidateQueries({ queryKey: ['plugins'] }), queries.invalidateQueries({ queryKey: ['step-types'] })]);
    },
  });
  return (
    <>
      <PageHead title={t('Plugins')} about={t('Jars that bring the steps of the designer.')}>
        {mayManage && (
          <FileButton onChange={(file) => file && upload.mutate(file)} accept=".jar">
            {(props) => (
              <Button {...props} leftSection={<IconUpload size={16} />} loading={upload.isPending}>
                {t('Upload a jar')}
              </Button>
            )}
          </FileButton>
        )}
      </PageHead>
      {upload.error && (
        <Alert color="red" mb="md" title={t('The jar was not installed')} withCloseButton closeButtonLabel={t('Close')} onClose={upload.reset}>
          {messageOf(upload.error)}
        </Alert>
      )}
      {plugins.isPending && <LoadingRows />}
      {plugins.error && <ErrorState error={plugins.error} retry={() => void plugins.refetch()} />}
      {plugins.data?.items.length === 0 && (
        <EmptyState icon={<IconApps size={24} />} title={t('No plugin is installed')}>
          {t('Upload a jar to get its steps into the designer.')}
        </EmptyState>
      )}
      {plugins.data && plugins.data.items.length > 0 && (
        <div className="panel-card">
          {plugins.data.items.map((plugin) => (
            <PluginRow key={plugin.id} plugin={plugin} mayManage={mayManage} />
          ))}
        </div>
      )}
    </>
  );
}

function PluginRow({ plugin, mayManage }: { plugin: Plugin; mayManage: boolean }) {
  const queries = useQueryClient();
  const path = `/api/v1/plugins/${encodeURIComponent(plugin.id)}`;
  const after = {
    onSuccess: () => Promise.all([queries.invalidateQueries({ queryKey: ['plugins'] }), queries.invalidateQueries({ queryKey: ['step-types'] })]),
    onError: notifyFailure,
  };
  const toggle = useMutation({ mutationFn: (on: boolean) => post(`${path}/${on ? 'enable' : 'disable'}`), ...after });
  const deletion = useMutation({ mutationFn: () => remove(path), ...after });
  return (
    <Group className="row" wrap="nowrap" gap="md">
      <div style={{ flex: 1, minWidth: 0 }}>
        <Group gap="xs">
          <Text fw={600}>{plugin.title}</Text>
          <Text size="sm" c="dimmed" className="num">
            {plugin.version}
          </Text>
          {plugin.state === 'failed' && <Badge color="red" c="light-dark(#a31226, #ff98a4)">{t('Failed')}</Badge>}
          {plugin.bundled && <Badge variant="default">{t('Bundled')}</Badge>}
        </Group>
        <Text size="sm" c="dimmed">
          {plugin.description || plugin.stepTypes.join(', ')}
        </Text>
        {plugin.error && (
          <Text size="sm" style={{ color: 'light-dark(#b8182e, #ff98a4)' }}>
            {plugin.error}
          </Text>
        )}
      </div>
      {mayManage && (
        <>
          <Switch aria-label={t('{{title}} enabled', { title: plugin.title })} checked={plugin.state === 'enabled'} disabled={toggle.isPending} onChange={(event) => toggle.mutate(event.currentTarget.checked)} />
          {!plugin.bundled && (
            <Button size="compact-sm" variant="subtle" color="red" aria-label={t('Delete {{title}}', { title: plugin.title })} onClick={() => confirm(t('Delete {{title}}?', { title: plugin.title }), t('Workflows that use its steps will fail.'), t('Delete'), () => deletion.mutate())}>
              <IconTrash size={16} />
            </Button>
          )}
        </>
      )}
    </Group>
  );
}
