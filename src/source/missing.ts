import { sep } from 'node:path';
import { withoutPassword } from '../progress/format.ts';

/** What a line that names nothing on disk may be, and what to write instead. */
type Hint = readonly [pattern: RegExp, hint: (line: string, ...found: readonly string[]) => string];

const oneEach = 'name each on a line of its own, on the command line as a word of its own';

const hints: readonly Hint[] = [
  [/\$\{\{/, () => `only workflow files have \${{ … }} replaced: write what it stands for`],
  [
    /^\$(?:\{(\w+)\}|(\w+))|^\$env:(\w+)|^%(\w+)%/i,
    (_, ...names) => {
      const name = names.find(Boolean) ?? '';
      return `${name} is a variable, which only a shell replaces: in a workflow write \${{ env.${name} }}, on the command line leave it out of single quotes`;
    },
  ],
  [/^~/, () => 'only a shell replaces ~ by the home folder: write its path'],
  [/^(["']).*\1$/, () => 'the quotes are taken for a part of the name: leave them out'],
  [/^- /, () => 'the dash is taken for a part of the name: name one path a line, without it'],
  [/[,;\n]|\.\w+ /, () => `if it is several artifacts, ${oneEach}`],
  [
    /^[a-z]:[\\/]/i,
    () =>
      'that is a path of Windows, and this machine is none: write a path from the working directory, with /',
  ],
  [/\\/, (line) => `the parts of a path are separated by / here: is ${line.replaceAll('\\', '/')} meant?`],
  [
    /^(?:[\w./-]+@)?sha256:[\da-f]+$/i,
    () =>
      'a digest does not say where the image is: write docker://host/name@sha256:…, or, if docker has it here, save it (docker save) and name the file',
  ],
  [
    /^(?:docker-archive|oci-archive|dir|tarball):(?!\/\/)([^:]+)/,
    (_, path = '') => `an artifact on disk is named by its path alone: ${path}`,
  ],
  [/^(?:docker-daemon|containers-storage|podman):(?!\/\/)(.+)/, (_, image = '') => saveFirst(image)],
  [/^[a-z\d]+(?:[._/-]+[a-z\d]+)*:\w[\w.-]*$/, (line) => saveFirst(line)],
];

/** What may be meant by a line that names nothing on disk, and what to do; undefined where it may be any path. */
export function hintForMissing(line: string): string | undefined {
  if (sep === '\\' && /^[a-z]:|\\/i.test(line)) return undefined;
  for (const [pattern, hint] of hints) {
    const found = pattern.exec(line);
    if (found) return hint(withoutPassword(line), ...found.slice(1));
  }
  return undefined;
}

function saveFirst(image: string): string {
  const published = image.includes('/') ? image : `library/${image}`;
  return `if it is an image that docker has here, save it first (docker save -o image.tar ${image}) and name image.tar; if it is published, write docker://host/${image}, for Docker Hub docker://docker.io/${published}`;
}
