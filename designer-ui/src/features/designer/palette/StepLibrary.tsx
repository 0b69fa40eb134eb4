import { Anchor, ScrollArea, Switch, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { t } from '../../../i18n';
import { libraryEntries, search, type StepEntry } from '../canvas/entries';
import { useDesigner } from '../state/DesignerContext';
import { StepIcon } from './StepIcon';

/** What the installed plugins offer: dragged onto the canvas, or added behind the selected step by a click or Enter. */
export function StepLibrary({ onPick }: { onPick(entry: StepEntry): void }) {
  const { model, catalogue } = useDesigner();
  const [query, setQuery] = useState('');
  const [expert, setExpert] = useState(false);
  const entries = useMemo(() => libraryEntries(catalogue.all()), [catalogue]);
  const shown = search(entries, query).filter((entry) => expert || !entry.expert || query);
  const categories = [...new Set(shown.map((entry) => entry.category))];
  return (
    <nav className="library" aria-label={t('Step library')}>
      <div className="library-search">
        <TextInput size="xs" leftSection={<IconSearch size={14} />} placeholder={t('Search steps')} aria-label={t('Search step library')} value={query} onChange={(event) => setQuery(event.currentTarget.value)} />
      </div>
      <ScrollArea flex={1} type="auto" viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t('Step types') }}>
        {categories.map((category) => (
          <section key={category} className="library-category">
            <h3>{category}</h3>
            {shown
              .filter((entry) => entry.category === category)
              .map((entry) => (
                <LibraryItem key={entry.id} entry={entry} expert={expert} onPick={onPick} onDrag={(event) => model.startDragging(entry, event)} />
              ))}
          </section>
        ))}
        {shown.length === 0 && (
          <Text size="xs" c="dimmed" p="sm">
            {t('Nothing matches.')}
          </Text>
        )}
      </ScrollArea>
      <div className="library-foot">
        <Switch size="xs" label={t('All of BPMN')} checked={expert} onChange={(event) => setExpert(event.currentTarget.checked)} />
        <Anchor component={Link} to="/plugins" size="xs">
          {t('Plugins')}
        </Anchor>
      </div>
    </nav>
  );
}

const DRAG_AFTER_PX = 5;

interface LibraryItemProps {
  entry: StepEntry;
  expert: boolean;
  onPick(entry: StepEntry): void;
  onDrag(event: MouseEvent): void;
}

function LibraryItem({ entry, expert, onPick, onDrag }: LibraryItemProps) {
  const startDrag = (down: React.MouseEvent): void => {
    if (down.button !== 0 || entry.made.kind === 'attach') return;
    const origin = { x: down.clientX, y: down.clientY };
    const move = (event: MouseEvent): void => {
      if (Math.hypot(event.clientX - origin.x, event.clientY - origin.y) < DRAG_AFTER_PX) return;
      stop();
      onDrag(event);
    };
    const stop = (): void => {
      document.removeEventListener('mousemove', move);
      document.removeEventListener('mouseup', stop);
    };
    document.addEventListener('mousemove', move);
    document.addEventListener('mouseup', stop);
  };
  return (
    <button type="button" className="library-item" aria-label={entry.title} title={entry.description} data-testid={`library-${entry.id}`} onMouseDown={startDrag} onClick={() => onPick(entry)}>
      <StepIcon icon={entry.icon} colour={entry.colour} size={28} />
      <span>
        {entry.title}
        {expert && entry.bpmn && <small className="library-bpmn">{entry.bpmn}</small>}
      </span>
    </button>
  );
}
