import { mediaTypes } from '../oci/media-type.ts';
import type { FoundArtifact } from './content.ts';

/** Names for people, by the type of the artifact, of its config or of its first layer. */
const names: readonly (readonly [type: RegExp, name: string])[] = [
  [/^application\/vnd\.cncf\.helm\.config\./, 'Helm chart'],
  [/^application\/(?:vnd\.)?wasm\b/, 'WebAssembly'],
  [/^application\/vnd\.cncf\.model\./, 'model'],
  [/^application\/vnd\.docker\.plugin\./, 'Docker plugin'],
  [/^application\/vnd\.devcontainers/, 'dev container feature'],
  [/^application\/vnd\.cncf\.flux\.config\./, 'Flux artifact'],
];

/** Configs that say nothing of what their manifest is (image-spec 1.1, "Guidelines for Artifact Usage"). */
const sayNothing: readonly string[] = [
  'application/vnd.oci.empty.v1+json',
  'application/vnd.unknown.config.v1+json',
  mediaTypes.oci.config,
  mediaTypes.docker.config,
];

/** What an artifact is: a name where it is known, else the type that says most. */
export function artifactKindName({ artifactType, config, layers: [layer] }: FoundArtifact): string {
  const own = sayNothing.includes(config.mediaType) ? [] : [config.mediaType];
  const types = [artifactType ?? [], own, layer?.mediaType ?? []].flat();
  for (const [type, name] of names) if (types.some((told) => type.test(told))) return name;
  return types[0] ?? config.mediaType;
}
