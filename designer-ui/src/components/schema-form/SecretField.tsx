import { Anchor, PasswordInput } from '@mantine/core';
import { t } from '../../i18n';
import { labelOf } from '../../lib/schema';
import type { FieldProps } from './schema';

/** A secret: one that is stored stays where nothing is entered, until it is taken away. */
export function SecretField({ name, path, schema, required, storedSecrets, errors, value, onChange }: FieldProps) {
  const stored = storedSecrets.includes(name);
  const removed = stored && value === '';
  const placeholder = removed ? t('Removed when you save.') : t('Stored. Leave empty to keep it.');
  return (
    <div>
      <PasswordInput
        label={labelOf(name, schema)}
        description={schema.description}
        error={errors[path]}
        name={path}
        data-testid={`field-${path}`}
        required={required && !stored}
        placeholder={stored ? placeholder : undefined}
        autoComplete="new-password"
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => onChange(event.currentTarget.value || undefined)}
      />
      {stored && !required && (
        <Anchor component="button" type="button" size="xs" onClick={() => onChange(removed ? undefined : '')}>
          {removed ? t('Keep it') : t('Remove it')}
        </Anchor>
      )}
    </div>
  );
}
