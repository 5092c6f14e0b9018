export const id = 505;
export const ids = [505,564];
export const modules = {

/***/ 40505:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  main: () => (/* binding */ main)
});

// EXTERNAL MODULE: ./node_modules/commander/esm.mjs
var esm = __webpack_require__(48179);
// EXTERNAL MODULE: ./build/content/printable.js
var printable = __webpack_require__(10933);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/commands/values.js
var values = __webpack_require__(34277);
// EXTERNAL MODULE: ./build/commands/target.js
var target = __webpack_require__(3462);
;// CONCATENATED MODULE: ./build/cli/options.js


function addConnectionOptions(command) {
    return command
        .option('--username <name>', 'for the registry; without it the docker config (docker login) is asked')
        .option('--password-stdin', 'read the password for --username from stdin', false)
        .option('--ca-certificate <path>', 'a certificate authority to trust besides the system’s')
        .option('--cache-dir <path>', 'where to remember what was published; the user’s cache folder if not given')
        .option('--no-cache', 'remember nothing');
}
function collect(value, earlier) {
    return [...earlier, value];
}
function isTarget(word) {
    return /^(\w+:\/\/|(oci|docker|s3|file):)/.test(word);
}
function splitWords(words) {
    const first = words.findIndex(isTarget);
    if (first < 0)
        return withoutTarget(words);
    const late = words.slice(first).find((word) => !isTarget(word));
    if (late === undefined)
        return { artifacts: words.slice(0, first), targets: words.slice(first) };
    const meant = (0,target/* guessTarget */.xJ)(late);
    const remedy = 'name artifacts first, then targets; a published image to read is --from <reference>';
    throw new errors/* AlbaError */.x6('usage', `${late} comes behind a target: ${meant ? `did you mean ${meant}?` : remedy}`);
}
function withoutTarget(words) {
    const meant = words.length > 1 && (0,target/* guessTarget */.xJ)(words.at(-1) ?? '');
    if (!meant)
        return { artifacts: [...words], targets: [] };
    throw new errors/* AlbaError */.x6('usage', `no target: did you mean ${meant} by ${words.at(-1)}?`);
}

;// CONCATENATED MODULE: ./build/cli/container-push.js




const examples = `
Targets:
  docker://host[:port]/repository[:tag]  a registry
  s3://bucket[/prefix]?endpoint=…        a bucket, which serves as a registry by itself
  file://./directory                     the same tree on disk; alba serve DIRECTORY serves it
  oci:./directory[:tag]                  an OCI image layout

Example:
  alba container push -t albatros:0.9 docker/ 's3://registry.example.org?endpoint=s3.example.org&region=garage'`;
