export interface Workflow {
  id: string;
  name: string;
  description: string | null;
  bpmnXml: string;
  revision: number;
  publishedVersion: number | null;
  changesNotLive: boolean;
  trigger: { use: string; path: string | null } | null;
  createdAt: string;
  updatedAt: string;
}

export interface WorkflowVersion {
  version: number;
  revision: number;
  publishedAt: string;
  publishedBy: { id: string; name: string } | null;
  bpmnXml?: string;
}

export interface Problem {
  elementId: string | null;
  severity: 'error' | 'warning';
  code: string;
  message: string;
}

export interface Connection {
  id: string;
  name: string;
  type: string;
  status: 'ready' | 'needs-authorization';
}

export interface Model {
  id: string;
  provider: string;
  title: string;
  available: boolean;
  demo: boolean;
  reason: string | null;
}

export interface StepError {
  code: string;
  message: string;
}

export interface LogLine {
  at: string;
  level: string;
  message: string;
}

export interface StepTestResult {
  status: 'succeeded' | 'failed';
  input: unknown;
  output: unknown;
  error: StepError | null;
  /** What the step would say to the caller of a webhook. */
  answer?: { status: number; headers: Record<string, string>; body: unknown } | null;
  logs: LogLine[];
  durationMs: number;
}

/** The data a step is tested with. */
export interface StepTestInput {
  trigger?: unknown;
  steps?: Record<string, unknown>;
  vars?: Record<string, unknown>;
  item?: unknown;
  index?: number;
}

export type RunStatus = 'queued' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled';

export interface Run {
  id: string;
  workflowId: string;
  status: RunStatus;
  input: unknown;
  output: unknown;
  error: (StepError & { elementId?: string | null }) | null;
  durationMs: number | null;
  path?: { flowId: string; at: string }[];
}

export interface Task {
  id: string;
  elementId: string;
  status: RunStatus;
  attempt: number;
  input: unknown;
  output: unknown;
  error: StepError | null;
  durationMs: number | null;
  usage?: { cost?: { amount: string; currency: string } | null } | null;
}

export interface Listening {
  url: string;
  path: string;
  expiresAt: string;
}

export interface Trigger {
  workflowId: string;
  use: string;
  path: string | null;
  methods: string[];
  url: string | null;
  testUrl: string | null;
}
