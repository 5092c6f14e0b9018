export const id = 527;
export const ids = [527,255,511];
export const modules = {

/***/ 79361:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bs: () => (/* binding */ isLocator),
/* harmony export */   SI: () => (/* binding */ formatLocator),
/* harmony export */   mz: () => (/* binding */ parseLocator)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _oci_digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1564);
/* harmony import */ var _oci_reference_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(20907);
/* harmony import */ var _storage_url_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(96268);
/* harmony import */ var _target_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3462);





function isLocator(text) {
    return /^(docker|s3|file):\/\/|^oci:/.test(text);
}
function parseLocator(text) {
    const [url, fragment] = splitAt(text, '#');
    if ((0,_storage_url_js__WEBPACK_IMPORTED_MODULE_3__/* .isStorageUrl */ .v)(text))
        return { ...parseFragment(fragment, text), place: parseStorage(url, fragment) };
    const [base, query] = splitAt(url, '?');
    const { before, digest } = splitDigest(base, text);
    const { url: _url, text: _text, tag, ...place } = (0,_target_js__WEBPACK_IMPORTED_MODULE_4__/* .parseTargetUrl */ .Ym)(query === undefined ? before : `${before}?${query}`);
    if (place.kind === 'storage')
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `${(0,_storage_url_js__WEBPACK_IMPORTED_MODULE_3__/* .redactUrl */ .BO)(text)} names no repository`);
    return { place, ...(tag !== undefined && { tag }), ...(digest && { digest }) };
}
function formatLocator({ place, url }, digest) {
    switch (place.kind) {
        case 'registry': {
            const query = place.plainHttp === undefined ? '' : `?plain-http=${place.plainHttp}`;
            return `docker://${(0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .formatReference */ .FH)({ ...place.reference, digest })}${query}`;
        }
        case 'storage':
            return `${url}#${place.name}@${digest}`;
        case 'layout':
            return `oci:${place.path}@${digest}`;
    }
}
function parseStorage(url, fragment) {
    const [name] = splitAt(splitDigest(fragment ?? '', url).before, ':');
    if (name === '')
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `${(0,_storage_url_js__WEBPACK_IMPORTED_MODULE_3__/* .redactUrl */ .BO)(url)} names no repository: add #name[:tag][@digest] to it`);
    return { kind: 'storage', location: (0,_storage_url_js__WEBPACK_IMPORTED_MODULE_3__/* .parseStorageUrl */ .Yu)(url), name: (0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .parseName */ .$q)(name) };
}
function parseFragment(fragment, text) {
    const { before, digest } = splitDigest(fragment ?? '', text);
    const [, tag] = splitAt(before, ':');
    return { ...(tag !== undefined && { tag: (0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .parseTag */ .ED)(tag) }), ...(digest && { digest }) };
}
function splitDigest(text, where) {
    const [before, hex] = splitAt(text, '@sha256:');
    if (hex === undefined)
        return { before };
    return { before, digest: (0,_oci_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .parseDigest */ .m)(`sha256:${hex}`, (0,_storage_url_js__WEBPACK_IMPORTED_MODULE_3__/* .redactUrl */ .BO)(where)) };
}
function splitAt(text, separator) {
    const at = text.indexOf(separator);
    return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}


/***/ }),

/***/ 47527:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   parseContainerPush: () => (/* binding */ parseContainerPush)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _image_annotate_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(42956);
/* harmony import */ var _image_label_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8180);
/* harmony import */ var _layer_compress_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(69974);
/* harmony import */ var _oci_media_type_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(21507);
/* harmony import */ var _oci_platform_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(44647);
/* harmony import */ var _named_tag_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(72667);
/* harmony import */ var _problems_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(61447);
/* harmony import */ var _tag_rules_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(92845);
/* harmony import */ var _target_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(3462);
/* harmony import */ var _values_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(34277);
/* harmony import */ var _locator_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(79361);












