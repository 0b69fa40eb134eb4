import { describe, expect, it } from 'vitest';
import { StepCatalogue, type StepType } from '../../../diagram';
import { lint } from '../problems/lint';
import { StepData } from '../state/StepData';
import { scopeOf } from '../state/scope';
import { budgetOf, documentationOf, ownCalls, parametersOf, setBudget, setDocumentation, setSequential } from './agents';
import { canAskFirst } from './askFirst';
import { bottomOf } from './building';
import { fakeModeler } from './fakeModeler';
import { isTool, partOfAgent, toolsOf } from './places';

const type = (id: string, kind: StepType['kind'], required: string[]): StepType => ({
  id,
  kind,
  title: id,
  description: '',
  category: '',
  icon: '',
  inputSchema: { type: 'object', required, properties: Object.fromEntries(required.map((name) => [name, { type: 'string' }])) },
  outputSchema: { type: 'object' },
});
const catalogue = new StepCatalogue([type('agent', 'agent', ['message']), type('transform', 'tool', ['value']), type('approval', 'core', ['title']), type('manual', 'trigger', [])]);

const AGENT = `<startEvent id="start" /><sequenceFlow id="f" sourceRef="start" targetRef="agent" />
  <adHocSubProcess id="agent"><extensionElements><cadre:agent use="agent">{"message":"hello"}</cadre:agent></extensionElements>
    <serviceTask id="look" name="Look up"><documentation>Finds an order.</documentation>
      <extensionElements><cadre:step use="transform">{"value":"{{ fromAi('order', 'Its number', 'string') }} {{ steps.check.x }}"}</cadre:step></extensionElements></serviceTask>
    <sequenceFlow id="g" sourceRef="look" targetRef="check" />
    <serviceTask id="check"><extensionElements><cadre:step use="transform">{"value":"{{ fromAi('days', '', 'integer') }}"}</cadre:step></extensionElements></serviceTask>
    <subProcess id="pay" name="Pay"><startEvent id="asked" /><sequenceFlow id="h" sourceRef="asked" targetRef="allow" />
      <userTask id="allow"><extensionElements><cadre:approval>{"title":"{{ fromAi(\\"amount\\", 'How much', 'number') }}?"}</cadre:approval></extensionElements></userTask></subProcess>
  </adHocSubProcess>`;

const storage = { getItem: () => null, setItem: () => undefined };

describe('an agent whose tools are drawn', () => {
  it('has the activities as tools that no arrow leads to', async () => {
    const { element } = await fakeModeler(AGENT);
    expect(toolsOf(element('agent')).map(({ id }) => id)).toEqual(['look', 'pay']);
    expect(isTool(element('check'))).toBe(false);
    expect(isTool(element('agent'))).toBe(false);
    expect(partOfAgent(element('allow'))?.id).toBe('pay');
  });

  it('knows what the model fills in, in all that belongs to a tool', async () => {
    const { element } = await fakeModeler(AGENT);
    expect(parametersOf(element('look')).map(({ name, type: of }) => `${name}: ${of}`)).toEqual(['order: string', 'days: integer']);
    expect(parametersOf(element('allow')).map(({ name }) => name)).toEqual(['amount']);
    expect(parametersOf(element('start'))).toEqual([]);
    expect([ownCalls(element('pay').businessObject), ownCalls(element('allow').businessObject)].map(({ length }) => length)).toEqual([0, 1]);
  });

  it('previews with examples of what the model gives, in tools only', async () => {
    const { element } = await fakeModeler(AGENT);
    const scope = scopeOf(element('check'), catalogue, new StepData('w', storage), 'Agent');
    expect(scope.tool).toBe(true);
    expect(scope.data.toolCall).toEqual({ id: 'call-1', name: 'check', arguments: { order: '‹order›', days: 1 } });
    expect(scope.entries.map(({ path }) => path.join('.'))).toEqual(['steps.look', 'trigger']);
    expect(scopeOf(element('agent'), catalogue, new StepData('w', storage), 'Agent').data).not.toHaveProperty('toolCall');
  });

  it('is asked to say what each tool is for', async () => {
    const { modeler, element } = await fakeModeler(AGENT);
    const problems = (): string[] => lint(modeler.get('elementRegistry').filter(({ id }) => id !== 'p'), catalogue).map(({ elementId, code, severity }) => `${elementId}: ${code}, ${severity}`);
    expect(problems()).toEqual(['pay: tool-description-missing, warning']);
    setDocumentation(modeler, element('pay'), 'Gives money back.');
    expect(problems()).toEqual([]);
    element('pay').businessObject.name = undefined;
    setDocumentation(modeler, element('pay'), ' ');
    expect(problems()).toEqual(['pay: tool-description-missing, error']);
  });

  it('keeps what is set in the file', async () => {
    const { modeler, element, xml } = await fakeModeler(AGENT);
    setDocumentation(modeler, element('look'), 'Finds it by its number.');
    setBudget(modeler, element('agent'), '0.50');
    setSequential(modeler, element('agent'), true);
    expect(documentationOf(element('look').businessObject)).toBe('Finds it by its number.');
    expect(await xml()).toContain('<documentation>Finds it by its number.</documentation>');
    expect(await xml()).toContain('<cadre:budget amount="0.50" currency="USD" />');
    expect(await xml()).toContain('<adHocSubProcess id="agent" ordering="Sequential"');
    setBudget(modeler, element('agent'), '');
    setSequential(modeler, element('agent'), false);
    expect(budgetOf(element('agent').businessObject)).toBe('');
    expect(await xml()).not.toContain('ordering');
  });

  it('lets a person be asked before a tool that is one step', async () => {
    const { element } = await fakeModeler(`${AGENT}<adHocSubProcess id="other"><serviceTask id="alone" /></adHocSubProcess>`);
    expect(['look', 'pay', 'alone'].filter((id) => canAskFirst(element(id)))).toEqual(['alone']);
  });
});

describe('the lowest shape of a scope', () => {
  it('is none of its flows, which have no place of their own', () => {
    const scope = { children: [{ y: 10, height: 80 }, { waypoints: [{ x: 0, y: 500 }] }, { y: 40, height: 20 }] } as unknown as Parameters<typeof bottomOf>[0];
    expect(bottomOf(scope)).toBe(90);
  });
});
