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
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/testing/setup.ts'],
    server: { deps: { inline: [/bpmn-js/, /diagram-js/] } },
    testTimeout: 20_000,
  },
});
