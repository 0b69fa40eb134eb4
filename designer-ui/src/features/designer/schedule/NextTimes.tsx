import { Loader, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { JsonObject } from '../../../diagram/dialect';
import { formatUntil, formatZoned } from '../../../lib/format';
import { describeSchedule } from '../../../lib/schedule';
import { previewSchedule } from '../api/calls';

const PAUSE_MS = 300;

/** The times at which the settings would fire, as the hub reckons them, while they are being written. */
export function NextTimes({ settings }: { settings: JsonObject }) {
  const [text] = useDebouncedValue(JSON.stringify(settings), PAUSE_MS);
  const preview = useQuery({
    queryKey: ['schedule-preview', text],
    queryFn: () => previewSchedule(JSON.parse(text) as JsonObject),
    retry: false,
    staleTime: 10_000,
    placeholderData: keepPreviousData,
  });
  return (
    <section aria-label="Next times" aria-live="polite">
      <Text size="sm" fw={600} mb={4}>
        Next times
      </Text>
      {preview.isPending && <Loader size="xs" aria-label="Asking the hub" />}
      {preview.error && (
        <Text size="sm" c="light-dark(#b42318, #ffa8a8)">
          {preview.error.message}
        </Text>
      )}
      {!preview.error && preview.data && <Times times={preview.data.nextFireTimes} timeZone={preview.data.timeZone} words={describeSchedule(settings)} />}
    </section>
  );
}

function Times({ times, timeZone, words }: { times: string[]; timeZone: string; words: string }) {
  if (times.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        This time is over: it never fires.
      </Text>
    );
  }
  return (
    <>
      <Text size="xs" c="dimmed" mb={4}>
        {words}, {timeZone}
      </Text>
      <ol className="next-times">
        {times.map((time, index) => (
          <li key={time}>
            {formatZoned(time, timeZone)}
            {index === 0 && <Text span size="xs" c="dimmed">{` (${formatUntil(time)})`}</Text>}
          </li>
        ))}
      </ol>
    </>
  );
}
