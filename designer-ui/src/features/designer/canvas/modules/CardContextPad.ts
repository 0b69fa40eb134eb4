import ContextPad from 'diagram-js/lib/features/context-pad/ContextPad';
import { eventIcon, eventWords, type Bounds, type DiagramElement, type EventBus, type EventKind } from '../../../../diagram';
import { AGENT } from '../../../../diagram/dialect';
import { t } from '../../../../i18n';
import { leadsOn, takesEvent } from '../places';

/** What the context pad and the "+" ask the page for: a step behind an element or within a flow. */
export interface AddStepRequest {
  source?: DiagramElement;
  flow?: DiagramElement;
  /** What an event is to hang on. */
  host?: DiagramElement;
  /** The agent that is to have one more tool. */
  agent?: DiagramElement;
  /** What the step that is asked for undoes. */
  undoes?: DiagramElement;
  /** Where on the page the menu opens. */
  x: number;
  y: number;
}

export const ADD_STEP = 'cadre.addStep';
export const DUPLICATE = 'cadre.duplicate';
export const ATTACH = 'cadre.attach';

/** The events that a step offers itself; the others are in the menu. */
const OFFERED: readonly EventKind[] = ['timer', 'error', 'message', 'compensation'];

interface Entry {
  group: string;
  title: string;
  className: string;
  html?: string;
  action: unknown;
}

type Entries = Record<string, Entry | undefined>;

/** A short toolbar: next step, connect, what if, duplicate, delete. Everything in it has a key as well. */
export class ContextPadEntries {
  static readonly $inject = ['contextPad', 'eventBus'];

  constructor(
    contextPad: { registerProvider(priority: number, provider: unknown): void },
    private readonly eventBus: EventBus,
  ) {
    contextPad.registerProvider(100, this);
  }

  getContextPadEntries(element: DiagramElement): (entries: Entries) => Entries {
    return (entries) => {
      const pad: Entries = {};
      const isLabel = element.type === 'label' || element.labelTarget !== undefined;
      if (!isLabel && leadsOn(element) && entries.connect) {
        pad.append = this.entry('Add next step (A)', 'plus', (event) => {
          this.eventBus.fire(ADD_STEP, { source: element, x: event.clientX, y: event.clientY } satisfies AddStepRequest);
        });
      }
      if (element.type === 'bpmn:SequenceFlow') {
        pad.insert = this.entry('Insert step here (A)', 'plus', (event) => {
          this.eventBus.fire(ADD_STEP, { flow: element, x: event.clientX, y: event.clientY } satisfies AddStepRequest);
        });
      }
      if (!isLabel && element.type === AGENT) {
        pad.tool = this.entry(t('Add a tool (T)'), 'tool', (event) => {
          this.eventBus.fire(ADD_STEP, { agent: element, x: event.clientX, y: event.clientY } satisfies AddStepRequest);
        });
      }
      if (entries.connect) pad.connect = { ...entries.connect, title: t('Connect to another step'), className: 'cadre-pad cadre-pad-connect', group: 'a' };
      if (!isLabel && element.type !== 'bpmn:SequenceFlow' && element.type !== 'bpmn:BoundaryEvent') {
        pad.copy = this.entry('Duplicate (Ctrl+D)', 'copy', () => this.eventBus.fire(DUPLICATE, { element }));
      }
      if (!isLabel) Object.assign(pad, this.offers(element));
      if (entries.delete) pad.delete = { ...entries.delete, title: t('Delete (Del)'), className: 'cadre-pad cadre-pad-trash', group: 'z' };
      return pad;
    };
  }

  /** "If it takes too long", "If it fails", … each with its icon. */
  private offers(element: DiagramElement): Entries {
    const kinds = OFFERED.filter((kind) => takesEvent(element, kind));
    return Object.fromEntries(
      kinds.map((kind) => {
        const action = (event: MouseEvent): unknown =>
          kind === 'compensation'
            ? this.eventBus.fire(ADD_STEP, { undoes: element, x: event.clientX, y: event.clientY } satisfies AddStepRequest)
            : this.eventBus.fire(ATTACH, { element, kind });
        const title = `${t(eventWords('boundary', kind))} (B)`;
        return [`attach-${kind}`, { group: 'b', title, className: '', html: padIcon(title, kind), action: { click: action } }];
      }),
    );
  }

  private entry(title: string, icon: string, click: (event: MouseEvent) => void): Entry {
    return { group: 'a', title, className: `cadre-pad cadre-pad-${icon}`, action: { click } };
  }
}

function padIcon(title: string, kind: EventKind): string {
  const svg = `<svg width="16" height="16" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="${eventIcon(kind)}"/></svg>`;
  return `<div class="entry cadre-pad-event" draggable="true" role="button" aria-label="${title}">${svg}</div>`;
}

interface Internals {
  _canvas: { getContainer(): HTMLElement };
  _getTargetBounds(target: unknown): Bounds & { left: number; top: number };
}

/** Puts the context pad above a card instead of beside it, where the "+" is. */
export class ContextPadAbove extends ContextPad {
  static override readonly $inject = (ContextPad as unknown as { $inject: string[] }).$inject;

  // @ts-expect-error the base class keeps it private, and offers no other way
  override _getPosition(target: unknown): { left: number; top: number } {
    const base = ContextPad.prototype as unknown as { _getPosition(this: unknown, target: unknown): { left: number; top: number } };
    if (Array.isArray(target) || (target as DiagramElement).waypoints) return base._getPosition.call(this, target);
    const internals = this as unknown as Internals;
    const container = internals._canvas.getContainer().getBoundingClientRect();
    const bounds = internals._getTargetBounds(target);
    return { left: bounds.left - container.left, top: bounds.top - container.top - 44 };
  }
}

/** The palette of bpmn-js stays empty: the step library takes its place. */
export class NoPalette {
  static readonly $inject = ['palette'];

  constructor(palette: { registerProvider(priority: number, provider: unknown): void }) {
    palette.registerProvider(100, this);
  }

  getPaletteEntries(): () => object {
    return () => ({});
  }
}