function containerPushCommand() {
    const command = new esm/* Command */.uB('push')
        .description('merge image archives and layouts into one multi-platform index and publish it')
        .argument('<artifact|target...>', 'what the build left: files, folders, globs; then one or more target URLs')
        .option('-t, --tag <name:tag>', 'may repeat; a name alone publishes by digest', collect, [])
        .option('--from <reference>', 'a published image to publish elsewhere, too; may repeat', collect, [])
        .option('--platforms <list>', 'the platforms that must be there and no others, such as linux/amd64,linux/arm64', '')
        .option('--format <format>', 'media types of the index and of manifests made here: oci or docker', 'oci')
        .option('--compression <name>', 'of layers that arrive uncompressed: gzip, zstd or none', 'gzip')
        .option('--compression-level <level>', 'gzip: 1 to 9, usually 3; zstd: 1 to 19, usually 2', '')
        .option('--concurrency <count>', 'uploads at once for each target', '4')
        .option('--dry-run', 'read and check everything, tell what would be sent, write nothing', false)
        .option('--floating', 'let 1.2, 1 and latest move with a release 1.2.3, never backwards', false)
        .option('--immutable', 'fail where a tag names something else already', false)
        .option('--annotation <key=value>', 'for the index and its manifests; may repeat', collect, [])
        .option('--label <key=value>', 'for the configs of images; may repeat', collect, [])
        .option('--cache-from <url>', 'a published image to learn layers from; may repeat', collect, [])
        .option('--json', 'print what was published as JSON on stdout', false)
        .option('--verbose', 'tell more', false)
        .addHelpText('after', examples);
    return addConnectionOptions(command).action(run);
}
async function run(words, flags) {
    const [{ containerPush }, { parseContainerPush }, { readContext }, { cliProgress }] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(934), __webpack_require__.e(606), __webpack_require__.e(88), __webpack_require__.e(118), __webpack_require__.e(382), __webpack_require__.e(164), __webpack_require__.e(825), __webpack_require__.e(916)]).then(__webpack_require__.bind(__webpack_require__, 30916)),
        Promise.all(/* import() */[__webpack_require__.e(934), __webpack_require__.e(88), __webpack_require__.e(527)]).then(__webpack_require__.bind(__webpack_require__, 47527)),
        Promise.all(/* import() */[__webpack_require__.e(934), __webpack_require__.e(606), __webpack_require__.e(629)]).then(__webpack_require__.bind(__webpack_require__, 51629)),
        __webpack_require__.e(/* import() */ 902).then(__webpack_require__.bind(__webpack_require__, 20902)),
    ]);
    const { artifacts, targets } = splitWords(words);
    if (artifacts.length + flags.from.length === 0) {
        const before = 'name at least one path or glob before the targets, or a published image with --from';
        throw new errors/* AlbaError */.x6('usage', `no artifacts: ${before}`);
    }
    const request = await parseContainerPush({
        artifacts: [...artifacts, ...flags.from],
        targets,
        tags: flags.tag.flatMap(values/* splitItems */.b9),
        platforms: (0,values/* splitItems */.b9)(flags.platforms),
        format: flags.format,
        compression: flags.compression,
        compressionLevel: flags.compressionLevel,
        concurrency: flags.concurrency,
        dryRun: `${flags.dryRun}`,
        cacheFrom: flags.cacheFrom,
        floating: `${flags.floating}`,
        immutable: `${flags.immutable}`,
        annotations: flags.annotation,
        labels: flags.label,
    }, () => readContext(flags));
    const progress = cliProgress(flags.verbose);
    try {
        const result = await containerPush(request, progress);
        if (flags.json)
            process.stdout.write(`${JSON.stringify(result)}\n`);
        else
            for (const reference of result.references)
                progress.line(reference);
    }
    finally {
        progress.end();
    }
}

;// CONCATENATED MODULE: ./build/cli/serve.js


function serveCommand() {
    return new esm/* Command */.uB('serve')
        .description('serve the tree that a file:// target made, on 127.0.0.1')
        .argument('<directory>')
        .option('--port <number>', 'a free one if not given')
        .action(serve_run);
}
async function serve_run(directory, { port = '0' }) {
    const { serve } = await Promise.all(/* import() */[__webpack_require__.e(934), __webpack_require__.e(606), __webpack_require__.e(86), __webpack_require__.e(820)]).then(__webpack_require__.bind(__webpack_require__, 2820));
    const server = await serve(directory, { port: (0,values/* parseInteger */.cG)('port', port, 0, 65535) });
    process.stderr.write(`serving ${directory} at ${server.url}; end with Ctrl-C\n`);
    for (const line of await server.offers())
        process.stderr.write(`  ${line}\n`);
    const stop = () => void server.close();
    process.once('SIGINT', stop).once('SIGTERM', stop);
}

;// CONCATENATED MODULE: ./build/cli/static-push.js


const static_push_examples = `
Targets:
  s3://bucket[/prefix]?endpoint=…  a bucket
  file://./directory               the same tree on disk; alba serve DIRECTORY serves it

Example:
  alba static push -t albatros:0.9 df/ 's3://download.example.org?endpoint=s3.example.org&region=garage'`;
