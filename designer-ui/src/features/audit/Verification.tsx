import { Alert, Button, Code, CopyButton, Group, List, Text } from '@mantine/core';
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react';
import type { ChainReport } from '../../api/types';
import { t } from '../../i18n';

/** What came of a verification, and the end of the log to keep. */
export function Verification({ report, close }: { report: ChainReport; close(): void }) {
  const { intact, checked, waiting, forgotten, firstPosition, end, problems } = report;
  return (
    <Alert mb="md" color={intact ? 'teal' : 'red'} withCloseButton closeButtonLabel={t('Close')} onClose={close} icon={intact ? <IconShieldCheck size={18} /> : <IconAlertTriangle size={18} />} title={intact ? t('The log is as the hub wrote it') : t('The log was changed')}>
      <Text size="sm">
        {t('{{checked}} events checked, from position {{first}} on.', { checked, first: firstPosition })}
        {waiting > 0 && ` ${t('{{count}} of the last seconds are not in the chain yet.', { count: waiting })}`}
        {forgotten > 0 && ` ${t('Of {{count}} the origin was erased with the person who acted.', { count: forgotten })}`}
      </Text>
      {problems.length > 0 && (
        <List size="sm" mt="xs">
          {problems.map(({ position, kind, message }) => (
            <List.Item key={`${position}-${kind}-${message}`}>{position ? t('Position {{position}}: {{message}}', { position, message }) : message}</List.Item>
          ))}
        </List>
      )}
      {end && (
        <Group gap="xs" mt="xs" align="center">
          <Text size="sm">{t('End of the log, to keep outside of the hub:')}</Text>
          <Code className="audit-end">{`${end.position} ${end.hash}`}</Code>
          <CopyButton value={`${end.position} ${end.hash}`}>
            {({ copied, copy }) => (
              <Button size="compact-xs" variant="default" onClick={copy}>
                {copied ? t('Copied') : t('Copy')}
              </Button>
            )}
          </CopyButton>
        </Group>
      )}
    </Alert>
  );
}
