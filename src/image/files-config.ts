import * as v from 'valibot';
import type { Digest } from '../oci/digest.ts';
import { parseJson } from '../oci/manifest.ts';
import type { Platform } from '../oci/platform.ts';

/** How a container of an image runs, as far as a person said it (image-spec 1.1, config.md). */
export interface ImageSettings {
  /** Undefined where it is the base's. */
  readonly entrypoint?: readonly string[];
  readonly cmd?: readonly string[];
  /** In their order; each wins over the base's. */
  readonly env: readonly (readonly [name: string, value: string])[];
  readonly workdir?: string;
  readonly user?: string;
  /** `80/tcp`. */
  readonly expose: readonly string[];
  /** Absolute paths. */
  readonly volumes: readonly string[];
  readonly stopSignal?: string;
}

/** A layer as the config of its image tells it. */
export interface LayerHistory {
  readonly diffId: Digest;
  /** How it came about, for people. */
  readonly createdBy: string;
}

const texts = v.optional(v.array(v.string()), []);
const keys = v.optional(v.record(v.string(), v.looseObject({})), {});
const baseSchema = v.looseObject({
  config: v.optional(
    v.looseObject({
      Env: texts,
      Entrypoint: v.optional(v.array(v.string())),
      Cmd: v.optional(v.array(v.string())),
      User: v.optional(v.string()),
      WorkingDir: v.optional(v.string()),
      ExposedPorts: keys,
      Volumes: keys,
      Labels: v.optional(v.record(v.string(), v.string())),
      StopSignal: v.optional(v.string()),
    }),
    {},
  ),
  rootfs: v.looseObject({ diff_ids: v.array(v.string()) }),
  history: v.optional(v.array(v.looseObject({ empty_layer: v.optional(v.boolean()) })), []),
});

/** What an image has from the one that it is built on. */
export type BaseConfig = v.InferOutput<typeof baseSchema>;

/** The config of a base in these bytes; `where` begins the sentence of an error. */
export function parseBaseConfig(bytes: Uint8Array, where: string): BaseConfig {
  return parseJson(baseSchema, bytes, where);
}

/** What belongs to the base alone: commands for its own builds, and how its own arguments are quoted on Windows. */
const notInherited: readonly string[] = ['OnBuild', 'ArgsEscaped', 'Hostname', 'Domainname', 'Image'];

/**
 * The config of an image of files, over a base if there is one, as Docker has it: what is not said is the base's, and who
 * gives an entrypoint does not get the base's cmd. Keys stand in the order of the image spec's Go types; `created` is
 * RFC 3339. The same values give the same bytes.
 */
export function makeImageConfig(
  platform: Platform,
  settings: ImageSettings,
  layers: readonly LayerHistory[],
  created: string,
  base?: BaseConfig,
): Buffer {
  const { os, architecture, variant } = platform;
  const below = base?.rootfs.diff_ids ?? [];
  const history = base?.history ?? [];
  const isComplete = history.filter((entry) => !entry.empty_layer).length === below.length;
  const document = {
    created,
    architecture,
    os,
    ...(platform['os.version'] && { 'os.version': platform['os.version'] }),
    ...(platform['os.features'] && { 'os.features': platform['os.features'] }),
    ...(variant && { variant }),
    config: runConfig(settings, base?.config),
    rootfs: { type: 'layers', diff_ids: [...below, ...layers.map(({ diffId }) => diffId)] },
    history: [
      ...(isComplete ? history : below.map(() => ({ created_by: 'the base' }))),
      ...layers.map(({ createdBy }) => ({ created, created_by: createdBy, comment: 'alba' })),
    ],
  };
  return Buffer.from(JSON.stringify(document));
}

function runConfig(settings: ImageSettings, base: BaseConfig['config'] | undefined): object {
  const { entrypoint = base?.Entrypoint, cmd = settings.entrypoint ? undefined : base?.Cmd } = settings;
  const { user = base?.User, workdir = base?.WorkingDir, stopSignal = base?.StopSignal } = settings;
  const env = mergeEnv(base?.Env ?? [], settings.env);
  const ports = { ...base?.ExposedPorts, ...objectOf(settings.expose) };
  const volumes = { ...base?.Volumes, ...objectOf(settings.volumes) };
  const known = new Set([...Object.keys(baseSchema.entries.config.wrapped.entries), ...notInherited]);
  const others = Object.entries(base ?? {}).filter(([key]) => !known.has(key));
  return {
    ...(user && { User: user }),
    ...(Object.keys(ports).length > 0 && { ExposedPorts: ports }),
    ...(env.length > 0 && { Env: env }),
    ...(entrypoint?.length && { Entrypoint: entrypoint }),
    ...(cmd?.length && { Cmd: cmd }),
    ...(Object.keys(volumes).length > 0 && { Volumes: volumes }),
    ...(workdir && { WorkingDir: workdir }),
    ...(base?.Labels && { Labels: base.Labels }),
    ...(stopSignal && { StopSignal: stopSignal }),
    ...Object.fromEntries(others),
  };
}

/** `NAME=value`: a name that is there keeps its place. */
function mergeEnv(base: readonly string[], more: ImageSettings['env']): string[] {
  const merged = new Map(base.map((text) => [text.split('=', 1)[0] ?? '', text]));
  for (const [name, value] of more) merged.set(name, `${name}=${value}`);
  return [...merged.values()];
}

/** Go writes sets as objects with sorted keys. */
function objectOf(names: readonly string[]): Record<string, object> {
  return Object.fromEntries([...names].sort().map((name) => [name, {}]));
}
