import { Input } from '@mantine/core';
import { useState } from 'react';
import { CodeField } from './CodeField';
import { titlesOf, type FieldProps } from './ExpressionField';
import { Preview } from './Preview';
import { t } from '../../../i18n';

interface JsonFieldProps extends FieldProps {
  value: unknown;
  onChange(value: unknown): void;
  /** Leaves out the preview, as for data that is typed in by hand. */
  plain?: boolean;
}

/** Any JSON, with expressions in its strings. What is not JSON yet stays in the field. */
export function JsonField({ label, description, required, error, id, scope, value, onChange, plain }: JsonFieldProps) {
  const [text, setText] = useState(() => print(value));
  const [written, setWritten] = useState(value);
  const [wrong, setWrong] = useState<string>();
  if (JSON.stringify(written) !== JSON.stringify(value)) {
    setWritten(value);
    setText(print(value));
    setWrong(undefined);
  }
  const change = (next: string): void => {
    setText(next);
    const parsed = parse(next);
    setWrong(parsed.error);
    if (!parsed.error && JSON.stringify(parsed.value) !== JSON.stringify(value)) {
      setWritten(parsed.value);
      onChange(parsed.value);
    }
  };
  return (
    <Input.Wrapper label={label} description={description} withAsterisk={required} error={wrong ?? error} labelElement="div">
      <CodeField label={label} value={text} onChange={change} hints={scope.hints} titles={titlesOf(scope)} json testId={`field-${id}`} invalid={wrong !== undefined} />
      {!plain && !wrong && <Preview document={value} scope={scope} testId={`preview-${id}`} />}
    </Input.Wrapper>
  );
}

function print(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value, null, 2);
}

/** A lone expression needs no quotes: it stands for a value of any type. */
function parse(text: string): { value?: unknown; error?: string } {
  const trimmed = text.trim();
  if (!trimmed) return { value: undefined };
  if (/^\{\{[\s\S]*\}\}$/.test(trimmed)) return { value: trimmed };
  try {
    return { value: JSON.parse(trimmed) as unknown };
  } catch {
    return { error: t('This is not JSON yet') };
  }
}