async function parseContainerPush(input, readContext) {
    const { context, parsed } = await (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseAllLater */ .Bj)({
        context: readContext,
        parsed: () => parseInput(input),
    });
    const { urls, tags, ...settings } = parsed;
    const { run, annotations: ofContext, ...machine } = context;
    const targets = (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseEach */ .lc)(urls, (url) => (0,_target_js__WEBPACK_IMPORTED_MODULE_9__/* .addTags */ .JE)(url, tagsFor(url, tags, run))).flat();
    const connection = signedInAt(machine.connection, targets, [...settings.references, ...settings.cacheFrom]);
    const annotations = [...ofContext, ...settings.annotations];
    (0,_image_annotate_js__WEBPACK_IMPORTED_MODULE_1__/* .checkAnnotations */ .LO)(annotations, settings.format);
    return { ...machine, ...settings, connection, targets, annotations };
}
function tagsFor(url, tags, run) {
    if (tags.length > 0 || url.tag !== undefined || !run)
        return tags;
    return [(0,_tag_rules_js__WEBPACK_IMPORTED_MODULE_8__/* .defaultTag */ .q3)(run) ?? []].flat();
}
function parseInput(input) {
    const { platforms, artifacts, settings, ...rest } = (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseAll */ .bg)({
        artifacts: () => parseArtifacts(input.artifacts),
        urls: () => (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseEach */ .lc)((0,_values_js__WEBPACK_IMPORTED_MODULE_10__/* .parseSome */ .qo)(input.targets, 'no target: name at least one URL, such as docker://ghcr.io/org/app'), _target_js__WEBPACK_IMPORTED_MODULE_9__/* .parseTargetUrl */ .Ym),
        tags: () => (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseEach */ .lc)(input.tags, _named_tag_js__WEBPACK_IMPORTED_MODULE_6__/* .parseNamedTag */ .Z),
        platforms: () => (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseEach */ .lc)(input.platforms, _oci_platform_js__WEBPACK_IMPORTED_MODULE_5__/* .parsePlatform */ .FL),
        format: () => parseFormat(input.format),
        settings: () => parseCompression(input.compression, input.compressionLevel),
        concurrency: () => (0,_values_js__WEBPACK_IMPORTED_MODULE_10__/* .parseInteger */ .cG)('concurrency', input.concurrency, 1, 64),
        dryRun: () => (0,_values_js__WEBPACK_IMPORTED_MODULE_10__/* .parseBoolean */ .yG)('dry-run', input.dryRun),
        cacheFrom: () => (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseEach */ .lc)(input.cacheFrom, _locator_js__WEBPACK_IMPORTED_MODULE_11__/* .parseLocator */ .mz),
        floating: () => (0,_values_js__WEBPACK_IMPORTED_MODULE_10__/* .parseBoolean */ .yG)('floating', input.floating),
        immutable: () => (0,_values_js__WEBPACK_IMPORTED_MODULE_10__/* .parseBoolean */ .yG)('immutable', input.immutable),
        annotations: () => (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseEach */ .lc)(input.annotations, _image_annotate_js__WEBPACK_IMPORTED_MODULE_1__/* .parseAnnotation */ .fr).flat(),
        labels: () => Object.fromEntries((0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseEach */ .lc)(input.labels, _image_label_js__WEBPACK_IMPORTED_MODULE_2__/* .parseLabel */ .Q_).flat()),
    });
    return {
        ...rest,
        ...settings,
        ...artifacts,
        ...(platforms.length > 0 && { platforms }),
    };
}
function parseArtifacts(lines) {
    const items = /^[[{]/.test(lines[0] ?? '') ? textsIn(lines.join('\n')) : lines;
    (0,_values_js__WEBPACK_IMPORTED_MODULE_10__/* .parseSome */ .qo)(items, 'no artifacts: name at least one path, glob or reference');
    return {
        artifacts: items.filter((item) => !(0,_locator_js__WEBPACK_IMPORTED_MODULE_11__/* .isLocator */ .Bs)(item)),
        references: (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseEach */ .lc)(items.filter(_locator_js__WEBPACK_IMPORTED_MODULE_11__/* .isLocator */ .Bs), _locator_js__WEBPACK_IMPORTED_MODULE_11__/* .parseLocator */ .mz),
    };
}
function textsIn(json) {
    const collect = (value) => {
        if (typeof value === 'string')
            return value.split('\n').filter((line) => line.trim() !== '');
        return typeof value === 'object' && value !== null ? Object.values(value).flatMap(collect) : [];
    };
    try {
        return collect(JSON.parse(json));
    }
    catch (cause) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `artifacts begin like JSON, but are none: give toJSON(needs.build.outputs), or one a line (${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(cause)})`, { cause });
    }
}
function signedInAt(connection, targets, sources) {
    const { login } = connection;
    if (!login)
        return connection;
    const [own, others] = [registriesOf(targets), registriesOf(sources)];
    const [registry, ...more] = own.length > 0 ? own : others;
    if (more.length === 0)
        return { ...connection, login: { ...login, ...(registry && { registry }) } };
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `username and password are for one registry, not for ${[registry, ...more].join(', ')}: log in to each before (docker/login-action, docker login)`);
}
function registriesOf(places) {
    return [
        ...new Set(places.flatMap(({ place }) => (place.kind === 'registry' ? place.reference.registry : []))),
    ];
}
function parseCompression(name, level) {
    if (!Object.hasOwn(_layer_compress_js__WEBPACK_IMPORTED_MODULE_3__/* .levels */ .yr, name)) {
        const known = Object.keys(_layer_compress_js__WEBPACK_IMPORTED_MODULE_3__/* .levels */ .yr).join(', ');
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `compression "${name}" is unknown: expected one of ${known}`);
    }
    const compression = name;
    (0,_layer_compress_js__WEBPACK_IMPORTED_MODULE_3__/* .assertSupported */ .hv)(compression);
    const { least, most, usual } = _layer_compress_js__WEBPACK_IMPORTED_MODULE_3__/* .levels */ .yr[compression];
    const compressionLevel = level === '' ? usual : (0,_values_js__WEBPACK_IMPORTED_MODULE_10__/* .parseInteger */ .cG)('compression-level', level, least, most);
    return { compression, compressionLevel };
}
function parseFormat(text) {
    if (Object.hasOwn(_oci_media_type_js__WEBPACK_IMPORTED_MODULE_4__/* .mediaTypes */ .Ib, text))
        return text;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `format "${text}" is unknown: expected ${Object.keys(_oci_media_type_js__WEBPACK_IMPORTED_MODULE_4__/* .mediaTypes */ .Ib).join(' or ')}`);
}


/***/ }),

/***/ 72667:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ parseNamedTag)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _oci_reference_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(20907);


function parseNamedTag(text) {
    const named = withoutHost(text);
    const colon = named.indexOf(':');
    if (colon < 0 && /^v?\d+(\.\d+)*([.-]|$)|^latest$/.test(named)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `"${text}" is a name without a tag: write name:${named}, or a name alone to publish by digest`);
    }
    if (colon < 0)
        return { name: (0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseName */ .$q)(named) };
    return { name: (0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseName */ .$q)(named.slice(0, colon)), tag: (0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseTag */ .ED)(named.slice(colon + 1)) };
}
function withoutHost(text) {
    const slash = text.indexOf('/');
    const first = text.slice(0, Math.max(slash, 0));
    const isTagged = /^[^[]*:\D/.test(first);
    if (isTagged || (!/[.:]/.test(first) && first !== 'localhost'))
        return text;
    (0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseRegistry */ .l5)(first);
    return text.slice(slash + 1);
}


/***/ }),

/***/ 61447:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bj: () => (/* binding */ parseAllLater),
/* harmony export */   bg: () => (/* binding */ parseAll),
/* harmony export */   lc: () => (/* binding */ parseEach)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);

function parseAll(parsers) {
    const problems = new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .Problems */ .Zw();
    const values = {};
    for (const [name, parse] of Object.entries(parsers)) {
        try {
            values[name] = parse();
        }
        catch (thrown) {
            addUsage(problems, thrown);
        }
    }
    problems.throwIfAny('usage');
    return values;
}
async function parseAllLater(parsers) {
    const entries = Object.entries(parsers).map(async ([name, parse]) => [name, await outcomeOf(parse)]);
    return parseAll(Object.fromEntries(await Promise.all(entries)));
}
async function outcomeOf(parse) {
    try {
        const value = await parse();
        return () => value;
    }
    catch (thrown) {
        return () => {
            throw thrown;
        };
    }
}
function parseEach(items, parse) {
    return Object.values(parseAll(Object.fromEntries(items.map((item, i) => [`${i}`, () => parse(item)]))));
}
function addUsage(problems, thrown) {
    if (!(thrown instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6 && thrown.code === 'usage'))
        throw thrown;
    problems.add((0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(thrown));
}


/***/ }),

