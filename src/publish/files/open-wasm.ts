import { readSteady } from '../../content/steady-file.ts';
import { AlbaError } from '../../errors.ts';
import type { Annotation } from '../../image/annotate.ts';
import { makeWasmArtifact } from '../../image/wasm-artifact.ts';
import { maxManifestSize } from '../../oci/manifest.ts';
import { type FindWasmOptions, findWasm } from '../../source/wasm/find-wasm.ts';
import { readWasm } from '../../source/wasm/read-wasm.ts';
import { describeImage, type LocalArtifact } from '../artifact.ts';

/** How a module becomes an artifact. */
export interface WasmOptions extends FindWasmOptions {
  /** RFC 3339, for the config. */
  readonly created: string;
  /** For the manifest. */
  readonly annotations: readonly Annotation[];
}

/** The one module that these lines name, as an artifact that is a manifest without an index, as its clients ask for it. */
export async function openWasmArtifact(
  lines: readonly string[],
  { created, annotations, ...options }: WasmOptions,
): Promise<LocalArtifact> {
  const { progress } = options;
  const file = await findWasm(lines, options);
  progress.expect(file.size);
  const { digest, size, component } = await readWasm(file, ({ length }) => progress.advance(length));
  const module = { descriptor: { digest, size }, open: () => readSteady(file) };
  const description = { created, ...(component && { component }) };
  const image = makeWasmArtifact(module, file.origin, description, annotations);
  const [config] = image.manifest.children;
  if (config && config.descriptor.size > maxManifestSize) {
    throw new AlbaError('source', `${file.origin} has more imports and exports than a config can tell`);
  }
  progress.line(`${file.origin} -> ${describeImage(image)}`);
  return {
    kind: 'local',
    images: [image],
    indexes: { annotations: [], root: image.manifest },
    why: 'files',
  };
}
