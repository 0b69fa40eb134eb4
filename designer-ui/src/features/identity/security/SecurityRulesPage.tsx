import { Alert, Button, Code, Group, NumberInput, SimpleGrid, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiProblem } from '../../../api/http';
import { ErrorState, isStale, LoadingRows, notifyDone, PageHead, Stale } from '../../../components/ui';
import { t } from '../../../i18n';
import { fieldErrors, messageOf } from '../../../lib/problem';
import '../identity.css';
import { changeRules, useRules, type Rules, type RulesInput } from './calls';

interface Values {
  addresses: string;
  sessionHours: number | '';
  idleMinutes: number | '';
  secondFactorRequired: boolean;
}

/** From where and how an organization is worked in. */
export function SecurityRulesPage() {
  const rules = useRules();
  return (
    <>
      <PageHead title={t('Security rules')} about={t('From where and how the people of this organization may work in it.')} />
      {rules.isPending && <LoadingRows rows={4} />}
      {rules.error && <ErrorState error={rules.error} retry={() => void rules.refetch()} />}
      {rules.data && <RulesForm key={rules.data.etag} rules={rules.data.data} etag={rules.data.etag} />}
    </>
  );
}

const lines = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);

function RulesForm({ rules, etag }: { rules: Rules; etag: string | null }) {
  const queries = useQueryClient();
  const [typed, setTyped] = useState('');
  const form = useForm<Values>({
    initialValues: {
      addresses: rules.allowedAddresses.join('\n'),
      sessionHours: rules.sessionHours ?? '',
      idleMinutes: rules.idleMinutes ?? '',
      secondFactorRequired: rules.secondFactorRequired,
    },
  });
  const save = useMutation({
    mutationFn: (values: Values) => changeRules(input(values, typed), etag),
    onSuccess: (answer) => {
      notifyDone(t('The rules count from now on'));
      queries.setQueryData(['security-rules'], answer);
    },
    onError: (error) => form.setErrors(errors(error)),
  });
  const locksOut = save.error instanceof ApiProblem && save.error.code === 'would-lock-you-out';
  return (
    <form className="panel-card settings-card" onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack gap="lg">
        {!rules.enforced && <Alert color="orange">{t('The operator of this hub has turned the lists of addresses off for now: everybody gets in from everywhere.')}</Alert>}
        <Stale error={save.error} reload={() => queries.invalidateQueries({ queryKey: ['security-rules'] })} />
        {save.error && !isStale(save.error) && Object.keys(form.errors).length === 0 && (
          <Alert color="red" role="alert">
            {messageOf(save.error)}
          </Alert>
        )}
        <Textarea
          label={t('Allowed addresses')}
          description={t('One address or network a line, as 203.0.113.7, 10.0.0.0/8 or 2001:db8::/32. Empty: from everywhere. Webhooks have lists of their own.')}
          autosize
          minRows={3}
          maxRows={12}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          {...form.getInputProps('addresses')}
        />
        <OwnAddress address={rules.ownAddress} add={() => form.setFieldValue('addresses', [...lines(form.values.addresses), rules.ownAddress].join('\n'))} />
        {locksOut && (
          <TextInput
            label={t('Keep me out from here')}
            description={t('Only if that is what you want: type your own address.')}
            placeholder={rules.ownAddress ?? undefined}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        <SimpleGrid cols={{ base: 1, xs: 2 }} style={{ alignItems: 'end' }}>
          <NumberInput label={t('A sign-in is good for')} description={t('Hours, 1 to 720. Empty: 30 days.')} min={1} max={720} allowDecimal={false} suffix={t(' h')} {...form.getInputProps('sessionHours')} />
          <NumberInput label={t('and may rest for')} description={t('Minutes, from 15 up. Empty: as long as it is good.')} min={15} max={43200} allowDecimal={false} suffix={t(' min')} {...form.getInputProps('idleMinutes')} />
        </SimpleGrid>
        <Switch
          label={t('Members need a second factor')}
          description={t('Who has none is asked to set one up before anything else. You need one yourself first.')}
          {...form.getInputProps('secondFactorRequired', { type: 'checkbox' })}
        />
        <Group>
          <Button type="submit" loading={save.isPending} color={locksOut && typed ? 'red' : undefined}>
            {t('Save the rules')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function OwnAddress({ address, add }: { address: string | null | undefined; add: () => void }) {
  return (
    <Group gap="xs" mt={-8}>
      <Text size="sm" c="dimmed">
        {t('You are at')} <Code>{address ?? '?'}</Code>
      </Text>
      {address && (
        <Button size="compact-sm" variant="default" onClick={add}>
          {t('Add it')}
        </Button>
      )}
    </Group>
  );
}

function input(values: Values, typed: string): RulesInput {
  return {
    allowedAddresses: lines(values.addresses),
    sessionHours: values.sessionHours === '' ? null : values.sessionHours,
    idleMinutes: values.idleMinutes === '' ? null : values.idleMinutes,
    secondFactorRequired: values.secondFactorRequired,
    excludeOwnAddress: typed.trim() || null,
  };
}

/** The hub names the line of the list that is wrong; here they are one field. */
function errors(error: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(fieldErrors(error)).map(([field, message]) => [field.startsWith('allowedAddresses') ? 'addresses' : field, message]));
}