/***/ 92845:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E4: () => (/* binding */ versionOf),
/* harmony export */   Kb: () => (/* binding */ floatingTags),
/* harmony export */   lE: () => (/* binding */ whyNothingFloats),
/* harmony export */   q3: () => (/* binding */ defaultTag)
/* harmony export */ });
/* harmony import */ var semver__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62088);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19473);
/* harmony import */ var _oci_reference_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(20907);



function versionOf(ref) {
    const prefix = 'refs/tags/';
    if (!ref.startsWith(prefix))
        return undefined;
    const text = ref.slice(prefix.length);
    return text.startsWith('v') && semver__WEBPACK_IMPORTED_MODULE_0__.valid(text) ? text.slice(1) : text;
}
function defaultTag({ repository, ref }) {
    const tag = versionOf(ref);
    if (tag === undefined)
        return undefined;
    if ((0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .isTag */ .dz)(tag))
        return { name: nameOf(repository), tag };
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .AlbaError */ .x6('usage', `"${tag}" of ${ref} is not a tag of an image: it must match ${_oci_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .tagGrammar */ .W6}; give "tag"`);
}
function floatingTags(tag, existing) {
    const release = parseRelease(tag);
    if (!release)
        return [];
    const { prefix, version } = release;
    const { major, minor } = version;
    const higher = existing
        .flatMap((text) => parseRelease(text) ?? [])
        .filter((other) => other.version.compare(version) > 0);
    const alike = higher.filter((other) => other.prefix === prefix && other.version.major === major);
    return [
        ...(alike.some((other) => other.version.minor === minor) ? [] : [`${prefix}${major}.${minor}`]),
        ...(major === 0 || alike.length > 0 ? [] : [`${prefix}${major}`]),
        ...(higher.length > 0 ? [] : ['latest']),
    ];
}
function whyNothingFloats(tags) {
    if (tags.length === 0)
        return 'the release has no tag';
    return tags.some(parseRelease)
        ? 'higher releases are there'
        : `${tags.join(', ')} is no release such as 1.2.3`;
}
function parseRelease(tag) {
    const version = semver__WEBPACK_IMPORTED_MODULE_0__.parse(tag);
    if (!version || !(0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .isTag */ .dz)(tag) || version.prerelease.length > 0)
        return undefined;
    return { prefix: tag.startsWith('v') ? 'v' : '', version };
}
function nameOf(repository) {
    const name = repository.slice(repository.lastIndexOf('/') + 1).toLowerCase();
    const words = name.replace(/^[._-]+|[._-]+$/g, '').replace(/[._-]{2,}/g, separator);
    if (new RegExp(`^${_oci_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .nameGrammar */ .fG}$`).test(words))
        return words;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .AlbaError */ .x6('usage', `repository "${repository}" makes no name of an image: give "tag" as name:tag`);
}
function separator(run) {
    return run === '__' || /^-+$/.test(run) ? run : '-';
}


/***/ }),

/***/ 52459:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  v: () => (/* binding */ buffersFor),
  n: () => (/* binding */ splitBlocks)
});

;// CONCATENATED MODULE: ./build/content/buffers.js
const patience = 3;
class Buffers {
    #size;
    #free = [];
    #resting = [];
    constructor(size) {
        this.#size = size;
    }
    take() {
        return this.#free.pop() ?? new ArrayBuffer(this.#size);
    }
    giveBack(buffer) {
        this.#resting.push(buffer);
        if (this.#resting.length > patience)
            this.#free.push(...this.#resting.splice(0, 1));
    }
}

;// CONCATENATED MODULE: ./build/content/blocks.js

function buffersFor({ before, size, behind }) {
    return new Buffers(before + size + behind);
}
async function* splitBlocks(source, shape, buffers) {
    let buffer = buffers.take();
    let before = 0;
    let length = 0;
    for await (const chunk of source) {
        for (let done = 0; done < chunk.length;) {
            const part = chunk.subarray(done, done + shape.size - length);
            new Uint8Array(buffer).set(part, shape.before + length);
            length += part.length;
            done += part.length;
            if (length < shape.size)
                continue;
            const next = buffers.take();
            new Uint8Array(next).set(new Uint8Array(buffer, shape.size, shape.before));
            yield { buffer, before, length };
            buffer = next;
            before = shape.before;
            length = 0;
        }
    }
    if (length > 0)
        yield { buffer, before, length };
}


/***/ }),

/***/ 49215:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ leaf),
/* harmony export */   o: () => (/* binding */ openBytes)
/* harmony export */ });
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(57075);

function openBytes(bytes) {
    return () => node_stream__WEBPACK_IMPORTED_MODULE_0__.Readable.from(bytes.length > 0 ? [bytes] : [], { objectMode: false });
}
function leaf(blob) {
    return { ...blob, children: [] };
}


/***/ }),

/***/ 41766:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ inOrder)
/* harmony export */ });
async function* inOrder(items, concurrency, work) {
    const working = [];
    for await (const item of items) {
        const result = work(item);
        result.catch(() => undefined);
        working.push(result);
        const [first] = working;
        if (working.length <= concurrency || !first)
            continue;
        yield await first;
        working.shift();
    }
    for (const result of working)
        yield await result;
}


/***/ }),

/***/ 34733:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   EF: () => (/* binding */ readCapped),
/* harmony export */   ZQ: () => (/* binding */ assertSame),
/* harmony export */   p_: () => (/* binding */ openVerified),
/* harmony export */   u0: () => (/* binding */ readDocument)
/* harmony export */ });
/* unused harmony export verify */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(57075);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19473);
/* harmony import */ var _oci_digest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1564);
/* harmony import */ var _oci_manifest_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(95669);





