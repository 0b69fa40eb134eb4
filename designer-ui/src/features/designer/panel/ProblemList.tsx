import { Alert, Stack, Text } from '@mantine/core';
import type { Problem } from '../../../api/types';

/** What is wrong with what the panel shows. */
export function ProblemList({ problems }: { problems: Problem[] }) {
  if (problems.length === 0) return null;
  const color = problems.some((problem) => problem.severity === 'error') ? 'red' : 'yellow';
  return (
    <Alert color={color} variant="light" mb="md" p="xs" role="note">
      <Stack gap={2}>
        {problems.map((problem) => (
          <Text size="xs" key={problem.code + problem.message}>
            {problem.message}
          </Text>
        ))}
      </Stack>
    </Alert>
  );
}
