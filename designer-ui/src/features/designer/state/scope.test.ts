import { describe, expect, it } from 'vitest';
import { StepCatalogue, type DiagramElement, type ModdleObject, type StepType } from '../../../diagram';
import { scopeOf, testInput } from './scope';
import { StepData } from './StepData';

const type = (id: string, kind: StepType['kind'], output: object): StepType => ({
  id,
  title: id,
  description: '',
  category: '',
  icon: '',
  kind,
  inputSchema: { type: 'object' },
  outputSchema: { type: 'object', properties: { ...output } },
});
const catalogue = new StepCatalogue([type('webhook', 'trigger', { body: {} }), type('calculator', 'tool', { result: { type: 'number' } })]);
const storage = { getItem: () => null, setItem: () => undefined };

function element(id: string, bpmn: string, extension: object, more: object = {}): DiagramElement {
  const values = [extension as ModdleObject];
  const businessObject = { id, $type: bpmn, $parent: { $type: 'bpmn:Process' }, extensionElements: { $type: 'bpmn:ExtensionElements', values }, ...more };
  return { id, type: bpmn, businessObject, x: 0, y: 0, width: 0, height: 0, children: [], incoming: [], outgoing: [] };
}

function connect(source: DiagramElement, target: DiagramElement): void {
  const flow = { ...element('f', 'bpmn:SequenceFlow', {}), source, target };
  source.outgoing.push(flow);
  target.incoming.push(flow);
}

describe('scopeOf', () => {
  const start = element('start', 'bpmn:StartEvent', { $type: 'cadre:Trigger', use: 'webhook' });
  const total = element('total', 'bpmn:ServiceTask', { $type: 'cadre:Step', use: 'calculator' });
  const each = { $type: 'cadre:Each', in: '{{ trigger.body.items }}', as: 'line' };
  const loopCharacteristics = { $type: 'bpmn:MultiInstanceLoopCharacteristics', extensionElements: { $type: 'bpmn:ExtensionElements', values: [each] } };
  const next = element('next', 'bpmn:ServiceTask', { $type: 'cadre:Step', use: 'calculator' }, { loopCharacteristics });
  connect(start, total);
  connect(total, next);

  it('previews with real data only, and completes from schemas where there is none', () => {
    const data = new StepData('w', storage);
    data.pin('start', { body: { price: 2 } });
    const scope = scopeOf(next, catalogue, data, 'Orders');
    expect(scope.data).toMatchObject({ trigger: { body: { price: 2 } }, steps: {} });
    expect(scope.hints).toMatchObject({ steps: { total: { result: 0 } } });
    expect(testInput(scope, ['{{ steps.total.result }}']).missing.map((entry) => entry.elementId)).toEqual(['total']);
  });

  it('knows the item of a for-each by its name', () => {
    const data = new StepData('w', storage);
    data.pin('start', { body: { items: [{ sku: 'a' }, { sku: 'b' }] } });
    const scope = scopeOf(next, catalogue, data, 'Orders');
    expect(scope.data.line).toEqual({ sku: 'a' });
    expect(testInput(scope, []).input).toMatchObject({ item: { sku: 'a' }, index: 0 });
  });

  it('offers what events and calls give, and the address of a message event', () => {
    const events = new StepCatalogue([type('message', 'core', { body: {}, name: { type: 'string' } }), type('call', 'core', { runId: { type: 'string' }, output: {} })]);
    const eventDefinitions = [{ $type: 'bpmn:MessageEventDefinition' }];
    const root = element('root', 'bpmn:Process', {});
    const [paid, called, after] = [element('paid', 'bpmn:IntermediateCatchEvent', {}, { eventDefinitions }), element('called', 'bpmn:CallActivity', {}), element('after', 'bpmn:ServiceTask', {})];
    for (const each of [paid, called, after]) each.parent = root;
    root.children.push(paid, called, after);
    connect(paid, called);
    connect(called, after);
    const scope = scopeOf(after, events, new StepData('w', storage), 'Orders');
    expect(scope.hints).toMatchObject({ steps: { paid: { name: '' }, called: { runId: '' } }, run: { resume: { paid: expect.stringContaining('hooks-resume') as string } } });
  });

  it('lets a "whenever" read everything that is around it', () => {
    const root = element('root', 'bpmn:Process', {});
    const begin = element('begin', 'bpmn:StartEvent', { $type: 'cadre:Trigger', use: 'webhook' });
    const sum = element('sum', 'bpmn:ServiceTask', { $type: 'cadre:Step', use: 'calculator' });
    const whenever = element('whenever', 'bpmn:SubProcess', {}, { triggeredByEvent: true });
    const inner = element('inner', 'bpmn:ServiceTask', { $type: 'cadre:Step', use: 'calculator' });
    for (const each of [begin, sum, whenever]) each.parent = root;
    root.children.push(begin, sum, whenever);
    inner.parent = whenever;
    whenever.children.push(inner);
    const scope = scopeOf(inner, catalogue, new StepData('w', storage), 'Orders');
    expect(scope.entries.map((entry) => entry.path.join('.')).sort()).toEqual(['steps.sum', 'trigger']);
  });
});
