import { Kbd, Paper, ScrollArea, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { t } from '../../../i18n';
import { search, type StepEntry } from '../canvas/entries';
import { StepIcon } from './StepIcon';

const MENU = { width: 350, height: 460 };

interface AddStepMenuProps {
  at: { x: number; y: number };
  entries: readonly StepEntry[];
  title: string;
  placeholder?: string;
  onPick(entry: StepEntry): void;
  onClose(): void;
}

/** Asks what comes next: search first, everything by keyboard. */
export function AddStepMenu({ at, entries, title, placeholder, onPick, onClose }: AddStepMenuProps) {
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const menu = useRef<HTMLDivElement>(null);
  const list = useMemo(() => search(entries, query), [entries, query]);

  useEffect(() => {
    const outside = (event: MouseEvent): void => {
      if (!menu.current?.contains(event.target as Node)) onClose();
    };
    const timer = setTimeout(() => document.addEventListener('mousedown', outside), 0);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('mousedown', outside);
    };
  }, [onClose]);

  useEffect(() => {
    menu.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const onKeyDown = (event: React.KeyboardEvent): void => {
    event.stopPropagation();
    const chosen = list[active];
    if (event.key === 'ArrowDown') setActive(Math.min(active + 1, list.length - 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(active - 1, 0));
    else if (event.key === 'Enter' && chosen) onPick(chosen);
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
  };

  const left = Math.max(8, Math.min(at.x, window.innerWidth - MENU.width - 8));
  const top = Math.max(60, Math.min(at.y, window.innerHeight - MENU.height - 8));
  return (
    <Paper ref={menu} shadow="xl" radius="lg" withBorder className="add-menu" style={{ left, top }} role="dialog" aria-label={title} onKeyDown={onKeyDown}>
      <TextInput
        data-autofocus
        ref={focusSoon}
        placeholder={placeholder ?? t('What happens next?')}
        aria-label={t('Search steps')}
        aria-controls="add-step-list"
        aria-activedescendant={list[active] ? `add-${list[active].id}` : undefined}
        role="combobox"
        aria-expanded
        variant="unstyled"
        size="md"
        px="md"
        py={4}
        leftSection={<IconSearch size={17} />}
        rightSection={<Kbd size="xs">{t('esc')}</Kbd>}
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setActive(0);
        }}
      />
      <ScrollArea.Autosize mah={380} type="auto" className="add-list" viewportProps={{ tabIndex: 0 }}>
        <div id="add-step-list" role="listbox" aria-label={t('Steps')} className="add-options">
          {list.map((entry, index) => (
            <div key={entry.id} role="presentation">
              {entry.category !== list[index - 1]?.category && !query && <div className="add-category">{entry.category}</div>}
              <button type="button" tabIndex={-1} id={`add-${entry.id}`} role="option" aria-selected={index === active} className={`add-row${index === active ? ' on' : ''}`} onMouseMove={() => setActive(index)} onClick={() => onPick(entry)}>
                <StepIcon icon={entry.icon} colour={entry.colour} size={34} />
                <span className="add-text">
                  <Text component="span" size="sm" fw={600}>
                    {entry.title}
                  </Text>
                  <Text component="span" size="xs" c="dimmed" lineClamp={1}>
                    {entry.description}
                  </Text>
                </span>
              </button>
            </div>
          ))}
          {list.length === 0 && (
            <Text size="sm" c="dimmed" ta="center" p="md">
              {t('Nothing matches. Plugins bring more steps.')}
            </Text>
          )}
        </div>
      </ScrollArea.Autosize>
    </Paper>
  );
}

function focusSoon(input: HTMLInputElement | null): void {
  input?.focus();
}
