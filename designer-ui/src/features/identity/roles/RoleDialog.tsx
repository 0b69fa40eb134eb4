import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiProblem, type Answer } from '../../../api/http';
import { ErrorState, LoadingRows, notifyFailure } from '../../../components/ui';
import { t } from '../../../i18n';
import { fieldErrors, messageOf } from '../../../lib/problem';
import { fetchRole, useSaveRole, type Catalog, type Draft, type Preset, type Role } from './calls';
import { PermissionPicker } from './PermissionPicker';
import { EVERYBODYS } from './subjects';

interface DialogProps {
  title: string;
  onClose: () => void;
  children: React.ReactNode;
}

function Dialog({ title, onClose, children }: DialogProps) {
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  return (
    <Modal opened onClose={onClose} title={title} size="lg" fullScreen={narrow} closeButtonProps={{ 'aria-label': t('Close') }}>
      {children}
    </Modal>
  );
}

/** Makes a role from nothing or from a ready-made set, of which one's own permissions are taken. */
export function NewRoleDialog({ catalog, preset, onClose }: { catalog: Catalog; preset: Preset | null; onClose: () => void }) {
  const own = new Set(catalog.items.filter(({ yours }) => yours).map(({ name }) => name));
  const wanted = preset?.permissions ?? [];
  const beyond = catalog.items.filter(({ name }) => wanted.includes(name) && !own.has(name));
  return (
    <Dialog title={t('New role')} onClose={onClose}>
      <RoleForm
        catalog={catalog}
        initial={{ name: preset?.name ?? '', permissions: wanted.filter((name) => own.has(name)) }}
        onClose={onClose}
        remark={beyond.length > 0 ? t('Left out, because you may not do it yourself: {{what}}', { what: beyond.map(({ name }) => name).join(', ') }) : undefined}
      />
    </Dialog>
  );
}

/** Changes a role as it is when the dialog opens. */
export function EditRoleDialog({ catalog, role, onClose }: { catalog: Catalog; role: Role; onClose: () => void }) {
  const current = useQuery({
    queryKey: ['edited-role', role.id],
    queryFn: ({ signal }) => fetchRole(role.id ?? '', signal),
    gcTime: 0,
    // what is being edited must not change under the person's hands
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const reload = async (): Promise<void> => {
    const { error } = await current.refetch();
    if (error) notifyFailure(error);
  };
  return (
    <Dialog title={t('Edit {{name}}', { name: role.name })} onClose={onClose}>
      {current.isPending && <LoadingRows />}
      {current.error && !current.data && <ErrorState error={current.error} retry={() => void current.refetch()} />}
      {current.data && <RoleForm key={current.data.etag} catalog={catalog} initial={current.data.data} edited={current.data} reload={reload} onClose={onClose} />}
    </Dialog>
  );
}

interface RoleFormProps {
  catalog: Catalog;
  initial: Draft;
  edited?: Answer<Role>;
  reload?: () => Promise<void>;
  remark?: string;
  onClose: () => void;
}

function RoleForm({ catalog, initial, edited, reload, remark, onClose }: RoleFormProps) {
  const [name, setName] = useState(initial.name);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(initial.permissions));
  const saving = useSaveRole(onClose);
  const stale = saving.error instanceof ApiProblem && saving.error.status === 412;
  const errors = fieldErrors(saving.error);
  const save = (etag?: string): void => {
    const draft = { name: name.trim(), permissions: [...chosen].filter((each) => each !== EVERYBODYS) };
    saving.mutate({ draft, id: edited?.data.id ?? undefined, etag });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save(edited?.etag ?? undefined);
  };
  const overwrite = (): void => {
    fetchRole(edited?.data.id ?? '').then(({ etag }) => save(etag ?? undefined), notifyFailure);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {stale && reload && <Changed onReload={() => void reload()} onOverwrite={overwrite} />}
        {saving.error && !stale && !errors.name && <Alert color="red">{messageOf(saving.error)}</Alert>}
        {remark && <Alert color="orange">{remark}</Alert>}
        <TextInput label={t('Name')} required maxLength={60} value={name} onChange={(event) => setName(event.currentTarget.value)} error={errors.name} data-autofocus />
        <PermissionPicker permissions={catalog.items} chosen={chosen} onChange={setChosen} />
        {edited && edited.data.members > 0 && (
          <Text size="sm" c="dimmed">
            {t('A change counts at once for everybody who has this role ({{count}}).', { count: edited.data.members })}
          </Text>
        )}
        <Group justify="flex-end" className="role-form-actions">
          <Button variant="default" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button type="submit" loading={saving.isPending}>
            {edited ? t('Save') : t('Create role')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Two people changed the same role: says so, and lets the second one choose. */
function Changed({ onReload, onOverwrite }: { onReload: () => void; onOverwrite: () => void }) {
  return (
    <Alert color="orange" title={t('Somebody else changed this role meanwhile')}>
      <Stack gap="xs" align="flex-start">
        {t('Nothing of yours is saved yet. Look at the role as it is now, or save yours over it.')}
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={onReload}>
            {t('Show how it is now')}
          </Button>
          <Button size="xs" variant="default" onClick={onOverwrite}>
            {t('Save mine over it')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
