import CommandInterceptor from 'diagram-js/lib/command/CommandInterceptor';
import { isHandler, type DiagramElement, type EventBus, type ModdleObject } from '../../../../diagram';
import type { BpmnFactory, ElementFactory, Modeling } from '../services';
import { uniqueId, type Ids } from '../elementIds';

const fresh = new WeakSet<ModdleObject>();

/** Says that a group was just made by a person and is to be filled with a start and an end. */
export function fillWhenCreated(businessObject: ModdleObject): void {
  fresh.add(businessObject);
}

/** Gives a new group its start and end, joined by an arrow that takes the steps, in the same undo step. */
export class GroupContents extends CommandInterceptor {
  static override readonly $inject = ['eventBus', 'modeling', 'elementFactory', 'bpmnFactory', 'moddle'];

  constructor(
    eventBus: EventBus,
    modeling: Modeling,
    elementFactory: ElementFactory,
    bpmnFactory: BpmnFactory,
    moddle: { ids: Ids },
  ) {
    super(eventBus as never);
    const event = (type: string, prefix: string, eventDefinitionType?: string): DiagramElement => {
      const businessObject = bpmnFactory.create(type, { id: uniqueId(moddle.ids, prefix) });
      return elementFactory.createShape({ type, businessObject, ...(eventDefinitionType && { eventDefinitionType }) });
    };
    this.postExecuted(
      'shape.create',
      ((context: { shape: DiagramElement }) => {
        const group = context.shape;
        if (!fresh.delete(group.businessObject)) return;
        const y = group.y + group.height / 2 + 14;
        const hints = { autoResize: false };
        const handler = isHandler(group.businessObject);
        const begin = handler ? event('bpmn:StartEvent', 'whenever', 'bpmn:MessageEventDefinition') : event('bpmn:StartEvent', 'itemStart');
        const start = modeling.createShape(begin, { x: group.x + 66, y }, group, hints);
        const end = modeling.createShape(event('bpmn:EndEvent', handler ? 'wheneverEnd' : 'itemEnd'), { x: group.x + group.width - 66, y }, group, hints);
        modeling.connect(start, end);
      }) as never,
      true,
    );
  }
}
