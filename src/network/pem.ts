const block = /-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \1-----/gs;

/** Whether a text is meant as PEM (RFC 7468), not as a path. */
export function isPem(text: string): boolean {
  return text.includes('-----BEGIN ');
}

/**
 * PEM as OpenSSL reads it, out of what became of it in an environment or a secret: all on one line, its ends of line as
 * blanks or as `\n` in letters, indented, or with those of Windows. Undefined where no block of it is whole.
 */
export function unfoldPem(text: string): string | undefined {
  const blocks = [...text.replace(/\\r|\\n/g, '\n').matchAll(block)].map(([whole, label, body = '']) => {
    const base64 = body.replace(/\s+/g, '');
    // An old encrypted key has headers, which want their lines.
    const lines = /^[\w+/=]+$/.test(base64) ? (base64.match(/.{1,64}/g) ?? []).join('\n') : undefined;
    return lines === undefined ? whole : `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----`;
  });
  return blocks.length === 0 ? undefined : `${blocks.join('\n')}\n`;
}

/** The lines of the private keys in a text, whatever became of their ends: none of them may be seen in a log. */
export function secretLinesIn(text: string): string[] {
  return [...text.matchAll(/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----(.*?)(?:-----END|$)/gs)].flatMap(
    ([, body = '']) => body.split(/\s+|\\[rn]/).filter((line) => line !== ''),
  );
}

/** The certificates in PEM, in order, each by itself. */
export function certificatesIn(pem: string): string[] {
  return blocksOf(pem, /^(?:TRUSTED |X509 )?CERTIFICATE$/);
}

/** The private keys in PEM, in order. */
export function keysIn(pem: string): string[] {
  return blocksOf(pem, /PRIVATE KEY$/);
}

function blocksOf(pem: string, label: RegExp): string[] {
  return [...pem.matchAll(block)]
    .filter(([, found = '']) => label.test(found))
    .map(([whole]) => `${whole}\n`);
}
