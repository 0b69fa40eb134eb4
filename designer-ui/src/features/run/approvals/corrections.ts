import { isObject, type Schema } from '../../../lib/schema';
import type { Approval } from './calls';

type Data = Record<string, unknown>;

/** The fields that the person may fill in or correct. */
export function fieldsOf({ form }: Pick<Approval, 'form'>): Record<string, Schema> {
  return isObject(form?.properties) ? (form.properties as Record<string, Schema>) : {};
}

/** What the form begins with: the proposal's values of its fields. */
export function prefilled(approval: Pick<Approval, 'form' | 'data'>): Data {
  const fields = fieldsOf(approval);
  return Object.fromEntries(Object.entries(approval.data).filter(([name]) => name in fields));
}

/** What the person is not asked to change. */
export function fixed(approval: Pick<Approval, 'form' | 'data'>): Data {
  const fields = fieldsOf(approval);
  return Object.fromEntries(Object.entries(approval.data).filter(([name]) => !(name in fields)));
}

/**
 * The arguments of a decision: the form's values, with what was emptied said as empty, since a field that is left out
 * keeps what was proposed. Undefined without a form.
 */
export function correctionsOf(approval: Pick<Approval, 'form' | 'data'>, values: Data): Data | undefined {
  if (!approval.form) return undefined;
  const fields = fieldsOf(approval);
  const emptied = Object.keys(prefilled(approval)).filter((name) => values[name] === undefined);
  return { ...values, ...Object.fromEntries(emptied.map((name) => [name, fields[name]?.type === 'string' ? '' : null])) };
}
