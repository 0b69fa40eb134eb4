import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { t } from '../../i18n';

/** Asks before something that cannot be taken back. */
export function confirm(title: string, body: string, action: string, then: () => void): void {
  modals.openConfirmModal({
    title,
    children: <Text size="sm">{body}</Text>,
    labels: { confirm: action, cancel: t('Keep it') },
    confirmProps: { color: 'red.9' },
    onConfirm: then,
  });
}
