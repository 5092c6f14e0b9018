// Packages that come without a file of their licence get its usual text, with the author that their package.json names.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const terms = (text) => text.slice(text.indexOf('Permission is hereby granted'));

/** Completes the list of ncc: blocks of `name`, `SPDX identifier` and text, with an empty line between them. */
export function completeLicenses(path, root) {
  const own = readFileSync(join(root, 'LICENSE'), 'utf8').trim();
  const blocks = readFileSync(path, 'utf8')
    .trim()
    .split(/\n\n(?=(?:@[a-z0-9-]+\/)?[a-z0-9._-]+\n[A-Z0-9][\w .()-]*(?:\n|$))/);
  const isWhole = (block) => block.split('\n').length > 2;
  const textOf = (block) => block.split('\n').slice(2).join('\n');
  const apache = blocks.find((block) => block.startsWith('@aws-sdk/') && isWhole(block));
  const complete = (block) => {
    if (isWhole(block)) return block;
    const [name, license] = block.split('\n');
    if (name === 'alba-action') return `${block}\n${own}`;
    const { author } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
    const holder = author.name ?? author;
    if (license === 'MIT') return `${block}\nCopyright (c) ${holder}\n\n${terms(own)}`;
    if (license === 'Apache-2.0' && apache) return `${block}\nCopyright ${holder}\n\n${textOf(apache)}`;
    throw new Error(`${name} comes without the text of its licence, ${license}: give it here`);
  };
  writeFileSync(path, `${blocks.map(complete).join('\n\n')}\n`);
}
