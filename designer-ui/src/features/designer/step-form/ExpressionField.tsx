import { Input } from '@mantine/core';
import type { ReactNode } from 'react';
import { syntaxError } from '../expressions/evaluate';
import { hasExpression } from '../expressions/scan';
import type { Scope } from '../state/scope';
import { CodeField } from './CodeField';
import { Preview } from './Preview';

export interface FieldProps {
  label: string;
  description?: ReactNode;
  required?: boolean;
  error?: string;
  /** Ends the ids that tests find a field by. */
  id: string;
  scope: Scope;
}

interface ExpressionFieldProps extends FieldProps {
  value: string;
  onChange(value: string): void;
  multiline?: boolean;
  placeholder?: string;
  aside?: ReactNode;
}

/** A text field whose `{{ }}` are completed and previewed. */
export function ExpressionField({ label, description, required, error, id, scope, value, onChange, multiline, placeholder, aside }: ExpressionFieldProps) {
  const wrong = error ?? (hasExpression(value) ? syntaxError(value) : undefined);
  return (
    <Input.Wrapper label={aside ? <LabelWithAside label={label} aside={aside} /> : label} description={description} withAsterisk={required && !aside} error={wrong} labelElement="div">
      <CodeField
        label={label}
        value={value}
        onChange={onChange}
        hints={scope.hints}
        titles={titlesOf(scope)}
        placeholder={placeholder}
        multiline={multiline}
        testId={`field-${id}`}
        invalid={wrong !== undefined}
      />
      {!wrong && <Preview document={value} scope={scope} testId={`preview-${id}`} />}
    </Input.Wrapper>
  );
}

export function titlesOf(scope: Scope): Record<string, string> {
  return Object.fromEntries(scope.entries.map((entry) => [entry.elementId, entry.title]));
}

function LabelWithAside({ label, aside }: { label: string; aside: ReactNode }) {
  return (
    <span className="field-label">
      {label}
      {aside}
    </span>
  );
}
