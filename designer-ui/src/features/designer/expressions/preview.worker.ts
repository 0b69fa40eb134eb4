import { evaluateTemplate, ExpressionError, type ExpressionErrorCode } from './evaluate';

/** What the page asks the worker. */
export interface PreviewRequest {
  id: number;
  document: unknown;
  data: unknown;
}

export type PreviewOutcome = { ok: true; value: unknown } | { ok: false; code: ExpressionErrorCode; message: string };

export type PreviewAnswer = PreviewOutcome & { id: number };

self.addEventListener('message', (event: MessageEvent<PreviewRequest>) => {
  const { id, document, data } = event.data;
  evaluateTemplate(document, data).then(
    (value) => self.postMessage({ id, ok: true, value } satisfies PreviewAnswer),
    (error: unknown) => {
      const failure = error instanceof ExpressionError ? error : new ExpressionError('EXPRESSION_FAILED', String(error));
      self.postMessage({ id, ok: false, code: failure.code, message: failure.message } satisfies PreviewAnswer);
    },
  );
});
