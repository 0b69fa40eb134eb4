import { ActionIcon, Alert, Button, Code, CopyButton, Group, Loader, Stack, Text, Tooltip } from '@mantine/core';
import { IconAntenna, IconCopy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { DiagramElement } from '../../../diagram';
import { attributeOf, inputsHolder, readInputs } from '../../../diagram/dialect';
import { fetchTriggers } from '../api/calls';
import { useDesigner } from '../state/DesignerContext';
import { curlFor } from './curl';

/** The addresses of a webhook: one to try the draft with, one for the published version. */
export function WebhookSection({ element }: { element: DiagramElement }) {
  const { workflowId, published, listening, connections } = useDesigner();
  const triggers = useQuery({ queryKey: ['triggers', workflowId, published], queryFn: fetchTriggers, enabled: published !== null });
  const inputs = readInputs(element.businessObject);
  const method = typeof inputs.method === 'string' && inputs.method !== 'ANY' ? inputs.method : 'POST';
  const secret = connections.find(({ name }) => name === attributeOf(inputsHolder(element.businessObject), 'connection'));
  const curl = (url: string, verb: string): string => curlFor(addressOf(url), verb, inputs, secret?.values?.format);
  const live = triggers.data?.find((trigger) => trigger.workflowId === workflowId);
  return (
    <Stack gap="sm">
      <div>
        <Text size="sm" fw={600} mb={4}>
          Try it
        </Text>
        {listening.active ? (
          <Alert variant="light" color="violet" p="sm">
            <Group gap={8} mb={6}>
              <Loader size={14} />
              <Text size="sm">Waiting for a call…</Text>
            </Group>
            <Address url={listening.active.url} curl={curl(listening.active.url, method)} />
            <Button size="xs" variant="subtle" mt={6} onClick={() => void listening.stop()}>
              Stop
            </Button>
          </Alert>
        ) : (
          <Button variant="light" size="xs" leftSection={<IconAntenna size={15} />} loading={listening.starting} onClick={() => void listening.start()}>
            Listen for a test call
          </Button>
        )}
      </div>
      <div>
        <Text size="sm" fw={600} mb={4}>
          In production
        </Text>
        {live?.url ? (
          <Address url={live.url} curl={curl(live.url, live.methods[0] ?? method)} />
        ) : (
          <Text size="xs" c="dimmed">
            The address works once the workflow is published.
          </Text>
        )}
      </div>
    </Stack>
  );
}

const addressOf = (url: string): string => new URL(url, window.location.href).href;

function Address({ url, curl }: { url: string; curl: string }) {
  const address = addressOf(url);
  return (
    <Group gap={4} wrap="nowrap">
      <Code flex={1} style={{ overflowWrap: 'anywhere' }} data-testid="webhook-url">
        {address}
      </Code>
      <CopyButton value={address}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? 'Copied' : 'Copy the address'}>
            <ActionIcon variant="subtle" color="gray" aria-label="Copy the address" onClick={copy}>
              <IconCopy size={15} />
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
      <CopyButton value={curl}>
        {({ copied, copy }) => (
          <Button size="compact-xs" variant="subtle" onClick={copy}>
            {copied ? 'Copied' : 'curl'}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
