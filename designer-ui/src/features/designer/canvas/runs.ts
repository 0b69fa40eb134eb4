import type { DiagramElement, ModdleObject } from '../../../diagram';
import { attributeOf, extension, textOf } from '../../../diagram/dialect';
import { setExtension } from './editing';
import type { Modeler } from './services';

/** What a workflow says of all its runs, as its file has it; empty where it says nothing. */
export interface RunSettings {
  timeout: string;
  concurrency: string;
  /** How many runs may begin within {@link window}. */
  rate: string;
  window: string;
  priority: string;
}

/** The process that is drawn, also where a collaboration is around it. */
function processOf(modeler: Modeler): ModdleObject | undefined {
  const root = modeler.get('canvas').getRootElement().businessObject as ModdleObject | undefined;
  if (root?.$type === 'bpmn:Process') return root;
  return (modeler.getDefinitions().rootElements as ModdleObject[] | undefined)?.find(({ $type }) => $type === 'bpmn:Process');
}

export function readRunSettings(modeler: Modeler): RunSettings {
  const process = processOf(modeler);
  const limits = extension(process, 'Limits');
  const [rate = '', window = ''] = attributeOf(limits, 'rate').split('/');
  return { timeout: textOf(extension(process, 'Timeout')).trim(), concurrency: attributeOf(limits, 'concurrency'), rate: rate.trim(), window: window.trim(), priority: textOf(extension(process, 'Priority')).trim() };
}

/** Writes what changes; an extension that says nothing any more goes. */
export function setRunSettings(modeler: Modeler, change: Partial<RunSettings>): void {
  const process = processOf(modeler);
  if (!process) return;
  const root = modeler.get('canvas').getRootElement();
  const next = { ...readRunSettings(modeler), ...change };
  const write = (name: 'Timeout' | 'Limits' | 'Priority', properties: Record<string, unknown>): void => writeOne(modeler, root, process, name, properties);
  if (change.timeout !== undefined) write('Timeout', { text: next.timeout });
  if (change.priority !== undefined) write('Priority', { text: next.priority });
  if (change.concurrency !== undefined || change.rate !== undefined || change.window !== undefined) {
    write('Limits', { concurrency: next.concurrency, rate: next.rate && `${next.rate}/${next.window || 'PT1M'}` });
  }
}

function writeOne(modeler: Modeler, root: DiagramElement, process: ModdleObject, name: 'Timeout' | 'Limits' | 'Priority', properties: Record<string, unknown>): void {
  const set = Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, value === '' ? undefined : value]));
  const empty = Object.values(set).every((value) => value === undefined);
  setExtension(modeler, root, name, empty ? undefined : set, process);
}
