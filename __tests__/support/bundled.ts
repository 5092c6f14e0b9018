/**
 * The sources as one bundle, made for this run of Vitest by `bundle-sources.ts`, which puts the path here. Undefined
 * for a plain Node, such as that of `scripts/torture`.
 */
export const bundled: string | undefined = undefined;
