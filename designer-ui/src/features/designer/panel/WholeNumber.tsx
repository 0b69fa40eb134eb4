import { NumberInput } from '@mantine/core';
import type { ReactNode } from 'react';

interface WholeNumberProps {
  label: string;
  description?: ReactNode;
  placeholder?: string;
  min: number;
  max: number;
  /** As the file has it; empty for none. */
  value: string;
  onChange(value: string): void;
  testId?: string;
}

/** A whole number that may be left empty, kept as text as attributes of the file are. */
export function WholeNumber({ value, onChange, testId, ...props }: WholeNumberProps) {
  const number = value && Number.isFinite(Number(value)) ? Number(value) : '';
  return <NumberInput {...props} clampBehavior="strict" allowDecimal={false} allowNegative={false} value={number} onChange={(next) => onChange(String(next))} data-testid={testId} />;
}