function verify(expected, origin, code = 'source') {
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    let size = 0;
    return new node_stream__WEBPACK_IMPORTED_MODULE_1__.Transform({
        transform(chunk, _encoding, done) {
            size += chunk.length;
            hash.update(chunk);
            if (size > expected.size)
                done(new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6(code, tooLong(expected, origin)));
            else
                done(null, chunk);
        },
        flush(done) {
            const found = { digest: `sha256:${hash.digest('hex')}`, size };
            done(isSame(expected, found) ? null : new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6(code, differs(expected, found, origin)));
        },
    });
}
function openVerified(open, expected, origin) {
    return async () => (0,node_stream__WEBPACK_IMPORTED_MODULE_1__.pipeline)(await open(), verify(expected, origin), () => { });
}
function assertSame(expected, found, origin, code = 'source') {
    if (!isSame(expected, found))
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6(code, differs(expected, found, origin));
}
async function readCapped(open, origin, code = 'source', limit = _oci_manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .maxManifestSize */ .NQ) {
    const chunks = [];
    let size = 0;
    for await (const chunk of await open()) {
        size += chunk.length;
        if (size > limit)
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6(code, tooLarge(origin, limit));
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
}
async function readDocument(blob, origin, code = 'source') {
    const { descriptor, open } = blob;
    if (descriptor.size > _oci_manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .maxManifestSize */ .NQ)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6(code, tooLarge(origin, _oci_manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .maxManifestSize */ .NQ));
    const bytes = await readCapped(open, origin, code);
    assertSame(descriptor, { digest: (0,_oci_digest_js__WEBPACK_IMPORTED_MODULE_3__/* .digestOf */ .ol)(bytes), size: bytes.length }, origin, code);
    return bytes;
}
function isSame(expected, found) {
    return expected.digest === found.digest && expected.size === found.size;
}
function differs(expected, found, origin) {
    return expected.size === found.size
        ? `${origin} is damaged: its digest is ${found.digest}, expected ${expected.digest}`
        : `${origin} is damaged: it has ${found.size} bytes, expected ${expected.size}`;
}
function tooLong(expected, origin) {
    return `${origin} is damaged: it has more than the ${expected.size} bytes expected`;
}
function tooLarge(origin, limit) {
    return `${origin} is larger than ${limit} bytes, more than such a document may have`;
}


/***/ }),

/***/ 13511:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   blockDeflater: () => (/* binding */ blockDeflater),
/* harmony export */   deflateTask: () => (/* binding */ deflateTask)
/* harmony export */ });
/* harmony import */ var _threads_aside_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(58998);
/* harmony import */ var _deflater_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(99905);


function blockDeflater(threads) {
    return (0,_threads_aside_js__WEBPACK_IMPORTED_MODULE_1__/* .aside */ .H)(threads, 'deflate', deflateTask);
}
let deflater;
async function deflateTask(input) {
    const { buffer, before, length, level } = input;
    deflater ??= _deflater_js__WEBPACK_IMPORTED_MODULE_0__/* .Deflater */ .i$.create();
    const bytes = new Uint8Array(buffer, _deflater_js__WEBPACK_IMPORTED_MODULE_0__/* .windowSize */ .on - before, before + length);
    const deflated = (await deflater).deflate(bytes, before, level);
    new Uint8Array(buffer).set(deflated);
    return { output: { buffer, size: deflated.length }, transfer: [buffer] };
}


/***/ }),

/***/ 99905:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KH: () => (/* binding */ lastBlock),
/* harmony export */   L6: () => (/* binding */ blockSize),
/* harmony export */   bW: () => (/* binding */ mostDeflated),
/* harmony export */   i$: () => (/* binding */ Deflater),
/* harmony export */   on: () => (/* binding */ windowSize)
/* harmony export */ });
/* harmony import */ var _wasm_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(47198);

const windowSize = 32 * 1024;
const blockSize = 1024 * 1024;
const mostDeflated = blockSize + 64 * 1024;
const lastBlock = Uint8Array.of(3, 0);
const instantiate = (0,_wasm_js__WEBPACK_IMPORTED_MODULE_0__/* .instances */ .V)(() => __webpack_require__.e(/* import() */ 524).then(__webpack_require__.bind(__webpack_require__, 32524)).then(({ deflateWasm }) => deflateWasm));
class Deflater {
    #module;
    #input;
    #output;
    constructor(module) {
        const { memory, input, output } = module;
        this.#module = module;
        this.#input = new Uint8Array(memory.buffer, input.value, windowSize + blockSize);
        this.#output = new Uint8Array(memory.buffer, output.value, mostDeflated);
    }
    static async create() {
        return new Deflater((await instantiate()));
    }
    deflate(bytes, dictionary, level) {
        this.#input.set(bytes, windowSize - dictionary);
        const size = this.#module.deflate(bytes.length - dictionary, dictionary, level);
        return this.#output.subarray(0, size);
    }
    deflateAll(bytes) {
        const blocks = [];
        for (let at = 0; at < bytes.length; at += blockSize) {
            const dictionary = Math.min(at, windowSize);
            blocks.push(this.deflate(bytes.subarray(at - dictionary, at + blockSize), dictionary, 6).slice());
        }
        return Buffer.concat(blocks);
    }
}


/***/ }),

/***/ 66104:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   As: () => (/* binding */ memberHeader),
/* harmony export */   Xt: () => (/* binding */ trailerSize),
/* harmony export */   qb: () => (/* binding */ readMemberHeader),
/* harmony export */   uJ: () => (/* binding */ memberTrailer)
/* harmony export */ });
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(38522);

const memberHeader = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);
const trailerSize = 8;
function memberTrailer(crc, length) {
    const trailer = Buffer.allocUnsafe(trailerSize);
    trailer.writeUInt32LE(crc, 0);
    trailer.writeUInt32LE(length % 2 ** 32, 4);
    return trailer;
}
const flag = { hcrc: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 };
function readMemberHeader(bytes) {
    const [id1, id2, method, flags] = bytes;
    if ((id1 ?? 0x1f) !== 0x1f || (id2 ?? 0x8b) !== 0x8b)
        return { fault: 'no gzip header' };
    if ((method ?? 8) !== 8)
        return { fault: `compression method ${method} instead of 8, deflate` };
    if (flags === undefined || bytes.length < 10)
        return { length: undefined };
    if (flags & flag.reserved)
        return { fault: 'header flags that gzip does not know' };
    let end = 10;
    if (flags & flag.extra)
        end = endOfExtra(bytes, end);
    if (flags & flag.name)
        end = endOfText(bytes, end);
    if (flags & flag.comment)
        end = endOfText(bytes, end);
    if (end === undefined || !(flags & flag.hcrc))
        return { length: end };
    const sum = readUint16(bytes, end);
    if (sum === undefined)
        return { length: undefined };
    if (sum !== ((0,node_zlib__WEBPACK_IMPORTED_MODULE_0__.crc32)(bytes.subarray(0, end)) & 0xffff))
        return { fault: 'a header whose checksum is wrong' };
    return { length: end + 2 };
}
function readUint16(bytes, at) {
    const low = bytes[at];
    const high = bytes[at + 1];
    return low === undefined || high === undefined ? undefined : low | (high << 8);
}
function endOfExtra(bytes, at) {
    const size = readUint16(bytes, at);
    const end = at + 2 + (size ?? 0);
    return size === undefined || end > bytes.length ? undefined : end;
}
function endOfText(bytes, at) {
    const zero = at === undefined ? -1 : bytes.indexOf(0, at);
    return zero < 0 ? undefined : zero + 1;
}


