import { useEffect, useRef, useState } from 'react';
import { allowance } from '../../api/allowance';
import { listenToEvents, type LiveEvent } from '../../api/events';

const GATHER_MS = 150;

/** Calls back soon after something happened to a run (or to this one, or something that matters); answers whether the line is open. */
export function useLive(onChange: () => void, runId?: string, matters?: (event: LiveEvent) => boolean, enabled = true): boolean {
  const [open, setOpen] = useState(false);
  const latest = useRef({ onChange, matters });
  useEffect(() => {
    latest.current = { onChange, matters };
  });
  useEffect(() => {
    if (!enabled) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onEvent = (event: LiveEvent): void => {
      if (runId !== undefined && event.runId !== runId) return;
      if (latest.current.matters?.(event) === false) return;
      timer ??= setTimeout(
        () => {
          timer = undefined;
          latest.current.onChange();
        },
        allowance.pause(GATHER_MS),
      );
    };
    const close = listenToEvents({ onEvent, onState: setOpen });
    return () => {
      clearTimeout(timer);
      close();
    };
  }, [runId, enabled]);
  return open;
}
