import { createHash } from 'node:crypto';
import type { Measured } from '../../content/content.ts';
import { readSteady, type SteadyFile } from '../../content/steady-file.ts';
import { componentNames } from './component-names.ts';
import { SectionReader } from './section-reader.ts';

/** A component as it presents itself to who runs it. */
export interface ComponentInterface {
  /** In their order. */
  readonly exports: readonly string[];
  readonly imports: readonly string[];
}

/** A file of WebAssembly, read to its end. */
export interface WasmFile extends Measured {
  readonly file: SteadyFile;
  /** Undefined for a core module, which tells nothing of that kind. */
  readonly component?: ComponentInterface;
}

/** The first eight bytes, in hex (component-model, design/mvp/Binary.md, "Component Definitions"). */
const preambles = { core: '0061736d01000000', component: '0061736d0d000100' } as const;

const sections = { import: 10, export: 11 } as const;
const kinds = ['import', 'export'] as const;
type FoundNames = Record<(typeof kinds)[number], string[]>;

/**
 * Reads a core module or a component: its digest, and what a component imports and exports. Sections that tell nothing of that
 * are passed over. `watch` is given each chunk. Throws a source error for anything else.
 */
export async function readWasm(file: SteadyFile, watch: (chunk: Uint8Array) => void): Promise<WasmFile> {
  const hash = createHash('sha256');
  const chunks = async function* (): AsyncGenerator<Buffer, void, void> {
    for await (const chunk of readSteady(file)) {
      hash.update(chunk);
      watch(chunk);
      yield chunk;
    }
  };
  const read = chunks();
  try {
    const found = await readSections(new SectionReader(read, file.origin), file.origin);
    const measured = { file, digest: `sha256:${hash.digest('hex')}`, size: file.size } as const;
    return found ? { ...measured, component: { exports: found.export, imports: found.import } } : measured;
  } finally {
    // Else the file stays open where it is refused.
    await read.return();
  }
}

/** The names in the sections of a component, to the end of the file; undefined for a core module. */
async function readSections(reader: SectionReader, origin: string): Promise<FoundNames | undefined> {
  const preamble = (await reader.take(8)).toString('hex');
  const isComponent = preamble === preambles.component;
  if (!isComponent && preamble !== preambles.core) {
    throw reader.refuse('it does not begin as a core module of version 1 or a component does');
  }
  const found: FoundNames = { import: [], export: [] };
  while (!(await reader.isAtEnd())) {
    const id = await reader.byte();
    const size = await reader.number();
    const kind = isComponent ? kinds.find((name) => sections[name] === id) : undefined;
    if (kind === undefined) await reader.skip(size);
    else for (const name of componentNames(await reader.take(size), kind, origin)) found[kind].push(name);
  }
  return isComponent ? found : undefined;
}
