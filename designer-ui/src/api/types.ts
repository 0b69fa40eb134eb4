import type { components } from './schema';

type Schemas = components['schemas'];

/** The hub's resources, as its API describes them (`openapi.json`), by the names that the pages use. */
export type AuditEvent = Schemas['AuditEvent'];
export type ChainReport = Schemas['ChainReport'];
export type ClusterNode = Schemas['NodeView'];
export type Connection = Schemas['ShownConnection'];
export type ConnectionLimits = Schemas['Limits'];
export type ConnectionType = Schemas['ConnectionType'];
export type DeadLetter = Schemas['DeadLetter'];
export type DeadLetterReport = Schemas['Report'];
export type Failure = Schemas['RunError'];
export type KeyState = Schemas['KeyState'];
export type Listening = Schemas['ListeningAt'];
export type LogLine = Schemas['TaskLogLine'];
export type Invitation = Schemas['PendingInvitation'];
export type InvitationOffer = Schemas['Offer'];
export type Member = Schemas['Member'];
export type Me = Schemas['Me'];
export type Model = Schemas['ModelInfo'];
export type Money = Schemas['Money'];
export type Organization = Schemas['OrganizationDetails'];
export type OrganizationOfUser = Schemas['OrganizationOfUser'];
export type OutboxMessage = Schemas['OutboxMessage'];
export type Plugin = Schemas['PluginView'];
export type Problem = Schemas['Problem'];
export type ProcessingRecord = Schemas['ProcessingRecord'];
export type Retention = Schemas['ShownRetention'];
export type Role = Schemas['RoleDetails'];
export type Run = Schemas['Run'];
export type RunStatus = Run['status'];
export type Sso = Schemas['SsoView'];
export type SsoDomain = Schemas['ClaimedDomain'];
export type SsoOutcome = Schemas['SsoTestResult'];
export type SignIn = Schemas['SessionView'];
export type StepTestResult = Schemas['Outcome'];
export type Task = Schemas['Task'];
export type Template = Schemas['WorkflowTemplate'];
export type Trigger = Schemas['ArmedTrigger'];
export type Turn = Schemas['AgentTurn'];
export type Usage = Schemas['Usage'];
export type Violation = Schemas['Violation'];
export type WaitingSignIn = Schemas['WaitingSignIn'];
export type Workflow = Schemas['WorkflowBody'];
export type WorkflowSummary = Schemas['WorkflowItem'];
export type WorkflowVersion = Schemas['Version'] & Partial<Pick<Schemas['DrawnVersion'], 'bpmnXml'>>;

/** One page of a list, as every list of the API answers it. */
export interface Page<T> {
  items: T[];
  nextCursor?: string | null;
}
