import type { StepTestResult } from '../../../api/types';

/** Where a step's data comes from, the most telling first. */
export type DataSource = 'pinned' | 'test' | 'run';

export interface KnownData {
  source: DataSource;
  value: unknown;
}

/** What is known of the data in a workflow: pinned by hand, from tests, from the last run. Never sent to production. */
export class StepData {
  private revision = 0;
  private readonly listeners = new Set<() => void>();
  private readonly pins: Map<string, unknown>;
  private readonly tests = new Map<string, StepTestResult>();
  private fromRun = new Map<string, unknown>();

  constructor(
    private readonly workflowId: string,
    private readonly storage: Pick<Storage, 'getItem' | 'setItem'> = localStorage,
  ) {
    this.pins = new Map(Object.entries(this.readPins()));
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  snapshot = (): number => this.revision;

  /** The output of a step, or what the trigger received. */
  known(elementId: string): KnownData | undefined {
    if (this.pins.has(elementId)) return { source: 'pinned', value: this.pins.get(elementId) };
    const test = this.tests.get(elementId);
    if (test?.status === 'succeeded') return { source: 'test', value: test.output };
    if (this.fromRun.has(elementId)) return { source: 'run', value: this.fromRun.get(elementId) };
    return undefined;
  }

  isPinned(elementId: string): boolean {
    return this.pins.has(elementId);
  }

  pin(elementId: string, value: unknown): void {
    this.pins.set(elementId, value);
    this.changed();
  }

  unpin(elementId: string): void {
    this.pins.delete(elementId);
    this.changed();
  }

  lastTest(elementId: string): StepTestResult | undefined {
    return this.tests.get(elementId);
  }

  recordTest(elementId: string, result: StepTestResult): void {
    this.tests.set(elementId, result);
    this.changed();
  }

  /** A run's outputs by element; what was tested since stays in front. */
  recordRun(outputs: ReadonlyMap<string, unknown>): void {
    this.fromRun = new Map([...this.fromRun, ...outputs]);
    this.changed();
  }

  private changed(): void {
    this.revision++;
    this.storage.setItem(this.key(), JSON.stringify(Object.fromEntries(this.pins)));
    for (const listener of this.listeners) listener();
  }

  private key(): string {
    return `cadre.pins.${this.workflowId}`;
  }

  private readPins(): Record<string, unknown> {
    try {
      return JSON.parse(this.storage.getItem(this.key()) ?? '{}') as Record<string, unknown>;
    } catch {
      return {};
    }
  }
}