/***/ }),

/***/ 47198:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ instances)
/* harmony export */ });
function instances(read) {
    let compiled;
    return async () => {
        compiled ??= read().then((text) => WebAssembly.compile(Buffer.from(text, 'base64')));
        const { exports } = await WebAssembly.instantiate(await compiled, {});
        return exports;
    };
}


/***/ }),

/***/ 42956:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $N: () => (/* binding */ annotationWarnings),
/* harmony export */   Ih: () => (/* binding */ annotationsOf),
/* harmony export */   LO: () => (/* binding */ checkAnnotations),
/* harmony export */   RF: () => (/* binding */ mergeAnnotations),
/* harmony export */   fr: () => (/* binding */ parseAnnotation),
/* harmony export */   gI: () => (/* binding */ toAnnotations)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _oci_platform_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(44647);


const levels = ['index', 'manifest', 'index-descriptor', 'manifest-descriptor'];
function parseAnnotation(line) {
    if (line.trim() === '')
        return [];
    const equals = line.indexOf('=');
    const colon = line.slice(0, Math.max(equals, 0)).indexOf(':');
    const key = line.slice(colon + 1, Math.max(equals, 0));
    if (key === '' || /[\s"']/.test(key)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `annotation "${line}" is not key=value or level:key=value, without quotes`);
    }
    const value = line.slice(equals + 1);
    if (colon < 0)
        return toAnnotations({ [key]: value });
    return line
        .slice(0, colon)
        .split(',')
        .map((text) => ({ ...parseLevel(text, line), key, value }));
}
function toAnnotations(annotations) {
    return Object.entries(annotations).flatMap(([key, value]) => [
        { level: 'index', key, value },
        { level: 'manifest', key, value },
    ]);
}
function annotationsOf(annotations, level, platform) {
    const found = annotations.filter((annotation) => annotation.level === level);
    const own = found.filter((annotation) => platform && isFor(annotation, platform));
    const entries = [...found.filter((annotation) => !annotation.platform), ...own];
    if (entries.length === 0)
        return undefined;
    return sorted(Object.fromEntries(entries.map(({ key, value }) => [key, value])));
}
function mergeAnnotations(old, more) {
    return sorted({ ...old, ...more });
}
function checkAnnotations(annotations, format) {
    if (format === 'oci' || annotations.length === 0)
        return;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', 'there are no annotations in format docker: leave them out, or use format oci');
}
function annotationWarnings(images, annotations) {
    const sealed = images.filter((image) => image.kind === 'sealed');
    const unfit = sealed.filter(({ platform }) => annotationsOf(annotations, 'manifest', platform));
    const keys = unfit.flatMap(({ platform }) => Object.keys(annotationsOf(annotations, 'manifest', platform) ?? {}));
    const strangers = annotations.filter((annotation) => annotation.platform && !images.some((image) => isFor(annotation, image.platform)));
    const homeless = annotations.filter(({ level }) => level === 'index-descriptor');
    return [
        ...(unfit.length > 0 ? [kept(unfit, keys)] : []),
        ...strangers.map(({ level, platform, key }) => {
            const name = platform ? (0,_oci_platform_js__WEBPACK_IMPORTED_MODULE_1__/* .formatPlatform */ .Bq)(platform) : '';
            return `annotation ${level}[${name}]:${key} is on nothing: no artifact is for ${name}`;
        }),
        ...homeless.map(({ key }) => `annotation index-descriptor:${key} is on nothing: no document names the index`),
    ];
}
function kept(images, keys) {
    const names = images.map(({ origin, platform }) => `${origin} (${(0,_oci_platform_js__WEBPACK_IMPORTED_MODULE_1__/* .formatPlatform */ .Bq)(platform)})`).join(', ');
    const list = [...new Set(keys)].sort().join(', ');
    return `${names}: manifests that exist already stay as they are, without ${list}; manifest-descriptor: puts an annotation beside them, in the index`;
}
function parseLevel(text, line) {
    const [, name, platform] = /^([^[\]]*)(?:\[([^[\]]*)\])?$/.exec(text) ?? [];
    const level = levels.find((known) => known === name);
    if (!level) {
        const expected = `expected ${levels.slice(0, -1).join(', ')} or ${levels.at(-1)}`;
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `annotation "${line}" is for "${text}", which is unknown: ${expected}`);
    }
    if (platform === undefined)
        return { level };
    if (level.startsWith('manifest'))
        return { level, platform: (0,_oci_platform_js__WEBPACK_IMPORTED_MODULE_1__/* .parsePlatform */ .FL)(platform) };
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `annotation "${line}": ${level} is of all platforms, not of one`);
}
function isFor({ platform }, found) {
    return platform !== undefined && (0,_oci_platform_js__WEBPACK_IMPORTED_MODULE_1__/* .isSamePlatform */ .SW)(platform, found);
}
function sorted(annotations) {
    const keys = Object.keys(annotations).sort();
    return Object.fromEntries(keys.map((key) => [key, annotations[key] ?? '']));
}


/***/ }),

/***/ 8180:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ej: () => (/* binding */ labelWarnings),
/* harmony export */   Q_: () => (/* binding */ parseLabel),
/* harmony export */   _Z: () => (/* binding */ labelImage)
/* harmony export */ });
/* unused harmony export withLabels */
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(77934);
/* harmony import */ var _content_content_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49215);
/* harmony import */ var _content_verify_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(34733);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19473);
/* harmony import */ var _oci_compare_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(81033);
/* harmony import */ var _oci_digest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1564);
/* harmony import */ var _oci_manifest_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(95669);
/* harmony import */ var _oci_platform_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(44647);