function staticPushCommand() {
    const command = new esm/* Command */.uB('push')
        .description('publish a tree <os>/<architecture>/<files> as df-dist-v1')
        .argument('<tree|target...>', 'folders <os>/<architecture>[/<variant>]/<files>; then one or more target URLs')
        .option('-t, --tag <name:tag>', 'the release', collect, [])
        .option('--extract <path>', 'take the files below this path out of image archives instead', '')
        .option('--page', 'write a page to download from', false)
        .option('--public-url <url>', 'where the target is served, for links', '')
        .option('--content-disposition <value>', 'attachment: browsers save the files rather than show them', '')
        .option('--concurrency <count>', 'uploads at once for each target', '4')
        .option('--dry-run', 'read and check everything, tell what would be sent, write nothing', false)
        .option('--immutable', 'fail where the tag is there with other files', false)
        .option('--json', 'print what was published as JSON on stdout', false)
        .option('--verbose', 'tell more', false)
        .addHelpText('after', static_push_examples);
    return addConnectionOptions(command).action(static_push_run);
}
async function static_push_run(words, flags) {
    const [{ staticPush }, { parseStaticPush }, { readContext }, { cliProgress }] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(934), __webpack_require__.e(606), __webpack_require__.e(88), __webpack_require__.e(118), __webpack_require__.e(382), __webpack_require__.e(86), __webpack_require__.e(164), __webpack_require__.e(825), __webpack_require__.e(172)]).then(__webpack_require__.bind(__webpack_require__, 16172)),
        __webpack_require__.e(/* import() */ 260).then(__webpack_require__.bind(__webpack_require__, 26260)),
        Promise.all(/* import() */[__webpack_require__.e(934), __webpack_require__.e(606), __webpack_require__.e(629)]).then(__webpack_require__.bind(__webpack_require__, 51629)),
        __webpack_require__.e(/* import() */ 902).then(__webpack_require__.bind(__webpack_require__, 20902)),
    ]);
    const { artifacts, targets } = splitWords(words);
    const request = await parseStaticPush({
        artifacts,
        targets,
        tags: flags.tag,
        extract: flags.extract,
        page: `${flags.page}`,
        publicUrl: flags.publicUrl,
        contentDisposition: flags.contentDisposition,
        concurrency: flags.concurrency,
        dryRun: `${flags.dryRun}`,
        immutable: `${flags.immutable}`,
    }, () => readContext(flags));
    const progress = cliProgress(flags.verbose);
    try {
        const result = await staticPush(request, progress);
        if (flags.json)
            process.stdout.write(`${JSON.stringify(result)}\n`);
        else
            progress.line(result.url);
    }
    finally {
        progress.end();
    }
}

;// CONCATENATED MODULE: ./build/cli/version.js
const version = '0.1.0';

;// CONCATENATED MODULE: ./build/cli/main.js







const exit = { ok: 0, failure: 1, usage: 2 };
async function main(argv) {
    endQuietly(process.stdout, process.stderr);
    const program = new esm/* Command */.uB('alba')
        .description('Publish multi-platform container images and static binaries without a container daemon')
        .version(version, '--version', 'tell the version');
    program.command('container').description('container images').addCommand(containerPushCommand());
    program.command('static').description('plain files by platform').addCommand(staticPushCommand());
    program.addCommand(serveCommand());
    for (const command of [program, ...descendants(program)]) {
        command
            .exitOverride()
            .showHelpAfterError('(--help tells what there is)')
            .configureHelp({ optionDescription })
            .configureOutput({ outputError: (text, write) => write(explained(text)) });
    }
    try {
        await program.parseAsync(argv);
    }
    catch (thrown) {
        process.exitCode = report(thrown);
    }
}
function optionDescription({ description, defaultValue }) {
    return typeof defaultValue === 'string' && defaultValue !== ''
        ? `${description} (default: ${defaultValue})`
        : description;
}
function explained(text) {
    if (/^error: unknown option '--password[='-]/.test(text)) {
        return 'alba: no password belongs on a command line, where others see it: give it on stdin with --password-stdin, or docker login before\n';
    }
    const remark = /^error: unknown command 'push'/.test(text)
        ? '(Did you mean container push or static push?)\n'
        : '';
    return text.replace(/^error: /, 'alba: ') + remark;
}
function descendants(command) {
    return command.commands.flatMap((child) => [child, ...descendants(child)]);
}
function report(thrown) {
    if (thrown instanceof esm/* CommanderError */.b7)
        return thrown.exitCode === 0 ? exit.ok : exit.usage;
    for (const line of (0,errors/* messageOf */.bD)(thrown).split('\n'))
        process.stderr.write(`alba: ${(0,printable/* printable */.g)(line)}\n`);
    return thrown instanceof errors/* AlbaError */.x6 && thrown.code === 'usage' ? exit.usage : exit.failure;
}
function endQuietly(...streams) {
    for (const stream of streams) {
        stream.on('error', (failure) => {
            if (failure.code !== 'EPIPE')
                throw failure;
        });
    }
}


