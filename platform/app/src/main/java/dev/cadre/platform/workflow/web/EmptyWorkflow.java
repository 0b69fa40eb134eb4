package dev.cadre.platform.workflow.web;

/** What a workflow is before anybody drew: a start. */
final class EmptyWorkflow {

    static final String BPMN = """
            <?xml version="1.0" encoding="UTF-8"?>
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                         xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
                         xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
                         xmlns:cadre="http://cadre.dev/schema/bpmn/1.0"
                         id="definitions" targetNamespace="http://cadre.dev">
              <process id="workflow" isExecutable="true">
                <startEvent id="start" name="Start">
                  <extensionElements><cadre:trigger use="manual">{}</cadre:trigger></extensionElements>
                </startEvent>
              </process>
              <bpmndi:BPMNDiagram id="diagram">
                <bpmndi:BPMNPlane id="plane" bpmnElement="workflow">
                  <bpmndi:BPMNShape id="start_shape" bpmnElement="start">
                    <dc:Bounds x="160" y="160" width="36" height="36"/>
                  </bpmndi:BPMNShape>
                </bpmndi:BPMNPlane>
              </bpmndi:BPMNDiagram>
            </definitions>
            """;

    private EmptyWorkflow() {}
}