const labelledSchema = valibot__WEBPACK_IMPORTED_MODULE_6__/* .custom */ .IeY(isLabelled, 'expected the config of an image, whose config.Labels are texts');
function parseLabel(line) {
    if (line.trim() === '')
        return [];
    const equals = line.indexOf('=');
    const key = line.slice(0, Math.max(equals, 0));
    if (key !== '' && !/[\s"']/.test(key))
        return [[key, line.slice(equals + 1)]];
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6('usage', `label "${line}" is not key=value, without quotes around it`);
}
function withLabels(bytes, labels, where) {
    const document = (0,_oci_manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .parseJson */ .qF)(labelledSchema, bytes, where);
    const added = Object.entries(labels).sort(([a], [b]) => (0,_oci_compare_js__WEBPACK_IMPORTED_MODULE_7__/* .compareText */ .n)(a, b));
    const all = { ...document.config?.Labels, ...Object.fromEntries(added) };
    return Buffer.from(JSON.stringify({ ...document, config: { ...document.config, Labels: all } }));
}
async function labelImage(image, labels) {
    if (Object.keys(labels).length === 0)
        return image;
    const where = `${image.origin}: config`;
    const bytes = withLabels(await (0,_content_verify_js__WEBPACK_IMPORTED_MODULE_1__/* .readDocument */ .u0)(image.config, where), labels, where);
    const descriptor = { ...image.config.descriptor, digest: (0,_oci_digest_js__WEBPACK_IMPORTED_MODULE_3__/* .digestOf */ .ol)(bytes), size: bytes.length };
    return { ...image, config: { descriptor, open: (0,_content_content_js__WEBPACK_IMPORTED_MODULE_0__/* .openBytes */ .o)(bytes) } };
}
function labelWarnings(images, labels) {
    const sealed = images.filter((image) => image.kind === 'sealed');
    const keys = Object.keys(labels).sort().join(', ');
    if (sealed.length === 0 || keys === '')
        return [];
    const names = sealed.map(({ origin, platform }) => `${origin} (${(0,_oci_platform_js__WEBPACK_IMPORTED_MODULE_5__/* .formatPlatform */ .Bq)(platform)})`).join(', ');
    return [`${names}: images that have a manifest already stay as they are, without labels ${keys}`];
}
function isLabelled(input) {
    if (!isObject(input))
        return false;
    const config = input.config ?? {};
    if (!isObject(config))
        return false;
    const labels = config.Labels ?? {};
    return isObject(labels) && Object.values(labels).every((value) => typeof value === 'string');
}
function isObject(input) {
    return typeof input === 'object' && input !== null && !Array.isArray(input);
}


/***/ }),

/***/ 69974:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  hv: () => (/* binding */ assertSupported),
  Bc: () => (/* binding */ compress),
  yr: () => (/* binding */ levels),
  f5: () => (/* binding */ settingsOf)
});

// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
// EXTERNAL MODULE: ./build/deflate/deflate-block.js
var deflate_block = __webpack_require__(13511);
// EXTERNAL MODULE: ./build/content/blocks.js + 1 modules
var blocks = __webpack_require__(52459);
// EXTERNAL MODULE: ./build/content/in-order.js
var in_order = __webpack_require__(41766);
// EXTERNAL MODULE: ./build/deflate/deflater.js
var deflater = __webpack_require__(99905);
// EXTERNAL MODULE: ./build/deflate/gzip-format.js
var gzip_format = __webpack_require__(66104);
;// CONCATENATED MODULE: ./build/deflate/gzip-parallel.js





const shape = { before: deflater/* windowSize */.on, size: deflater/* blockSize */.L6, behind: deflater/* mostDeflated */.bW - deflater/* blockSize */.L6 };
async function* gzipParallel(source, { level, concurrency, deflate }) {
    const buffers = (0,blocks/* buffersFor */.v)(shape);
    let crc = 0;
    let length = 0;
    const deflated = (0,in_order/* inOrder */.a)((0,blocks/* splitBlocks */.n)(source, shape, buffers), concurrency, (block) => {
        crc = (0,external_node_zlib_.crc32)(new Uint8Array(block.buffer, deflater/* windowSize */.on, block.length), crc);
        length += block.length;
        return deflate({ ...block, level });
    });
    yield gzip_format/* memberHeader */.As;
    for await (const { buffer, size } of deflated) {
        yield new Uint8Array(buffer, 0, size);
        buffers.giveBack(buffer);
    }
    yield deflater/* lastBlock */.KH;
    yield (0,gzip_format/* memberTrailer */.uJ)(crc, length);
}

// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/layer/zstd-parallel.js
var zstd_parallel = __webpack_require__(48255);
;// CONCATENATED MODULE: ./build/layer/compress.js





const levels = {
    gzip: { least: 1, most: 9, usual: 3 },
    zstd: { least: 1, most: 19, usual: 2 },
    none: { least: 0, most: 0, usual: 0 },
};
function settingsOf({ compression, compressionLevel }) {
    return `${compression}-${compressionLevel}`;
}
function compress(source, { compression, compressionLevel: level, parallelism: concurrency, threads }) {
    switch (compression) {
        case 'gzip':
            return gzipParallel(source, { level, concurrency, deflate: (0,deflate_block.blockDeflater)(threads) });
        case 'zstd':
            return (0,zstd_parallel.zstdParallel)(source, { level, concurrency, threads });
        case 'none':
            return source;
    }
}
function assertSupported(compression) {
    if (compression === 'zstd' && typeof external_node_zlib_.createZstdCompress !== 'function') {
        throw new errors/* AlbaError */.x6('usage', `compression zstd needs Node 22.15 or later; this is Node ${process.versions.node}`);
    }
}


/***/ }),

/***/ 48255:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   zstdParallel: () => (/* binding */ zstdParallel),
/* harmony export */   zstdTask: () => (/* binding */ zstdTask)
/* harmony export */ });
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(38522);
/* harmony import */ var _content_blocks_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(52459);
/* harmony import */ var _content_in_order_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(41766);
/* harmony import */ var _threads_aside_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(58998);




const frameSize = 4 * 1024 * 1024;
const overhead = 64 * 1024;
const shape = { before: 0, size: frameSize, behind: overhead };
async function* zstdParallel(source, { level, concurrency, threads }) {
    const compress = (0,_threads_aside_js__WEBPACK_IMPORTED_MODULE_1__/* .aside */ .H)(threads, 'zstd', zstdTask);
    const buffers = (0,_content_blocks_js__WEBPACK_IMPORTED_MODULE_2__/* .buffersFor */ .v)(shape);
    let isEmpty = true;
    const frames = (0,_content_in_order_js__WEBPACK_IMPORTED_MODULE_3__/* .inOrder */ .a)((0,_content_blocks_js__WEBPACK_IMPORTED_MODULE_2__/* .splitBlocks */ .n)(source, shape, buffers), concurrency, (block) => compress({ ...block, level }));
    for await (const { buffer, size } of frames) {
        isEmpty = false;
        yield new Uint8Array(buffer, 0, size);
        buffers.giveBack(buffer);
    }
    if (isEmpty)
        yield compressFrame(new Uint8Array(), level);
}
async function zstdTask(input) {
    const { buffer, length, level } = input;
    const frame = compressFrame(new Uint8Array(buffer, 0, length), level);
    new Uint8Array(buffer).set(frame);
    return { output: { buffer, size: frame.length }, transfer: [buffer] };
}
function compressFrame(bytes, level) {
    const params = { [node_zlib__WEBPACK_IMPORTED_MODULE_0__.constants.ZSTD_c_compressionLevel]: level };
    return node_zlib__WEBPACK_IMPORTED_MODULE_0__.zstdCompressSync(bytes, { params, chunkSize: 2 * frameSize });
}