/***/ }),

/***/ 3462:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JE: () => (/* binding */ addTags),
/* harmony export */   Ym: () => (/* binding */ parseTargetUrl),
/* harmony export */   xJ: () => (/* binding */ guessTarget)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _oci_reference_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(20907);
/* harmony import */ var _storage_url_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(96268);



function parseTargetUrl(text) {
    const url = (0,_storage_url_js__WEBPACK_IMPORTED_MODULE_2__/* .redactUrl */ .BO)(text);
    if (/^(s3|file):\/\//i.test(text))
        return { kind: 'storage', url, text, location: (0,_storage_url_js__WEBPACK_IMPORTED_MODULE_2__/* .parseStorageUrl */ .Yu)(text) };
    if (text.startsWith('docker://'))
        return parseRegistryUrl(text, url);
    if (/^oci:(?!\/\/)/.test(text))
        return parseLayoutUrl(text);
    const meant = guessTarget(text);
    const kinds = 'docker://host/repository[:tag], s3://bucket[/prefix]?…, file://./directory or oci:./directory[:tag]';
    const expected = meant ? `did you mean ${meant}?` : `expected ${kinds}`;
    const shown = url.includes('://') ? url : url.replace(/:.*@/s, ':***@');
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `target "${shown}" is of no known kind: ${expected}`);
}
function guessTarget(text) {
    const [, layout] = /^oci:\/\/(\.{0,2}\/.+)$/.exec(text) ?? [];
    if (layout !== undefined)
        return `oci:${layout}`;
    const [, scheme, rest] = /^(s3|file):(?!\/\/)([^@?]+)$/i.exec(text) ?? [];
    if (scheme !== undefined)
        return scheme.toLowerCase() === 's3' ? `s3://${rest}` : `file://${fromDot(rest ?? '')}`;
    return /^\.{0,2}\//.test(text) ? `file://${text}` : (0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .guessRegistryUrl */ .uV)(text);
}
function fromDot(path) {
    return /^\.{0,2}\//.test(path) ? path : `./${path}`;
}
function addTags({ tag, url, text, ...parsed }, named) {
    if (parsed.kind === 'storage')
        return addNames(parsed.location, url, text, named);
    const tags = [...new Set(named.flatMap((item) => item.tag ?? []))];
    if (tag !== undefined && tags.length > 0 && !tags.includes(tag)) {
        const both = `target ${url} says tag ${tag}, "tag" says ${tags.join(', ')}`;
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `${both}: name it in one place, or the same in both`);
    }
    if (parsed.kind === 'registry' && tag === undefined && named.length === 0) {
        const remedy = 'add :tag to it or give "tag"; a name alone there publishes by digest';
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `target ${url} has no tag: ${remedy}`);
    }
    return [{ url: text, place: parsed, tags: tags.length > 0 || tag === undefined ? tags : [tag] }];
}
function addNames(location, url, text, named) {
    if (named.length === 0) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `target ${url} needs "tag": name:tag, whose name is the repository there`);
    }
    return [...new Set(named.map(({ name }) => name))].map((name) => ({
        url: text,
        place: { kind: 'storage', location, name },
        tags: [...new Set(named.flatMap((item) => (item.name === name ? (item.tag ?? []) : [])))],
    }));
}
function parseRegistryUrl(text, url) {
    const [rest = '', query = ''] = text.slice('docker://'.length).split('?', 2);
    if (rest.includes('@')) {
        const why = 'a release gets its digest by itself, and credentials are inputs of their own';
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `target ${url} must not contain "@": ${why}`);
    }
    if (!rest.includes('/')) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `target ${url} names no repository: expected docker://host[:port]/repository[:tag]`);
    }
    const { tag, ...reference } = (0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseReference */ .F2)(rest);
    return {
        kind: 'registry',
        url,
        text,
        reference,
        plainHttp: parsePlainHttp(query, url),
        ...(tag && { tag }),
    };
}
function parsePlainHttp(query, url) {
    const { 'plain-http': plain, ...unknown } = Object.fromEntries(new URLSearchParams(query));
    const [name] = Object.keys(unknown);
    if (name !== undefined) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `target ${url}: unknown parameter "${name}"; known is plain-http`);
    }
    if (plain === undefined)
        return undefined;
    if (plain === 'true' || plain === 'false')
        return plain === 'true';
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `target ${url}: plain-http must be true or false, not "${plain}"`);
}
function parseLayoutUrl(url) {
    const rest = url.slice('oci:'.length);
    const colon = rest.lastIndexOf(':');
    const isTagged = colon > 0 && !/[/\\]/.test(rest.slice(colon));
    const path = isTagged ? rest.slice(0, colon) : rest;
    if (path === '') {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `target "${url}" names no directory: expected oci:./directory[:tag]`);
    }
    return { kind: 'layout', url, text: url, path, ...(isTagged && { tag: (0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseTag */ .ED)(rest.slice(colon + 1)) }) };
}


