import { BpmnModdle } from 'bpmn-moddle';
import { beforeAll, describe, expect, it } from 'vitest';
import cadre from './cadre.moddle.json';
import { parseInputs, readInputs, stepTypeId } from './dialect';
import { eventOf, isHandler, isInterrupting } from './events';
import { withDiagram } from './layout/withDiagram';
import { lookOf } from './look';
import { StepCatalogue } from './stepCatalogue';
import type { ModdleObject } from './types';

const FILE = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:cadre="http://cadre.dev/schema/bpmn/1.0" targetNamespace="http://cadre.dev">
  <message id="m1" name="order paid"/><signal id="s1" name="shop closed"/><error id="e1" errorCode="NO_STOCK"/><escalation id="c1" escalationCode="LATE"/>
  <process id="p" isExecutable="true">
    <startEvent id="start"/>
    <intermediateCatchEvent id="paid"><extensionElements><cadre:message key="{{ trigger.id }}"/></extensionElements><messageEventDefinition messageRef="m1"/></intermediateCatchEvent>
    <intermediateThrowEvent id="told"><extensionElements><cadre:message key="A" patience="PT1H">{"n":1}</cadre:message></extensionElements><messageEventDefinition messageRef="m1"/></intermediateThrowEvent>
    <intermediateThrowEvent id="closed"><extensionElements><cadre:signal>not json</cadre:signal></extensionElements><signalEventDefinition signalRef="s1"/></intermediateThrowEvent>
    <callActivity id="other"><extensionElements><cadre:call workflow="w2" version="3">{"a":1}</cadre:call></extensionElements></callActivity>
    <serviceTask id="book"><extensionElements><cadre:step use="transform">{}</cadre:step></extensionElements></serviceTask>
    <boundaryEvent id="late" attachedToRef="book" cancelActivity="false"><extensionElements><cadre:wait>PT5M</cadre:wait></extensionElements><timerEventDefinition/></boundaryEvent>
    <boundaryEvent id="undo" attachedToRef="book"><compensateEventDefinition/></boundaryEvent>
    <serviceTask id="unbook" isForCompensation="true"/>
    <subProcess id="whenever" triggeredByEvent="true"><startEvent id="hurry" isInterrupting="false"><escalationEventDefinition escalationRef="c1"/></startEvent><endEvent id="ok"/>
      <sequenceFlow id="f9" sourceRef="hurry" targetRef="ok"/></subProcess>
    <subProcess id="group"><startEvent id="inner"/><endEvent id="failed"><errorEventDefinition errorRef="e1"/></endEvent></subProcess>
    <intermediateCatchEvent id="odd"><conditionalEventDefinition/></intermediateCatchEvent>
    <endEvent id="all"><terminateEventDefinition/></endEvent>
    <sequenceFlow id="f1" sourceRef="start" targetRef="book"/><sequenceFlow id="f2" sourceRef="book" targetRef="all"/>
    <association id="link" sourceRef="undo" targetRef="unbook" associationDirection="One"/>
  </process>
</definitions>`;

let elements: Record<string, ModdleObject>;
const element = (id: string): ModdleObject => elements[id] as ModdleObject;

async function read(xml: string): Promise<Record<string, ModdleObject>> {
  const moddle = new BpmnModdle({ cadre }) as unknown as { fromXML(xml: string): Promise<{ elementsById: Record<string, ModdleObject> }> };
  return (await moddle.fromXML(xml)).elementsById;
}

beforeAll(async () => {
  elements = await read(FILE);
});

describe('events and calls in the file', () => {
  it('are known by what they are about and where they stand', () => {
    const found = ['paid', 'told', 'closed', 'late', 'undo', 'hurry', 'failed', 'all'].map((id) => eventOf(element(id))).map((event) => event && `${event.place} ${event.kind}`);
    expect(found).toEqual(['catch message', 'throw message', 'throw signal', 'boundary timer', 'boundary compensation', 'handler escalation', 'end error', 'end terminate']);
    expect([eventOf(element('start')), eventOf(element('inner')), eventOf(element('odd'))]).toEqual([undefined, undefined, undefined]);
    expect([isInterrupting(element('late')), isInterrupting(element('undo')), isInterrupting(element('hurry'))]).toEqual([false, true, false]);
    expect([isHandler(element('whenever')), isHandler(element('group'))]).toEqual([true, false]);
  });

  it('are the steps of the hub that stand for them, with their inputs', () => {
    expect(['paid', 'told', 'closed', 'other', 'late', 'undo', 'hurry', 'all'].map((id) => stepTypeId(element(id)))).toEqual(['message', 'message-send', 'signal-send', 'call', 'delay', undefined, undefined, undefined]);
    expect(readInputs(element('paid'))).toEqual({ name: 'order paid', key: '{{ trigger.id }}' });
    expect(readInputs(element('told'))).toEqual({ name: 'order paid', key: 'A', patience: 'PT1H', body: { n: 1 } });
    expect(parseInputs(element('closed')).error).toBeDefined();
    expect(readInputs(element('other'))).toEqual({ workflow: 'w2', version: '3', input: { a: 1 } });
    expect(readInputs(element('late'))).toEqual({ duration: 'PT5M' });
  });

  it('are shown in plain words', () => {
    const words = (id: string) => lookOf(element(id), new StepCatalogue());
    expect(words('paid')).toMatchObject({ shape: 'catch', kind: 'Wait for a message', subtitle: 'order paid' });
    expect(words('late')).toMatchObject({ shape: 'boundary', kind: 'If it takes too long', subtitle: 'PT5M', beside: true });
    expect(words('undo')).toMatchObject({ kind: 'Undo with' });
    expect(words('unbook')).toMatchObject({ subtitle: 'Choose what undoes it' });
    expect(words('whenever')).toMatchObject({ shape: 'frame', handler: true, kind: 'Whenever attention is asked for', subtitle: 'LATE · beside the rest' });
    expect(words('failed')).toMatchObject({ shape: 'end', kind: 'End with an error', subtitle: 'NO_STOCK' });
    expect(words('other')).toMatchObject({ kind: 'Run another workflow', subtitle: 'Its version 3' });
    expect(words('odd')).toBeUndefined();
  });

  it('survive being drawn: nothing is lost, and what undoes a step hangs below it', async () => {
    const drawn = await withDiagram(FILE);
    elements = await read(drawn);
    expect(readInputs(element('told'))).toEqual({ name: 'order paid', key: 'A', patience: 'PT1H', body: { n: 1 } });
    const bounds = (id: string) => element(`${id}_di`).bounds as unknown as { x: number; y: number; width: number; height: number };
    expect(bounds('unbook').y).toBeGreaterThan(bounds('book').y + bounds('book').height);
    expect(bounds('whenever').y).toBeGreaterThan(bounds('unbook').y + bounds('unbook').height);
    expect(bounds('undo').x).not.toBe(bounds('late').x);
    expect(element('link_di').waypoint).toHaveLength(2);
  });
});