/***/ }),

/***/ 81033:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ compareText)
/* harmony export */ });
function compareText(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}


/***/ }),

/***/ 46937:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $w: () => (/* binding */ platformPart),
/* harmony export */   TM: () => (/* binding */ descriptorSchema),
/* harmony export */   er: () => (/* binding */ digestSchema),
/* harmony export */   vd: () => (/* binding */ platformSchema)
/* harmony export */ });
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(77934);
/* harmony import */ var _digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1564);


const text = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .nonEmpty */ .hq());
const digestSchema = valibot__WEBPACK_IMPORTED_MODULE_1__/* .custom */ .IeY((input) => typeof input === 'string' && (0,_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .isDigest */ .Bc)(input), 'expected sha256: and 64 hexadecimal digits');
const platformPart = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .regex */ .yGV(/^[\w.-]*$/, 'expected letters, digits, ".", "_" or "-"'));
const platformSchema = valibot__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({
    os: platformPart,
    architecture: platformPart,
    variant: valibot__WEBPACK_IMPORTED_MODULE_1__/* .exactOptional */ .yqP(platformPart),
    'os.version': valibot__WEBPACK_IMPORTED_MODULE_1__/* .exactOptional */ .yqP(platformPart),
    'os.features': valibot__WEBPACK_IMPORTED_MODULE_1__/* .exactOptional */ .yqP(valibot__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP())),
});
const descriptorSchema = valibot__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({
    mediaType: text,
    digest: digestSchema,
    size: valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .safeInteger */ .Y2b(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .minValue */ .Wwf(0)),
    platform: valibot__WEBPACK_IMPORTED_MODULE_1__/* .exactOptional */ .yqP(platformSchema),
    annotations: valibot__WEBPACK_IMPORTED_MODULE_1__/* .exactOptional */ .yqP(valibot__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1P(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP())),
    artifactType: valibot__WEBPACK_IMPORTED_MODULE_1__/* .exactOptional */ .yqP(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()),
});


/***/ }),

/***/ 95669:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A1: () => (/* binding */ parseIndex),
/* harmony export */   NQ: () => (/* binding */ maxManifestSize),
/* harmony export */   Ng: () => (/* binding */ parseManifest),
/* harmony export */   Tq: () => (/* binding */ formatDocument),
/* harmony export */   j6: () => (/* binding */ parseSuccessors),
/* harmony export */   o4: () => (/* binding */ parseConfig),
/* harmony export */   qF: () => (/* binding */ parseJson)
/* harmony export */ });
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(77934);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _descriptor_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(46937);
/* harmony import */ var _media_type_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(21507);




const maxManifestSize = 4 * 1024 * 1024;
const longestMessage = 300;
const annotations = valibot__WEBPACK_IMPORTED_MODULE_3__/* .exactOptional */ .yqP(valibot__WEBPACK_IMPORTED_MODULE_3__/* .record */ .g1P(valibot__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP()));
const common = {
    schemaVersion: valibot__WEBPACK_IMPORTED_MODULE_3__/* .literal */ .euz(2),
    mediaType: valibot__WEBPACK_IMPORTED_MODULE_3__/* .exactOptional */ .yqP(valibot__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP()),
    artifactType: valibot__WEBPACK_IMPORTED_MODULE_3__/* .exactOptional */ .yqP(valibot__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP()),
    subject: valibot__WEBPACK_IMPORTED_MODULE_3__/* .exactOptional */ .yqP(_descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .descriptorSchema */ .TM),
    annotations,
};
const ambiguous = valibot__WEBPACK_IMPORTED_MODULE_3__/* .exactOptional */ .yqP(valibot__WEBPACK_IMPORTED_MODULE_3__/* .never */ .ZmZ('a document is a manifest or an index, not both'));
const manifestSchema = valibot__WEBPACK_IMPORTED_MODULE_3__/* .looseObject */ ._H3({
    ...common,
    manifests: ambiguous,
    config: _descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .descriptorSchema */ .TM,
    layers: valibot__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(_descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .descriptorSchema */ .TM),
});
const indexSchema = valibot__WEBPACK_IMPORTED_MODULE_3__/* .looseObject */ ._H3({
    ...common,
    config: ambiguous,
    layers: ambiguous,
    manifests: valibot__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(_descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .descriptorSchema */ .TM),
});
const configSchema = valibot__WEBPACK_IMPORTED_MODULE_3__/* .looseObject */ ._H3({
    os: _descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .platformPart */ .$w,
    architecture: _descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .platformPart */ .$w,
    variant: valibot__WEBPACK_IMPORTED_MODULE_3__/* .optional */ .lqM(_descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .platformPart */ .$w),
    'os.version': valibot__WEBPACK_IMPORTED_MODULE_3__/* .optional */ .lqM(_descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .platformPart */ .$w),
    'os.features': valibot__WEBPACK_IMPORTED_MODULE_3__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP())),
    rootfs: valibot__WEBPACK_IMPORTED_MODULE_3__/* .looseObject */ ._H3({ type: valibot__WEBPACK_IMPORTED_MODULE_3__/* .literal */ .euz('layers'), diff_ids: valibot__WEBPACK_IMPORTED_MODULE_3__/* .nullish */ .cl6(valibot__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(_descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .digestSchema */ .er), []) }),
});
function parseJson(schema, bytes, where) {
    let value;
    try {
        value = JSON.parse(typeof bytes === 'string' ? bytes : new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    }
    catch (cause) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('source', `${where} is not JSON: ${cause.message}`, { cause });
    }
    const result = valibot__WEBPACK_IMPORTED_MODULE_3__/* .safeParse */ .xLC(schema, value);
    if (result.success)
        return result.output;
    const issue = result.issues[0];
    const path = valibot__WEBPACK_IMPORTED_MODULE_3__/* .getDotPath */ .BuJ(issue);
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('source', `${where} is malformed${path ? ` at ${path}` : ''}: ${clip(issue.message)}`);
}
function clip(message) {
    return message.length > longestMessage ? `${message.slice(0, longestMessage)}…` : message;
}
function parseManifest(bytes, where) {
    return parseJson(manifestSchema, bytes, where);
}
function parseIndex(bytes, where) {
    return parseJson(indexSchema, bytes, where);
}
function parseConfig(bytes, where) {
    const { os, architecture, variant, rootfs, ...rest } = parseJson(configSchema, bytes, where);
    if (!os || !architecture) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('source', `${where} names no platform: its "os" or "architecture" is empty`);
    }
    const platform = {
        os,
        architecture,
        ...(variant && { variant }),
        ...(rest['os.version'] && { 'os.version': rest['os.version'] }),
        ...(rest['os.features']?.length && { 'os.features': rest['os.features'] }),
    };
    return { platform, diffIds: rootfs.diff_ids };
}
function parseSuccessors(mediaType, bytes, where) {
    if ((0,_media_type_js__WEBPACK_IMPORTED_MODULE_2__/* .isIndex */ .nw)(mediaType))
        return parseIndex(bytes, where).manifests;
    if (!(0,_media_type_js__WEBPACK_IMPORTED_MODULE_2__/* .isManifest */ .Yh)(mediaType))
        return [];
    const manifest = parseManifest(bytes, where);
    return [manifest.config, ...manifest.layers];
}
function formatDocument(document) {
    return Buffer.from(JSON.stringify(document));
}


