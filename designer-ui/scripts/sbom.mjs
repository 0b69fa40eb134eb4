// Writes what the web application is made of as CycloneDX, from the lock file. `npm sbom --omit=dev` leaves out what is a peer of
// something for development too, React among it.
import { Buffer } from 'node:buffer';
import { readFileSync, writeFileSync } from 'node:fs';

const [target] = process.argv.slice(2);
const { name, version, packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));

const component = ([path, locked]) => {
  const called = locked.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const purl = `pkg:npm/${called.replace('@', '%40')}@${locked.version}`;
  const sha512 = /^sha512-(\S+)/.exec(locked.integrity ?? '');
  return {
    type: 'library',
    'bom-ref': purl,
    name: called,
    version: locked.version,
    purl,
    ...(locked.license && { licenses: [{ expression: locked.license }] }),
    ...(sha512 && { hashes: [{ alg: 'SHA-512', content: Buffer.from(sha512[1], 'base64').toString('hex') }] }),
  };
};

const components = Object.entries(packages)
  .filter(([path, locked]) => path !== '' && !locked.dev && !locked.devOptional)
  .map(component)
  .filter((one, index, all) => all.findIndex((other) => other.purl === one.purl) === index);

writeFileSync(
  target,
  JSON.stringify({
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', 'bom-ref': `${name}@${version}`, name, version } },
    components,
  }),
);
