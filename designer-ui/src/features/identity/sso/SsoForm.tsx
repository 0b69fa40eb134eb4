import { Alert, Button, Checkbox, Group, List, PasswordInput, Select, Stack, TagsInput, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconCheck, IconX } from '@tabler/icons-react';
import { call, get, post } from '../../../api/http';
import type { components } from '../../../api/schema';
import type { Page, Sso, SsoOutcome } from '../../../api/types';
import { confirm, isStale, notifyDone, notifyFailure, Stale } from '../../../components/ui';
import { t } from '../../../i18n';
import { fieldErrors } from '../../../lib/problem';
import { GroupRoles } from './GroupRoles';
import type { SsoValues } from './values';

const SSO = '/api/v1/organizations/sso';
const NOBODY = '';

/** The hub keeps a secret that is not sent, and takes the stored one away for an empty one. */
const input = ({ clientSecret, removesSecret, defaultRole, ...rest }: SsoValues) => ({
  ...rest,
  defaultRole: defaultRole || null,
  ...((clientSecret || removesSecret) && { clientSecret: removesSecret ? '' : clientSecret }),
});

/** The identity provider, its test, and what its groups mean here. */
export function SsoForm({ sso, etag }: { sso: Sso; etag: string }) {
  const queries = useQueryClient();
  const provider = sso.provider;
  const roles = useQuery({ queryKey: ['roles'], queryFn: ({ signal }) => get<Page<components['schemas']['RoleDetails']>>('/api/v1/roles', signal) });
  const choices = (roles.data?.items ?? []).filter(({ role, assignable }) => role !== 'owner' && assignable).map(({ role, name, builtIn }) => ({ value: role, label: builtIn ? t(name.charAt(0).toUpperCase() + name.slice(1)) : name }));
  const form = useForm<SsoValues>({
    initialValues: {
      issuer: provider?.issuer ?? '',
      clientId: provider?.clientId ?? '',
      clientSecret: '',
      removesSecret: false,
      scopes: provider?.scopes ?? ['openid', 'profile', 'email'],
      groupsClaim: provider?.groupsClaim ?? 'groups',
      groupRoles: provider?.groupRoles.map(({ group, role }) => ({ group, role })) ?? [],
      defaultRole: provider ? (provider.defaultRole ?? NOBODY) : 'viewer',
      trustsEmails: provider?.trustsEmails ?? false,
      requiredMethods: provider?.requiredMethods ?? [],
      enforced: provider?.enforced ?? false,
    },
  });
  const saving = useMutation({
    mutationFn: (values: SsoValues) => call<Sso>(SSO, { method: 'PUT', body: input(values), headers: { 'If-Match': etag } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['sso'] });
      notifyDone(t('Single sign-on is saved.'));
    },
    onError: (error) => {
      const errors = fieldErrors(error);
      if (Object.keys(errors).length > 0) form.setErrors(errors);
      else if (!isStale(error)) notifyFailure(error);
    },
  });
  const test = useMutation({
    mutationFn: (values: SsoValues) => post<SsoOutcome>(`${SSO}/test`, input(values)),
    onError: (error) => {
      const errors = fieldErrors(error);
      if (Object.keys(errors).length > 0) form.setErrors(errors);
      else notifyFailure(error);
    },
  });
  const submit = (values: SsoValues): void => {
    const save = (): void => saving.mutate(values);
    if (values.enforced && !provider?.enforced) confirm(t('Require single sign-on?'), t('All members but owners are signed out now, and come in by the provider only. Who cannot sign in there is kept out.'), t('Require it'), save);
    else save();
  };
  return (
    <form className="panel-card sso-card" onSubmit={form.onSubmit(submit)} noValidate aria-labelledby="sso-provider">
      <Title order={2} size="16px" id="sso-provider" mb="sm">
        {t('Your identity provider')}
      </Title>
      <Stack>
        <TextInput label={t('Issuer')} description={t('Exactly as the provider names itself, such as https://login.example.com/realms/staff')} required {...form.getInputProps('issuer')} />
        <div className="sso-pair">
          <TextInput label={t('Client id')} required {...form.getInputProps('clientId')} />
          <PasswordInput
            label={t('Client secret')}
            placeholder={!provider?.hasClientSecret ? undefined : form.values.removesSecret ? t('Will be removed') : t('Stored; leave empty to keep it')}
            autoComplete="off"
            disabled={form.values.removesSecret}
            {...form.getInputProps('clientSecret')}
          />
        </div>
        {provider?.hasClientSecret && (
          <Checkbox
            label={t('Remove the secret')}
            description={t('For a public client: its codes are protected by PKCE alone. The provider must know it as public.')}
            {...form.getInputProps('removesSecret', { type: 'checkbox' })}
          />
        )}
        <TagsInput label={t('Scopes')} description={t('Add offline_access if the provider gives refresh tokens only for it.')} {...form.getInputProps('scopes')} />
        <Checkbox
          label={t('Treat addresses as verified although the provider does not say so')}
          description={t('For providers such as Microsoft Entra ID, where only administrators set addresses. An address that the provider calls unverified is refused all the same.')}
          {...form.getInputProps('trustsEmails', { type: 'checkbox' })}
        />
        <div className="sso-pair">
          <TextInput label={t('Claim with the groups')} description={t('A path such as realm_access.roles works too')} {...form.getInputProps('groupsClaim')} />
          <Select
            label={t('Everybody else is')}
            description={t('Who is in none of the groups below')}
            data={[{ value: NOBODY, label: t('Not let in') }, ...choices]}
            allowDeselect={false}
            {...form.getInputProps('defaultRole')}
          />
        </div>
        <GroupRoles form={form} choices={choices} />
        <TagsInput
          label={t('Ways of signing in that count')}
          description={t('What the provider must say of a sign-in (acr or amr), such as mfa at Entra ID or a level of Keycloak’s. One of them is enough. Empty: whatever the provider did.')}
          {...form.getInputProps('requiredMethods')}
        />
        <Checkbox
          label={t('Require single sign-on')}
          description={t('Members are signed out and come in by the provider only. Owners may still use their password, so that nobody is locked out: protect theirs with a second factor.')}
          {...form.getInputProps('enforced', { type: 'checkbox' })}
        />
        {test.data && <Outcome outcome={test.data} />}
        <Stale error={saving.error} reload={() => queries.invalidateQueries({ queryKey: ['sso'] })} />
        <Group justify="flex-end">
          <Button variant="default" loading={test.isPending} onClick={() => test.mutate(form.values)}>
            {t('Test')}
          </Button>
          <Button type="submit" loading={saving.isPending}>
            {t('Save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Outcome({ outcome }: { outcome: SsoOutcome }) {
  return (
    <Alert color={outcome.ok ? 'teal' : 'yellow'} c="var(--mantine-color-text)" styles={{ title: { color: 'inherit' } }} title={outcome.ok ? t('It works as far as can be told without signing in') : t('Something is missing')} role="status">
      <List size="sm" spacing={4} center>
        {outcome.findings.map(({ ok, message }) => (
          <List.Item key={message} icon={ok ? <IconCheck size={16} aria-label={t('Right')} /> : <IconX size={16} aria-label={t('Wrong')} />}>
            <Text size="sm">{message}</Text>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
