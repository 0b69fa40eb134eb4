import { Anchor, Badge, Group, Stack, Text } from '@mantine/core';
import type { Task, Turn } from '../../api/types';
import { Json, StatusBadge } from '../../components/ui';
import { t } from '../../i18n';
import { formatMoney, formatTime } from '../../lib/format';

interface TurnCardProps {
  turn: Turn;
  /** The turn's tool calls as tasks, where they have begun. */
  calls: Task[];
  onSelect: (elementId: string) => void;
}

/** One answer of an agent's model: what it said, the tools that it asked for and what they gave. */
export function TurnCard({ turn, calls, onSelect }: TurnCardProps) {
  return (
    <Stack className="panel-card" gap={6} p="sm">
      <Group justify="space-between">
        <Text size="sm" fw={600}>
          {t('Turn {{n}}', { n: turn.index })}
        </Text>
        <Badge variant="default" tt="none">
          {turn.model}
        </Badge>
      </Group>
      {turn.text && <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>{turn.text}</Text>}
      {turn.toolCalls.map(({ id, tool, arguments: given }, index) => {
        const call = calls.find(({ callId }) => callId === `${turn.index}:${id}`);
        return (
          <Stack key={`${id}-${index}`} gap={4}>
            <Group gap="xs" justify="space-between" wrap="nowrap">
              {call && call.stepType === 'tool-call' ? (
                <Anchor component="button" type="button" size="sm" underline="always" ta="left" onClick={() => onSelect(call.elementId)}>
                  {t('Called {{tool}}', { tool })}
                </Anchor>
              ) : (
                <Text size="sm">{t('Called {{tool}}', { tool })}</Text>
              )}
              {call && <StatusBadge status={call.status} />}
            </Group>
            <Json label={t('Arguments')} value={given} />
            {call?.endedAt && <Json label={t('Result')} value={call.error ?? call.output} />}
          </Stack>
        );
      })}
      {turn.usage && (
        <Text size="xs" c="dimmed" className="num">
          {[t('{{in}} tokens in, {{out}} out', { in: turn.usage.inputTokens, out: turn.usage.outputTokens }), formatMoney(turn.usage.cost), formatTime(turn.at)].filter(Boolean).join(' · ')}
        </Text>
      )}
    </Stack>
  );
}
