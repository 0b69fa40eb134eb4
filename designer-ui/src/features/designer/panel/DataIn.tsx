import { Badge, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPin } from '@tabler/icons-react';
import { t } from '../../../i18n';
import { brief, pathText } from '../expressions/complete';
import { StepIcon } from '../palette/StepIcon';
import { useInsertTarget } from '../step-form/InsertTarget';
import type { Scope, ScopeEntry } from '../state/scope';

/** What earlier steps give; a click puts it into the field that was edited last. */
export function DataIn({ scope, onInserted }: { scope: Scope; onInserted(): void }) {
  const target = useInsertTarget();
  const pick = (path: (string | number)[]): void => {
    const expression = pathText(path);
    if (target.insert(expression)) {
      onInserted();
      return;
    }
    void navigator.clipboard?.writeText(`{{ ${expression} }}`);
    notifications.show({ message: t('Copied {{expression}}: click into a field first to insert it there.', { expression: `{{ ${expression} }}` }) });
  };
  if (scope.entries.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('Nothing comes before this step.')}
      </Text>
    );
  }
  return (
    <div>
      <Text size="xs" c="dimmed" mb="sm">
        {t('Click a value to use it in the field you edited last.')}
      </Text>
      {scope.entries.map((entry) => (
        <section key={entry.elementId}>
          <Group gap={8} wrap="nowrap">
            <StepIcon icon={entry.icon} colour={entry.colour} size={24} />
            <Text size="sm" fw={600} truncate>
              {entry.title}
            </Text>
            <EntryBadge entry={entry} />
          </Group>
          <div className="data-tree">
            <Rows value={entry.known ? entry.value : entry.example} path={entry.path} depth={0} onPick={pick} />
          </div>
        </section>
      ))}
    </div>
  );
}

function EntryBadge({ entry }: { entry: ScopeEntry }) {
  if (entry.pinned) {
    return (
      <Badge size="xs" variant="light" leftSection={<IconPin size={9} />}>
        {t('Pinned')}
      </Badge>
    );
  }
  return entry.known ? null : (
    <Badge size="xs" variant="light" color="yellow" c="var(--cadre-ink)">
      {t('Test it first')}
    </Badge>
  );
}

interface RowsProps {
  value: unknown;
  path: (string | number)[];
  depth: number;
  onPick(path: (string | number)[]): void;
}

const MAX_DEPTH = 6;
const MAX_ROWS = 60;

function Rows({ value, path, depth, onPick }: RowsProps) {
  const isContainer = typeof value === 'object' && value !== null;
  const children = isContainer && depth < MAX_DEPTH ? childrenOf(value).slice(0, MAX_ROWS) : [];
  const name = path[path.length - 1];
  const text = depth === 0 ? pathText(path) : typeof name === 'number' ? `[${name}]` : String(name);
  return (
    <>
      <button type="button" className="data-row" style={{ paddingLeft: 6 + depth * 14 }} title={`{{ ${pathText(path)} }}`} onClick={() => onPick(path)}>
        <span className="data-name">{text}</span>
        <span className="data-value">{isContainer && !Array.isArray(value) ? '' : brief(value)}</span>
      </button>
      {children.map(([key, child]) => (
        <Rows key={key} value={child} path={[...path, key]} depth={depth + 1} onPick={onPick} />
      ))}
    </>
  );
}

function childrenOf(value: object): [string | number, unknown][] {
  if (Array.isArray(value)) return value.slice(0, 3).map((item, index) => [index, item as unknown]);
  return Object.entries(value);
}
