/** Of what has a digest in its key and never changes. Proxies must not compress it: the digest is of these bytes. */
export const immutable = 'public, max-age=31536000, immutable, no-transform';

/** Of what has a name and may change at any moment. */
export const changing = 'no-cache';
