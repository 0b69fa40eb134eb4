import type { DiagramElement, ModdleObject } from '../../../diagram';
import { readInputs, type JsonObject } from '../../../diagram/dialect';
import { replaceCalls, fromAiText, type FromAi } from '../expressions/fromAi';
import { documentationOf, parametersOf, setDocumentation } from './agents';
import { batch } from './batch';
import { setInputs, withExtension } from './editing';
import { isReferenceName, uniqueId } from './elementIds';
import { isTool } from './places';
import { service, type Modeler } from './services';
import { tidyUp } from './tidy';

/** Whether a person can be put before a tool: it is one step of a plugin, with nothing that hangs on it or follows. */
export function canAskFirst(tool: DiagramElement): boolean {
  return isTool(tool) && tool.type === 'bpmn:ServiceTask' && tool.outgoing.length === 0 && (tool.attachers ?? []).length === 0;
}

/**
 * Puts an approval before a tool: both become the steps of a group, which is the tool from then on. The person sees what
 * the agent wants to do, may correct it, and the step works with what they decided.
 */
export function askFirst(modeler: Modeler, tool: DiagramElement): DiagramElement | undefined {
  const agent = tool.parent;
  if (!agent || !canAskFirst(tool)) return undefined;
  const parameters = parametersOf(tool);
  const ids = service(modeler, 'moddle').ids;
  const create = (type: string, id: string, name?: string): ModdleObject => service(modeler, 'bpmnFactory').create(type, { id: uniqueId(ids, id), ...(name && { name }) });
  const { name = tool.id } = tool.businessObject;
  let made: DiagramElement | undefined;
  batch(modeler, () => {
    const modeling = service(modeler, 'modeling');
    const shape = (bo: ModdleObject, attrs: object = {}): DiagramElement => service(modeler, 'elementFactory').createShape({ type: bo.$type, businessObject: bo, ...attrs });
    const at = { x: tool.x + tool.width / 2, y: tool.y + tool.height / 2 };
    const group = modeling.createShape(shape(create('bpmn:SubProcess', `${tool.id}Allowed`, name), { isExpanded: true }), at, agent, { autoResize: false });
    setDocumentation(modeler, group, documentationOf(tool.businessObject));
    setDocumentation(modeler, tool, '');
    const approval = create('bpmn:UserTask', `${tool.id}Approval`, `Allow: ${name}`);
    withExtension(modeler, approval, 'cadre:Approval', { text: JSON.stringify(question(name, parameters)) });
    const put = (bo: ModdleObject, x: number): DiagramElement => modeling.createShape(shape(bo), { x: group.x + x, y: at.y }, group, { autoResize: false });
    const [start, asked, end] = [put(create('bpmn:StartEvent', 'asked'), 60), put(approval, 200), put(create('bpmn:EndEvent', 'done'), 400)];
    modeling.moveElements([tool], { x: 0, y: 0 }, group, { autoResize: false });
    setInputs(modeler, tool, corrected(readInputs(tool.businessObject), String(approval.id)) as JsonObject);
    modeling.connect(start, asked);
    modeling.connect(asked, tool);
    modeling.connect(tool, end);
    tidyUp(modeler);
    made = group;
  });
  return made;
}

/** What the person is asked: with what the agent filled in, to be corrected where it must be. */
function question(name: string, parameters: FromAi[]): JsonObject {
  const title = `Allow “${name}”?`;
  if (parameters.length === 0) return { title };
  return {
    title,
    data: Object.fromEntries(parameters.map((each) => [each.name, fromAiText(each)])),
    form: {
      type: 'object',
      ...(parameters.some(({ required }) => required) && { required: parameters.filter(({ required }) => required).map((each) => each.name) }),
      properties: Object.fromEntries(parameters.map(({ name: field, type, description, schema }) => [field, { type, ...schema, ...(description && { description }) }])),
    },
  };
}

/** The step's inputs, with what the person decided in the place of what the agent wanted. */
function corrected(value: unknown, approval: string): unknown {
  const step = isReferenceName(approval) ? approval : `\`${approval}\``;
  if (typeof value === 'string') return replaceCalls(value, ({ name }) => `$$.steps.${step}.data.${name}`);
  if (Array.isArray(value)) return value.map((each) => corrected(each, approval));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, corrected(each, approval)]));
}
