import { BpmnModdle } from 'bpmn-moddle';
import { cadreModdle, type ModdleObject } from '../../../diagram';
import { t } from '../../../i18n';

export interface VersionDiff {
  added: string[];
  removed: string[];
  changed: string[];
}

interface Moddle {
  fromXML(xml: string): Promise<{ rootElement: ModdleObject }>;
  toXML(element: ModdleObject, options: object): Promise<{ xml: string }>;
}

/** Which elements differ between two files, by name; where they lie on the canvas does not count. */
export async function compare(before: string, after: string): Promise<VersionDiff> {
  const [old, now] = await Promise.all([contents(before), contents(after)]);
  const names = (ids: string[], from: Map<string, Content>): string[] => [...new Set(ids.map((id) => from.get(id)?.name ?? id))];
  return {
    added: names([...now.keys()].filter((id) => !old.has(id)), now),
    removed: names([...old.keys()].filter((id) => !now.has(id)), old),
    changed: names([...now.keys()].filter((id) => old.has(id) && old.get(id)?.text !== now.get(id)?.text), now),
  };
}

/** What the process itself says of all its runs; no element has an id with a space. */
const SETTINGS = 'workflow settings';

interface Content {
  name: string;
  text: string;
}

async function contents(xml: string): Promise<Map<string, Content>> {
  const moddle = new BpmnModdle({ cadre: cadreModdle }) as unknown as Moddle;
  const { rootElement } = await moddle.fromXML(xml);
  const found = new Map<string, Content>();
  const visit = (container: ModdleObject): void => {
    for (const element of (container.flowElements as ModdleObject[] | undefined) ?? []) {
      const id = element.id ?? '';
      found.set(id, { name: element.name ?? nameOfFlow(element) ?? id, text: JSON.stringify(plain(element)) });
      visit(element);
    }
  };
  for (const root of (rootElement.rootElements as ModdleObject[] | undefined) ?? []) {
    if (root.$type === 'bpmn:Process') found.set(SETTINGS, { name: t('Workflow settings'), text: JSON.stringify(plain(root.extensionElements)) });
    visit(root);
  }
  return found;
}

function nameOfFlow(element: ModdleObject): string | undefined {
  if (element.$type !== 'bpmn:SequenceFlow') return undefined;
  const end = (ref: unknown): string => (ref as ModdleObject | undefined)?.name ?? (ref as ModdleObject | undefined)?.id ?? '?';
  return `${end(element.sourceRef)} → ${end(element.targetRef)}`;
}

/** An element without what it holds or points to, other than by id. */
function plain(value: unknown, depth = 0): unknown {
  if (Array.isArray(value)) return value.map((item) => plain(item, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as ModdleObject)
    .filter(([key]) => !['flowElements', 'incoming', 'outgoing', 'di'].includes(key))
    .map(([key, child]) => [key, isReference(key, child) ? (child as ModdleObject).id : plain(child, depth + 1)]);
  return Object.fromEntries([['$type', (value as ModdleObject).$type], ...entries]);
}

function isReference(key: string, value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && (key.endsWith('Ref') || key === 'default');
}
