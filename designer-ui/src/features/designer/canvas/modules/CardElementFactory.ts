import BpmnElementFactory from 'bpmn-js/lib/features/modeling/ElementFactory';
import { cardSize, GROUP_SIZE, type ModdleObject } from '../../../../diagram';

/** Gives new elements the size of our cards. */
export class CardElementFactory extends BpmnElementFactory {
  static override readonly $inject = ['bpmnFactory', 'moddle'];

  override getDefaultSize(element: never, di: never): { width: number; height: number } {
    const type = (element as ModdleObject).$type;
    if (/SubProcess$/.test(type) && (di as ModdleObject | undefined)?.isExpanded) return GROUP_SIZE;
    return cardSize(type) ?? super.getDefaultSize(element, di);
  }
}
