import { ActionIcon, Alert, Code, CopyButton, Group, Text, TextInput, Tooltip } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import type { DiagramElement, DrawnEvent } from '../../../diagram';
import { attributeOf, extension, isJsonObject, parseJson, textOf } from '../../../diagram/dialect';
import { t } from '../../../i18n';
import { setExtension } from '../canvas/editing';
import { setTold } from '../canvas/events';
import { isReferenceName } from '../canvas/elementIds';
import { durationError } from '../problems/durations';
import { ExpressionField } from '../step-form/ExpressionField';
import { JsonField } from '../step-form/JsonField';
import { useDesigner } from '../state/DesignerContext';
import type { Scope } from '../state/scope';

interface ToldProps {
  element: DiagramElement;
  event: Pick<DrawnEvent, 'place'>;
  scope: Scope;
}

const tells = ({ place }: Pick<DrawnEvent, 'place'>): boolean => place === 'throw' || place === 'end';

/** Whose message it is, and what it says or where it can be sent. */
export function MessageFields({ element, event, scope }: ToldProps) {
  const { model } = useDesigner();
  const message = extension(element.businessObject, 'Message');
  const patience = attributeOf(message, 'patience');
  const write = (change: Record<string, string>): void => model.edit(`${element.id}.message.${Object.keys(change).join()}`, (modeler) => setTold(modeler, element, 'Message', change));
  return (
    <>
      <ExpressionField id="key" label={t('Key')} description={t('Which one it is about, as the number of an order; empty where there is only one')} scope={scope} value={attributeOf(message, 'key')} onChange={(key) => write({ key })} placeholder="{{ trigger.body.id }}" />
      {tells(event) ? (
        <>
          <Content element={element} name="Message" scope={scope} />
          <TextInput label={t('Patience')} description={t('How long to look for somebody who waits; only this moment where empty')} placeholder="PT1H" value={patience} error={durationError(patience)} onChange={(change) => write({ patience: change.currentTarget.value })} />
        </>
      ) : (
        <>
          <ResumeAddress id={element.id} />
          <WebhookFields element={element} scope={scope} />
        </>
      )}
    </>
  );
}

/** A webhook that tells the event: where it is, which run a request is for, and who may call. */
function WebhookFields({ element, scope }: Omit<ToldProps, 'event'>) {
  const { model } = useDesigner();
  const hook = extension(element.businessObject, 'Webhook');
  const { value } = parseJson(textOf(hook));
  const { path = '', ...more } = isJsonObject(value) ? value : {};
  const write = (field: string, change: Record<string, unknown>): void =>
    model.edit(`${element.id}.webhook.${field}`, (modeler) => setExtension(modeler, element, 'Webhook', { correlate: attributeOf(hook, 'correlate'), ...change }));
  const writePath = (text: string): void => {
    // what else is said of it stays while a path is typed anew
    if (text || Object.keys(more).length || attributeOf(hook, 'correlate') || attributeOf(hook, 'connection')) write('path', { text: JSON.stringify({ ...(text && { path: text }), ...more }) });
    else model.edit(`${element.id}.webhook`, (modeler) => setExtension(modeler, element, 'Webhook', undefined));
  };
  return (
    <>
      <TextInput label={t('Webhook')} description={t('A path under /hooks/ where others tell it, as a bank or a shop; empty for none')} placeholder="payments" value={String(path)} onChange={(change) => writePath(change.currentTarget.value.trim())} />
      {hook && (
        <>
          <TextInput label={t('Value in the request')} description={t('The run goes on whose key is this value')} placeholder="{{ request.body.orderId }}" withAsterisk value={attributeOf(hook, 'correlate')} onChange={(change) => write('correlate', { correlate: change.currentTarget.value })} />
          <TextInput label={t('Connection')} description={t('Callers are checked by it, where the settings ask for that')} value={attributeOf(hook, 'connection')} onChange={(change) => write('connection', { connection: change.currentTarget.value || undefined })} />
          <JsonField id="webhook-settings" label={t('Settings of the webhook')} description={t('JSON, as those of a start by webhook: method, authentication, allowFrom, perMinute, cors, body')} scope={scope} plain value={more} onChange={(settings) => write('settings', { text: JSON.stringify({ path, ...(isJsonObject(settings) ? settings : {}) }) })} />
        </>
      )}
    </>
  );
}

/** What a signal says; who waits for one says only its name. */
export function SignalFields({ element, event, scope }: ToldProps) {
  return tells(event) ? <Content element={element} name="Signal" scope={scope} /> : null;
}

function Content({ element, name, scope }: { element: DiagramElement; name: 'Message' | 'Signal'; scope: Scope }) {
  const { model } = useDesigner();
  const parsed = parseJson(textOf(extension(element.businessObject, name)));
  const write = (value: unknown): void =>
    model.edit(`${element.id}.body`, (modeler) => setTold(modeler, element, name, { text: value === undefined ? '' : JSON.stringify(value) }));
  return (
    <>
      {parsed.error && (
        <Alert color="red" p="xs">
          <Text size="xs">{t('The content in the file is not JSON.')}</Text>
        </Alert>
      )}
      <JsonField id="body" label={t('Content')} description={t('JSON; the other side reads it as body')} scope={scope} value={parsed.value} onChange={write} />
    </>
  );
}

/** The event's own address, to be sent away by an earlier step. */
function ResumeAddress({ id }: { id: string }) {
  const expression = isReferenceName(id) ? `{{ run.resume.${id} }}` : `{{ run.resume.\`${id}\` }}`;
  return (
    <div>
      <Text size="sm" fw={500}>
        {t('Its address')}
      </Text>
      <Text size="xs" c="dimmed" mb={4}>
        {t('Send this away with an earlier step, as in an e-mail: who calls it with POST lets the run go on.')}
      </Text>
      <Group gap={4} wrap="nowrap">
        <Code flex={1} data-testid="resume-address" style={{ overflowWrap: 'anywhere' }}>
          {expression}
        </Code>
        <CopyButton value={expression}>
          {({ copied, copy }) => (
            <Tooltip label={copied ? t('Copied') : t('Copy')}>
              <ActionIcon variant="subtle" color="gray" aria-label={copied ? t('Copied') : t('Copy the address expression')} onClick={copy}>
                <IconCopy size={15} />
              </ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
      </Group>
    </div>
  );
}
