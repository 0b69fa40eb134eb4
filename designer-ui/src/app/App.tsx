import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { RouterProvider } from 'react-router';
import { ApiProblem } from '../api/http';
import { moveOn } from '../api/moved';
import { session } from '../api/session';
import { router } from './router';
import { theme } from './theme';

/** The web application with everything that its pages stand on. */
export function App() {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            staleTime: 10_000,
            retry: (count, error) => count < 2 && (!(error instanceof ApiProblem) || [0, 429, 503].includes(error.status)),
            // what was too much for this minute comes when it is over
            retryDelay: (count, error) => (error instanceof ApiProblem && error.retryAfter !== undefined ? error.retryAfter : 1000 * 2 ** count),
          },
        },
      }),
  );
  useEffect(() => session.whenOther(() => client.clear()), [client]);
  useEffect(
    () =>
      session.whenLeft((tokens) => {
        client.clear();
        moveOn(tokens);
      }),
    [client],
  );
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={client}>
        <ModalsProvider>
          <Notifications position="bottom-right" />
          <RouterProvider router={router} />
        </ModalsProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
