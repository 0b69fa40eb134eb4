import { Alert, Button, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { call, post } from '../../../api/http';
import type { Me, Organization } from '../../../api/types';
import { useMe } from '../../../api/useMe';
import { confirm, ErrorState, isStale, LoadingRows, notifyDone, notifyFailure, PageHead, Stale } from '../../../components/ui';
import { t } from '../../../i18n';
import { formatDate } from '../../../lib/format';
import { fieldErrors, messageOf } from '../../../lib/problem';
import { DeleteDialog } from './DeleteDialog';
import { goTo } from './switching';
import { TransferDialog } from './TransferDialog';
import '../identity.css';

const RED = 'light-dark(#a31226, var(--mantine-color-red-2))';

/** The current organization: its name, and how to leave it, hand it over or delete it. */
export function OrganizationPage() {
  const me = useMe();
  const id = me.data?.organization.id;
  const path = `/api/v1/organizations/${id}`;
  const organization = useQuery({ queryKey: ['organization', id], queryFn: ({ signal }) => call<Organization>(path, { signal }), enabled: id !== undefined });
  const failure = me.error ?? organization.error;
  return (
    <>
      <PageHead title={t('Organization')} about={t('What all its members share.')} />
      {organization.isPending && !failure && <LoadingRows rows={3} />}
      {failure && <ErrorState error={failure} retry={() => void organization.refetch()} />}
      {me.data && organization.data && (
        <Stack gap="md">
          {organization.data.data.deletesAt && <Closed organization={organization.data.data} me={me.data} />}
          {me.data.permissions.includes('organization:manage') && <NameForm key={organization.data.etag} organization={organization.data.data} etag={organization.data.etag} />}
          <Going organization={organization.data.data} me={me.data} />
        </Stack>
      )}
    </>
  );
}

function Closed({ organization, me }: { organization: Organization; me: Me }) {
  const restoring = useMutation({ mutationFn: () => post(`/api/v1/organizations/${organization.id}/restore`), onSuccess: () => goTo('/settings/organization'), onError: notifyFailure });
  return (
    <Alert color="red" title={t('This organization will be deleted on {{time}}', { time: formatDate(organization.deletesAt ?? '') })} maw={620}>
      <Stack gap="sm" align="flex-start">
        {t('Nothing of it runs until then. Every owner can restore it.')}
        {me.permissions.includes('organization:delete') && (
          <Button color="red" variant="outline" c={RED} loading={restoring.isPending} onClick={() => restoring.mutate()}>
            {t('Restore it')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

function NameForm({ organization, etag }: { organization: Organization; etag: string | null }) {
  const queries = useQueryClient();
  const [name, setName] = useState(organization.name);
  const saving = useMutation({
    mutationFn: () => call(`/api/v1/organizations/${organization.id}`, { method: 'PATCH', body: { name }, headers: etag ? { 'If-Match': etag } : {} }),
    onSuccess: async () => {
      await Promise.all(['organization', 'me'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
      notifyDone(t('The name is saved.'));
    },
  });
  return (
    <form
      className="panel-card settings-card"
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      <Stale error={saving.error} reload={() => queries.invalidateQueries({ queryKey: ['organization'] })} />
      <TextInput label={t('Name')} autoComplete="organization" required maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} error={saving.error && !isStale(saving.error) && (fieldErrors(saving.error).name ?? messageOf(saving.error))} />
      <Button type="submit" mt="md" loading={saving.isPending} disabled={!name.trim() || name.trim() === organization.name}>
        {t('Save')}
      </Button>
    </form>
  );
}

/** What takes an organization away from somebody, or from everybody. */
function Going({ organization, me }: { organization: Organization; me: Me }) {
  const [open, setOpen] = useState<'transfer' | 'delete' | null>(null);
  const owns = me.permissions.includes('organization:delete');
  const leaving = useMutation({ mutationFn: () => post(`/api/v1/organizations/${organization.id}/leave`), onSuccess: () => goTo('/'), onError: notifyFailure });
  const leave = (): void =>
    confirm(t('Leave {{name}}?', { name: organization.name }), t('You lose every access to it at once, and come back only if somebody invites you.'), t('Leave'), () => leaving.mutate());
  return (
    <section className="panel-card settings-card" aria-labelledby="going">
      <Title order={2} size="15px" id="going" mb="sm">
        {t('Leave or end it')}
      </Title>
      <Stack gap="md" align="flex-start">
        <Deed about={t('You go, the organization stays. Its last owner cannot go.')}>
          <Button variant="default" loading={leaving.isPending} onClick={leave}>
            {t('Leave the organization')}
          </Button>
        </Deed>
        {owns && (
          <Deed about={t('Another member becomes owner in your place; you stay as administrator.')}>
            <Button variant="default" onClick={() => setOpen('transfer')}>
              {t('Hand it over')}
            </Button>
          </Deed>
        )}
        {owns && !organization.deletesAt && (
          <Deed about={t('Everything of it is erased, after a time in which an owner can restore it.')}>
            <Button color="red" variant="outline" c={RED} onClick={() => setOpen('delete')}>
              {t('Delete the organization')}
            </Button>
          </Deed>
        )}
      </Stack>
      {open === 'transfer' && <TransferDialog organization={organization} self={me.user.id} onClose={() => setOpen(null)} />}
      {open === 'delete' && <DeleteDialog organization={organization} onClose={() => setOpen(null)} />}
    </section>
  );
}

function Deed({ about, children }: { about: string; children: ReactNode }) {
  return (
    <div>
      <Text size="sm" c="dimmed" mb={6}>
        {about}
      </Text>
      {children}
    </div>
  );
}
