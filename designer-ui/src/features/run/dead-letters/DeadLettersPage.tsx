import { Button, Checkbox, Group, Text } from '@mantine/core';
import { IconMailOff, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { DeadLetter } from '../../../api/types';
import { useRole } from '../../../api/useMe';
import { confirm, EmptyState, PageHead } from '../../../components/ui';
import { t } from '../../../i18n';
import { formatFullTime, formatTime } from '../../../lib/format';
import { useDeadLetters, useDeal } from './calls';
import { Pages, RunLink, TextFilter, useFilters, WorkflowFilter } from '../list';
import '../list.css';

/** What does not go on without a person: to be retried or discarded, one by one or many at once. */
export function DeadLettersPage() {
  const { wanted, filtered, set } = useFilters('workflowId', 'code');
  const letters = useDeadLetters(wanted);
  return (
    <>
      <PageHead title={t('Dead letters')} about={t('Runs that failed, and steps of which nobody knows whether they had their effect.')} />
      <Group mb="sm" gap="xs">
        <WorkflowFilter value={wanted.workflowId} onChange={(value) => set('workflowId', value)} />
        <TextFilter label={t('Error code')} placeholder={t('Error code, as HTTP_404')} width={240} value={wanted.code} onChange={(value) => set('code', value?.toUpperCase() ?? null)} />
      </Group>
      <Pages
        list={letters}
        empty={
          <EmptyState icon={<IconMailOff size={24} />} title={filtered ? t('No dead letter matches') : t('Nothing waits for a person')}>
            {filtered ? t('Take a filter away to see more.') : t('When a run fails, or the outcome of a step that works at most once is not known, it is listed here.')}
          </EmptyState>
        }
      >
        {(items) => <Letters key={JSON.stringify(wanted)} items={items} />}
      </Pages>
    </>
  );
}

function Letters({ items }: { items: DeadLetter[] }) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const mayRun = useRole('member');
  const clear = (): void => setChosen(new Set());
  const retry = useDeal('retry', clear);
  const discard = useDeal('discard', clear);
  const listed = items.filter(({ id }) => chosen.has(id));
  const runIds = [...new Set(listed.map(({ runId }) => runId))];
  const unknown = listed.some(({ kind }) => kind === 'unknown-outcome');
  const toggle = (id: string): void =>
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const startRetry = (): void => {
    if (!unknown) return retry.mutate(runIds);
    confirm(t('Try again what may have happened?'), t('Of some of these steps nobody knows whether they had their effect. Tried again, they may have it twice.'), t('Try again'), () => retry.mutate(runIds));
  };
  const startDiscard = (): void =>
    confirm(t('Discard what is chosen?'), t('The runs are cancelled and cannot be retried any more.'), t('Discard'), () => discard.mutate(runIds));
  const all = listed.length === items.length;
  return (
    <div className="panel-card">
      {mayRun && (
        <Group className="row" gap="sm">
          <Checkbox label={listed.length > 0 ? t('{{count}} chosen', { count: listed.length }) : t('Choose all')} checked={all} indeterminate={listed.length > 0 && !all} onChange={() => setChosen(new Set(all ? [] : items.map(({ id }) => id)))} />
          <Group gap="xs" ml="auto">
            <Button size="xs" leftSection={<IconRefresh size={15} />} disabled={runIds.length === 0} loading={retry.isPending} onClick={startRetry}>
              {t('Retry')}
            </Button>
            <Button size="xs" variant="default" leftSection={<IconTrash size={15} />} disabled={runIds.length === 0} loading={discard.isPending} onClick={startDiscard}>
              {t('Discard')}
            </Button>
          </Group>
        </Group>
      )}
      {items.map((letter) => (
        <LetterRow key={letter.id} letter={letter} chosen={chosen.has(letter.id)} onToggle={mayRun ? () => toggle(letter.id) : undefined} />
      ))}
    </div>
  );
}

function LetterRow({ letter, chosen, onToggle }: { letter: DeadLetter; chosen: boolean; onToggle?: () => void }) {
  return (
    <Group className="row row-link" wrap="nowrap" gap="sm">
      {onToggle && <Checkbox checked={chosen} onChange={onToggle} aria-label={t('Choose the run of {{name}} of {{when}}', { name: letter.workflowName, when: formatFullTime(letter.since) })} />}
      <RunLink runId={letter.runId} name={letter.workflowName} tone={letter.kind === 'unknown-outcome' ? 'unknown' : 'bad'}>
        {[letter.elementId, letter.message].filter(Boolean).join(': ')}
      </RunLink>
      <Text size="sm" className="letter-code" visibleFrom="sm">
        {letter.code}
      </Text>
      <Text size="sm" c="dimmed" w={90} ta="right" visibleFrom="sm" className="num">
        {letter.attempts === 1 ? t('1 attempt') : letter.attempts > 1 ? t('{{count}} attempts', { count: letter.attempts }) : ''}
      </Text>
      <Text size="sm" c="dimmed" w={96} ta="right" className="num" title={formatFullTime(letter.since)}>
        {formatTime(letter.since)}
      </Text>
    </Group>
  );
}
