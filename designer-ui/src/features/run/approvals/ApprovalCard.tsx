import { Anchor, Badge, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { t } from '../../../i18n';
import { formatFullTime, formatTime } from '../../../lib/format';
import './approvals.css';
import type { Approval } from './calls';
import { fieldsOf, fixed } from './corrections';
import { DecisionForm } from './DecisionForm';
import { Values } from './Values';
import { formatDue, outcome, whoDecides } from './words';

const LOOK: Record<Approval['status'], { color: string; ink: string; label: string }> = {
  waiting: { color: 'orange', ink: '#8a3b00', label: 'Open' },
  approved: { color: 'teal', ink: '#0a5740', label: 'Approved' },
  rejected: { color: 'red', ink: '#a31226', label: 'Rejected' },
  closed: { color: 'gray', ink: '#494c5a', label: 'Closed' },
};

/** One question with all that is needed to answer it, or what became of it. */
export function ApprovalCard({ approval, onDecided }: { approval: Approval; onDecided?: () => void }) {
  const { color, ink, label } = LOOK[approval.status];
  const proposed = approval.status === 'waiting' ? fixed(approval) : (approval.decision?.data ?? approval.data);
  const before = approval.decision ? approval.data : undefined;
  const titleId = `${approval.id}-title`;
  return (
    <article className="panel-card approval-card" aria-labelledby={titleId}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="sm">
        <Title order={2} size="16px" id={titleId} className="approval-text">
          <Link to={`/approvals/${approval.id}`} className="plain approval-title">
            {approval.title}
          </Link>
        </Title>
        <Badge color={color} variant="light" style={{ flex: 'none', color: `light-dark(${ink}, var(--mantine-color-${color}-2))` }}>
          {t(label)}
        </Badge>
      </Group>
      <Facts approval={approval} />
      {approval.description && (
        <Text size="sm" className="approval-text" mt="sm">
          {approval.description}
        </Text>
      )}
      {Object.keys(proposed).length > 0 && (
        <Section title={approval.decision ? t('Decided about') : t('Proposed')}>
          <Values data={proposed} fields={fieldsOf(approval)} before={before} />
        </Section>
      )}
      <Section title={approval.status === 'waiting' && approval.form ? t('To fill in or correct') : undefined}>
        {approval.status === 'waiting' ? <DecisionForm approval={approval} onDecided={onDecided} /> : <Outcome approval={approval} />}
      </Section>
    </article>
  );
}

function Facts({ approval }: { approval: Approval }) {
  return (
    <Group gap={6} className="approval-facts" mt={4}>
      <Anchor component={Link} to={`/workflows/${approval.workflowId}`} size="sm" underline="always">
        {approval.workflowName}
      </Anchor>
      <Anchor component={Link} to={`/runs/${approval.runId}`} size="sm" underline="always">
        {t('Its run')}
      </Anchor>
      <Fact title={formatFullTime(approval.askedAt)}>{t('asked {{when}}', { when: formatTime(approval.askedAt) })}</Fact>
      {approval.dueAt && approval.status === 'waiting' && <Fact title={formatFullTime(approval.dueAt)}>{t('due {{when}}', { when: formatDue(approval.dueAt) })}</Fact>}
      <Fact>{whoDecides(approval.assignees)}</Fact>
      {approval.reminders > 0 && <Fact>{t('reminded {{count}} times', { count: approval.reminders })}</Fact>}
      {approval.escalated && <Fact>{t('escalated')}</Fact>}
    </Group>
  );
}

function Fact({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <Text size="sm" c="dimmed" component="span" title={title}>
      {children}
    </Text>
  );
}

function Section({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <section className="approval-section">
      {title && (
        <Title order={3} size="13px" mb={6}>
          {title}
        </Title>
      )}
      {children}
    </section>
  );
}

/** Who decided what, and why. */
export function Outcome({ approval }: { approval: Approval }) {
  const { decision } = approval;
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600}>
        {[outcome(approval), decision && formatTime(decision.decidedAt)].filter(Boolean).join(' · ')}
      </Text>
      {decision?.comment && (
        <Text size="sm" className="approval-text">
          {decision.comment}
        </Text>
      )}
    </Stack>
  );
}
