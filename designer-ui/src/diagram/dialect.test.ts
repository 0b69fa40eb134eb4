import { BpmnModdle } from 'bpmn-moddle';
import { describe, expect, it } from 'vitest';
import cadre from './cadre.moddle.json';
import { parseInputs, readInputs, stepTypeId } from './dialect';
import { hasDiagram, withDiagram } from './layout/withDiagram';
import { lookOf } from './look';
import { StepCatalogue, type StepType } from './stepCatalogue';
import type { ModdleObject } from './types';

const ASKED = '{"title":"Pay {{ trigger.amount }}?","assignees":["role:admin"],"form":{"properties":{"amount":{"type":"number"}}}}';
const FILE = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:cadre="http://cadre.dev/schema/bpmn/1.0" targetNamespace="http://cadre.dev">
  <process id="asking" isExecutable="true">
    <startEvent id="start"/>
    <userTask id="ask" name="Ask"><extensionElements><cadre:approval>${ASKED}</cadre:approval></extensionElements></userTask>
    <serviceTask id="again"><extensionElements><cadre:step use="approval">{"title":"Sure?"}</cadre:step></extensionElements></serviceTask>
    <intermediateCatchEvent id="pause"><extensionElements><cadre:wait>PT10M</cadre:wait></extensionElements><timerEventDefinition id="time"/></intermediateCatchEvent>
    <intermediateCatchEvent id="called"><messageEventDefinition id="message"/></intermediateCatchEvent>
    <userTask id="silent"/>
    <sequenceFlow id="f1" sourceRef="start" targetRef="ask"/>
    <sequenceFlow id="f2" sourceRef="ask" targetRef="pause"/>
  </process>
</definitions>`;

const CATALOGUE = new StepCatalogue([{ id: 'approval', title: 'Approval', kind: 'core', icon: 'M0 0', inputSchema: { required: ['title'] } } as unknown as StepType]);

async function elements(xml: string): Promise<(id: string) => ModdleObject> {
  const moddle = new BpmnModdle({ cadre }) as unknown as { fromXML(xml: string): Promise<{ elementsById: Record<string, ModdleObject>; warnings: unknown[] }> };
  const { elementsById, warnings } = await moddle.fromXML(xml);
  expect(warnings).toEqual([]);
  return (id) => elementsById[id] as ModdleObject;
}

describe('approvals and waits in the file', () => {
  it('are read from user tasks, service tasks and timer events', async () => {
    const element = await elements(FILE);
    expect([element('ask'), element('again'), element('silent'), element('pause')].map(stepTypeId)).toEqual(['approval', 'approval', 'approval', 'delay']);
    expect(readInputs(element('ask'))).toMatchObject({ title: 'Pay {{ trigger.amount }}?', form: { properties: { amount: { type: 'number' } } } });
    expect(readInputs(element('again'))).toEqual({ title: 'Sure?' });
    expect(readInputs(element('silent'))).toEqual({});
    expect(parseInputs(element('pause'))).toEqual({ value: { duration: 'PT10M' } });
  });

  it('are drawn with what they ask, and known where the hub does not offer the step', async () => {
    const element = await elements(FILE);
    expect(lookOf(element('ask'), CATALOGUE)).toMatchObject({ shape: 'card', kind: 'Approval', title: 'Ask', subtitle: 'Pay amount?' });
    expect(lookOf(element('ask'), new StepCatalogue())).toMatchObject({ kind: 'Approval', title: 'Ask' });
    expect(lookOf(element('pause'), CATALOGUE)).toMatchObject({ shape: 'catch', kind: 'Timer' });
  });

  it('survive being read and written', async () => {
    const drawn = await withDiagram(FILE);
    expect(hasDiagram(drawn)).toBe(true);
    const [before, after] = [await elements(FILE), await elements(drawn)];
    for (const id of ['ask', 'again', 'pause']) {
      expect(stepTypeId(after(id))).toBe(stepTypeId(before(id)));
      expect(readInputs(after(id))).toEqual(readInputs(before(id)));
    }
    expect(drawn).toMatch(/<cadre:wait>PT10M<\/cadre:wait>/);
    expect(drawn).toMatch(/<cadre:approval>[\s\S]*Pay[\s\S]*<\/cadre:approval>/);
  });
});
