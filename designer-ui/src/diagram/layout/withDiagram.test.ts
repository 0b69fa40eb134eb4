import { describe, expect, it } from 'vitest';
import { hasDiagram, withDiagram } from './withDiagram';

const ORDER_TOTAL = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:cadre="http://cadre.dev/schema/bpmn/1.0"
  xmlns:other="http://other.example/ext" targetNamespace="http://cadre.dev">
  <process id="order-total" isExecutable="true">
    <startEvent id="received" name="Order received"><extensionElements><cadre:trigger use="webhook">{"path":"orders"}</cadre:trigger></extensionElements></startEvent>
    <sequenceFlow id="f1" sourceRef="received" targetRef="total"/>
    <serviceTask id="total" name="Add it up" other:colour="red"><extensionElements>
      <cadre:step use="calculator">{"expression":"{{ trigger.body.price &lt; 3 }}"}</cadre:step><other:note level="2">keep me</other:note></extensionElements></serviceTask>
    <sequenceFlow id="f2" sourceRef="total" targetRef="done"/>
    <endEvent id="done"/>
  </process>
</definitions>`;

describe('withDiagram', () => {
  it('draws a file that has no diagram and keeps everything in it', async () => {
    const xml = await withDiagram(ORDER_TOTAL);
    expect(hasDiagram(xml)).toBe(true);
    expect(xml).toContain('other:colour="red"');
    expect(xml).toContain('<other:note level="2">keep me</other:note>');
    expect(xml).toMatch(/<cadre:step use="calculator">.*trigger\.body\.price.*<\/cadre:step>/);
    expect([...xml.matchAll(/<(?:\w+:)?BPMNShape /g)]).toHaveLength(3);
    expect([...xml.matchAll(/<(?:\w+:)?BPMNEdge /g)]).toHaveLength(2);
  });

  it('leaves a drawn file as it is', async () => {
    const drawn = await withDiagram(ORDER_TOTAL);
    expect(await withDiagram(drawn)).toBe(drawn);
  });
});
