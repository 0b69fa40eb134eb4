import { Text, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { AuditEvent } from '../../api/types';
import { t } from '../../i18n';
import { formatFullTime, formatJson, formatTime } from '../../lib/format';

/** One event; its details open below it. */
export function EventRow({ event }: { event: AuditEvent }) {
  const [open, setOpen] = useState(false);
  const details = useId();
  return (
    <li className="row audit-event">
      <UnstyledButton className="audit-head" aria-expanded={open} aria-controls={details} onClick={() => setOpen(!open)}>
        <IconChevronRight size={16} aria-hidden className="audit-chevron" data-open={open || undefined} />
        <span className="audit-what">
          <Text component="span" fw={600} className="audit-line">
            {actionName(event.action)}
            {event.subject.name && <Text component="span" fw={400}>{` · ${event.subject.name}`}</Text>}
          </Text>
          <Text component="span" size="sm" c="dimmed" className="audit-line">
            {actorName(event)}
            {event.actor.address && ` · ${event.actor.address}`}
          </Text>
        </span>
        <Text component="span" size="sm" c="dimmed" className="num" title={formatFullTime(event.at)}>
          {formatTime(event.at)}
        </Text>
      </UnstyledButton>
      {open && (
        <div id={details} className="audit-details">
          <Changes event={event} />
          <dl className="audit-facts">
            <Fact label={t('Time')} value={formatFullTime(event.at)} />
            <Fact label={t('Action')} value={event.action} />
            <Fact label={t('Done by')} value={[actorName(event), event.actor.email].filter(Boolean).join(' · ')} />
            <Fact label={t('On')} value={`${event.subject.type} ${event.subject.id}`} />
            <Fact label={t('From')} value={[event.actor.address, event.actor.userAgent].filter(Boolean).join(' · ')} />
            <Fact label={t('Place in the log')} value={event.position ? `${event.position} · ${event.hash ?? ''}` : t('In a second')} />
          </dl>
        </div>
      )}
    </li>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return value ? (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  ) : null;
}

function Changes({ event }: { event: AuditEvent }) {
  const before = event.before as Record<string, unknown>;
  const after = event.after as Record<string, unknown>;
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  if (names.length === 0) return null;
  const changed = Object.keys(before).length > 0;
  return (
    <div className="audit-table">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('What')}</th>
            {changed && <th scope="col">{t('Before')}</th>}
            <th scope="col">{changed ? t('After') : t('Value')}</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {changed && <td>{shown(before[name])}</td>}
              <td>{shown(after[name])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const shown = (value: unknown): string => (value === undefined || value === null ? '–' : formatJson(value));

/** What is more than a word in lower case. */
const SHORT: Readonly<Record<string, string>> = { 'api-key': 'API key', sso: 'single sign-on:' };

/** `member.role-changed` as people read it. */
function actionName(action: string): string {
  const [subject = '', what = ''] = action.split('.');
  const words = `${SHORT[subject] ?? subject.replaceAll('-', ' ')} ${what.replaceAll('-', ' ')}`;
  return t(words.charAt(0).toUpperCase() + words.slice(1));
}

function actorName({ actor }: AuditEvent): string {
  if (actor.name) return actor.name;
  switch (actor.kind) {
    case 'system':
      return t('The hub itself');
    case 'anonymous':
      return t('Somebody not signed in');
    case 'user':
      return t('A person who is gone');
    default:
      return t('A key');
  }
}