/***/ }),

/***/ 34277:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b9: () => (/* binding */ splitItems),
/* harmony export */   cG: () => (/* binding */ parseInteger),
/* harmony export */   qo: () => (/* binding */ parseSome),
/* harmony export */   yG: () => (/* binding */ parseBoolean)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);

function parseInteger(name, text, least, most) {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most)
        return value;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `${name} "${text}" is not a whole number from ${least} to ${most}`);
}
function parseBoolean(name, text) {
    if (/^(true|True|TRUE)$/.test(text))
        return true;
    if (/^(false|False|FALSE)$/.test(text))
        return false;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `${name} "${text}" is neither true nor false`);
}
function parseSome(items, otherwise) {
    if (items.length > 0)
        return items;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', otherwise);
}
function splitItems(text) {
    return text
        .split(/[\n,]/)
        .map((item) => item.trim())
        .filter((item) => item !== '');
}


/***/ }),

/***/ 10933:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ printable)
/* harmony export */ });
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;
function printable(text) {
    return text.replace(unprintable, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}


/***/ }),

/***/ 19473:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Zw: () => (/* binding */ Problems),
/* harmony export */   bD: () => (/* binding */ messageOf),
/* harmony export */   x6: () => (/* binding */ AlbaError),
/* harmony export */   xU: () => (/* binding */ systemCode)
/* harmony export */ });
class AlbaError extends Error {
    name = 'AlbaError';
    code;
    constructor(code, message, options) {
        super(message, options);
        this.code = code;
    }
}
const most = 20;
class Problems {
    #found = new Set();
    add(problem) {
        this.#found.add(problem);
    }
    throwIfAny(code) {
        if (this.#found.size === 0)
            return;
        const lines = [...this.#found].slice(0, most);
        if (this.#found.size > most)
            lines.push(`and ${this.#found.size - most} problems more`);
        throw new AlbaError(code, lines.join('\n'));
    }
}
function messageOf(thrown) {
    if (thrown instanceof AggregateError && thrown.message === '') {
        return thrown.errors.map(messageOf).join('; ');
    }
    return thrown instanceof Error ? thrown.message || thrown.name : String(thrown);
}
function systemCode(thrown) {
    const code = thrown instanceof Error ? thrown.code : undefined;
    return typeof code === 'string' ? code : undefined;
}


/***/ }),

/***/ 1564:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bc: () => (/* binding */ isDigest),
/* harmony export */   ZD: () => (/* binding */ hexOf),
/* harmony export */   m: () => (/* binding */ parseDigest),
/* harmony export */   ol: () => (/* binding */ digestOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19473);


const pattern = /^sha256:[0-9a-f]{64}$/;
function isDigest(text) {
    return pattern.test(text);
}
function parseDigest(text, where) {
    if (isDigest(text))
        return text;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .AlbaError */ .x6('source', `${where}: "${text}" is not a digest: expected sha256: and 64 hexadecimal digits`);
}
function digestOf(bytes) {
    return `sha256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(bytes).digest('hex')}`;
}
function hexOf(digest) {
    return digest.slice('sha256:'.length);
}


/***/ }),

