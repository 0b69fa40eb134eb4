// Fails the build when what the browser loads first is larger than 300 kB of gzipped script.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT = 300_000;
const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'));
const seen = new Set();
const visit = (key) => {
  if (seen.has(key)) return;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) visit(next);
};
Object.keys(manifest).filter((key) => manifest[key].isEntry).forEach(visit);
const bytes = [...seen]
  .map((key) => manifest[key].file)
  .filter((file) => file.endsWith('.js'))
  .reduce((sum, file) => sum + gzipSync(readFileSync(`dist/${file}`)).length, 0);
console.log(`First load: ${Math.round(bytes / 1000)} kB of gzipped script (limit ${LIMIT / 1000} kB).`);
if (bytes > LIMIT) process.exit(1);
