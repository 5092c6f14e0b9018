/** A text as a value of a query, as S3 signs it: all but RFC 3986's unreserved characters is escaped. */
export function encodeValue(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** A key as the path of a URL: all but RFC 3986's unreserved characters and slashes is escaped, as S3 does it. */
export function encodeKey(key: string): string {
  return encodeValue(key).replaceAll('%2F', '/');
}