/***/ 20907:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $q: () => (/* binding */ parseName),
/* harmony export */   ED: () => (/* binding */ parseTag),
/* harmony export */   Eo: () => (/* binding */ isName),
/* harmony export */   F2: () => (/* binding */ parseReference),
/* harmony export */   FH: () => (/* binding */ formatReference),
/* harmony export */   W6: () => (/* binding */ tagGrammar),
/* harmony export */   dz: () => (/* binding */ isTag),
/* harmony export */   fG: () => (/* binding */ nameGrammar),
/* harmony export */   l5: () => (/* binding */ parseRegistry),
/* harmony export */   uV: () => (/* binding */ guessRegistryUrl)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1564);


const nameGrammar = '[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*';
const tagGrammar = '[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}';
const name = new RegExp(`^${nameGrammar}$`);
const tag = new RegExp(`^${tagGrammar}$`);
const host = /^(?:\[[0-9a-fA-F:]+\]|[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*)(?::\d{1,5})?$/;
function isTag(text) {
    return tag.test(text);
}
function isName(text) {
    return name.test(text) && text.length <= 255;
}
function parseName(text) {
    if (isName(text))
        return text;
    const lower = text.toLowerCase();
    const hint = isName(lower) ? `such as ${lower}` : 'at most 255 characters';
    const grammar = 'lower-case letters and digits, with ".", "_", "-" or "/" between them';
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `"${text}" is not a repository name: expected ${grammar}, ${hint}`);
}
function parseTag(text) {
    if (isTag(text))
        return text;
    const near = text.replace(/[^a-zA-Z0-9._-]+/g, '-').replace(/^[.-]+/, '');
    const hint = isTag(near) ? `such as ${near}` : 'at most 128 of them';
    const grammar = 'letters, digits, "_", and not as the first sign "." or "-"';
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `"${text}" is not a tag: expected ${grammar}, ${hint}`);
}
function parseRegistry(text) {
    if (!host.test(text))
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `"${text}" is not a registry host: expected host[:port]`);
    const lower = text.toLowerCase();
    return ['index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com'].includes(lower)
        ? 'docker.io'
        : lower;
}
function guessRegistryUrl(text) {
    const rest = text.replace(/^(?:docker|oci|https?):\/*/i, '');
    if (!/^(?:localhost|[^/]*[.:][^/]*)\/./.test(rest))
        return undefined;
    try {
        parseReference(rest);
        return `docker://${rest}`;
    }
    catch {
        return undefined;
    }
}
function parseReference(text) {
    const [rest, digest, ...more] = text.split('@');
    if (more.length > 0 || (digest !== undefined && !(0,_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .isDigest */ .Bc)(digest))) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `"${text}" is not a reference: after @ comes sha256: and 64 hexadecimal digits`);
    }
    const slash = rest.indexOf('/');
    const first = rest.slice(0, slash);
    const hasHost = slash > 0 && (/[.:A-Z]/.test(first) || first === 'localhost');
    const registry = hasHost ? parseRegistry(first) : 'docker.io';
    const path = hasHost ? rest.slice(slash + 1) : rest;
    const colon = path.indexOf(':');
    const tagged = colon >= 0 ? parseTag(path.slice(colon + 1)) : undefined;
    const named = parseName(colon >= 0 ? path.slice(0, colon) : path);
    const repository = registry === 'docker.io' && !named.includes('/') ? `library/${named}` : named;
    return {
        registry,
        repository,
        ...(tagged && { tag: tagged }),
        ...(digest && (0,_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .isDigest */ .Bc)(digest) && { digest }),
    };
}
function formatReference({ registry, repository, tag, digest }) {
    return `${registry}/${repository}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`;
}


