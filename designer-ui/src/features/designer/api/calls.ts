import { call, get, post, query, type Answer } from '../../../api/http';
import type { components } from '../../../api/schema';
import type { Connection, Listening, Model, Page, Problem, Run, StepTestResult, Task, Trigger, Workflow, WorkflowSummary, WorkflowVersion } from '../../../api/types';
import type { StepType } from '../../../diagram';

type Schemas = components['schemas'];

/** The data that a step is tested with. */
export interface StepTestInput {
  trigger?: unknown;
  steps?: Record<string, unknown>;
  vars?: Record<string, unknown>;
  item?: unknown;
  index?: number;
  /** What an agent would give the tool. */
  toolCall?: { id: string; name: string; arguments: Record<string, unknown> };
}

const V1 = '/api/v1';

const MANY = query({ limit: 200 });

const list = async <T>(path: string): Promise<T[]> => (await get<Page<T>>(`${V1}${path}`)).items;

export const fetchWorkflow = (id: string): Promise<Answer<Workflow>> => call(`${V1}/workflows/${id}`);

/** Saves over the revision that was read; `etag` `*` overwrites whatever is there. */
export function saveWorkflow(id: string, etag: string, body: Schemas['WorkflowUpdate']): Promise<Answer<Workflow>> {
  return call(`${V1}/workflows/${id}`, { method: 'PUT', body, headers: { 'If-Match': etag } });
}

export const createWorkflow = (body: Schemas['WorkflowInput']): Promise<Workflow> => post(`${V1}/workflows`, body);

export const publishWorkflow = (id: string): Promise<Schemas['Publication']> => post(`${V1}/workflows/${id}/publish`);

export const fetchWorkflows = (): Promise<WorkflowSummary[]> => list(`/workflows${MANY}`);

export const fetchVersions = (id: string): Promise<WorkflowVersion[]> => list(`/workflows/${id}/versions`);

export const fetchVersion = (id: string, version: number): Promise<WorkflowVersion> => get(`${V1}/workflows/${id}/versions/${version}`);

/** As the draft of a workflow, whose project says what it may use. */
export async function validate(bpmnXml: string, workflowId?: string): Promise<Problem[]> {
  return (await post<Schemas['Validation']>(`${V1}/workflows/validate`, { bpmnXml, ...(workflowId === undefined ? {} : { workflowId }) })).problems;
}

export function testStep(id: string, elementId: string, bpmnXml: string, input: StepTestInput): Promise<StepTestResult> {
  return post(`${V1}/workflows/${id}/steps/${encodeURIComponent(elementId)}/test`, { input, bpmnXml });
}

export async function runDraft(id: string, input: unknown): Promise<Run> {
  return (await post<Schemas['StartedRun']>(`${V1}/workflows/${id}/run`, { input, version: 'draft' })).run;
}

export const fetchRun = (id: string): Promise<Run> => get(`${V1}/runs/${id}`);

export const fetchTasks = (runId: string): Promise<Task[]> => list(`/runs/${runId}/tasks${MANY}`);

export const fetchLatestRuns = (workflowId: string): Promise<Run[]> => list(`/runs${query({ workflowId, limit: 1 })}`);

export const fetchStepTypes = (): Promise<StepType[]> => list('/step-types');

export const fetchConnections = (): Promise<Connection[]> => list(`/connections${MANY}`);

export const fetchModels = (): Promise<Model[]> => list('/models');

export function listen(workflowId: string, takeOver: boolean): Promise<Listening> {
  return post(`${V1}/workflows/${workflowId}/listen${takeOver ? '?takeOver=true' : ''}`);
}

export const stopListening = (workflowId: string): Promise<unknown> => call(`${V1}/workflows/${workflowId}/listen`, { method: 'DELETE' });

/** The next times at which a schedule would fire, were it published now. */
export function previewSchedule(settings: Schemas['SchedulePreviewInput']['settings']): Promise<Schemas['SchedulePreview']> {
  return post(`${V1}/triggers/schedules/preview`, { settings });
}

export const fetchTriggers = (): Promise<Trigger[]> => list(`/triggers${MANY}`);
