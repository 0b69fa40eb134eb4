import DecisionTableView from 'dmn-js-decision-table/lib/Editor';
import EditingManager from 'dmn-js-shared/lib/base/EditingManager';
import 'dmn-font/dist/css/dmn.css';
import 'dmn-js-shared/assets/css/dmn-js-shared.css';
import 'dmn-js-decision-table/assets/css/dmn-js-decision-table.css';
import 'dmn-js-decision-table/assets/css/dmn-js-decision-table-controls.css';

interface DmnElement {
  $type: string;
  decisionLogic?: { $type: string };
}

/** dmn-js with nothing but its editor of decision tables. */
class TableManager extends EditingManager {
  _getViewProviders(): unknown[] {
    const opens = (element: DmnElement): boolean => element.$type === 'dmn:Decision' && element.decisionLogic?.$type === 'dmn:DecisionTable';
    return [{ id: 'decisionTable', constructor: DecisionTableView, opens }];
  }
}

const STOPS = 'a[href], button, input, [tabindex="0"], [contenteditable="true"]';

/** Edits one decision table in a part of the page. Loaded when somebody opens it. */
export class TableEditor {
  private readonly manager: EditingManager;

  constructor(private readonly host: HTMLElement) {
    this.manager = new TableManager({ container: host });
    host.addEventListener('keydown', this.tab, true);
  }

  /** Shows a table; fails for a text that is none. */
  async open(xml: string, onChange: () => void): Promise<void> {
    await this.manager.importXML(xml);
    this.manager.getActiveViewer()?.on('elements.changed', onChange);
  }

  async xml(): Promise<string> {
    return (await this.manager.saveXML({ format: true })).xml;
  }

  /** Marks the rows of some rules, by their ids. */
  mark(ruleIds: readonly string[]): void {
    for (const cell of this.host.querySelectorAll<HTMLElement>('[data-row-id]')) {
      cell.classList.toggle('decision-matched', ruleIds.includes(cell.dataset.rowId ?? ''));
    }
  }

  /** dmn-js puts another element in the place of a cell that gets the focus, and browsers then pass the cell over. */
  private readonly tab = (event: KeyboardEvent): void => {
    if (event.key !== 'Tab' || event.altKey || event.ctrlKey || event.metaKey) return;
    const stops = [...this.host.querySelectorAll<HTMLElement>(STOPS)].filter((stop) => (stop.tabIndex >= 0 || stop.isContentEditable) && stop.offsetParent !== null);
    const at = stops.findIndex((stop) => stop === document.activeElement);
    const next = stops[at + (event.shiftKey ? -1 : 1)];
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
  };

  destroy(): void {
    this.host.removeEventListener('keydown', this.tab, true);
    this.manager.destroy();
  }
}
