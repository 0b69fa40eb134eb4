import { Button, Checkbox, Group, Input, Stack, Text } from '@mantine/core';
import { t } from '../../../i18n';
import { bySubject } from '../roles/subjects';
import type { Permission } from './calls';
import { readOnly } from './scopes';

interface ScopesFieldProps {
  offered: readonly Permission[];
  value: string[];
  onChange: (scopes: string[]) => void;
  error?: string;
}

/** What a key shall be allowed to do, out of what its owner may. */
export function ScopesField({ offered, value, onChange, error }: ScopesFieldProps) {
  return (
    <Input.Wrapper label={t('May do')} description={t('As little as it needs. What its owner may not do any more, the key may not either.')} error={error} withAsterisk labelElement="div">
      <Group gap={6} my={6}>
        <Button size="compact-xs" variant="default" onClick={() => onChange(readOnly(offered))}>
          {t('Read only')}
        </Button>
        <Button size="compact-xs" variant="default" onClick={() => onChange(offered.map(({ name }) => name))}>
          {t('All')}
        </Button>
        <Button size="compact-xs" variant="default" onClick={() => onChange([])} disabled={value.length === 0}>
          {t('Nothing')}
        </Button>
      </Group>
      <Checkbox.Group value={value} onChange={onChange} aria-label={t('May do')}>
        <Stack gap="sm" className="key-scopes">
          {bySubject(offered).map(({ name, title, permissions }) => (
            <div key={name} role="group" aria-label={title}>
              <Text size="xs" fw={600} c="dimmed" mb={4}>
                {title}
              </Text>
              <Stack gap={6}>
                {permissions.map((permission) => (
                  <Checkbox key={permission.name} value={permission.name} size="xs" label={permission.description} description={permission.name} />
                ))}
              </Stack>
            </div>
          ))}
        </Stack>
      </Checkbox.Group>
    </Input.Wrapper>
  );
}
