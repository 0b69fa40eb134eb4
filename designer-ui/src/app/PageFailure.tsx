import { Button, Center, Stack, Text, Title } from '@mantine/core';
import { Link, useRouteError } from 'react-router';
import { t } from '../i18n';
import { messageOf } from '../lib/problem';

function Message({ title, text }: { title: string; text: string }) {
  return (
    <Center mih="70vh" p="md">
      <Stack align="center" gap="xs" ta="center">
        <Title order={1} size="22px">
          {title}
        </Title>
        <Text c="dimmed">{text}</Text>
        <Button component={Link} to="/workflows" variant="light" mt="sm" reloadDocument>
          {t('Go to workflows')}
        </Button>
      </Stack>
    </Center>
  );
}

export const NotFound = () => <Message title={t('There is no such page')} text={t('The address may be old or mistyped.')} />;

/** For who opens by hand what their role does not give them. */
export const NotYours = ({ page, organization }: { page: string; organization: string }) => (
  <Message title={t('This page is not yours')} text={t('Your role in {{organization}} does not include "{{page}}". An owner can give you one that does.', { organization, page })} />
);

/** Catches what a page throws, so that a broken page never takes the others along. */
export function PageFailure() {
  const error = useRouteError();
  return <Message title={t('This page failed')} text={messageOf(error)} />;
}
