import BpmnModeler from 'bpmn-js/lib/Modeler';
import gridModule from 'diagram-js-grid';
import minimapModule from 'diagram-js-minimap';
import { cadreModdle, cardRendererModule, type StepCatalogue } from '../../../diagram';
import '../../../diagram/diagram.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'diagram-js-minimap/assets/diagram-js-minimap.css';
import { CardElementFactory } from './modules/CardElementFactory';
import { CardLayouter } from './modules/CardLayouter';
import { ContextPadAbove, ContextPadEntries, NoPalette } from './modules/CardContextPad';
import { GroupContents } from './modules/GroupContents';
import { Keys } from './modules/keys';
import { DeletionBehavior } from './modules/Deletion';
import { PlusHandles } from './modules/PlusHandles';
import type { Modeler } from './services';

const designerModule = {
  __init__: ['contextPadEntries', 'noPalette', 'plusHandles', 'groupContents', 'deletionBehavior', 'cadreKeys'],
  elementFactory: ['type', CardElementFactory],
  layouter: ['type', CardLayouter],
  contextPad: ['type', ContextPadAbove],
  contextPadEntries: ['type', ContextPadEntries],
  noPalette: ['type', NoPalette],
  plusHandles: ['type', PlusHandles],
  groupContents: ['type', GroupContents],
  deletionBehavior: ['type', DeletionBehavior],
  cadreKeys: ['type', Keys],
};

/** A modeler of bpmn-js with our look, sizes and keys. */
export function createModeler(container: HTMLElement, catalogue: StepCatalogue): Modeler {
  return new BpmnModeler({
    container,
    moddleExtensions: { cadre: cadreModdle },
    additionalModules: [cardRendererModule(catalogue), designerModule, minimapModule, gridModule],
    bpmnRenderer: {
      defaultFillColor: 'var(--cadre-card)',
      defaultStrokeColor: 'var(--cadre-flow)',
      defaultLabelColor: 'var(--cadre-ink)',
    },
    minimap: { open: true },
  } as never) as unknown as Modeler;
}
