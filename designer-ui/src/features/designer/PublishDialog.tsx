import { Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { t } from '../../i18n';
import type { Problem } from '../../api/types';

interface PublishDialogProps {
  problems: Problem[];
  onPublish(): void;
  onShow(elementId: string): void;
  onClose(): void;
}

/** Says what stands in the way of publishing, or what is worth a look before it. */
export function PublishDialog({ problems, onPublish, onShow, onClose }: PublishDialogProps) {
  const blocked = problems.some((problem) => problem.severity === 'error');
  return (
    <Modal opened onClose={onClose} title={blocked ? t('Not ready to publish') : t('Publish with warnings?')} centered>
      <Stack>
        <Text size="sm">{blocked ? t('Fix these first:') : t('It works, but look at this:')}</Text>
        <List size="sm" spacing={4}>
          {problems.map((problem) => (
            <List.Item key={`${problem.elementId}${problem.message}`}>
              {problem.elementId ? (
                <Button variant="subtle" size="compact-sm" h="auto" px={4} styles={{ label: { whiteSpace: 'normal', textAlign: 'left' } }} onClick={() => onShow(problem.elementId ?? '')}>
                  {problem.message}
                </Button>
              ) : (
                problem.message
              )}
            </List.Item>
          ))}
        </List>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('Close')}
          </Button>
          {!blocked && <Button onClick={onPublish}>{t('Publish')}</Button>}
        </Group>
      </Stack>
    </Modal>
  );
}
