export const id = 749;
export const ids = [749];
export const modules = {

/***/ 21749:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   parseContainerPush: () => (/* binding */ parseContainerPush)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _layer_compress_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(69974);
/* harmony import */ var _oci_media_type_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(21507);
/* harmony import */ var _oci_platform_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(44647);
/* harmony import */ var _locator_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(72633);
/* harmony import */ var _problems_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(61447);
/* harmony import */ var _target_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(3462);
/* harmony import */ var _values_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(34277);








async function parseContainerPush(input, readContext) {
    const { context, parsed } = await (0,_problems_js__WEBPACK_IMPORTED_MODULE_5__/* .parseAllLater */ .Bj)({
        context: readContext,
        parsed: () => parseInput(input),
    });
    if (context.connection.login)
        checkOneRegistry(parsed.targets);
    return { ...context, ...parsed };
}
function parseInput(input) {
    const { urls, tags, platforms, artifacts, settings, ...rest } = (0,_problems_js__WEBPACK_IMPORTED_MODULE_5__/* .parseAll */ .bg)({
        artifacts: () => parseArtifacts(input.artifacts),
        urls: () => (0,_problems_js__WEBPACK_IMPORTED_MODULE_5__/* .parseEach */ .lc)((0,_values_js__WEBPACK_IMPORTED_MODULE_7__/* .parseSome */ .qo)(input.targets, 'no target: name at least one URL'), _target_js__WEBPACK_IMPORTED_MODULE_6__/* .parseTargetUrl */ .Ym),
        tags: () => (0,_problems_js__WEBPACK_IMPORTED_MODULE_5__/* .parseEach */ .lc)(input.tags, _target_js__WEBPACK_IMPORTED_MODULE_6__/* .parseNamedTag */ .Z$),
        platforms: () => (0,_problems_js__WEBPACK_IMPORTED_MODULE_5__/* .parseEach */ .lc)(input.platforms, _oci_platform_js__WEBPACK_IMPORTED_MODULE_3__/* .parsePlatform */ .FL),
        format: () => parseFormat(input.format),
        settings: () => parseCompression(input.compression, input.compressionLevel),
        concurrency: () => (0,_values_js__WEBPACK_IMPORTED_MODULE_7__/* .parseInteger */ .cG)('concurrency', input.concurrency, 1, 64),
        dryRun: () => (0,_values_js__WEBPACK_IMPORTED_MODULE_7__/* .parseBoolean */ .yG)('dry-run', input.dryRun),
        cacheFrom: () => (0,_problems_js__WEBPACK_IMPORTED_MODULE_5__/* .parseEach */ .lc)(input.cacheFrom, _locator_js__WEBPACK_IMPORTED_MODULE_4__/* .parseLocator */ .mz),
    });
    const targets = (0,_problems_js__WEBPACK_IMPORTED_MODULE_5__/* .parseEach */ .lc)(urls, (url) => (0,_target_js__WEBPACK_IMPORTED_MODULE_6__/* .addTags */ .JE)(url, tags)).flat();
    return {
        ...rest,
        ...settings,
        ...artifacts,
        targets,
        ...(platforms.length > 0 && { platforms }),
    };
}
function parseArtifacts(lines) {
    const items = /^[[{]/.test(lines[0] ?? '') ? textsIn(lines.join('\n')) : lines;
    (0,_values_js__WEBPACK_IMPORTED_MODULE_7__/* .parseSome */ .qo)(items, 'no artifacts: name at least one path, glob or reference');
    return {
        artifacts: items.filter((item) => !(0,_locator_js__WEBPACK_IMPORTED_MODULE_4__/* .isLocator */ .Bs)(item)),
        references: (0,_problems_js__WEBPACK_IMPORTED_MODULE_5__/* .parseEach */ .lc)(items.filter(_locator_js__WEBPACK_IMPORTED_MODULE_4__/* .isLocator */ .Bs), _locator_js__WEBPACK_IMPORTED_MODULE_4__/* .parseLocator */ .mz),
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
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `artifacts begin like JSON, but are none: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(cause)}`, { cause });
    }
}
function checkOneRegistry(targets) {
    const hosts = new Set(targets.flatMap(({ place }) => (place.kind === 'registry' ? place.reference.registry : [])));
    if (hosts.size <= 1)
        return;
    const found = [...hosts].join(', ');
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `username and password are for one registry, the targets are on ${found}: log in to each before (docker/login-action, docker login)`);
}
function parseCompression(name, level) {
    if (!Object.hasOwn(_layer_compress_js__WEBPACK_IMPORTED_MODULE_1__/* .levels */ .yr, name)) {
        const known = Object.keys(_layer_compress_js__WEBPACK_IMPORTED_MODULE_1__/* .levels */ .yr).join(', ');
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `compression "${name}" is unknown: expected one of ${known}`);
    }
    const compression = name;
    const { least, most, usual } = _layer_compress_js__WEBPACK_IMPORTED_MODULE_1__/* .levels */ .yr[compression];
    const compressionLevel = level === '' ? usual : (0,_values_js__WEBPACK_IMPORTED_MODULE_7__/* .parseInteger */ .cG)('compression-level', level, least, most);
    return { compression, compressionLevel };
}
function parseFormat(text) {
    if (text in _oci_media_type_js__WEBPACK_IMPORTED_MODULE_2__/* .mediaTypes */ .Ib)
        return text;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `format "${text}" is unknown: expected ${Object.keys(_oci_media_type_js__WEBPACK_IMPORTED_MODULE_2__/* .mediaTypes */ .Ib).join(' or ')}`);
}


