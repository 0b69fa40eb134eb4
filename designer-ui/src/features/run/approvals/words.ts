import type { Me } from '../../../api/types';
import { t } from '../../../i18n';
import type { Approval } from './calls';

/** Who is asked: `role:admin` and e-mail addresses as people say them. */
export function whoDecides(assignees: readonly string[]): string {
  if (assignees.length === 0) return t('Every member');
  return assignees.map((each) => (each.toLowerCase().startsWith('role:') ? t('{{role}} and above', { role: each.slice('role:'.length) }) : each)).join(', ');
}

/** Why the signed-in person cannot decide it; null when they can, or when nobody is asked any more. */
export function whyNot({ status, canDecide, fourEyes, assignees }: Approval, me: Pick<Me, 'permissions'> | undefined): string | null {
  if (status !== 'waiting' || canDecide || !me) return null;
  if (!me.permissions.includes('approval:decide')) return t('Your role may look at approvals, not decide them.');
  if (assignees.length === 0) return t('You started the run: somebody else must decide.');
  const who = whoDecides(assignees);
  return fourEyes ? t('Only {{who}} may decide, and not who started the run.', { who }) : t('Only {{who}} may decide.', { who });
}

/** How it ended, in a sentence; null while it is open. */
export function outcome({ status, decision }: Approval): string | null {
  const name = nameOf(decision?.decidedBy);
  switch (status) {
    case 'waiting':
      return null;
    case 'approved':
      return t('Approved by {{name}}', { name });
    case 'rejected':
      return t('Rejected by {{name}}', { name });
    case 'closed':
      return t('Nobody answered before it was closed');
  }
}

function nameOf(person: Record<string, unknown> | undefined): string {
  return String(person?.name ?? person?.email ?? t('somebody'));
}

/** A time to come: `in 5 min`, or the date. */
export function formatDue(iso: string, now = Date.now()): string {
  const minutes = Math.round((Date.parse(iso) - now) / 60_000);
  if (minutes <= 0) return t('now');
  if (minutes < 60) return t('in {{n}} min', { n: minutes });
  if (minutes < 60 * 48) return t('in {{n}} h', { n: Math.round(minutes / 60) });
  return t('in {{n}} days', { n: Math.round(minutes / 1440) });
}
