// Imports of Node's own modules become calls. An import makes Node read all that a module exports, and some of that is loaded when
// it is read: node:http has a WebSocket with all of a second undici behind it, which took a tenth of a small push.
import { isBuiltin } from 'node:module';
import { parseAst } from 'rolldown/parseAst';

/** A plugin of rolldown. */
export const askNodeByCall = {
  name: 'ask-node-by-call',
  renderChunk(code) {
    const asked = parseAst(code).body.filter(
      ({ type, source }) => type === 'ImportDeclaration' && isBuiltin(source.value),
    );
    return asked.reduceRight(
      (text, { start, end, specifiers, source }) =>
        `${text.slice(0, start)}${callFor(specifiers, source.value)}${text.slice(end)}`,
      code,
    );
  },
};

function callFor(specifiers, name) {
  const module = `globalThis.process.getBuiltinModule(${JSON.stringify(name)})`;
  if (specifiers.length === 0) return `${module};`;
  return specifiers
    .map(({ type, imported, local }) =>
      type === 'ImportSpecifier' && imported.name !== 'default'
        ? `const { ${imported.name}: ${local.name} } = ${module};`
        : `const ${local.name} = ${module};`,
    )
    .join('\n');
}
