/** Workflow diagrams as cards: shared by the designer and by the view of a run. */
export { default as cadreModdle } from './cadre.moddle.json';
export { CardRenderer, cardRendererModule, lift } from './CardRenderer';
export { cardSize, GROUP_SIZE } from './cardSizes';
export { eventColour, eventIcon, eventOf, eventWords, isHandler, isInterrupting, isUndoStep, KINDS_AT, type DrawnEvent, type EventKind, type EventPlace } from './events';
export { ICONS } from './icons';
export { lookOf, type Look } from './look';
export { hasDiagram, withDiagram } from './layout/withDiagram';
export { toRunState, type TaskLike } from './runState';
export { clearRun, showRun, type RunState, type StepState, type StepStatus } from './showRun';
export { StepCatalogue, stepColour, stepIcon, type JsonSchema, type StepType } from './stepCatalogue';
export { summarize } from './summary';
export { fitDiagram } from './viewport';
export type { Bounds, Canvas, DiagramElement, DiagramViewer, ElementRegistry, EventBus, ModdleObject, Overlays, Point } from './types';
