import type { DiagramElement } from '../../../diagram';
import { extension, textOf } from '../../../diagram/dialect';
import { t } from '../../../i18n';
import { setText } from '../canvas/editing';
import { hasExpression } from '../expressions/scan';
import { durationError } from '../problems/durations';
import { ExpressionField } from '../step-form/ExpressionField';
import { useDesigner } from '../state/DesignerContext';
import type { Scope } from '../state/scope';

/** How long a timer event waits. */
export function WaitSection({ element, scope }: { element: DiagramElement; scope: Scope }) {
  const { model } = useDesigner();
  const wait = textOf(extension(element.businessObject, 'Wait'));
  const write = (text: string): void => model.edit(`${element.id}.wait`, (modeler) => setText(modeler, element, 'Wait', text));
  return <ExpressionField id="wait" label={t('Wait for')} description={t('As PT30S, PT10M or P1D, or an expression that gives one')} required scope={scope} value={wait} onChange={write} placeholder="PT10M" error={hasExpression(wait) ? undefined : durationError(wait)} />;
}
