import CommandInterceptor from 'diagram-js/lib/command/CommandInterceptor';
import type { DiagramElement, EventBus, ModdleObject } from '../../../../diagram';
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
    const event = (type: string, prefix: string): DiagramElement => {
      const businessObject = bpmnFactory.create(type, { id: uniqueId(moddle.ids, prefix) });
      return elementFactory.createShape({ type, businessObject });
    };
    this.postExecuted(
      'shape.create',
      ((context: { shape: DiagramElement }) => {
        const group = context.shape;
        if (!fresh.delete(group.businessObject)) return;
        const y = group.y + group.height / 2 + 14;
        const hints = { autoResize: false };
        const start = modeling.createShape(event('bpmn:StartEvent', 'itemStart'), { x: group.x + 66, y }, group, hints);
        const end = modeling.createShape(event('bpmn:EndEvent', 'itemEnd'), { x: group.x + group.width - 66, y }, group, hints);
        modeling.connect(start, end);
      }) as never,
      true,
    );
  }
}
