import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { allowance } from '../../../api/allowance';
import { validate } from '../api/calls';
import type { Problem } from '../../../api/types';
import type { WorkflowModel } from '../canvas/WorkflowModel';
import { lint } from './lint';

const SERVER_DELAY_MS = 1200;
const OVERLAY = 'cadre-problem';

export interface Problems {
  known: Problem[];
  /** Looks at what is drawn now, without waiting for a pause in the drawing. */
  check(): Promise<Problem[]>;
}

/** What is wrong with the drawing: seen at once here, and by the server a moment later. */
export function useProblems(model: WorkflowModel, revision: number, workflowId: string): Problems {
  const [fromServer, setFromServer] = useState<Problem[]>([]);
  const fromHere = useMemo(
    () => lint(model.elements(), model.catalogue),
    // what is drawn changes under the model
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [model, revision],
  );
  const validated = useRef('');

  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      void (async () => {
        const xml = await model.xml();
        if (xml === validated.current) return;
        const problems = await validate(xml, workflowId).catch(() => undefined);
        if (!current || !problems) return;
        validated.current = xml;
        setFromServer(problems);
      })();
    }, allowance.pause(SERVER_DELAY_MS));
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [model, revision, workflowId]);

  const check = useCallback(async (): Promise<Problem[]> => {
    const xml = await model.xml();
    const problems = await validate(xml, workflowId);
    validated.current = xml;
    setFromServer(problems);
    return merge(lint(model.elements(), model.catalogue), problems, model);
  }, [model, workflowId]);
  const known = useMemo(() => merge(fromHere, fromServer, model), [fromHere, fromServer, model]);
  return { known, check };
}

/** Both may see the same: an element the page finds an error in is left to the page, and each thing is said once. */
function merge(here: Problem[], server: Problem[], model: WorkflowModel): Problem[] {
  const known = new Set(here.filter(({ severity }) => severity === 'error').map((problem) => problem.elementId));
  const said = new Set(here.map(({ elementId, code }) => `${elementId} ${code}`));
  const others = server.filter((problem) => !known.has(problem.elementId) && !said.has(`${problem.elementId} ${problem.code}`) && (!problem.elementId || model.element(problem.elementId)));
  return [...here, ...others];
}

/** Marks elements that were touched, or all of them once somebody asked to publish. */
export function useProblemBadges(model: WorkflowModel, problems: Problem[], touched: ReadonlySet<string>, all: boolean): void {
  useEffect(() => {
    const overlays = model.modeler.get('overlays');
    overlays.remove({ type: OVERLAY });
    const byElement = new Map<string, Problem[]>();
    for (const problem of problems) {
      if (problem.elementId) byElement.set(problem.elementId, [...(byElement.get(problem.elementId) ?? []), problem]);
    }
    for (const [id, own] of byElement) {
      const element = model.element(id);
      if (!element || !(all || touched.has(id))) continue;
      overlays.add(element, OVERLAY, { position: element.waypoints ? { top: -24, left: 4 } : { top: -9, right: 9 }, html: badge(own) });
    }
  }, [model, problems, touched, all]);
}

function badge(problems: Problem[]): HTMLElement {
  const element = document.createElement('div');
  const error = problems.some((problem) => problem.severity === 'error');
  element.className = `problem-badge${error ? '' : ' problem-badge-warning'}`;
  element.textContent = '!';
  element.title = problems.map((problem) => problem.message).join('\n');
  element.setAttribute('role', 'img');
  element.setAttribute('aria-label', element.title);
  return element;
}

/** The elements that were selected and left: what is wrong with one shows after its first touch. */
export function useTouched(selected: string | undefined): ReadonlySet<string> {
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [last, setLast] = useState<string>();
  if (selected !== last) {
    setLast(selected);
    if (last && !touched.has(last)) setTouched(new Set([...touched, last]));
  }
  return touched;
}
