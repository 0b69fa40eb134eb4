import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const hub = process.env.CADRE_DEV_HUB ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': { target: hub, ws: true },
      '^/auth/': hub,
      '^/hooks(-test)?/': hub,
    },
  },
  build: { chunkSizeWarningLimit: 900, manifest: true },
  test: {
    // otherwise one processor is kept free
    maxWorkers: '100%',
    testTimeout: 20_000,
    projects: [
      // what needs no page is spared the second that one costs
      { extends: true, test: { name: 'logic', environment: 'node', include: ['src/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'pages',
          environment: 'jsdom',
          include: ['src/**/*.test.tsx'],
          setupFiles: ['src/testing/setup.ts'],
          server: { deps: { inline: [/bpmn-js/, /diagram-js/] } },
        },
      },
    ],
  },
});
