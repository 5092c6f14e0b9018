/**
 * Cache-Control of blobs and of manifests by digest: good for a year; `no-transform`, since a proxy that compresses
 * would change what the digest is of.
 */
export const immutable = 'public, max-age=31536000, immutable, no-transform';

/** Of what has a name and may change at any moment. */
export const changing = 'no-cache';
