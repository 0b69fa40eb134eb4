import type { StepType } from '../../../diagram';
import { request, type Answer } from './http';
import type {
  Connection,
  Listening,
  Model,
  Problem,
  Run,
  StepTestInput,
  StepTestResult,
  Task,
  Trigger,
  Workflow,
  WorkflowVersion,
} from './types';

const V1 = '/api/v1';

interface Page<T> {
  items: T[];
}

async function list<T>(path: string): Promise<T[]> {
  return (await request<Page<T>>('GET', `${V1}${path}`)).data.items;
}

export const fetchWorkflow = (id: string): Promise<Answer<Workflow>> => request('GET', `${V1}/workflows/${id}`);

/** Saves over the revision that was read; `etag` `*` overwrites whatever is there. */
export function saveWorkflow(id: string, etag: string, body: Pick<Workflow, 'name' | 'description' | 'bpmnXml'>): Promise<Answer<Workflow>> {
  return request('PUT', `${V1}/workflows/${id}`, body, { 'If-Match': etag });
}

export const createWorkflow = (body: Pick<Workflow, 'name' | 'description' | 'bpmnXml'>): Promise<Answer<Workflow>> =>
  request('POST', `${V1}/workflows`, body);

export const publishWorkflow = (id: string): Promise<Answer<{ publishedVersion: number; problems: Problem[] }>> =>
  request('POST', `${V1}/workflows/${id}/publish`);

export const fetchVersions = (id: string): Promise<WorkflowVersion[]> => list(`/workflows/${id}/versions`);

export async function fetchVersion(id: string, version: number): Promise<WorkflowVersion> {
  return (await request<WorkflowVersion>('GET', `${V1}/workflows/${id}/versions/${version}`)).data;
}

export async function validate(bpmnXml: string): Promise<Problem[]> {
  return (await request<{ problems: Problem[] }>('POST', `${V1}/workflows/validate`, { bpmnXml })).data.problems;
}

export async function testStep(id: string, elementId: string, bpmnXml: string, input: StepTestInput): Promise<StepTestResult> {
  const path = `${V1}/workflows/${id}/steps/${encodeURIComponent(elementId)}/test`;
  return (await request<StepTestResult>('POST', path, { input, bpmnXml })).data;
}

export async function runDraft(id: string, input: unknown): Promise<Run> {
  return (await request<{ run: Run }>('POST', `${V1}/workflows/${id}/run`, { input, version: 'draft' })).data.run;
}

export async function fetchRun(id: string): Promise<Run> {
  return (await request<Run>('GET', `${V1}/runs/${id}`)).data;
}

export const fetchTasks = (runId: string): Promise<Task[]> => list(`/runs/${runId}/tasks?limit=200`);

export const fetchLatestRuns = (workflowId: string): Promise<Run[]> => list(`/runs?workflowId=${workflowId}&limit=1`);

export const fetchStepTypes = (): Promise<StepType[]> => list('/step-types');

export const fetchConnections = (): Promise<Connection[]> => list('/connections?limit=200');

export const fetchModels = (): Promise<Model[]> => list('/models');

export async function listen(workflowId: string, takeOver: boolean): Promise<Listening> {
  return (await request<Listening>('POST', `${V1}/workflows/${workflowId}/listen${takeOver ? '?takeOver=true' : ''}`)).data;
}

export async function stopListening(workflowId: string): Promise<void> {
  await request('DELETE', `${V1}/workflows/${workflowId}/listen`);
}

export const fetchTriggers = (): Promise<Trigger[]> => list('/triggers?limit=200');
