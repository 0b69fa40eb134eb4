import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { t } from '../../i18n';

interface JsonInputProps {
  label: string;
  description?: string;
  required: boolean;
  error?: string;
  name: string;
  value: unknown;
  onChange: (value: unknown) => void;
}

/** A value of any shape as JSON text; what is not JSON yet is kept here and not handed on. */
export function JsonInput({ value, onChange, error, ...common }: JsonInputProps) {
  const [text, setText] = useState(value === undefined ? '' : JSON.stringify(value, null, 2));
  const [broken, setBroken] = useState(false);
  const change = (next: string): void => {
    setText(next);
    try {
      onChange(next.trim() ? JSON.parse(next) : undefined);
      setBroken(false);
    } catch {
      setBroken(true);
    }
  };
  return <Textarea {...common} autosize minRows={2} maxRows={14} styles={{ input: { fontFamily: 'ui-monospace, Menlo, monospace', fontSize: 12.5 } }} value={text} onChange={(event) => change(event.currentTarget.value)} error={broken ? t('This is not JSON yet') : error} />;
}
