import type { DiagramElement, ModdleObject } from '../../../diagram';
import { setExtension, withExtension } from '../canvas/editing';
import type { Modeler } from '../canvas/services';

/** What a new decision decides, until somebody says something better. */
export const NEW_TABLE = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="decisions" name="Decisions" namespace="http://cadre.dev/decisions">
  <decision id="decision" name="Decision">
    <decisionTable id="decisionTable" hitPolicy="UNIQUE">
      <input id="input1" label="Amount">
        <inputExpression id="inputExpression1" typeRef="number">
          <text>amount</text>
        </inputExpression>
      </input>
      <output id="output1" label="Size" name="size" typeRef="string" />
      <rule id="rule1">
        <inputEntry id="inputEntry1">
          <text>&lt; 1000</text>
        </inputEntry>
        <outputEntry id="outputEntry1">
          <text>"small"</text>
        </outputEntry>
      </rule>
      <rule id="rule2">
        <inputEntry id="inputEntry2">
          <text>&gt;= 1000</text>
        </inputEntry>
        <outputEntry id="outputEntry2">
          <text>"large"</text>
        </outputEntry>
      </rule>
    </decisionTable>
  </decision>
</definitions>
`;

/** Gives a decision that is not on the canvas yet a table to begin with. */
export function fillDecision(modeler: Modeler, businessObject: ModdleObject): void {
  withExtension(modeler, businessObject, 'cadre:Decision', { text: '{}' });
  withExtension(modeler, businessObject, 'cadre:Table', { text: NEW_TABLE });
}

export function setTable(modeler: Modeler, element: DiagramElement, xml: string): void {
  setExtension(modeler, element, 'Table', { text: xml });
}

export function setRequired(modeler: Modeler, element: DiagramElement, required: boolean): void {
  setExtension(modeler, element, 'Decision', { required: required ? 'true' : undefined });
}
