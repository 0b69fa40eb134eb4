import { Image, Paper, Stack, Text, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';

/** The card that signing in and signing up are on. */
export function AuthCard({ title, about, children }: { title: string; about: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Cadre`;
  }, [title]);
  return (
    <main className="sign-in">
      <Paper w="100%" maw={400} p={32} radius="lg" withBorder shadow="sm">
        <Stack gap="lg">
          <Stack gap={6}>
            <Image src="/cadre.svg" w={38} h={38} alt="Cadre" mb={6} />
            <Title order={1} size="22px">
              {title}
            </Title>
            <Text c="dimmed" size="sm">
              {about}
            </Text>
          </Stack>
          {children}
        </Stack>
      </Paper>
    </main>
  );
}
