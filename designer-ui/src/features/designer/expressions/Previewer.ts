import { t } from '../../../i18n';
import type { PreviewAnswer, PreviewOutcome, PreviewRequest } from './preview.worker';

const LIMIT_MS = 1500;
const TOO_LONG: PreviewOutcome = { ok: false, code: 'TOO_LONG', message: t('The expression takes too long.') };

interface Waiting {
  resolve(outcome: PreviewOutcome): void;
  timer: ReturnType<typeof setTimeout>;
}

/** Evaluates expressions in a worker of their own, which is ended when one runs away. */
export class Previewer {
  private worker: Worker | undefined;
  private next = 1;
  private readonly waiting = new Map<number, Waiting>();

  evaluate(document: unknown, data: unknown): Promise<PreviewOutcome> {
    const id = this.next++;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.giveUp(), LIMIT_MS);
      this.waiting.set(id, { resolve, timer });
      this.started().postMessage({ id, document, data } satisfies PreviewRequest);
    });
  }

  stop(): void {
    this.worker?.terminate();
    this.worker = undefined;
    for (const { timer } of this.waiting.values()) clearTimeout(timer);
    this.waiting.clear();
  }

  private started(): Worker {
    if (this.worker) return this.worker;
    const worker = new Worker(new URL('./preview.worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<PreviewAnswer>) => this.answer(data));
    this.worker = worker;
    return worker;
  }

  private answer({ id, ...outcome }: PreviewAnswer): void {
    const waiting = this.waiting.get(id);
    if (!waiting) return;
    clearTimeout(waiting.timer);
    this.waiting.delete(id);
    waiting.resolve(outcome);
  }

  /** One runaway holds up every other evaluation: all of them get the same answer, and the next ones a new worker. */
  private giveUp(): void {
    this.worker?.terminate();
    this.worker = undefined;
    const all = [...this.waiting.values()];
    this.waiting.clear();
    for (const { resolve, timer } of all) {
      clearTimeout(timer);
      resolve(TOO_LONG);
    }
  }
}

/** The one worker of the page. */
export const previewer = new Previewer();
