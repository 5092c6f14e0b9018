import * as v from 'valibot';
import { platformPart } from '../oci/descriptor.ts';
import { parseJson } from '../oci/manifest.ts';
import type { Platform } from '../oci/platform.ts';

const texts = v.optional(v.array(v.string()));
const keys = v.optional(v.record(v.string(), v.unknown()), {});
const schema = v.looseObject({
  created: v.optional(v.string()),
  author: v.optional(v.string()),
  os: v.optional(platformPart),
  architecture: v.optional(platformPart),
  variant: v.optional(platformPart),
  'os.version': v.optional(platformPart),
  config: v.optional(
    v.looseObject({
      Entrypoint: texts,
      Cmd: texts,
      Env: texts,
      User: v.optional(v.string()),
      WorkingDir: v.optional(v.string()),
      Labels: v.optional(v.record(v.string(), v.string())),
      ExposedPorts: keys,
      Volumes: keys,
      StopSignal: v.optional(v.string()),
    }),
    {},
  ),
  rootfs: v.optional(v.looseObject({ diff_ids: v.optional(v.array(v.string()), []) }), {}),
  history: v.optional(
    v.array(v.looseObject({ created_by: v.optional(v.string()), empty_layer: v.optional(v.boolean()) })),
    [],
  ),
});

/** How a container of an image runs (image-spec 1.1, config.md); what the config does not say is left out. */
export interface ImageFacts {
  /** RFC 3339, as it is written there. */
  readonly created?: string;
  readonly author?: string;
  readonly entrypoint?: readonly string[];
  readonly cmd?: readonly string[];
  /** `NAME=value`. */
  readonly env?: readonly string[];
  readonly user?: string;
  readonly workdir?: string;
  readonly exposedPorts?: readonly string[];
  readonly volumes?: readonly string[];
  readonly stopSignal?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** What a config says. */
export interface ReadConfig {
  readonly facts: ImageFacts;
  /** Undefined where it names no system or no architecture. */
  readonly platform: Platform | undefined;
  readonly diffIds: readonly string[];
  /** How each layer came about; undefined where the history does not tell of just as many. */
  readonly createdBy: readonly (string | undefined)[];
}

/** The config in these bytes, of which nothing has to be there; `where` begins the sentence of an error. */
export function readConfig(bytes: Uint8Array, where: string): ReadConfig {
  const { created, author, os, architecture, variant, config, rootfs, history, ...rest } = parseJson(
    schema,
    bytes,
    where,
  );
  const version = rest['os.version'];
  const { diff_ids: diffIds = [] } = rootfs;
  const made = history.filter((step) => !step.empty_layer).map((step) => step.created_by);
  return {
    facts: {
      ...(created && { created }),
      ...(author && { author }),
      ...(config.Entrypoint?.length && { entrypoint: config.Entrypoint }),
      ...(config.Cmd?.length && { cmd: config.Cmd }),
      ...(config.Env?.length && { env: config.Env }),
      ...(config.User && { user: config.User }),
      ...(config.WorkingDir && { workdir: config.WorkingDir }),
      ...(config.ExposedPorts && namesOf('exposedPorts', config.ExposedPorts)),
      ...(config.Volumes && namesOf('volumes', config.Volumes)),
      ...(config.StopSignal && { stopSignal: config.StopSignal }),
      ...(config.Labels && Object.keys(config.Labels).length > 0 && { labels: config.Labels }),
    },
    platform:
      os && architecture
        ? { os, architecture, ...(variant && { variant }), ...(version && { 'os.version': version }) }
        : undefined,
    diffIds,
    createdBy: made.length === diffIds.length ? made : [],
  };
}

/** Go writes sets as objects. */
function namesOf(name: string, set: Readonly<Record<string, unknown>>): Record<string, string[]> {
  const names = Object.keys(set).sort();
  return names.length > 0 ? { [name]: names } : {};
}
