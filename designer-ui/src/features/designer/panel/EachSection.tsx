import { NumberInput, Select, Stack, Switch, TextInput } from '@mantine/core';
import type { DiagramElement } from '../../../diagram';
import { attributeOf, eachOf, eachSettings } from '../../../diagram/dialect';
import { t } from '../../../i18n';
import { setEach } from '../canvas/editing';
import { isReferenceName } from '../canvas/elementIds';
import { ExpressionField } from '../step-form/ExpressionField';
import { useDesigner } from '../state/DesignerContext';
import type { Scope } from '../state/scope';

const ITEM_ERRORS = [
  { value: 'fail', label: t('Stop: the run fails there and can be retried') },
  { value: 'continue', label: t('Go on: its place in the result has the error') },
];

/** Once for every item of a list. */
export function EachSection({ element, scope, optional }: { element: DiagramElement; scope: Scope; optional?: boolean }) {
  const { model } = useDesigner();
  const loop = eachOf(element.businessObject);
  const each = eachSettings(element.businessObject);
  const current = { in: attributeOf(each, 'in'), as: attributeOf(each, 'as') || 'item', sequential: Boolean(loop?.isSequential), parallelism: attributeOf(each, 'parallelism'), goOn: attributeOf(each, 'onItemError') === 'continue' };
  const write = (field: string, change: Partial<typeof current> | undefined): void =>
    model.edit(`${element.id}.each.${field}`, (modeler) => setEach(modeler, element, change && { ...current, ...change }));
  return (
    <Stack gap="sm">
      <Switch label={optional ? t('Once for every item of a list') : t('Repeat for every item of a list')} checked={loop !== undefined} onChange={(event) => write('on', event.currentTarget.checked ? {} : undefined)} />
      {loop && (
        <>
          <ExpressionField id="each-in" label={t('List')} required scope={scope} value={current.in} onChange={(text) => write('in', { in: text })} placeholder="{{ trigger.body.items }}" description={t('The result is a list in the same order')} />
          <TextInput label={t('Name of one item')} value={current.as} error={isReferenceName(current.as) ? undefined : 'Letters, digits and _ only'} onChange={(event) => write('as', { as: event.currentTarget.value })} />
          <Switch label={t('One after the other')} description={t('Otherwise several at once')} checked={current.sequential} onChange={(event) => write('sequential', { sequential: event.currentTarget.checked })} />
          {!current.sequential && <NumberInput label={t('How many at once')} min={1} max={500} clampBehavior="strict" allowDecimal={false} placeholder="50" value={current.parallelism ? Number(current.parallelism) : ''} onChange={(value) => write('parallelism', { parallelism: String(value) })} />}
          <Select label={t('When one item fails')} data={ITEM_ERRORS} value={current.goOn ? 'continue' : 'fail'} onChange={(value) => write('goOn', { goOn: value === 'continue' })} allowDeselect={false} />
        </>
      )}
    </Stack>
  );
}