/***/ }),

/***/ 96268:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  v: () => (/* binding */ isStorageUrl),
  Yu: () => (/* binding */ parseStorageUrl),
  BO: () => (/* binding */ redactUrl)
});

// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
;// CONCATENATED MODULE: ./build/storage/file-url.js

function parseFilePath(authority, path, where, platform) {
    const isRelative = authority === '.' || authority === '..';
    const isLocal = authority === '' || authority.toLowerCase() === 'localhost';
    if (!isRelative && !isLocal) {
        throw new errors/* AlbaError */.x6('usage', `${where} names another machine: write file://./${authority}${path} for a relative path, file:///… for an absolute one`);
    }
    if (isRelative)
        return authority + path;
    if (path === '') {
        throw new errors/* AlbaError */.x6('usage', `${where} names no directory: expected file://./dir or file:///dir`);
    }
    return platform === 'win32' && /^\/[a-z]:/i.test(path) ? path.slice(1) : path;
}

;// CONCATENATED MODULE: ./build/storage/url-parameters.js

const booleans = {
    ...Object.fromEntries(['1', 't', 'T', 'TRUE', 'true', 'True'].map((text) => [text, true])),
    ...Object.fromEntries(['0', 'f', 'F', 'FALSE', 'false', 'False'].map((text) => [text, false])),
};
function parseParameters(query, known, where) {
    const given = {};
    for (const [name, text] of new URLSearchParams(query)) {
        if (!Object.hasOwn(known, name)) {
            const names = Object.keys(known).join(', ');
            throw new errors/* AlbaError */.x6('usage', `${where}: unknown parameter "${name}"; known are ${names}`);
        }
        if (Object.hasOwn(given, name)) {
            throw new errors/* AlbaError */.x6('usage', `${where}: parameter "${name}" is given twice`);
        }
        given[name] = known[name] === 'boolean' ? parseBoolean(text, name, where) : text;
    }
    return given;
}
function parseBoolean(text, name, where) {
    const value = Object.hasOwn(booleans, text) ? booleans[text] : undefined;
    if (value !== undefined)
        return value;
    throw new errors/* AlbaError */.x6('usage', `${where}: parameter "${name}" must be true or false, not "${text}"`);
}

;// CONCATENATED MODULE: ./build/storage/url.js



