// Called by Maven: installs and builds only when what they read has changed since the last time.
import { execSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const hash = (paths) => {
  const sum = createHash('sha256').update(process.version);
  const add = (path) => {
    if (!existsSync(path) || path === join('src', 'api', 'schema.d.ts')) return;
    if (statSync(path).isDirectory()) readdirSync(path).sort().forEach((name) => add(join(path, name)));
    else sum.update(path).update(readFileSync(path));
  };
  paths.forEach(add);
  return sum.digest('hex');
};
const run = (command) => execSync(command, { stdio: 'inherit' });
const once = (name, inputs, output, work) => {
  const stamp = join('target', `${name}.stamp`);
  const now = hash(inputs);
  if (existsSync(output) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now) {
    console.log(`${name}: nothing changed`);
    return;
  }
  work();
  writeFileSync(stamp, now);
};

mkdirSync('target', { recursive: true });
once('install', ['package-lock.json'], join('node_modules', '.package-lock.json'), () => run('npm ci --no-audit --no-fund --loglevel=error'));
once(
  'build',
  ['package-lock.json', 'package.json', 'openapi.json', 'index.html', 'vite.config.ts', 'postcss.config.cjs', 'tsconfig.json', 'public', 'scripts', 'src'],
  join('dist', 'index.html'),
  () => {
    run('npm run build --silent');
    // the names of files change with what is in them: without this the jar would collect the old ones
    rmSync(join('target', 'classes', 'static'), { recursive: true, force: true });
  },
);

const sbom = join('target', 'classes', 'META-INF', 'sbom');
mkdirSync(sbom, { recursive: true });
once('sbom', ['package-lock.json', 'scripts/sbom.mjs'], join(sbom, 'web.cdx.json'), () => run(`node scripts/sbom.mjs ${join(sbom, 'web.cdx.json')}`));
