// The SBOM of dist, as SPDX 2.3 in JSON, on standard output: `node scripts/sbom.ts`. Packages are those that ncc found in the
// bundle (dist/licenses.txt), in the versions of package-lock.json. The same for the same commit.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const namespace = 'https://github.com/org/alba-action/sbom/';

/** A package of the bundle; its licence as SPDX names it. */
interface Bundled {
  readonly name: string;
  readonly license: string;
}

/** What is read of package-lock.json: by folder, with the package itself under the empty name. */
interface Lock {
  readonly packages: Readonly<Record<string, { readonly version: string }>> & {
    readonly '': { readonly name: string; readonly version: string; readonly license: string };
  };
}

/** Names and licences of the bundle's packages: blocks of `name` and `SPDX identifier`, the first ones after an empty line. */
export function bundled(licenses: string): Bundled[] {
  const heads = licenses.matchAll(
    /(?:^|\n\n)((?:@[a-z0-9-]+\/)?[a-z0-9._-]+)\n([A-Z0-9][\w .()-]*)(?=\n|$)/g,
  );
  return [...heads].map(([, name = '', license = '']) => ({ name, license }));
}

/** A document of these packages, in every version that is locked. Throws where one is not locked at all. */
export function sbomOf(packages: readonly Bundled[], lock: Lock, created: string) {
  const own = lock.packages[''];
  const locked = Object.entries(lock.packages).map(([path, { version }]) => ({
    name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
    version,
  }));
  const parts = packages
    .filter(({ name }) => name !== own.name)
    .flatMap(({ name, license }) => {
      const versions = new Set(locked.filter((one) => one.name === name).map(({ version }) => version));
      if (versions.size === 0) throw new Error(`${name} is in dist and not in package-lock.json`);
      return [...versions].sort().map((version) => describe(name, version, license));
    });
  const root = describe(own.name, own.version, own.license);
  const body = {
    packages: [root, ...parts],
    relationships: [
      { spdxElementId: 'SPDXRef-DOCUMENT', relationshipType: 'DESCRIBES', relatedSpdxElement: root.SPDXID },
      ...parts.map(({ SPDXID }) => ({
        spdxElementId: root.SPDXID,
        relationshipType: 'CONTAINS',
        relatedSpdxElement: SPDXID,
      })),
    ],
  };
  const digest = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  return {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: 'SPDXRef-DOCUMENT',
    name: `${own.name}-${own.version}`,
    documentNamespace: namespace + digest,
    creationInfo: { created, creators: ['Tool: alba-action-scripts-sbom'] },
    ...body,
  };
}

function describe(name: string, version: string, license: string) {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  return {
    SPDXID: `SPDXRef-${`${name}-${version}`.replaceAll(/[^a-zA-Z0-9.-]+/g, '-')}`,
    name,
    versionInfo: version,
    downloadLocation: 'NOASSERTION',
    filesAnalyzed: false,
    licenseConcluded: 'NOASSERTION',
    licenseDeclared: license,
    copyrightText: 'NOASSERTION',
    externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: purl }],
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
  const created = new Date(Number(process.env.SOURCE_DATE_EPOCH ?? 0) * 1000);
  const sbom = sbomOf(
    bundled(read('dist/licenses.txt')),
    JSON.parse(read('package-lock.json')),
    created.toISOString().replace(/\.\d+Z$/, 'Z'),
  );
  console.log(JSON.stringify(sbom, undefined, 2));
}
