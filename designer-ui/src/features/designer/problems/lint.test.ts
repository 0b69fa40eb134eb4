import { describe, expect, it } from 'vitest';
import { StepCatalogue, type DiagramElement, type ModdleObject, type StepType } from '../../../diagram';
import { lint } from './lint';

const calculator: StepType = {
  id: 'calculator',
  title: 'Calculator',
  description: '',
  category: 'Tools',
  icon: '',
  kind: 'tool',
  inputSchema: { type: 'object', required: ['expression'], properties: { expression: { type: 'string', title: 'Expression' } } },
  outputSchema: { type: 'object' },
};
const catalogue = new StepCatalogue([calculator]);

function element(id: string, type: string, extension?: Record<string, unknown>, parent = 'bpmn:Process'): DiagramElement {
  const values = extension ? [extension as unknown as ModdleObject] : [];
  const businessObject = { id, $type: type, $parent: { $type: parent }, extensionElements: { $type: 'bpmn:ExtensionElements', values } };
  return { id, type, businessObject, x: 0, y: 0, width: 0, height: 0, children: [], incoming: [], outgoing: [] };
}

function connect(source: DiagramElement, target: DiagramElement): DiagramElement {
  const flow = { ...element(`${source.id}-${target.id}`, 'bpmn:SequenceFlow'), waypoints: [], source, target };
  source.outgoing.push(flow);
  target.incoming.push(flow);
  return flow;
}

const codes = (elements: DiagramElement[]): string[] => lint(elements, catalogue).map((problem) => `${problem.elementId}: ${problem.code}`);
const step = (id: string, text: string, use = 'calculator'): DiagramElement => element(id, 'bpmn:ServiceTask', { $type: 'cadre:Step', use, text });
const start = (): DiagramElement => element('start', 'bpmn:StartEvent', { $type: 'cadre:Trigger', use: 'calculator', text: '{"expression":"1"}' });

describe('lint', () => {
  it('finds nothing wrong in a complete workflow', () => {
    const [from, to] = [start(), step('total', '{"expression":"{{ trigger.body.price }} * 2"}')];
    expect(codes([from, to, connect(from, to)])).toEqual([]);
  });

  it('names required inputs, unknown steps, wrong expressions and lost steps', () => {
    const from = start();
    const steps = [step('empty', '{}'), step('gone', '{}', 'gone-step'), step('wrong', '{"expression":"{{ 1 + }}"}'), step('ref', '{"expression":"{{ steps.nope.result }}"}')];
    const flows = steps.map((to) => connect(from, to));
    const lost = step('lost', '{"expression":"1"}');
    expect(codes([from, ...steps, lost, ...flows])).toEqual([
      'empty: required-input',
      'gone: unknown-step-type',
      'wrong: invalid-expression',
      'ref: unknown-reference',
      'lost: disconnected',
    ]);
  });

  it('asks for a condition on every branch but the default one', () => {
    const from = start();
    const gateway = element('branch', 'bpmn:ExclusiveGateway');
    const [a, b] = [step('a', '{"expression":"1"}'), step('b', '{"expression":"1"}')];
    const flows = [connect(from, gateway), connect(gateway, a), connect(gateway, b)];
    gateway.businessObject.default = flows[2]?.businessObject;
    expect(codes([from, gateway, a, b, ...flows])).toEqual(['branch-a: no-condition']);
  });

  it('misses the trigger', () => {
    expect(codes([])).toEqual(['null: no-trigger']);
  });

  it('knows what events and calls must say, and where they may stand', () => {
    const event = (id: string, type: string, definition: object, extension?: Record<string, unknown>): DiagramElement => {
      const made = element(id, type, extension);
      made.businessObject.eventDefinitions = [definition];
      return made;
    };
    const from = start();
    const wait = (text: string) => ({ $type: 'cadre:Wait', text });
    const nodes = [
      event('paid', 'bpmn:IntermediateCatchEvent', { $type: 'bpmn:MessageEventDefinition', messageRef: { $type: 'bpmn:Message', name: 'paid' } }),
      event('nameless', 'bpmn:IntermediateThrowEvent', { $type: 'bpmn:SignalEventDefinition' }),
      event('timeless', 'bpmn:IntermediateCatchEvent', { $type: 'bpmn:TimerEventDefinition' }),
      event('odd', 'bpmn:IntermediateCatchEvent', { $type: 'bpmn:TimerEventDefinition' }, wait('a while')),
      event('codeless', 'bpmn:EndEvent', { $type: 'bpmn:ErrorEventDefinition' }),
      event('all', 'bpmn:EndEvent', { $type: 'bpmn:TerminateEventDefinition' }),
      element('call', 'bpmn:CallActivity', { $type: 'cadre:Call', workflow: 'w2', text: '' }),
      element('callNothing', 'bpmn:CallActivity'),
    ];
    const flows = nodes.map((to) => connect(from, to));
    const undo = event('undo', 'bpmn:BoundaryEvent', { $type: 'bpmn:CompensateEventDefinition' });
    const lonelyUndo = event('lonelyUndo', 'bpmn:BoundaryEvent', { $type: 'bpmn:CompensateEventDefinition' });
    const handler = step('handler', '{"expression":"1"}');
    handler.businessObject.isForCompensation = true;
    const lonelyHandler = step('lonelyHandler', '{"expression":"1"}');
    lonelyHandler.businessObject.isForCompensation = true;
    connect(undo, handler);
    const whenever = element('whenever', 'bpmn:SubProcess');
    whenever.businessObject.triggeredByEvent = true;
    expect(codes([from, ...nodes, ...flows, undo, lonelyUndo, handler, lonelyHandler, whenever])).toEqual([
      'nameless: required-input',
      'timeless: required-input',
      'odd: invalid-duration',
      'codeless: required-input',
      'callNothing: required-input',
      'lonelyUndo: dead-end',
      'lonelyHandler: disconnected',
    ]);
  });
});
