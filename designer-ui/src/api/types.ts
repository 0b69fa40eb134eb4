/** What the hub's resources look like, as far as the pages read them. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export interface Money {
  amount: string;
  currency: string;
}

export interface Me {
  user: { id: string; email: string; name: string };
  organization: { id: string; name: string; role: string };
  organizations: { id: string; name: string; role: string }[];
  role: string;
  permissions: string[];
}

export interface WorkflowSummary {
  id: string;
  name: string;
  description: string | null;
  revision: number;
  publishedVersion: number | null;
  changesNotLive: boolean;
  trigger: { use: string; path?: string | null } | null;
  createdAt: string;
  updatedAt: string;
}

export type RunStatus = 'queued' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled';

export interface Failure {
  code: string;
  message: string;
  elementId?: string | null;
  taskId?: string | null;
}

export interface Usage {
  inputTokens: number;
  outputTokens: number;
  cost: Money | null;
}

export interface Run {
  id: string;
  workflowId: string;
  workflowName: string;
  workflowVersion: number | null;
  workflowRevision: number;
  status: RunStatus;
  trigger: { use: string } | null;
  input: unknown;
  output: unknown;
  error: Failure | null;
  startedAt: string;
  endedAt: string | null;
  durationMs: number | null;
  usage: Usage | null;
  path?: { flowId: string; at: string }[];
}

export interface Turn {
  index: number;
  model: string;
  text: string | null;
  toolCalls: { id?: string; name: string; arguments: unknown }[];
  usage: Usage | null;
  at: string;
}

export interface Task {
  id: string;
  runId: string;
  elementId: string;
  parentTaskId: string | null;
  iteration: number | string | null;
  name: string | null;
  stepType: string;
  status: RunStatus;
  attempt: number;
  maxAttempts: number;
  input: unknown;
  output: unknown;
  error: Failure | null;
  startedAt: string | null;
  endedAt: string | null;
  durationMs: number | null;
  nextAttemptAt: string | null;
  usage: Usage | null;
  turns?: Turn[];
}

export interface LogLine {
  at: string;
  level: string;
  message: string;
}

export interface Plugin {
  id: string;
  version: string;
  title: string;
  description: string | null;
  provider: string | null;
  license: string | null;
  state: 'enabled' | 'disabled' | 'failed';
  error: string | null;
  stepTypes: string[];
  bundled: boolean;
}

export interface Connection {
  id: string;
  name: string;
  type: string;
  values: Record<string, unknown>;
  hasSecrets: string[];
  status: 'ready' | 'needs-authorization';
  createdAt: string;
  updatedAt: string;
}

export interface ConnectionType {
  type: string;
  title: string;
  description: string;
  icon: string;
  schema: Record<string, unknown>;
  oauth: boolean;
}

export interface Model {
  id: string;
  provider: string;
  title: string;
  available: boolean;
  demo: boolean;
  reason: string | null;
  inputPrice: Money | null;
  outputPrice: Money | null;
}

export interface Template {
  id: string;
  name: string;
  description: string;
  category: string;
  tags: string[];
  stepTypes: string[];
  exampleInput: unknown;
  bpmnXml: string;
}
