import { ActionIcon, Badge, Button, Group, Menu, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconDots, IconPlus } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { ErrorState, LoadingRows, PageHead } from '../../../components/ui';
import { t } from '../../../i18n';
import { useCatalog, useRoles, type Catalog, type Preset, type Role } from './calls';
import { DeleteRoleDialog, titleOf } from './DeleteRoleDialog';
import { EditRoleDialog, NewRoleDialog } from './RoleDialog';
import { bySubject } from './subjects';
import './roles.css';

type Open = { kind: 'new'; preset: Preset | null } | { kind: 'edit' | 'delete'; role: Role };

/** What the members of the organization may be, and what each of these roles allows. */
export function RolesPage() {
  const roles = useRoles();
  const catalog = useCatalog();
  const [open, setOpen] = useState<Open | null>(null);
  const close = (): void => setOpen(null);
  const failure = roles.error ?? catalog.error;
  const all = roles.data?.items ?? [];
  return (
    <>
      <PageHead title={t('Roles')} about={t('What members may do. Every member has one role; a change of it counts at once.')}>
        {catalog.data && <NewRoleMenu presets={catalog.data.presets} onChoose={(preset) => setOpen({ kind: 'new', preset })} />}
      </PageHead>
      {!failure && (roles.isPending || catalog.isPending) && <LoadingRows />}
      {failure && (
        <ErrorState
          error={failure}
          retry={() => {
            void roles.refetch();
            void catalog.refetch();
          }}
        />
      )}
      {roles.data && catalog.data && (
        <ul className="panel-card role-list" aria-label={t('Roles')}>
          {all.map((role) => (
            <RoleRow key={role.role} role={role} catalog={catalog.data} onOpen={(kind) => setOpen({ kind, role })} />
          ))}
        </ul>
      )}
      {catalog.data && open?.kind === 'new' && <NewRoleDialog catalog={catalog.data} preset={open.preset} onClose={close} />}
      {catalog.data && open?.kind === 'edit' && <EditRoleDialog catalog={catalog.data} role={open.role} onClose={close} />}
      {open?.kind === 'delete' && <DeleteRoleDialog role={open.role} roles={all} onClose={close} />}
    </>
  );
}

function NewRoleMenu({ presets, onChoose }: { presets: readonly Preset[]; onChoose: (preset: Preset | null) => void }) {
  return (
    <Menu position="bottom-end" width={320}>
      <Menu.Target>
        <Button leftSection={<IconPlus size={16} />}>{t('New role')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onChoose(null)}>{t('From scratch')}</Menu.Item>
        <Menu.Divider />
        {presets.map((preset) => (
          <Menu.Item key={preset.id} onClick={() => onChoose(preset)}>
            {preset.name}
            <Text size="xs" c="dimmed">
              {preset.description}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface RoleRowProps {
  role: Role;
  catalog: Catalog;
  onOpen: (kind: 'edit' | 'delete') => void;
}

function RoleRow({ role, catalog, onOpen }: RoleRowProps) {
  const [shown, setShown] = useState(false);
  const details = useId();
  const title = titleOf(role);
  return (
    <li className="row role-row" aria-label={title}>
      <Group wrap="nowrap" gap="sm">
        <UnstyledButton className="role-name" aria-expanded={shown} aria-controls={details} onClick={() => setShown(!shown)}>
          {shown ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
          <span>
            <Text span fw={600} display="block">
              {title}
            </Text>
            <Text span size="sm" c="dimmed">
              {role.permissions.length === catalog.items.length ? t('Everything') : t('{{count}} of {{all}} permissions', { count: role.permissions.length, all: catalog.items.length })}
              {' · '}
              {role.members === 1 ? t('1 member') : t('{{count}} members', { count: role.members })}
            </Text>
            {!role.builtIn && !role.assignable && (
              <Text span size="sm" c="dimmed" display="block">
                {t('It allows more than you may do yourself, so you cannot change it.')}
              </Text>
            )}
          </span>
        </UnstyledButton>
        {role.builtIn ? (
          <Badge variant="light" color="gray" c="light-dark(#494c5a, #ced4da)">
            {t('Built in')}
          </Badge>
        ) : (
          role.assignable && <RoleMenu role={role} onOpen={onOpen} />
        )}
      </Group>
      <div id={details} hidden={!shown}>
        {shown && <Allowed role={role} catalog={catalog} />}
      </div>
    </li>
  );
}

function RoleMenu({ role, onOpen }: { role: Role; onOpen: (kind: 'edit' | 'delete') => void }) {
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('More for {{name}}', { name: role.name })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onOpen('edit')}>{t('Edit…')}</Menu.Item>
        <Menu.Item color="red" onClick={() => onOpen('delete')}>
          {t('Delete…')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Allowed({ role, catalog }: { role: Role; catalog: Catalog }) {
  const allowed = catalog.items.filter(({ name }) => role.permissions.includes(name));
  return (
    <dl className="role-allows">
      {bySubject(allowed).map(({ name, title, permissions }) => (
        <div key={name}>
          <dt>{title}</dt>
          {permissions.map((permission) => (
            <dd key={permission.name}>{permission.description}</dd>
          ))}
        </div>
      ))}
    </dl>
  );
}
