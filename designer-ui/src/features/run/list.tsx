import { Button, Group, Select, Text, TextInput } from '@mantine/core';
import { useQuery, type InfiniteData, type UseInfiniteQueryResult } from '@tanstack/react-query';
import { useCallback, type ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { get } from '../../api/http';
import type { Page, WorkflowSummary } from '../../api/types';
import { ErrorState, LoadingRows } from '../../components/ui';
import { t } from '../../i18n';

/** What lists of runs have in common: filters in the address, pages behind each other, rows that lead to a run. */
export function useFilters<K extends string>(...keys: readonly K[]): { wanted: Record<K, string | null>; filtered: boolean; set(key: K, value: string | null): void } {
  const [filters, setFilters] = useSearchParams();
  const set = useCallback(
    (key: K, value: string | null): void =>
      setFilters(
        (before) => {
          const next = new URLSearchParams(before);
          if (value) next.set(key, value);
          else next.delete(key);
          return next;
        },
        { replace: true },
      ),
    [setFilters],
  );
  const wanted = Object.fromEntries(keys.map((key) => [key, filters.get(key)])) as Record<K, string | null>;
  return { wanted, filtered: Object.values(wanted).some(Boolean), set };
}

interface FilterProps {
  value: string | null;
  onChange(value: string | null): void;
}

export function WorkflowFilter({ value, onChange }: FilterProps) {
  const workflows = useQuery({ queryKey: ['workflows'], queryFn: ({ signal }) => get<Page<WorkflowSummary>>('/api/v1/workflows?limit=200', signal) });
  return <Select aria-label={t('Workflow')} placeholder={t('Every workflow')} clearable searchable w={{ base: '100%', xs: 220 }} data={workflows.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []} value={value} onChange={onChange} />;
}

/** Takes what was typed when the field is left, or with Enter. */
export function TextFilter({ label, placeholder, width, value, onChange }: FilterProps & { label: string; placeholder: string; width: number }) {
  const take = (text: string): void => onChange(text.trim() || null);
  return <TextInput key={value} aria-label={label} placeholder={placeholder} w={{ base: '100%', xs: width }} defaultValue={value ?? ''} onBlur={(event) => take(event.currentTarget.value)} onKeyDown={(event) => event.key === 'Enter' && take(event.currentTarget.value)} />;
}

interface PagesProps<T> {
  list: UseInfiniteQueryResult<InfiniteData<Page<T>>>;
  /** What is shown in place of an empty list. */
  empty: ReactNode;
  children(items: T[]): ReactNode;
}

/** A list that loads more on demand, with what stands there while it loads, fails or is empty. */
export function Pages<T>({ list, empty, children }: PagesProps<T>) {
  const items = list.data?.pages.flatMap((page) => page.items);
  return (
    <>
      {list.isPending && <LoadingRows />}
      {list.error && <ErrorState error={list.error} retry={() => void list.refetch()} />}
      {items?.length === 0 && empty}
      {items && items.length > 0 && children(items)}
      {list.hasNextPage && (
        <Group justify="center" mt="md">
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('Show more')}
          </Button>
        </Group>
      )}
    </>
  );
}

/** The name of a run's workflow, which leads to the run, and a line about it. */
export function RunLink({ runId, name, tone, children }: { runId: string; name: string; tone?: 'bad' | 'unknown'; children: ReactNode }) {
  return (
    <Link to={`/runs/${runId}`} className="plain" style={{ flex: 1, minWidth: 0 }}>
      <Text fw={600} truncate>
        {name}
      </Text>
      <Text size="sm" className="run-line" data-tone={tone}>
        {children}
      </Text>
    </Link>
  );
}