const parts = /^(s3|file):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?(#.*)?$/is;
const bucketGrammar = /^[a-zA-Z0-9](?:[a-zA-Z0-9._-]{0,253}[a-zA-Z0-9])?$/;
const encryptions = ['AES256', 'aws:kms', 'aws:kms:dsse'];
const fileParameters = { create_dir: 'boolean', no_tmp_dir: 'boolean', metadata: 'text' };
const s3Parameters = {
    region: 'text',
    endpoint: 'text',
    prefix: 'text',
    profile: 'text',
    anonymous: 'boolean',
    s3ForcePathStyle: 'boolean',
    use_path_style: 'boolean',
    disableSSL: 'boolean',
    disable_https: 'boolean',
    accelerate: 'boolean',
    dualstack: 'boolean',
    fips: 'boolean',
    ssetype: 'text',
    kmskeyid: 'text',
    awssdk: 'text',
    hostname_immutable: 'boolean',
    rate_limiter_capacity: 'text',
};
function isStorageUrl(text) {
    return /^(s3|file):/i.test(text);
}
function parseStorageUrl(text, platform = process.platform) {
    const [, scheme, authority, path, query, fragment] = parts.exec(text) ?? [];
    if (scheme === undefined || authority === undefined || path === undefined) {
        const expected = 's3://bucket[/folder][?parameters], file://./dir or file:///dir';
        throw new errors/* AlbaError */.x6('usage', `"${redactUrl(text)}" is not the URL of a storage: expected ${expected}`);
    }
    const where = redactUrl(text);
    if (fragment !== undefined) {
        throw new errors/* AlbaError */.x6('usage', `${where} has a "#", which means nothing here: write it as %23`);
    }
    if (authority.includes('@')) {
        throw new errors/* AlbaError */.x6('usage', `${where} holds credentials: give them in the environment instead`);
    }
    if (scheme.toLowerCase() === 's3')
        return parseS3(authority, path, query ?? '', where);
    parseParameters(query ?? '', fileParameters, where);
    return { kind: 'file', path: parseFilePath(authority, decode(path, where), where, platform) };
}
function parseS3(bucket, path, query, where) {
    if (!bucketGrammar.test(bucket)) {
        throw new errors/* AlbaError */.x6('usage', `${where} names no bucket: expected s3://bucket[/folder][?parameters]`);
    }
    const given = parseParameters(query, s3Parameters, where);
    const folder = decode(path, where).replace(/^\/+|\/+$/g, '');
    const prefix = (folder && `${folder}/`) + (given.prefix ?? '');
    checkPrefix(prefix, where);
    return {
        kind: 's3',
        url: `s3://${bucket}${prefix && `/${prefix.replace(/\/$/, '')}`}`,
        bucket,
        prefix,
        region: given.region || undefined,
        endpoint: parseEndpoint(given.endpoint, (given.disableSSL || given.disable_https) ?? false, where),
        profile: given.profile || undefined,
        anonymous: given.anonymous ?? false,
        pathStyle: (given.s3ForcePathStyle || given.use_path_style) ?? false,
        accelerate: given.accelerate ?? false,
        dualstack: given.dualstack ?? false,
        fips: given.fips ?? false,
        encryption: parseEncryption(given.ssetype, where),
        encryptionKey: given.kmskeyid || undefined,
    };
}
function checkPrefix(prefix, where) {
    const inner = prefix.replace(/\/$/, '').split('/');
    if (prefix && inner.some((segment) => ['', '.', '..'].includes(segment))) {
        throw new errors/* AlbaError */.x6('usage', `${where} has an empty, "." or ".." folder, which a bucket would keep as such`);
    }
}
function parseEndpoint(text, isPlain, where) {
    if (!text)
        return undefined;
    const full = text.includes('://') ? text : `${isPlain ? 'http' : 'https'}://${text}`;
    if (/^https?:\/\/[^@?#]+$/i.test(full) && URL.canParse(full))
        return new URL(full).href.replace(/\/$/, '');
    throw new errors/* AlbaError */.x6('usage', `${where}: parameter "endpoint" must be host[:port] or an http or https URL without credentials or query`);
}
function parseEncryption(text, where) {
    if (!text)
        return undefined;
    const known = encryptions.find((name) => name.toLowerCase() === text.toLowerCase());
    if (known)
        return known;
    throw new errors/* AlbaError */.x6('usage', `${where}: parameter "ssetype" must be one of ${encryptions.join(', ')}`);
}
function decode(text, where) {
    try {
        const decoded = decodeURIComponent(text);
        if (!decoded.includes('\0'))
            return decoded;
    }
    catch {
    }
    throw new errors/* AlbaError */.x6('usage', `${where} is not a path: write a % that is meant as %25`);
}
function redactUrl(text) {
    return text.replace(/\/\/.*@(?!sha256:)/s, '//***@').replace(/[?#].*$/s, '');
}


/***/ })

};
