import type { Problem, StepTestResult } from '../../../api/types';
import { testStep, validate } from '../api/calls';

/** The only step of the workflow that a table is tried in. */
const STEP = 'decision';

/** A workflow of one decision, to check and try a table that is not saved. */
export function workflowOf(table: string, inputs: Record<string, unknown>): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:cadre="http://cadre.dev/schema/bpmn/1.0" targetNamespace="http://cadre.dev">
  <process id="trial" isExecutable="true">
    <startEvent id="start"/>
    <sequenceFlow id="toDecision" sourceRef="start" targetRef="${STEP}"/>
    <businessRuleTask id="${STEP}">
      <extensionElements>
        <cadre:decision>${escaped(JSON.stringify(inputs))}</cadre:decision>
        <cadre:table>${escaped(table)}</cadre:table>
      </extensionElements>
    </businessRuleTask>
    <sequenceFlow id="toEnd" sourceRef="${STEP}" targetRef="end"/>
    <endEvent id="end"/>
  </process>
</definitions>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** What keeps the table from being used by a step that gives it these inputs. */
export async function problemsOf(table: string, names: readonly string[]): Promise<Problem[]> {
  const inputs = Object.fromEntries(names.map((name) => [name, null]));
  const problems = await validate(workflowOf(table, inputs));
  return problems.filter((problem) => problem.elementId === STEP && problem.severity === 'error');
}

export function tryTable(workflowId: string, table: string, inputs: Record<string, unknown>): Promise<StepTestResult> {
  return testStep(workflowId, STEP, workflowOf(table, inputs), {});
}

/** A value as somebody typed it, as the type of its column wants it; an empty one is null. */
export function typedValue(text: string, type: string): unknown {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (trimmed.includes('{{')) return text;
  if (/^(number|integer|long|double)$/i.test(type) && Number.isFinite(Number(trimmed))) return Number(trimmed);
  if (/^boolean$/i.test(type) && /^(true|false)$/.test(trimmed)) return trimmed === 'true';
  if (/^(any)?$/i.test(type) && /^(-?\d|true$|false$|null$|[[{"])/.test(trimmed)) {
    const value = parsed(trimmed);
    return value === undefined ? text : value;
  }
  return text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