/***/ }),

/***/ 72633:
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
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `${text} names no repository`);
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
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `${url} names no repository: add #name[:tag][@digest] to it`);
    return { kind: 'storage', location: (0,_storage_url_js__WEBPACK_IMPORTED_MODULE_3__/* .parseStorageUrl */ .Y)(url), name: (0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .parseName */ .$q)(name) };
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
    return { before, digest: (0,_oci_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .parseDigest */ .m)(`sha256:${hex}`, where) };
}
function splitAt(text, separator) {
    const at = text.indexOf(separator);
    return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}


/***/ }),

/***/ 72667:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ parseNamedTag)
/* harmony export */ });
/* unused harmony export splitTags */
/* harmony import */ var _oci_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(20907);

function parseNamedTag(text) {
    const named = withoutHost(text);
    const colon = named.indexOf(':');
    if (colon < 0)
        return { name: (0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .parseName */ .$q)(named) };
    return { name: (0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .parseName */ .$q)(named.slice(0, colon)), tag: (0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .parseTag */ .ED)(named.slice(colon + 1)) };
}
function splitTags(text) {
    return text
        .split(/[\n,]/)
        .map((item) => item.trim())
        .filter((item) => item !== '');
}
function withoutHost(text) {
    const slash = text.indexOf('/');
    const first = text.slice(0, Math.max(slash, 0));
    if (!/[.:]/.test(first) && first !== 'localhost')
        return text;
    (0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .parseRegistry */ .l5)(first);
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
    const problems = new Problems();
    const values = {};
    for (const [name, parse] of Object.entries(parsers)) {
        try {
            values[name] = parse();
        }
        catch (thrown) {
            problems.add(thrown);
        }
    }
    problems.check();
    return values;
}
async function parseAllLater(parsers) {
    const problems = new Problems();
    const values = {};
    for (const [name, parse] of Object.entries(parsers)) {
        try {
            values[name] = await parse();
        }
        catch (thrown) {
            problems.add(thrown);
        }
    }
    problems.check();
    return values;
}
function parseEach(items, parse) {
    return Object.values(parseAll(Object.fromEntries(items.map((item, i) => [`${i}`, () => parse(item)]))));
}
class Problems {
    #found = new Set();
    add(thrown) {
        if (!(thrown instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6 && thrown.code === 'usage'))
            throw thrown;
        this.#found.add((0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(thrown));
    }
    check() {
        if (this.#found.size > 0)
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', [...this.#found].join('\n'));
    }
}


/***/ }),

/***/ 3462:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JE: () => (/* binding */ addTags),
/* harmony export */   Ym: () => (/* binding */ parseTargetUrl),
/* harmony export */   Z$: () => (/* reexport safe */ _named_tag_js__WEBPACK_IMPORTED_MODULE_3__.Z)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _oci_reference_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(20907);
/* harmony import */ var _storage_url_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(96268);
/* harmony import */ var _named_tag_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(72667);




function parseTargetUrl(text) {
    const url = text.replace(/[?#].*$/s, '').replace(/\/\/[^/]*@/, '//***@');
    if ((0,_storage_url_js__WEBPACK_IMPORTED_MODULE_2__/* .isStorageUrl */ .v)(text))
        return { kind: 'storage', url, text, location: (0,_storage_url_js__WEBPACK_IMPORTED_MODULE_2__/* .parseStorageUrl */ .Y)(text) };
    if (text.startsWith('docker://'))
        return parseRegistryUrl(text, url);
    if (text.startsWith('oci:'))
        return parseLayoutUrl(text);
    const kinds = 'docker://host/repository[:tag], s3://bucket[/prefix]?…, file://./directory or oci:./directory[:tag]';
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `target "${url}" is of no known kind: expected ${kinds}`);
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

/***/ 69974:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Bc: () => (/* binding */ compress),
  yr: () => (/* binding */ levels),
  f5: () => (/* binding */ settingsOf)
});

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
// EXTERNAL MODULE: ./build/deflate/gzip-format.js
var gzip_format = __webpack_require__(66104);
;// CONCATENATED MODULE: ./build/deflate/gzip-parallel.js