/***/ }),

/***/ 21507:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ib: () => (/* binding */ mediaTypes),
/* harmony export */   MB: () => (/* binding */ compressionOf),
/* harmony export */   Yh: () => (/* binding */ isManifest),
/* harmony export */   jq: () => (/* binding */ isForeign),
/* harmony export */   nw: () => (/* binding */ isIndex),
/* harmony export */   wz: () => (/* binding */ isDocument)
/* harmony export */ });
const mediaTypes = {
    oci: {
        index: 'application/vnd.oci.image.index.v1+json',
        manifest: 'application/vnd.oci.image.manifest.v1+json',
        config: 'application/vnd.oci.image.config.v1+json',
        layer: {
            none: 'application/vnd.oci.image.layer.v1.tar',
            gzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
            zstd: 'application/vnd.oci.image.layer.v1.tar+zstd',
        },
    },
    docker: {
        index: 'application/vnd.docker.distribution.manifest.list.v2+json',
        manifest: 'application/vnd.docker.distribution.manifest.v2+json',
        config: 'application/vnd.docker.container.image.v1+json',
        layer: {
            none: 'application/vnd.docker.image.rootfs.diff.tar',
            gzip: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
            zstd: 'application/vnd.docker.image.rootfs.diff.tar.zstd',
        },
    },
};
function isIndex(mediaType) {
    return mediaType === mediaTypes.oci.index || mediaType === mediaTypes.docker.index;
}
function isManifest(mediaType) {
    return mediaType === mediaTypes.oci.manifest || mediaType === mediaTypes.docker.manifest;
}
function isDocument(mediaType) {
    return isIndex(mediaType) || isManifest(mediaType);
}
function isForeign(mediaType) {
    return mediaType.includes('.nondistributable.') || mediaType.includes('.foreign.');
}
function compressionOf(mediaType) {
    return mediaType.endsWith('gzip') ? 'gzip' : mediaType.endsWith('zstd') ? 'zstd' : 'none';
}


/***/ }),

/***/ 44647:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bq: () => (/* binding */ formatPlatform),
/* harmony export */   FL: () => (/* binding */ parsePlatform),
/* harmony export */   HI: () => (/* binding */ variants),
/* harmony export */   Ng: () => (/* binding */ platformKey),
/* harmony export */   SW: () => (/* binding */ isSamePlatform),
/* harmony export */   UX: () => (/* binding */ comparePlatforms),
/* harmony export */   er: () => (/* binding */ operatingSystems),
/* harmony export */   f2: () => (/* binding */ architectures)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _compare_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(81033);


const operatingSystems = 'aix android darwin dragonfly freebsd illumos ios js linux netbsd openbsd plan9 solaris wasip1 wasi windows'.split(' ');
const architectures = '386 amd64 arm arm64 loong64 mips mips64 mips64le mipsle ppc64 ppc64le riscv64 s390x sparc64 wasm'.split(' ');
const variants = {
    arm: ['v5', 'v6', 'v7', 'v8'],
    arm64: ['v8', 'v9'],
    amd64: ['v1', 'v2', 'v3', 'v4'],
};
const defaultVariant = { arm: 'v7', arm64: 'v8', amd64: 'v1' };
function formatPlatform(platform) {
    const version = platform['os.version'] ? `(${platform['os.version']})` : '';
    const variant = platform.variant ? `/${platform.variant}` : '';
    return `${platform.os}${version}/${platform.architecture}${variant}`;
}
function parsePlatform(text) {
    const match = /^([a-z0-9]+)(?:\(([\w.]+)\))?\/([a-z0-9]+)(?:\/(v\d+))?$/.exec(text);
    const [, os, version, architecture, variant] = match ?? [];
    if (!os || !architecture) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `"${text}" is not a platform: expected <os>/<architecture>[/<variant>], such as linux/arm/v7`);
    }
    return { os, architecture, ...(variant && { variant }), ...(version && { 'os.version': version }) };
}
function platformKey(platform) {
    const variant = platform.variant ?? defaultVariant[platform.architecture];
    return formatPlatform({ ...platform, ...(variant && { variant }) });
}
function isSamePlatform(wanted, found) {
    const { 'os.version': version, ...rest } = found;
    return platformKey(wanted) === platformKey(wanted['os.version'] && version ? found : rest);
}
function comparePlatforms(a, b) {
    return (0,_compare_js__WEBPACK_IMPORTED_MODULE_1__/* .compareText */ .n)(formatPlatform(a), formatPlatform(b));
}


/***/ }),

/***/ 58998:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ aside)
/* harmony export */ });
const leastThreaded = 4 * 1024 * 1024;
function aside(threads, name, task) {
    let total = 0;
    return async (input) => {
        total += input.length;
        if (threads && (threads.areThere || total > leastThreaded)) {
            return (await threads.run({ task: name, input, transfer: [input.buffer] }));
        }
        return (await task(input, () => { })).output;
    };
}


/***/ })

};
