import { readdirSync } from 'node:fs';
import js from '@eslint/js';
import importPlugin from 'eslint-plugin-import';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const features = readdirSync('src/features');

// A feature stands on the shared folders and never on another feature; the shared folders stand on none.
const zones = [
  ...features.map((feature) => ({
    target: `./src/features/${feature}`,
    from: './src/features',
    except: [`./${feature}`],
    message: 'A feature never imports another feature: move what both need to a shared folder.',
  })),
  ...['api', 'components', 'diagram', 'lib', 'i18n'].map((folder) => ({
    target: `./src/${folder}`,
    from: ['./src/features', './src/app'],
    message: 'A shared folder does not know features or the application.',
  })),
  { target: './src/features', from: './src/app', message: 'The application knows the features, not the other way round.' },
];

const bpmnJs = { patterns: [{ group: ['bpmn-js', 'bpmn-js/*', 'diagram-js', 'diagram-js/*'], message: 'Only src/diagram, the canvas of the designer and the diagram of a run import bpmn-js.' }] };

export default tseslint.config(
  { ignores: ['dist', 'target', 'node_modules', 'src/api/schema.d.ts'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    plugins: { import: importPlugin, 'react-hooks': reactHooks, 'jsx-a11y': jsxA11y },
    settings: { 'import/resolver': { node: { extensions: ['.ts', '.tsx'] } }, 'import/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] } },
    rules: {
      ...jsxA11y.flatConfigs.recommended.rules,
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'jsx-a11y/no-autofocus': 'off',
      'import/no-cycle': 'error',
      'import/no-restricted-paths': ['error', { zones }],
      'no-restricted-imports': ['error', bpmnJs],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  {
    files: ['src/diagram/**', 'src/features/designer/**', 'src/features/run/diagram/**'],
    rules: { 'no-restricted-imports': 'off' },
  },
  { files: ['scripts/**', '*.cjs'], languageOptions: { globals: { process: 'readonly', console: 'readonly', module: 'writable' } } },
);