const blockSize = 1024 * 1024;
const windowSize = 32768;
const lastBlock = Uint8Array.of(3, 0);
async function* gzipParallel(source, { level, concurrency }) {
    yield gzip_format/* memberHeader */.As;
    const working = [];
    let crc = 0;
    let size = 0;
    let dictionary;
    for await (const block of splitBlocks(source)) {
        const deflated = deflateBlock(block, dictionary, level);
        deflated.catch(() => undefined);
        working.push(deflated);
        crc = (0,external_node_zlib_.crc32)(block, crc);
        size += block.length;
        dictionary = block.subarray(-windowSize);
        if (working.length > concurrency)
            yield* takeFirst(working);
    }
    while (working.length > 0)
        yield* takeFirst(working);
    yield lastBlock;
    yield (0,gzip_format/* memberTrailer */.uJ)(crc, size);
}
async function* takeFirst(working) {
    const first = await working.shift();
    if (first !== undefined)
        yield first;
}
const deflateRawAsync = (0,external_node_util_.promisify)(external_node_zlib_.deflateRaw);
function deflateBlock(block, dictionary, level) {
    return deflateRawAsync(block, {
        level,
        memLevel: 9,
        finishFlush: external_node_zlib_.constants.Z_SYNC_FLUSH,
        chunkSize: blockSize + blockSize / 64,
        ...(dictionary && { dictionary }),
    });
}
async function* splitBlocks(source) {
    let block = Buffer.allocUnsafeSlow(blockSize);
    let filled = 0;
    for await (const chunk of source) {
        for (let done = 0; done < chunk.length;) {
            const part = chunk.subarray(done, done + blockSize - filled);
            block.set(part, filled);
            filled += part.length;
            done += part.length;
            if (filled < blockSize)
                continue;
            yield block;
            block = Buffer.allocUnsafeSlow(blockSize);
            filled = 0;
        }
    }
    if (filled > 0)
        yield block.subarray(0, filled);
}

// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
;// CONCATENATED MODULE: ./build/layer/compress.js




const levels = {
    gzip: { least: 1, most: 9, usual: 4 },
    zstd: { least: 1, most: 19, usual: 3 },
    none: { least: 0, most: 0, usual: 0 },
};
function settingsOf({ compression, compressionLevel }) {
    return `${compression}-${compressionLevel}`;
}
function compress(source, { compression, compressionLevel }, parallelism) {
    switch (compression) {
        case 'gzip':
            return gzipParallel(source, { level: compressionLevel, concurrency: parallelism });
        case 'zstd':
            return (0,external_node_stream_.pipeline)(external_node_stream_.Readable.from(source), createZstd(compressionLevel), () => { });
        case 'none':
            return source;
    }
}
function createZstd(level) {
    if (typeof external_node_zlib_.createZstdCompress !== 'function') {
        throw new errors/* AlbaError */.x6('usage', `compression zstd needs Node 22.15 or later; this is Node ${process.versions.node}`);
    }
    return external_node_zlib_.createZstdCompress({
        chunkSize: 256 * 1024,
        params: { [external_node_zlib_.constants.ZSTD_c_compressionLevel]: level },
    });
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
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .AlbaError */ .x6('source', `${where}: "${text}" is not a digest: sha256: and 64 hexadecimal digits`);
}
function digestOf(bytes) {
    return `sha256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(bytes).digest('hex')}`;
}
function hexOf(digest) {
    return digest.slice('sha256:'.length);
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

const operatingSystems = `aix android darwin dragonfly freebsd illumos ios js linux netbsd openbsd plan9 solaris wasip1 wasi windows`.split(' ');
const architectures = `386 amd64 arm arm64 loong64 mips mips64 mips64le mipsle ppc64 ppc64le riscv64 s390x sparc64 wasm`.split(' ');
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
    const [left, right] = [formatPlatform(a), formatPlatform(b)];
    return left < right ? -1 : left > right ? 1 : 0;
}


/***/ }),

/***/ 20907:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $q: () => (/* binding */ parseName),
/* harmony export */   ED: () => (/* binding */ parseTag),
/* harmony export */   F2: () => (/* binding */ parseReference),
/* harmony export */   FH: () => (/* binding */ formatReference),
/* harmony export */   dz: () => (/* binding */ isTag),
/* harmony export */   l5: () => (/* binding */ parseRegistry)
/* harmony export */ });
/* unused harmony exports nameGrammar, tagGrammar */
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
function parseName(text) {
    if (name.test(text) && text.length <= 255)
        return text;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `"${text}" is not a repository name: it must match ${nameGrammar}, at most 255 characters`);
}
function parseTag(text) {
    if (isTag(text))
        return text;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `"${text}" is not a tag: it must match ${tagGrammar}`);
}
function parseRegistry(text) {
    if (!host.test(text))
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `"${text}" is not a registry host: expected host[:port]`);
    const lower = text.toLowerCase();
    return ['index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com'].includes(lower)
        ? 'docker.io'
        : lower;
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
  Y: () => (/* binding */ parseStorageUrl)
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
        throw new errors/* AlbaError */.x6('usage', `"${redact(text)}" is not the URL of a storage: expected ${expected}`);
    }
    const where = redact(text);
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
function redact(text) {
    return text.replace(/[?#].*$/s, '').replace(/\/\/[^/]*@/, '//***@');
}


/***/ })

};
