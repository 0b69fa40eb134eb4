import { Accordion, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import type { DiagramElement } from '../../../diagram';
import { attributeOf, extension, parseJson, stepTypeId, textOf } from '../../../diagram/dialect';
import { t } from '../../../i18n';
import { addErrorBranch } from '../canvas/building';
import { setExtension, setOnError, setRetry, setText, type OnErrorChoice } from '../canvas/editing';
import { attachedOf, takesEvents } from '../canvas/places';
import { durationError } from '../problems/durations';
import { JsonField } from '../step-form/JsonField';
import { useDesigner } from '../state/DesignerContext';
import type { Scope } from '../state/scope';

const CHOICES = [
  { value: 'fail', label: t('Stop: the run fails and can be retried') },
  { value: 'default', label: t('Go on with a default result') },
  { value: 'branch', label: t('Take the error branch') },
];

const ONCE = 'at-most-once';

const DELIVERIES = [
  { value: 'at-least-once', label: t('Made again: at least once') },
  { value: ONCE, label: t('A person decides: at most once') },
];

/** What happens when a step fails, takes too long or is cut off. */
export function ReliabilitySection({ element, scope }: { element: DiagramElement; scope: Scope }) {
  const { model, catalogue } = useDesigner();
  const bo = element.businessObject;
  const retry = extension(bo, 'Retry');
  const attempts = attributeOf(retry, 'attempts');
  const timeout = textOf(extension(bo, 'Timeout'));
  const onError = (textOf(extension(bo, 'OnError')).trim() || (attachedOf(element, 'error').length > 0 ? 'branch' : 'fail')) as OnErrorChoice;
  const once = textOf(extension(bo, 'Delivery')).trim() === ONCE;
  // what the flow itself does has no effect outside that could happen twice
  const works = once || ['tool', 'connector', 'agent'].includes(catalogue.get(stepTypeId(bo))?.kind ?? '');
  const facts = [attempts && t('{{attempts}} attempts', { attempts }), timeout && t('timeout {{timeout}}', { timeout }), onError !== 'fail' && t('on error: {{onError}}', { onError }), once && t('at most once')].filter(Boolean);
  const choose = (choice: string | null): void =>
    model.edit(`${element.id}.onError`, (modeler) => {
      setOnError(modeler, element, (choice ?? 'fail') as OnErrorChoice);
      if (choice === 'branch') addErrorBranch(modeler, element);
    });
  const retryField = (name: 'attempts' | 'backoff' | 'multiplier' | 'maxBackoff', value: string): void =>
    model.edit(`${element.id}.retry.${name}`, (modeler) => setRetry(modeler, element, { [name]: value }));
  return (
    <Accordion variant="separated" radius="md">
      <Accordion.Item value="reliability">
        <Accordion.Control>
          <Text size="sm" fw={600}>
            {t('Reliability')}
          </Text>
          {facts.length > 0 && (
            <Text size="xs" c="dimmed">
              {facts.join(' · ')}
            </Text>
          )}
        </Accordion.Control>
        <Accordion.Panel>
          <Stack gap="sm">
            <Group grow align="flex-start">
              <NumberInput size="xs" label={t('Attempts')} min={1} max={20} placeholder="1" value={attempts ? Number(attempts) : ''} onChange={(value) => retryField('attempts', String(value))} />
              <TextInput size="xs" label={t('Wait first')} placeholder="PT1S" value={attributeOf(retry, 'backoff')} error={durationError(attributeOf(retry, 'backoff'))} onChange={(event) => retryField('backoff', event.currentTarget.value)} />
            </Group>
            <Group grow align="flex-start">
              <NumberInput size="xs" label={t('Then times')} min={1} step={0.5} placeholder="2" value={attributeOf(retry, 'multiplier') ? Number(attributeOf(retry, 'multiplier')) : ''} onChange={(value) => retryField('multiplier', String(value))} />
              <TextInput size="xs" label={t('At most')} placeholder="PT1M" value={attributeOf(retry, 'maxBackoff')} error={durationError(attributeOf(retry, 'maxBackoff'))} onChange={(event) => retryField('maxBackoff', event.currentTarget.value)} />
            </Group>
            <TextInput size="xs" label={t('Timeout of one attempt')} placeholder="PT30S" value={timeout} error={durationError(timeout)} onChange={(event) => model.edit(`${element.id}.timeout`, (modeler) => setText(modeler, element, 'Timeout', event.currentTarget.value))} />
            {works && (
              <Select
                size="xs"
                label={t('When it is cut off')}
                description={once ? t('As when a node dies: nobody tries again, the run waits among the dead letters until a person says whether it had its effect.') : t('As when a node dies: it is made again, with the same idempotency key.')}
                data={DELIVERIES}
                value={once ? ONCE : 'at-least-once'}
                onChange={(value) => model.edit(`${element.id}.delivery`, (modeler) => setText(modeler, element, 'Delivery', value === ONCE ? ONCE : ''))}
                allowDeselect={false}
                data-testid="field-delivery"
              />
            )}
            <Select size="xs" label={t('When it still fails')} data={takesEvents(element) ? CHOICES : CHOICES.filter(({ value }) => value !== 'branch')} value={onError} onChange={choose} allowDeselect={false} />
            {onError === 'default' && (
              <JsonField id="default" label={t('Default result')} scope={scope} value={parseJson(textOf(extension(bo, 'Default'))).value} onChange={(value) => model.edit(`${element.id}.default`, (modeler) => setExtension(modeler, element, 'Default', value === undefined ? undefined : { text: JSON.stringify(value) }))} />
            )}
          </Stack>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}
