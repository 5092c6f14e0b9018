// The licences of what is bundled. Packages that come without a file of theirs get its usual text, with the author that their
// package.json names.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const terms = (text) => text.slice(text.indexOf('Permission is hereby granted'));

/** Of the packages of these modules and of our own: blocks of `name`, `SPDX identifier` and text, with an empty line between them. */
export function licensesOf(modules, root) {
  const own = readFileSync(join(root, 'LICENSE'), 'utf8').trim();
  const folders = new Set(modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id) ?? []));
  const packages = [root, ...folders].map(readPackage).sort((a, b) => (a.name < b.name ? -1 : 1));
  const apache = packages.find(({ name, text }) => name.startsWith('@aws-sdk/') && text)?.text;
  const textOf = ({ name, license, author, text }) => {
    if (text) return text;
    const holder = author?.name ?? author;
    if (license === 'MIT') return `Copyright (c) ${holder}\n\n${terms(own)}`;
    if (license === 'Apache-2.0' && apache) return `Copyright ${holder}\n\n${apache}`;
    throw new Error(`${name} comes without the text of its licence, ${license}: give it here`);
  };
  const blocks = packages.map((one) => `${one.name}\n${one.license}\n${textOf(one)}`);
  return `${[...new Set(blocks)].join('\n\n')}\n`;
}

function readPackage(folder) {
  const { name, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.(md|txt))?$/i.test(entry));
  const text = file && readFileSync(join(folder, file), 'utf8').trim();
  return { name, license, author, text };
}
