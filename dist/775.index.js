export const id = 775;
export const ids = [775];
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
    const { url: _url, text: _text, tag, ...place } = (0,_target_js__WEBPACK_IMPORTED_MODULE_4__/* .parseTargetUrl */ .Y)(query === undefined ? before : `${before}?${query}`);
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

/***/ 92845:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E4: () => (/* binding */ versionOf),
/* harmony export */   Kb: () => (/* binding */ floatingTags),
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

/***/ 3462:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ addTags),
/* harmony export */   Y: () => (/* binding */ parseTargetUrl)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _oci_reference_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(20907);
/* harmony import */ var _storage_url_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(96268);



function parseTargetUrl(text) {
    const url = (0,_storage_url_js__WEBPACK_IMPORTED_MODULE_2__/* .redactUrl */ .BO)(text);
    if ((0,_storage_url_js__WEBPACK_IMPORTED_MODULE_2__/* .isStorageUrl */ .v)(text))
        return { kind: 'storage', url, text, location: (0,_storage_url_js__WEBPACK_IMPORTED_MODULE_2__/* .parseStorageUrl */ .Yu)(text) };
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

/***/ 98781:
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
;// CONCATENATED MODULE: ./build/content/blocks.js
async function* splitBlocks(source, shape, free) {
    const take = () => free.pop() ?? new ArrayBuffer(shape.before + shape.size + shape.behind);
    let buffer = take();
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
            const next = take();
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

;// CONCATENATED MODULE: ./build/content/in-order.js
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

// EXTERNAL MODULE: ./build/deflate/deflater.js
var deflater = __webpack_require__(99905);
// EXTERNAL MODULE: ./build/deflate/gzip-format.js
var gzip_format = __webpack_require__(66104);
;// CONCATENATED MODULE: ./build/deflate/gzip-parallel.js





const shape = { before: deflater/* windowSize */.on, size: deflater/* blockSize */.L6, behind: deflater/* mostDeflated */.bW - deflater/* blockSize */.L6 };
async function* gzipParallel(source, { level, concurrency, deflate }) {
    const free = [];
    let crc = 0;
    let length = 0;
    const deflated = inOrder(splitBlocks(source, shape, free), concurrency, (block) => {
        crc = (0,external_node_zlib_.crc32)(new Uint8Array(block.buffer, deflater/* windowSize */.on, block.length), crc);
        length += block.length;
        return deflate(block, level);
    });
    yield gzip_format/* memberHeader */.As;
    for await (const { buffer, size } of deflated) {
        yield new Uint8Array(buffer, 0, size);
        free.push(buffer);
    }
    yield deflater/* lastBlock */.KH;
    yield (0,gzip_format/* memberTrailer */.uJ)(crc, length);
}

// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
;// CONCATENATED MODULE: ./build/layer/zstd-parallel.js




const zstd_parallel_shape = { before: 0, size: 8 * 1024 * 1024, behind: 0 };
async function* zstdParallel(source, { level, concurrency }) {
    const params = { [external_node_zlib_.constants.ZSTD_c_compressionLevel]: level };
    const compress = (0,external_node_util_.promisify)(external_node_zlib_.zstdCompress);
    const free = [];
    let isEmpty = true;
    yield* inOrder(splitBlocks(source, zstd_parallel_shape, free), concurrency, async ({ buffer, length }) => {
        isEmpty = false;
        const frame = await compress(new Uint8Array(buffer, 0, length), { params });
        free.push(buffer);
        return frame;
    });
    if (isEmpty)
        yield compress(new Uint8Array(0), { params });
}

;// CONCATENATED MODULE: ./build/layer/compress.js




const levels = {
    gzip: { least: 1, most: 9, usual: 3 },
    zstd: { least: 1, most: 19, usual: 3 },
    none: { least: 0, most: 0, usual: 0 },
};
function settingsOf({ compression, compressionLevel }) {
    return `${compression}-${compressionLevel}`;
}
function compress(source, { compression, compressionLevel: level, parallelism: concurrency, deflate }) {
    switch (compression) {
        case 'gzip':
            return gzipParallel(source, { level, concurrency, deflate });
        case 'zstd':
            return zstdParallel(source, { level, concurrency });
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
