import { Spoiler } from '@mantine/core';
import { isObject, labelOf, type Schema } from '../../../lib/schema';
import { t } from '../../../i18n';
import { formatJson } from '../../../lib/format';

const DEEPEST = 2;
const TALLEST_PX = 180;

interface ValuesProps {
  data: Record<string, unknown>;
  /** The form's fields, for their titles. */
  fields?: Record<string, Schema>;
  /** What was proposed, where `data` is what became of it: shown beside what differs. */
  before?: Record<string, unknown>;
  depth?: number;
}

/** What is proposed, as a list of names and values. */
export function Values({ data, fields = {}, before, depth = 0 }: ValuesProps) {
  return (
    <dl className="approval-values">
      {Object.entries(data).map(([name, value]) => (
        <div key={name}>
          <dt>{labelOf(name, fields[name] ?? {})}</dt>
          <dd>
            <Value value={value} depth={depth} />
            {before && !isSame(before[name], value) && (
              <span className="approval-before">{before[name] === undefined ? t('filled in') : t('proposed was {{value}}', { value: inline(before[name]) })}</span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Value({ value, depth }: { value: unknown; depth: number }) {
  if (isObject(value) && depth < DEEPEST && Object.keys(value).length > 0) return <Values data={value} depth={depth + 1} />;
  if (isPlain(value)) {
    return (
      <Spoiler maxHeight={TALLEST_PX} showLabel={t('Show all')} hideLabel={t('Show less')}>
        <span className="approval-text">{inline(value)}</span>
      </Spoiler>
    );
  }
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard
    <pre className="json" tabIndex={0}>{formatJson(value)}</pre>
  );
}

const isScalar = (value: unknown): boolean => value === null || typeof value !== 'object';

const isPlain = (value: unknown): boolean => isScalar(value) || (Array.isArray(value) && value.length > 0 && value.every(isScalar));

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function inline(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'boolean') return value ? t('Yes') : t('No');
  if (Array.isArray(value) && value.every(isScalar)) return value.map(inline).join(', ');
  return formatJson(value);
}
