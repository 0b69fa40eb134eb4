import { Group, Text, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';

interface PageHeadProps {
  title: string;
  about?: string;
  children?: ReactNode;
}

/** The top of a page: its name, one line on what it is for, and its actions. */
export function PageHead({ title, about, children }: PageHeadProps) {
  useEffect(() => {
    document.title = `${title} · Cadre`;
  }, [title]);
  return (
    <Group justify="space-between" align="flex-end" mb="lg" gap="sm">
      {/* a long line breaks before the actions leave their corner */}
      <div style={{ flex: '1 1 260px' }}>
        <Title order={1} size="22px" lh={1.3}>
          {title}
        </Title>
        {about && (
          <Text c="dimmed" size="sm">
            {about}
          </Text>
        )}
      </div>
      {children && <Group gap="xs">{children}</Group>}
    </Group>
  );
}
