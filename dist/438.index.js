export const id = 438;
export const ids = [438];
export const modules = {

/***/ 56956:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ formatCount),
/* harmony export */   z: () => (/* binding */ formatBytes)
/* harmony export */ });
const units = ['B', 'kB', 'MB', 'GB', 'TB'];
function formatBytes(bytes) {
    let value = bytes;
    let unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
        value /= 1000;
        unit += 1;
    }
    return `${unit === 0 || value >= 99.95 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}
function formatCount(count, noun) {
    return `${count} ${noun}${count === 1 ? '' : 's'}`;
}


/***/ }),

/***/ 49215:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ leaf)
/* harmony export */ });
function leaf(blob) {
    return { ...blob, children: [] };
}


/***/ }),

/***/ 87593:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ counted)
/* harmony export */ });
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(57075);

function counted(open, advance) {
    let told = 0;
    return async () => {
        let seen = 0;
        const counter = new node_stream__WEBPACK_IMPORTED_MODULE_0__.Transform({
            transform(chunk, _encoding, done) {
                seen += chunk.length;
                if (seen > told) {
                    advance(seen - told);
                    told = seen;
                }
                done(null, chunk);
            },
        });
        return (0,node_stream__WEBPACK_IMPORTED_MODULE_0__.pipeline)(await open(), counter, () => { });
    };
}


/***/ }),

/***/ 52657:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   s: () => (/* binding */ readTar)
/* harmony export */ });
/* harmony import */ var node_stream_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(46466);
/* harmony import */ var tar_stream__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(56118);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19473);



const block = 512;
async function* readTar(input, origin) {
    const extractor = (0,tar_stream__WEBPACK_IMPORTED_MODULE_1__.extract)();
    const watch = new Watch(input);
    const fed = (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_0__.pipeline)(watch, extractor).catch(() => undefined);
    let end = 0;
    const fail = (cause) => {
        throw watch.inputError ?? toError(cause, origin, end, watch.size);
    };
    try {
        for await (const stream of extractor) {
            const chunks = stream[Symbol.asyncIterator]();
            const next = () => chunks.next().catch(fail);
            const entry = toEntry(stream, next);
            end = entry.offset + roundUp(entry.size);
            yield entry;
            while (!(await next()).done)
                ;
        }
    }
    catch (cause) {
        fail(cause);
    }
    finally {
        extractor.destroy();
        await fed;
    }
    if (watch.size - Math.max(end, roundUp(watch.content)) < 2 * block) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6('source', `${origin} is truncated: it ends at byte ${watch.size} without an end-of-archive marker`);
    }
}
class Watch {
    size = 0;
    content = 0;
    inputError;
    #input;
    constructor(input) {
        this.#input = input;
    }
    async *[Symbol.asyncIterator]() {
        try {
            for await (const chunk of this.#input) {
                let length = chunk.length;
                while (length > 0 && chunk[length - 1] === 0)
                    length--;
                if (length > 0)
                    this.content = this.size + length;
                this.size += chunk.length;
                yield chunk;
            }
        }
        catch (error) {
            this.inputError = error;
            throw error;
        }
    }
}
const types = {
    file: 'file',
    'contiguous-file': 'file',
    link: 'link',
    symlink: 'symlink',
    directory: 'directory',
};
function toEntry({ header, offset }, next) {
    return {
        name: header.name,
        type: types[header.type] ?? 'other',
        mode: header.mode,
        size: header.type === 'directory' ? 0 : header.size,
        offset: offset + block,
        body: { [Symbol.asyncIterator]: () => ({ next }) },
        ...(header.linkname && { linkname: header.linkname }),
    };
}
function toError(cause, origin, end, size) {
    if (cause instanceof _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6)
        return cause;
    const message = (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(cause);
    if (message.startsWith('Unexpected end') && size >= block) {
        return new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6('source', `${origin} is truncated: it ends at byte ${size}, inside an entry`, {
            cause,
        });
    }
    if (/invalid|header|unexpected/i.test(message)) {
        const what = end === 0 ? 'is not a tar' : `is damaged: no valid tar header at byte ${end}`;
        return new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6('source', `${origin} ${what}`, { cause });
    }
    return cause;
}
function roundUp(size) {
    return Math.ceil(size / block) * block;
}


/***/ }),

/***/ 81934:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ together)
/* harmony export */ });
async function together(work, abort) {
    await Promise.allSettled(work.map(async (promise) => {
        try {
            await promise;
        }
        catch (failure) {
            abort.abort(failure);
        }
    }));
    abort.signal.throwIfAborted();
    return Promise.all(work);
}


/***/ }),

/***/ 34733:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   EF: () => (/* binding */ readCapped),
/* harmony export */   MX: () => (/* binding */ verify),
/* harmony export */   ZQ: () => (/* binding */ assertSame),
/* harmony export */   u0: () => (/* binding */ readDocument)
/* harmony export */ });
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

/***/ 46937:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   TM: () => (/* binding */ descriptorSchema),
/* harmony export */   er: () => (/* binding */ digestSchema),
/* harmony export */   vd: () => (/* binding */ platformSchema)
/* harmony export */ });
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(77934);
/* harmony import */ var _digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1564);


const text = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .nonEmpty */ .hq());
const digestSchema = valibot__WEBPACK_IMPORTED_MODULE_1__/* .custom */ .IeY((input) => typeof input === 'string' && (0,_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .isDigest */ .Bc)(input), 'expected sha256: and 64 hexadecimal digits');
const platformSchema = valibot__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({
    os: valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(),
    architecture: valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(),
    variant: valibot__WEBPACK_IMPORTED_MODULE_1__/* .exactOptional */ .yqP(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()),
    'os.version': valibot__WEBPACK_IMPORTED_MODULE_1__/* .exactOptional */ .yqP(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()),
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
const annotations = valibot__WEBPACK_IMPORTED_MODULE_3__/* .exactOptional */ .yqP(valibot__WEBPACK_IMPORTED_MODULE_3__/* .record */ .g1P(valibot__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP()));
const common = {
    schemaVersion: valibot__WEBPACK_IMPORTED_MODULE_3__/* .literal */ .euz(2),
    mediaType: valibot__WEBPACK_IMPORTED_MODULE_3__/* .exactOptional */ .yqP(valibot__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP()),
    artifactType: valibot__WEBPACK_IMPORTED_MODULE_3__/* .exactOptional */ .yqP(valibot__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP()),
    subject: valibot__WEBPACK_IMPORTED_MODULE_3__/* .exactOptional */ .yqP(_descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .descriptorSchema */ .TM),
    annotations,
};
const manifestSchema = valibot__WEBPACK_IMPORTED_MODULE_3__/* .looseObject */ ._H3({
    ...common,
    config: _descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .descriptorSchema */ .TM,
    layers: valibot__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(_descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .descriptorSchema */ .TM),
});
const indexSchema = valibot__WEBPACK_IMPORTED_MODULE_3__/* .looseObject */ ._H3({ ...common, manifests: valibot__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(_descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .descriptorSchema */ .TM) });
const configSchema = valibot__WEBPACK_IMPORTED_MODULE_3__/* .looseObject */ ._H3({
    os: valibot__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP(),
    architecture: valibot__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP(),
    variant: valibot__WEBPACK_IMPORTED_MODULE_3__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP()),
    'os.version': valibot__WEBPACK_IMPORTED_MODULE_3__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP()),
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
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('source', `${where} is malformed${path ? ` at ${path}` : ''}: ${issue.message}`);
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

/***/ 87774:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   MB: () => (/* binding */ compressionOf),
/* harmony export */   UD: () => (/* binding */ inflate),
/* harmony export */   XT: () => (/* binding */ magicSize),
/* harmony export */   re: () => (/* binding */ refuseForeign)
/* harmony export */ });
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(57075);
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(38522);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19473);



const magicSize = 6;
const foreign = [
    ['xz', 'fd377a585a00'],
    ['bzip2', '425a68'],
];
function compressionOf(head) {
    const hex = Buffer.from(head.subarray(0, magicSize)).toString('hex');
    if (hex.startsWith('1f8b'))
        return 'gzip';
    if (hex.startsWith('28b52ffd') || /^5[0-9a-f]2a4d18/.test(hex))
        return 'zstd';
    return 'none';
}
function refuseForeign(head, origin) {
    const hex = Buffer.from(head.subarray(0, magicSize)).toString('hex');
    const found = foreign.find(([, magic]) => hex.startsWith(magic));
    if (!found)
        return;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6('source', `${origin} is compressed with ${found[0]}, which is not supported: use gzip, zstd or no compression`);
}
async function* inflate(source, compression, origin) {
    try {
        if (compression === 'none')
            yield* source;
        else if (compression === 'gzip')
            yield* (0,node_stream__WEBPACK_IMPORTED_MODULE_0__.pipeline)(source, node_zlib__WEBPACK_IMPORTED_MODULE_1__.createGunzip({ chunkSize }), ignore);
        else
            yield* inflateFrames(source, origin);
    }
    catch (cause) {
        throw explain(cause, compression, origin);
    }
}
const chunkSize = 256 * 1024;
function ignore() { }
async function* inflateFrames(source, origin) {
    const chunks = source[Symbol.asyncIterator]();
    let chunk = Buffer.alloc(0);
    try {
        do {
            const decoder = createDecoder(origin);
            let fed = chunk.length;
            const feed = async function* () {
                if (chunk.length > 0)
                    yield chunk;
                for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
                    chunk = next.value;
                    fed += chunk.length;
                    yield chunk;
                }
            };
            yield* (0,node_stream__WEBPACK_IMPORTED_MODULE_0__.pipeline)(feed, decoder, ignore);
            chunk = chunk.subarray(chunk.length - (fed - decoder.bytesWritten));
            decoder.destroy();
        } while (chunk.length > 0);
    }
    finally {
        await chunks.return?.();
    }
}
function createDecoder(origin) {
    if (typeof node_zlib__WEBPACK_IMPORTED_MODULE_1__.createZstdDecompress === 'function') {
        return node_zlib__WEBPACK_IMPORTED_MODULE_1__.createZstdDecompress({ chunkSize, ...{ writableHighWaterMark: 1 } });
    }
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6('source', `${origin} is compressed with zstd, which needs Node 22.15 or later; this is Node ${process.versions.node}`);
}
function explain(cause, compression, origin) {
    const code = (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(cause);
    if (cause instanceof _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6 || !code?.match(/^(Z_|ZSTD_)/))
        return cause;
    const what = code === 'Z_BUF_ERROR' ? 'truncated' : 'damaged';
    return new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6('source', `${origin} is ${what}: ${compression} says "${(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(cause)}"`, {
        cause,
    });
}


/***/ }),

/***/ 33240:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  n: () => (/* binding */ findArtifacts)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./node_modules/tinyglobby/dist/index.mjs + 1 modules
var dist = __webpack_require__(73382);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/oci/platform.js
var platform = __webpack_require__(44647);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
;// CONCATENATED MODULE: ./build/source/glob.js



async function globPaths(pattern, cwd) {
    const posix = external_node_path_.sep === '\\' ? pattern.replaceAll('\\', '/') : pattern;
    const paths = await (0,dist/* glob */.TI)(posix, {
        cwd,
        absolute: true,
        onlyFiles: false,
        expandDirectories: false,
        fs: tolerant,
    });
    return paths.map((path) => (0,external_node_path_.resolve)(path));
}
const tolerant = {
    realpath: (path, done) => external_node_fs_.realpath(path, (error, real) => done(null, error ? path : real)),
    stat: (path, done) => external_node_fs_.stat(path, (error, stats) => (error ? external_node_fs_.lstat(path, done) : done(null, stats))),
};

// EXTERNAL MODULE: ./build/source/platform-name.js
var platform_name = __webpack_require__(90449);
// EXTERNAL MODULE: ./build/source/sniff.js
var sniff = __webpack_require__(73348);
;// CONCATENATED MODULE: ./build/source/find.js








async function findArtifacts(lines, cwd) {
    const wanted = lines.map((line) => line.trim()).filter((line) => line !== '');
    const excluded = await expandExcludes(wanted, cwd);
    const isExcluded = (path) => excluded.some((prefix) => path === prefix || path.startsWith(prefix + external_node_path_.sep));
    const problems = [];
    const found = new Set();
    for (const line of wanted.filter((line) => !line.startsWith('!'))) {
        try {
            const paths = (await expand(line, cwd)).filter((path) => !isExcluded(path));
            if (paths.length === 0)
                problems.push(`${line}: all that it names is left out by a line with !`);
            for (const path of paths)
                found.add(path);
        }
        catch (error) {
            problems.push((0,errors/* messageOf */.bD)(error));
        }
    }
    const unique = await uniqueFiles([...found].sort(), problems);
    if (unique.length === 0 && problems.length === 0)
        problems.push('no artifacts are named');
    if (problems.length > 0)
        throw new errors/* AlbaError */.x6('source', problems.join('\n'));
    return unique;
}
async function expandExcludes(lines, cwd) {
    const patterns = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1).trim());
    const matches = await Promise.all(patterns.map((pattern) => globPaths(pattern, cwd)));
    return [...patterns.map((pattern) => (0,external_node_path_.resolve)(cwd, pattern)), ...matches.flat()];
}
async function expand(line, cwd) {
    const path = (0,external_node_path_.resolve)(cwd, line);
    const kind = await (0,sniff/* kindOf */.I)(path);
    if (kind === 'file' || kind === 'layout')
        return [path];
    if (kind === 'folder')
        return expandFolder(line, path);
    if (kind === 'dangling')
        throw dangling(line);
    if (!(0,dist/* isDynamicPattern */.ey)(line))
        throw new errors/* AlbaError */.x6('source', `${line} does not exist in ${cwd}`);
    const artifacts = await keepArtifacts(await globPaths(line, cwd));
    if (artifacts.length > 0)
        return artifacts;
    throw new errors/* AlbaError */.x6('source', `${line} matches no image archive and no OCI layout in ${cwd}`);
}
async function expandFolder(line, folder) {
    const names = (await (0,promises_.readdir)(folder)).filter((name) => !name.startsWith('.')).sort();
    const artifacts = await keepArtifacts(names.map((name) => (0,external_node_path_.join)(folder, name)));
    if (artifacts.length > 0)
        return artifacts;
    if (names.length === 0)
        throw new errors/* AlbaError */.x6('source', `${line} is an empty folder`);
    throw new errors/* AlbaError */.x6('source', `${line} holds no image archive and no OCI layout, but ${names.slice(0, 5).join(', ')}; what lies further down is named by a glob such as ${(0,external_node_path_.join)(line, '**', '*.tar.gz')}`);
}
async function keepArtifacts(paths) {
    const kept = [];
    for (const path of [...paths].sort()) {
        const kind = await (0,sniff/* kindOf */.I)(path);
        if (kind === 'dangling')
            throw dangling(path);
        if (kept.some((layout) => path.startsWith(layout + external_node_path_.sep)))
            continue;
        if (kind === 'layout' || (kind === 'file' && (await (0,sniff/* looksLikeArchive */.U8)(path))))
            kept.push(path);
    }
    return kept;
}
async function uniqueFiles(paths, problems) {
    const names = new Map();
    for (const path of paths) {
        const real = await (0,promises_.realpath)(path);
        const first = names.get(real) ?? path;
        names.set(real, first);
        if (!isSameName(first, path))
            problems.push(`${first} and ${path} are named for two platforms, but are one file`);
    }
    return [...names.values()];
}
function isSameName(a, b) {
    const [left, right] = [(0,platform_name/* platformInName */.Q)(a), (0,platform_name/* platformInName */.Q)(b)];
    return !left || !right || (0,platform/* formatPlatform */.Bq)(left) === (0,platform/* formatPlatform */.Bq)(right);
}
function dangling(path) {
    return new errors/* AlbaError */.x6('source', `${path} is a symbolic link to something that is missing`);
}


/***/ }),

/***/ 64290:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ readImages)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _oci_manifest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(95669);
/* harmony import */ var _oci_media_type_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(21507);
/* harmony import */ var _members_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(18639);
/* harmony import */ var _sealed_image_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(56658);





async function readImages(blobs, descriptors, progress, { partial = false } = {}) {
    const walk = { blobs, progress, partial, found: new Map() };
    await flatten(walk, descriptors, 0);
    return toImages(walk);
}
const maxDepth = 8;
async function flatten(walk, descriptors, depth) {
    const { blobs, partial, found } = walk;
    if (depth > maxDepth) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('source', `${blobs.origin} nests its indexes more than ${maxDepth} deep`);
    }
    for (const descriptor of descriptors) {
        const { digest, mediaType } = descriptor;
        if (found.has(digest))
            continue;
        found.set(digest, undefined);
        if (partial && depth > 0 && !(await blobs.find(descriptor)))
            continue;
        if ((0,_oci_media_type_js__WEBPACK_IMPORTED_MODULE_2__/* .isIndex */ .nw)(mediaType))
            await flattenIndex(walk, descriptor, depth);
        else if ((0,_oci_media_type_js__WEBPACK_IMPORTED_MODULE_2__/* .isManifest */ .Yh)(mediaType))
            await addManifest(walk, descriptor);
        else
            leaveOut(walk, digest, mediaType);
    }
}
async function flattenIndex(walk, descriptor, depth) {
    const member = await (0,_sealed_image_js__WEBPACK_IMPORTED_MODULE_4__/* .findBlob */ .FM)(walk.blobs, descriptor);
    const index = (0,_oci_manifest_js__WEBPACK_IMPORTED_MODULE_1__/* .parseIndex */ .A1)(await (0,_members_js__WEBPACK_IMPORTED_MODULE_3__/* .readMember */ .hd)(member), member.origin);
    await flatten(walk, index.manifests, depth + 1);
}
async function addManifest(walk, descriptor) {
    const manifest = await (0,_sealed_image_js__WEBPACK_IMPORTED_MODULE_4__/* .readManifest */ .WI)(walk.blobs, descriptor);
    if (walk.partial && !(await (0,_sealed_image_js__WEBPACK_IMPORTED_MODULE_4__/* .isComplete */ .As)(walk.blobs, manifest)))
        return;
    walk.found.set(descriptor.digest, manifest);
}
async function toImages(walk) {
    const manifests = [...walk.found.values()].filter((found) => found !== undefined);
    const attestations = await attestationsBySubject(walk, manifests);
    const images = [];
    for (const found of manifests) {
        if (isAttestation(found))
            continue;
        const { digest } = found.descriptor;
        const { mediaType } = found.manifest.config;
        const described = attestations.get(digest) ?? [];
        if (isImage(found))
            images.push(await (0,_sealed_image_js__WEBPACK_IMPORTED_MODULE_4__/* .readSealedImage */ .mj)(walk.blobs, found, described));
        else
            leaveOut(walk, digest, found.manifest.artifactType ?? mediaType);
    }
    return images;
}
async function attestationsBySubject({ blobs, found, progress }, manifests) {
    const bySubject = new Map();
    for (const attestation of manifests.filter(isAttestation)) {
        const subject = attestation.descriptor.annotations?.['vnd.docker.reference.digest'] ?? '';
        if (found.get(subject)) {
            bySubject.set(subject, [...(bySubject.get(subject) ?? []), await (0,_sealed_image_js__WEBPACK_IMPORTED_MODULE_4__/* .readNode */ .XH)(blobs, attestation)]);
        }
        else {
            progress.warn(`${blobs.origin}: left out an attestation of ${subject}, which is not there`);
        }
    }
    return bySubject;
}
function isAttestation({ descriptor }) {
    return descriptor.annotations?.['vnd.docker.reference.type'] === 'attestation-manifest';
}
function isImage({ manifest: { config, layers } }) {
    const configs = [_oci_media_type_js__WEBPACK_IMPORTED_MODULE_2__/* .mediaTypes */ .Ib.oci.config, _oci_media_type_js__WEBPACK_IMPORTED_MODULE_2__/* .mediaTypes */ .Ib.docker.config];
    const layer = /^application\/vnd\.(oci\.image\.layer|docker\.image\.rootfs)\./;
    return configs.includes(config.mediaType) && layers.every(({ mediaType }) => layer.test(mediaType));
}
function leaveOut({ blobs, progress }, digest, type) {
    progress.warn(`${blobs.origin}: left out ${digest}, which is no image but ${type}`);
}


/***/ }),

/***/ 18639:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Pc: () => (/* binding */ normalizeName),
/* harmony export */   ZR: () => (/* binding */ toBlob),
/* harmony export */   hd: () => (/* binding */ readMember),
/* harmony export */   od: () => (/* binding */ openBytes)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(57075);
/* harmony import */ var _content_verify_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(34733);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(19473);
/* harmony import */ var _oci_manifest_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(95669);





function toBlob(descriptor, { open, heldBy }) {
    return { descriptor, open, ...(heldBy && { heldBy }) };
}
function normalizeName(name) {
    return node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join('/', name).slice(1).replace(/\/$/, '');
}
async function readMember(member) {
    if (member.size > _oci_manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .maxManifestSize */ .NQ) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .AlbaError */ .x6('source', `${member.origin} has ${member.size} bytes, more than the ${_oci_manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .maxManifestSize */ .NQ} of a document`);
    }
    return (0,_content_verify_js__WEBPACK_IMPORTED_MODULE_2__/* .readCapped */ .EF)(member.open, member.origin);
}
function openBytes(bytes) {
    return () => node_stream__WEBPACK_IMPORTED_MODULE_1__.Readable.from(bytes.length > 0 ? [bytes] : [], { objectMode: false });
}


/***/ }),

/***/ 26196:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T4: () => (/* binding */ readLayout),
/* harmony export */   UX: () => (/* binding */ layoutName),
/* harmony export */   mo: () => (/* binding */ indexName)
/* harmony export */ });
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(77934);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _oci_manifest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(95669);
/* harmony import */ var _flatten_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(64290);
/* harmony import */ var _members_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(18639);
/* harmony import */ var _sealed_image_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(56658);






const indexName = 'index.json';
const layoutName = 'oci-layout';
const layoutSchema = valibot__WEBPACK_IMPORTED_MODULE_5__/* .looseObject */ ._H3({
    imageLayoutVersion: valibot__WEBPACK_IMPORTED_MODULE_5__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_5__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_5__/* .regex */ .yGV(/^1\./, 'expected version 1.0.0')),
});
async function readLayout(layout, progress, options = {}) {
    const marker = await readRequired(layout, layoutName);
    (0,_oci_manifest_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJson */ .qF)(layoutSchema, marker, `${layout.origin} (${layoutName})`);
    const root = (0,_oci_manifest_js__WEBPACK_IMPORTED_MODULE_1__/* .parseIndex */ .A1)(await readRequired(layout, indexName), `${layout.origin} (${indexName})`);
    const blobs = {
        origin: layout.origin,
        find: ({ digest }) => layout.find((0,_sealed_image_js__WEBPACK_IMPORTED_MODULE_4__/* .blobName */ .PF)(digest)),
    };
    return (0,_flatten_js__WEBPACK_IMPORTED_MODULE_2__/* .readImages */ .H)(blobs, root.manifests, progress, options);
}
async function readRequired(layout, name) {
    const member = await layout.find(name);
    if (member)
        return (0,_members_js__WEBPACK_IMPORTED_MODULE_3__/* .readMember */ .hd)(member);
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('source', `${layout.origin} is no complete OCI layout: ${name} is not in it`);
}


/***/ }),

/***/ 42661:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  R: () => (/* binding */ readArtifact)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/content/tar.js
var tar = __webpack_require__(52657);
// EXTERNAL MODULE: ./build/oci/manifest.js
var oci_manifest = __webpack_require__(95669);
// EXTERNAL MODULE: ./build/source/compression.js
var source_compression = __webpack_require__(87774);
// EXTERNAL MODULE: ./build/source/members.js
var source_members = __webpack_require__(18639);
// EXTERNAL MODULE: ./build/source/ranges.js
var ranges = __webpack_require__(58632);
;// CONCATENATED MODULE: ./build/source/archive.js








const maxEntries = 100_000;
const maxNameLength = 4096;
const maxLinks = 16;
const maxDocuments = 32 * 1024 * 1024;
async function readArchive(path, compression, progress) {
    const listing = new Listing(path);
    const bytes = (0,source_compression/* inflate */.UD)(readFile(path, progress), compression, path);
    try {
        for await (const entry of (0,tar/* readTar */.s)(bytes, path))
            await listing.add(entry);
    }
    catch (cause) {
        throw (0,ranges/* readFailure */.f1)(path, cause);
    }
    return listing.over(compression === 'none' ? new ranges/* FileRanges */.R8(path) : new ranges/* InflatedRanges */.qP(path, compression, listing.end));
}
async function* readFile(path, progress) {
    for await (const chunk of (0,ranges/* openFile */.Tq)(path)) {
        progress.advance(chunk.length);
        yield chunk;
    }
}
class Listing {
    end = 0;
    #path;
    #files = new Map();
    #links = new Map();
    #entries = 0;
    #documents = 0;
    constructor(path) {
        this.#path = path;
    }
    async add(entry) {
        if (++this.#entries > maxEntries)
            throw this.#refuse(`more than ${maxEntries} entries`);
        if (entry.name.length > maxNameLength)
            throw this.#refuse('a name of more than 4096 characters');
        const name = (0,source_members/* normalizeName */.Pc)(entry.name);
        this.#files.delete(name);
        this.#links.delete(name);
        if (entry.type === 'file')
            this.#files.set(name, await this.#read(entry));
        else if (entry.linkname)
            this.#links.set(name, targetOf(entry, entry.linkname));
    }
    over(ranges) {
        const members = new Map();
        for (const [name, { size, offset, digest, compression, document }] of this.#files) {
            members.set(name, {
                origin: `${this.#path} (${name})`,
                size,
                compression,
                digest: async () => digest,
                open: document ? (0,source_members/* openBytes */.od)(document) : () => ranges.open(offset, size),
            });
        }
        return { origin: this.#path, find: async (name) => members.get(this.#follow((0,source_members/* normalizeName */.Pc)(name))) };
    }
    #follow(name) {
        let at = name;
        for (let step = 0; step < maxLinks; step++) {
            const target = this.#links.get(at);
            if (target === undefined)
                return at;
            at = target;
        }
        throw this.#refuse(`a link that leads nowhere after ${maxLinks} steps, ${name}`);
    }
    async #read(entry) {
        const hash = (0,external_node_crypto_.createHash)('sha256');
        const kept = [];
        let head = Buffer.alloc(0);
        let isDocument = false;
        for await (const chunk of entry.body) {
            hash.update(chunk);
            if (head.length < source_compression/* magicSize */.XT) {
                head = Buffer.concat([head, chunk.subarray(0, source_compression/* magicSize */.XT)]);
                isDocument = this.#mayKeep(entry, head);
            }
            if (isDocument)
                kept.push(Buffer.from(chunk));
        }
        if (isDocument)
            this.#documents += entry.size;
        this.end = entry.offset + entry.size;
        return {
            size: entry.size,
            offset: entry.offset,
            digest: `sha256:${hash.digest('hex')}`,
            compression: (0,source_compression/* compressionOf */.MB)(head),
            document: isDocument ? Buffer.concat(kept) : undefined,
        };
    }
    #mayKeep({ size }, head) {
        return ((head[0] === 0x7b || head[0] === 0x5b) &&
            size <= oci_manifest/* maxManifestSize */.NQ &&
            this.#documents + size <= maxDocuments);
    }
    #refuse(what) {
        return new errors/* AlbaError */.x6('source', `${this.#path} is not an image archive: it has ${what}`);
    }
}
function targetOf({ name, type }, linkname) {
    return (0,source_members/* normalizeName */.Pc)(type === 'symlink' ? external_node_path_.posix.join(external_node_path_.posix.dirname(name), linkname) : linkname);
}

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(46466);
// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(77934);
// EXTERNAL MODULE: ./build/content/verify.js
var verify = __webpack_require__(34733);
// EXTERNAL MODULE: ./build/oci/digest.js
var digest = __webpack_require__(1564);
// EXTERNAL MODULE: ./build/oci/media-type.js
var media_type = __webpack_require__(21507);
;// CONCATENATED MODULE: ./build/source/docker-archive.js











const manifestName = 'manifest.json';
const manifestSchema = dist/* pipe */.FsL(dist/* array */.YOg(dist/* looseObject */._H3({ Config: dist/* string */.YjP(), Layers: dist/* nullish */.cl6(dist/* array */.YOg(dist/* string */.YjP()), []) })), dist/* nonEmpty */.hq('it lists no image'));
async function readDockerArchive(archive) {
    const images = new Map();
    const layers = new Map();
    for (const entry of await readEntries(archive)) {
        const image = await readImage(archive, entry, layers);
        images.set(image.config.descriptor.digest, image);
    }
    return [...images.values()];
}
async function readConfigDigests(archive) {
    const entries = await readEntries(archive);
    const configs = await Promise.all(entries.map(({ Config }) => required(archive, Config)));
    return Promise.all(configs.map((config) => config.digest()));
}
async function readEntries(archive) {
    const manifest = await required(archive, manifestName);
    return (0,oci_manifest/* parseJson */.qF)(manifestSchema, await (0,source_members/* readMember */.hd)(manifest), manifest.origin);
}
async function readImage(archive, entry, known) {
    const member = await required(archive, entry.Config);
    const bytes = await (0,source_members/* readMember */.hd)(member);
    const descriptor = { mediaType: media_type/* mediaTypes */.Ib.oci.config, digest: (0,digest/* digestOf */.ol)(bytes), size: bytes.length };
    const named = digestInName(entry.Config);
    if (named)
        (0,verify/* assertSame */.ZQ)({ ...descriptor, digest: named }, descriptor, member.origin);
    const { platform, diffIds } = (0,oci_manifest/* parseConfig */.o4)(bytes, member.origin);
    return {
        kind: 'loose',
        origin: archive.origin,
        platform,
        config: { descriptor, open: (0,source_members/* openBytes */.od)(bytes) },
        layers: await readLayers(archive, entry, diffIds, known),
    };
}
async function readLayers(archive, { Config, Layers }, diffIds, known) {
    if (Layers.length !== diffIds.length) {
        throw new errors/* AlbaError */.x6('source', `${archive.origin} lists ${Layers.length} layers, its config ${Config} ${diffIds.length}`);
    }
    const layers = [];
    for (const [index, diffId] of diffIds.entries()) {
        const member = await required(archive, Layers[index] ?? '');
        const layer = known.get(member) ?? (await readLayer(member, diffId));
        if (layer.diffId !== diffId)
            throw mismatch(member.origin, layer.diffId, diffId);
        known.set(member, layer);
        layers.push(layer);
    }
    return layers;
}
async function readLayer(member, diffId) {
    const digest = await member.digest();
    const { size, open, compression = 'none', origin } = member;
    if (digest === diffId)
        return { diffId, size, open };
    if (compression === 'none')
        throw mismatch(origin, digest, diffId);
    const openInflated = async () => external_node_stream_.Readable.from((0,source_compression/* inflate */.UD)(await open(), compression, origin), { objectMode: false });
    const inflated = await measure(await openInflated());
    if (inflated.digest !== diffId)
        throw mismatch(origin, inflated.digest, diffId);
    const mediaType = media_type/* mediaTypes */.Ib.oci.layer[compression];
    return {
        diffId,
        size: inflated.size,
        open: openInflated,
        compressed: { descriptor: { mediaType, digest, size }, open },
    };
}
async function measure(stream) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    let size = 0;
    await (0,external_node_stream_promises_.pipeline)(stream, async (chunks) => {
        for await (const chunk of chunks) {
            hash.update(chunk);
            size += chunk.length;
        }
    });
    return { digest: `sha256:${hash.digest('hex')}`, size };
}
function mismatch(origin, found, diffId) {
    return new errors/* AlbaError */.x6('source', `layer ${origin} is damaged: its diffID is ${found}, its config says ${diffId}`);
}
function digestInName(name) {
    const hex = /(?:^|[/:])([0-9a-f]{64})(?:\.json)?$/.exec(name)?.[1];
    return hex ? `sha256:${hex}` : undefined;
}
async function required(archive, name) {
    const member = await archive.find(name);
    if (member)
        return member;
    throw new errors/* AlbaError */.x6('source', `${archive.origin} is incomplete: ${name} is not in it`);
}

;// CONCATENATED MODULE: ./build/source/folder.js





function openFolder(path, progress) {
    const members = new Map();
    const find = (name) => {
        const member = members.get(name) ?? findFile((0,external_node_path_.join)(path, name), progress);
        members.set(name, member);
        return member;
    };
    return { origin: path, find };
}
async function findFile(file, progress) {
    try {
        const found = await (0,promises_.stat)(file);
        return found.isFile() ? toMember(file, found.size, progress) : undefined;
    }
    catch (cause) {
        if ((0,errors/* systemCode */.xU)(cause) === 'ENOENT')
            return undefined;
        throw (0,ranges/* readFailure */.f1)(file, cause);
    }
}
function toMember(file, size, progress) {
    let digest;
    return {
        origin: file,
        size,
        open: () => (0,ranges/* openFile */.Tq)(file),
        digest: () => {
            digest ??= hashFile(file, size, progress);
            return digest;
        },
    };
}
async function hashFile(file, size, progress) {
    progress.expect(size);
    const hash = (0,external_node_crypto_.createHash)('sha256');
    try {
        for await (const chunk of (0,ranges/* openFile */.Tq)(file)) {
            hash.update(chunk);
            progress.advance(chunk.length);
        }
    }
    catch (cause) {
        throw (0,ranges/* readFailure */.f1)(file, cause);
    }
    return `sha256:${hash.digest('hex')}`;
}

// EXTERNAL MODULE: ./build/source/oci-layout.js
var oci_layout = __webpack_require__(26196);
// EXTERNAL MODULE: ./build/source/platform-name.js
var platform_name = __webpack_require__(90449);
// EXTERNAL MODULE: ./build/source/sniff.js
var sniff = __webpack_require__(73348);
;// CONCATENATED MODULE: ./build/source/open.js









async function readArtifact(path, progress) {
    const found = await (0,promises_.stat)(path).catch((cause) => {
        throw (0,ranges/* readFailure */.f1)(path, cause);
    });
    const images = found.isDirectory()
        ? await readFolder(path, progress)
        : await open_readFile(path, found.size, progress);
    if (images.length === 0)
        throw new errors/* AlbaError */.x6('source', `${path} holds no image`);
    (0,platform_name/* checkName */.I)(path, images);
    return images;
}
async function readFolder(path, progress) {
    const folder = openFolder(path, progress);
    if (await folder.find(oci_layout/* layoutName */.UX))
        return (0,oci_layout/* readLayout */.T4)(folder, progress);
    throw new errors/* AlbaError */.x6('source', `${path} is a folder, but no OCI layout: ${oci_layout/* layoutName */.UX} is not in it`);
}
async function open_readFile(path, size, progress) {
    progress.expect(size);
    const archive = await readArchive(path, await (0,sniff/* readCompression */.R_)(path), progress);
    const [docker, layout] = [await archive.find(manifestName), await archive.find(oci_layout/* indexName */.mo)];
    if (docker && layout && (await archive.find(oci_layout/* layoutName */.UX)))
        return readBoth(archive, progress);
    if (docker)
        return readDockerArchive(archive);
    if (layout)
        return (0,oci_layout/* readLayout */.T4)(archive, progress);
    throw new errors/* AlbaError */.x6('source', `${path} is no image archive: it has neither ${manifestName} (docker archive) nor ${oci_layout/* indexName */.mo} (OCI layout)`);
}
async function readBoth(archive, progress) {
    const sealed = await (0,oci_layout/* readLayout */.T4)(archive, progress, { partial: true });
    const configs = sealed.map(({ manifest }) => manifest.children[0]?.descriptor.digest);
    const listed = await readConfigDigests(archive);
    const isWhole = listed.every((digest) => configs.includes(digest));
    return isWhole && sealed.every(isCompressed) ? sealed : readDockerArchive(archive);
}
function isCompressed({ manifest }) {
    const [, ...layers] = manifest.children;
    return layers.every(({ descriptor }) => /[.+](gzip|zstd)$/.test(descriptor.mediaType));
}


/***/ }),

/***/ 90449:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ checkName),
/* harmony export */   Q: () => (/* binding */ platformInName)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19473);
/* harmony import */ var _oci_platform_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(44647);



function platformInName(path) {
    const tokens = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.basename)(path)
        .toLowerCase()
        .split(/[^a-z0-9]+/);
    const at = tokens.findIndex((token, index) => _oci_platform_js__WEBPACK_IMPORTED_MODULE_2__/* .operatingSystems */ .er.includes(token) && _oci_platform_js__WEBPACK_IMPORTED_MODULE_2__/* .architectures */ .f2.includes(tokens[index + 1] ?? ''));
    const [os, architecture, variant] = at < 0 ? [] : tokens.slice(at);
    if (!os || !architecture)
        return undefined;
    const isVariant = variant !== undefined && _oci_platform_js__WEBPACK_IMPORTED_MODULE_2__/* .variants */ .HI[architecture]?.includes(variant);
    const isVersion = /^\d/.test(tokens[at + 3] ?? '');
    return { os, architecture, ...(isVariant && !isVersion && { variant }) };
}
function checkName(path, images) {
    const named = platformInName(path);
    const other = named && images.find(({ platform }) => !agrees(named, platform));
    if (!other)
        return;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .AlbaError */ .x6('source', `${path} is named for ${(0,_oci_platform_js__WEBPACK_IMPORTED_MODULE_2__/* .formatPlatform */ .Bq)(named)}, but the image in it is for ${(0,_oci_platform_js__WEBPACK_IMPORTED_MODULE_2__/* .formatPlatform */ .Bq)(other.platform)}: rename the file or build for the other platform`);
}
function agrees(named, { os, architecture, variant }) {
    if (named.os !== os || named.architecture !== architecture)
        return false;
    if (!named.variant || (!variant && architecture !== 'arm'))
        return true;
    return (0,_oci_platform_js__WEBPACK_IMPORTED_MODULE_2__/* .platformKey */ .Ng)(named) === (0,_oci_platform_js__WEBPACK_IMPORTED_MODULE_2__/* .platformKey */ .Ng)({ os, architecture, ...(variant && { variant }) });
}


/***/ }),

/***/ 58632:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R8: () => (/* binding */ FileRanges),
/* harmony export */   Tq: () => (/* binding */ openFile),
/* harmony export */   f1: () => (/* binding */ readFailure),
/* harmony export */   qP: () => (/* binding */ InflatedRanges)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(57075);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19473);
/* harmony import */ var _compression_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(87774);




function openFile(path, range = {}) {
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.createReadStream)(path, { ...range, highWaterMark: 512 * 1024 });
}
function readFailure(path, cause) {
    return cause instanceof _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6
        ? cause
        : new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6('source', `cannot read ${path}: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(cause)}`, { cause });
}
class FileRanges {
    #path;
    constructor(path) {
        this.#path = path;
    }
    open(offset, size) {
        if (size === 0)
            return node_stream__WEBPACK_IMPORTED_MODULE_1__.Readable.from([], { objectMode: false });
        return openFile(this.#path, { start: offset, end: offset + size - 1 });
    }
}
const maxIdle = 4;
class InflatedRanges {
    #path;
    #compression;
    #end;
    #idle = [];
    constructor(path, compression, end) {
        this.#path = path;
        this.#compression = compression;
        this.#end = end;
    }
    open(offset, size) {
        return node_stream__WEBPACK_IMPORTED_MODULE_1__.Readable.from(this.#read(offset, size), { objectMode: false });
    }
    async *#read(offset, size) {
        const cursor = this.#take(offset);
        let done = false;
        try {
            yield* cursor.read(offset, size);
            done = true;
        }
        finally {
            if (done && cursor.position < this.#end)
                await this.#leave(cursor);
            else
                await cursor.close();
        }
    }
    #take(offset) {
        const usable = this.#idle.filter((cursor) => cursor.position <= offset);
        const nearest = usable.sort((a, b) => b.position - a.position)[0];
        if (!nearest)
            return new Cursor(this.#path, this.#compression);
        this.#idle = this.#idle.filter((cursor) => cursor !== nearest);
        return nearest;
    }
    async #leave(cursor) {
        this.#idle.push(cursor);
        if (this.#idle.length > maxIdle)
            await this.#idle.shift()?.close();
    }
}
class Cursor {
    position = 0;
    #rest = Buffer.alloc(0);
    #path;
    #chunks;
    constructor(path, compression) {
        this.#path = path;
        this.#chunks = (0,_compression_js__WEBPACK_IMPORTED_MODULE_3__/* .inflate */ .UD)(openFile(path), compression, path);
    }
    async *read(offset, size) {
        while (this.position < offset)
            await this.#next(offset - this.position);
        const end = offset + size;
        while (this.position < end)
            yield await this.#next(end - this.position);
    }
    async close() {
        await this.#chunks.return(undefined);
    }
    async #next(limit) {
        while (this.#rest.length === 0)
            this.#rest = await this.#pull();
        const chunk = this.#rest.subarray(0, limit);
        this.#rest = this.#rest.subarray(chunk.length);
        this.position += chunk.length;
        return chunk;
    }
    async #pull() {
        const next = await this.#chunks.next().catch((cause) => {
            throw readFailure(this.#path, cause);
        });
        if (!next.done)
            return next.value;
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6('source', `${this.#path} changed while it was read: it is shorter than it was`);
    }
}


/***/ }),

/***/ 56658:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   As: () => (/* binding */ isComplete),
/* harmony export */   FM: () => (/* binding */ findBlob),
/* harmony export */   PF: () => (/* binding */ blobName),
/* harmony export */   WI: () => (/* binding */ readManifest),
/* harmony export */   XH: () => (/* binding */ readNode),
/* harmony export */   mj: () => (/* binding */ readSealedImage)
/* harmony export */ });
/* harmony import */ var _content_content_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(49215);
/* harmony import */ var _content_verify_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(34733);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19473);
/* harmony import */ var _oci_digest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1564);
/* harmony import */ var _oci_manifest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(95669);
/* harmony import */ var _oci_media_type_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(21507);
/* harmony import */ var _oci_platform_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(44647);
/* harmony import */ var _members_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(18639);








function blobName(digest) {
    return `blobs/sha256/${(0,_oci_digest_js__WEBPACK_IMPORTED_MODULE_2__/* .hexOf */ .ZD)(digest)}`;
}
async function findBlob(blobs, descriptor) {
    const { digest, size } = descriptor;
    const member = await blobs.find(descriptor);
    if (!member)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .AlbaError */ .x6('source', `${blobs.origin} is incomplete: ${digest} is not in it`);
    const found = { size: member.size, digest: member.size === size ? await member.digest() : digest };
    (0,_content_verify_js__WEBPACK_IMPORTED_MODULE_0__/* .assertSame */ .ZQ)({ digest, size }, found, member.origin);
    return member;
}
async function readManifest(blobs, descriptor) {
    const member = await findBlob(blobs, descriptor);
    const bytes = await (0,_members_js__WEBPACK_IMPORTED_MODULE_6__/* .readMember */ .hd)(member);
    return { descriptor, bytes, manifest: (0,_oci_manifest_js__WEBPACK_IMPORTED_MODULE_3__/* .parseManifest */ .Ng)(bytes, member.origin) };
}
async function isComplete(blobs, { manifest }) {
    for (const child of [manifest.config, ...manifest.layers]) {
        if (!(0,_oci_media_type_js__WEBPACK_IMPORTED_MODULE_4__/* .isForeign */ .jq)(child.mediaType) && !(await blobs.find(child)))
            return false;
    }
    return true;
}
async function readNode(blobs, { descriptor, bytes, manifest }) {
    const children = [];
    for (const child of [manifest.config, ...manifest.layers]) {
        if ((0,_oci_media_type_js__WEBPACK_IMPORTED_MODULE_4__/* .isForeign */ .jq)(child.mediaType) && !(await blobs.find(child)))
            continue;
        children.push((0,_content_content_js__WEBPACK_IMPORTED_MODULE_7__/* .leaf */ .V)((0,_members_js__WEBPACK_IMPORTED_MODULE_6__/* .toBlob */ .ZR)(child, await findBlob(blobs, child))));
    }
    return { descriptor: withoutNames(descriptor), open: (0,_members_js__WEBPACK_IMPORTED_MODULE_6__/* .openBytes */ .od)(bytes), children };
}
async function readSealedImage(blobs, found, attestations) {
    const member = await findBlob(blobs, found.manifest.config);
    const config = (0,_oci_manifest_js__WEBPACK_IMPORTED_MODULE_3__/* .parseConfig */ .o4)(await (0,_members_js__WEBPACK_IMPORTED_MODULE_6__/* .readMember */ .hd)(member), member.origin);
    checkLayers(config, found, blobs.origin);
    const platform = platformOf(config, found.descriptor, blobs.origin);
    const node = await readNode(blobs, found);
    const manifest = { ...node, descriptor: { ...node.descriptor, platform } };
    return { kind: 'sealed', origin: blobs.origin, platform, manifest, attestations };
}
function checkLayers({ diffIds }, { descriptor, manifest }, origin) {
    const { layers } = manifest;
    if (layers.length !== diffIds.length) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .AlbaError */ .x6('source', `${origin}: manifest ${descriptor.digest} has ${layers.length} layers, its config ${diffIds.length}`);
    }
    const plain = [_oci_media_type_js__WEBPACK_IMPORTED_MODULE_4__/* .mediaTypes */ .Ib.oci.layer.none, _oci_media_type_js__WEBPACK_IMPORTED_MODULE_4__/* .mediaTypes */ .Ib.docker.layer.none];
    const wrong = layers.findIndex(({ mediaType, digest }, index) => plain.includes(mediaType) && digest !== diffIds[index]);
    if (wrong < 0)
        return;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .AlbaError */ .x6('source', `${origin}: layer ${layers[wrong]?.digest} does not match diffID ${diffIds[wrong]} of its config`);
}
function platformOf(config, { platform, digest }, origin) {
    if (!platform)
        return config.platform;
    if ((0,_oci_platform_js__WEBPACK_IMPORTED_MODULE_5__/* .isSamePlatform */ .SW)(platform, { ...platform, ...config.platform }))
        return platform;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .AlbaError */ .x6('source', `${origin}: the index says that ${digest} is for ${(0,_oci_platform_js__WEBPACK_IMPORTED_MODULE_5__/* .formatPlatform */ .Bq)(platform)}, its config says ${(0,_oci_platform_js__WEBPACK_IMPORTED_MODULE_5__/* .formatPlatform */ .Bq)(config.platform)}`);
}
function withoutNames({ annotations, ...descriptor }) {
    const { 'org.opencontainers.image.ref.name': _reference, 'io.containerd.image.name': _name, ...rest } = annotations ?? {};
    return Object.keys(rest).length > 0 ? { ...descriptor, annotations: rest } : descriptor;
}


/***/ }),

/***/ 73348:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ kindOf),
/* harmony export */   R_: () => (/* binding */ readCompression),
/* harmony export */   U8: () => (/* binding */ looksLikeArchive)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19473);
/* harmony import */ var _compression_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(87774);
/* harmony import */ var _oci_layout_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(26196);
/* harmony import */ var _ranges_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(58632);
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});






async function kindOf(path) {
    try {
        const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path);
        if (!found.isDirectory())
            return 'file';
        return (await exists((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(path, _oci_layout_js__WEBPACK_IMPORTED_MODULE_4__/* .layoutName */ .UX))) ? 'layout' : 'folder';
    }
    catch (cause) {
        if (!['ENOENT', 'ENOTDIR', 'ELOOP'].includes((0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(cause) ?? ''))
            throw (0,_ranges_js__WEBPACK_IMPORTED_MODULE_5__/* .readFailure */ .f1)(path, cause);
        return (await exists(path)) ? 'dangling' : 'missing';
    }
}
async function looksLikeArchive(path) {
    if (/\.(tar|tgz|tzst|tar\.[a-z0-9]+)$/i.test(path))
        return true;
    const head = await readHead(path, 512);
    return (0,_compression_js__WEBPACK_IMPORTED_MODULE_3__/* .compressionOf */ .MB)(head) !== 'none' || head.subarray(257, 262).toString('latin1') === 'ustar';
}
async function readCompression(path) {
    const head = await readHead(path, _compression_js__WEBPACK_IMPORTED_MODULE_3__/* .magicSize */ .XT);
    (0,_compression_js__WEBPACK_IMPORTED_MODULE_3__/* .refuseForeign */ .re)(head, path);
    return (0,_compression_js__WEBPACK_IMPORTED_MODULE_3__/* .compressionOf */ .MB)(head);
}
async function readHead(path, size) {
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const file = __addDisposableResource(env_1, await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.open)(path), true);
            const { buffer, bytesRead } = await file.read(Buffer.alloc(size), 0, size, 0);
            return buffer.subarray(0, bytesRead);
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            const result_1 = __disposeResources(env_1);
            if (result_1)
                await result_1;
        }
    }
    catch (cause) {
        throw (0,_ranges_js__WEBPACK_IMPORTED_MODULE_5__/* .readFailure */ .f1)(path, cause);
    }
}
async function exists(path) {
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.lstat)(path).then(() => true, () => false);
}


/***/ }),

/***/ 73073:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ fileError)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);

const reasons = {
    EACCES: 'no permission',
    EPERM: 'no permission',
    EROFS: 'the file system is read-only',
    ENOSPC: 'the disk is full',
    EDQUOT: 'the disk quota is used up',
    ENAMETOOLONG: 'the name is too long for this file system',
    EEXIST: 'there is a file, expected a directory',
    ENOTDIR: 'a part of the path is a file, expected a directory',
    EMFILE: 'too many files are open',
};
function fileError(verb, path, cause) {
    if (cause instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6)
        return cause;
    const reason = reasons[(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .systemCode */ .xU)(cause) ?? ''] ?? (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(cause);
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('target', `Cannot ${verb} ${path}: ${reason}`, { cause });
}


/***/ }),

/***/ 69943:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CL: () => (/* binding */ statIfThere),
/* harmony export */   GG: () => (/* binding */ walk),
/* harmony export */   Z: () => (/* binding */ findObject)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var p_map__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(606);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19473);
/* harmony import */ var _key_path_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(99417);





const concurrency = 16;
async function findObject(path) {
    const stats = await statIfThere(path);
    if (stats?.isFile())
        return { path, stats };
    if (!stats?.isDirectory())
        return undefined;
    const self = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(path, _key_path_js__WEBPACK_IMPORTED_MODULE_3__/* .selfName */ .Yh);
    const inside = await statIfThere(self);
    return inside?.isFile() ? { path: self, stats: inside } : undefined;
}
async function statIfThere(path) {
    return ifThere((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path));
}
async function* walk(path, key, listing) {
    const { prefix, shallow, platform } = listing;
    const entries = (await ifThere((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(path, { withFileTypes: true }))) ?? [];
    const places = entries
        .filter(({ name }) => !(0,_key_path_js__WEBPACK_IMPORTED_MODULE_3__/* .isReserved */ .Bs)(name))
        .flatMap((entry) => placesOf(entry, path, key + (0,_key_path_js__WEBPACK_IMPORTED_MODULE_3__/* .nameOnDisk */ .ah)(entry.name, platform)))
        .filter((place) => place.key.startsWith(prefix) || (place.key.endsWith('/') && prefix.startsWith(place.key)));
    for await (const found of (0,p_map__WEBPACK_IMPORTED_MODULE_4__/* .pMapIterable */ .R_)(inOrder(places), inspect, { concurrency })) {
        if (!('path' in found))
            yield found;
        else if (!shallow || prefix.startsWith(found.key))
            yield* walk(found.path, found.key, listing);
    }
}
function placesOf(entry, folder, key) {
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, entry.name);
    return entry.isFile()
        ? [{ key, path }]
        : [
            { key, path },
            { key: `${key}/`, path },
        ];
}
function inOrder(places) {
    return places
        .map((place) => ({ place, bytes: Buffer.from(place.key) }))
        .sort((a, b) => a.bytes.compare(b.bytes))
        .map(({ place }) => place);
}
async function inspect({ key, path }) {
    if (key.endsWith('/')) {
        return (await statIfThere(path))?.isDirectory() ? { key, path } : p_map__WEBPACK_IMPORTED_MODULE_4__/* .pMapSkip */ .QJ;
    }
    const found = await findObject(path);
    return found ? { key, size: found.stats.size, modified: found.stats.mtime } : p_map__WEBPACK_IMPORTED_MODULE_4__/* .pMapSkip */ .QJ;
}
async function ifThere(call) {
    try {
        return await call;
    }
    catch (thrown) {
        if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes((0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(thrown) ?? ''))
            return undefined;
        throw thrown;
    }
}


/***/ }),

/***/ 36120:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  N: () => (/* binding */ FilesystemStorage)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(46466);
// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(73136);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/storage/file-error.js
var file_error = __webpack_require__(73073);
// EXTERNAL MODULE: ./build/storage/file-tree.js
var file_tree = __webpack_require__(69943);
// EXTERNAL MODULE: ./build/storage/key-path.js
var key_path = __webpack_require__(99417);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(58500);
;// CONCATENATED MODULE: ./build/storage/place.js







const attempts = 20;
function temporaryPath(folder) {
    return (0,external_node_path_.join)(folder, `${key_path/* temporaryPrefix */.wd}${(0,external_node_crypto_.randomBytes)(8).toString('hex')}`);
}
function openTemporary(root, folder) {
    return again(['ENOENT'], async () => {
        await makeFolder(root, folder);
        const path = temporaryPath(folder);
        return { path, file: await (0,promises_.open)(path, 'wx') };
    });
}
async function makeFolder(root, folder) {
    await (0,promises_.mkdir)(root, { recursive: true });
    await again(['EEXIST', 'ENOTDIR', 'ENOENT'], async () => {
        try {
            await (0,promises_.mkdir)(folder, { recursive: true });
        }
        catch (thrown) {
            const inTheWay = await fileAbove(root, folder);
            if (inTheWay)
                await turnIntoFolder(inTheWay);
            throw thrown;
        }
    });
}
async function place(temporary, path) {
    await again(['EISDIR', 'EEXIST', 'ENOTEMPTY', 'EPERM', 'EACCES', 'EBUSY'], async () => {
        try {
            await (0,promises_.rename)(temporary, path);
        }
        catch (thrown) {
            await (0,promises_.rename)(temporary, (0,external_node_path_.join)(path, key_path/* selfName */.Yh)).catch(() => {
                throw thrown;
            });
        }
    });
}
async function fileAbove(root, folder) {
    for (let path = folder; path.length > root.length; path = (0,external_node_path_.dirname)(path)) {
        const found = await (0,promises_.stat)(path).catch(() => undefined);
        if (found)
            return found.isFile() ? path : undefined;
    }
    return undefined;
}
async function turnIntoFolder(path) {
    const folder = temporaryPath((0,external_node_path_.dirname)(path));
    const self = (0,external_node_path_.join)(folder, key_path/* selfName */.Yh);
    await (0,promises_.mkdir)(folder);
    await (0,promises_.writeFile)(self, '');
    const isMoved = await (0,promises_.rename)(path, self).then(() => true, () => false);
    if (isMoved)
        await again(['ENOENT'], () => moveFolder(folder, path));
    await (0,promises_.rm)(folder, { recursive: true, force: true });
}
async function moveFolder(folder, path) {
    try {
        await (0,promises_.rename)(folder, path);
    }
    catch {
        await (0,promises_.copyFile)((0,external_node_path_.join)(folder, key_path/* selfName */.Yh), (0,external_node_path_.join)(path, key_path/* selfName */.Yh), external_node_fs_.constants.COPYFILE_EXCL).catch((thrown) => {
            if (!['EEXIST', 'ENOTDIR'].includes((0,errors/* systemCode */.xU)(thrown) ?? ''))
                throw thrown;
        });
    }
}
async function again(codes, step) {
    for (let attempt = 1;; attempt += 1) {
        try {
            return await step();
        }
        catch (thrown) {
            if (attempt === attempts || !codes.includes((0,errors/* systemCode */.xU)(thrown) ?? ''))
                throw thrown;
        }
        await (0,external_node_timers_promises_.setTimeout)(attempt);
    }
}

// EXTERNAL MODULE: ./build/storage/sized.js
var sized = __webpack_require__(2029);
;// CONCATENATED MODULE: ./build/storage/filesystem.js












class FilesystemStorage {
    url;
    #root;
    #platform;
    constructor(directory, platform = process.platform) {
        this.#root = (0,external_node_path_.resolve)(directory);
        this.#platform = platform;
        this.url = (0,external_node_url_.pathToFileURL)(this.#root).href;
    }
    async head(key) {
        const found = await this.#find(key);
        if (!found)
            return undefined;
        return { key, size: key.endsWith('/') ? 0 : found.stats.size, modified: found.stats.mtime };
    }
    async get(key) {
        const found = await this.#find(key);
        if (!found)
            return undefined;
        if (key.endsWith('/'))
            return external_node_stream_.Readable.from([]);
        const file = await this.#told('read', key, () => (0,promises_.open)(found.path));
        return file.createReadStream();
    }
    async put(key, upload) {
        const path = this.#pathOf(key);
        if (key.endsWith('/'))
            return this.#told('make', key, () => makeFolder(this.#root, path));
        await this.#told('write', key, () => this.#write(path, async (_temporary, file) => {
            if (upload.size > sized/* smallSize */.JY) {
                await (0,external_node_stream_promises_.pipeline)(await (0,sized/* openSized */.UD)(upload, key), file.createWriteStream());
            }
            else {
                await file.writeFile(await (0,sized/* readSized */.Wu)(upload, key));
                await file.close();
            }
        }));
    }
    async *list(prefix, { shallow = false } = {}) {
        try {
            yield* (0,file_tree/* walk */.GG)(this.#root, '', { prefix, shallow, platform: this.#platform });
        }
        catch (cause) {
            throw (0,file_error/* fileError */.z)('list', this.#root, cause);
        }
    }
    async copy(from, to) {
        const missing = new errors/* AlbaError */.x6('target', `Cannot copy ${from} in ${this.url}: it is not there`);
        if (!(await this.#find(from)))
            throw missing;
        const path = this.#pathOf(to);
        await this.#told('write', to, () => this.#write(path, async (temporary, file) => {
            await file.close();
            const found = await this.#find(from);
            if (!found)
                throw missing;
            await (0,promises_.copyFile)(found.path, temporary, external_node_fs_.constants.COPYFILE_FICLONE);
        }));
    }
    async delete(key) {
        const found = await this.#find(key);
        if (!found)
            return;
        await this.#told('delete', key, async () => {
            if (!key.endsWith('/'))
                await (0,promises_.rm)(found.path, { force: true });
            await this.#prune(key.endsWith('/') ? found.path : (0,external_node_path_.dirname)(found.path));
        });
    }
    async close() { }
    async #write(path, fill) {
        const temporary = await openTemporary(this.#root, (0,external_node_path_.dirname)(path));
        try {
            await fill(temporary.path, temporary.file);
            await place(temporary.path, path);
        }
        catch (thrown) {
            await temporary.file.close().catch(() => { });
            await (0,promises_.rm)(temporary.path, { force: true });
            throw thrown;
        }
    }
    async #find(key) {
        const path = this.#pathOf(key);
        return this.#told('read', key, async () => {
            if (!key.endsWith('/'))
                return (0,file_tree/* findObject */.Z)(path);
            const stats = await (0,file_tree/* statIfThere */.CL)(path);
            return stats?.isDirectory() ? { path, stats } : undefined;
        });
    }
    async #prune(folder) {
        for (let path = folder; path.length > this.#root.length; path = (0,external_node_path_.dirname)(path)) {
            try {
                await (0,promises_.rmdir)(path);
            }
            catch (thrown) {
                if (['ENOTEMPTY', 'EEXIST', 'ENOENT', 'EPERM', 'ENOTDIR'].includes((0,errors/* systemCode */.xU)(thrown) ?? ''))
                    return;
                throw thrown;
            }
        }
    }
    #pathOf(key) {
        return (0,external_node_path_.join)(this.#root, (0,key_path/* pathOfKey */.Uk)(key, this.#platform));
    }
    async #told(verb, key, call) {
        try {
            return await call();
        }
        catch (cause) {
            throw (0,file_error/* fileError */.z)(verb, this.#pathOf(key), cause);
        }
    }
}


/***/ }),

/***/ 99417:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bs: () => (/* binding */ isReserved),
/* harmony export */   Uk: () => (/* binding */ pathOfKey),
/* harmony export */   Yh: () => (/* binding */ selfName),
/* harmony export */   ah: () => (/* binding */ nameOnDisk),
/* harmony export */   wd: () => (/* binding */ temporaryPrefix)
/* harmony export */ });
/* unused harmony export checkKey */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);

const selfName = '_self.json';
const temporaryPrefix = '.alba-';
const windowsDevice = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;
function isReserved(name) {
    return name === selfName || name.startsWith(temporaryPrefix);
}
function checkKey(key) {
    const names = key.replace(/\/$/, '').split('/');
    if (names.some((name) => ['', '.', '..'].includes(name)) || key.includes('\0')) {
        const expected = 'expected names between single slashes, none of them empty, "." or ".."';
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('target', `"${key}" cannot be a file: ${expected}`);
    }
    const reserved = names.find(isReserved);
    if (reserved === undefined)
        return;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('target', `"${key}" cannot be a file: the name "${reserved}" is alba's own on disk`);
}
function pathOfKey(key, platform) {
    checkKey(key);
    const names = key.replace(/\/$/, '').split('/');
    return platform === 'win32' ? names.map(escapeName).join('\\') : names.join('/');
}
function nameOnDisk(name, platform) {
    if (platform !== 'win32')
        return name;
    return name.replace(/%([0-9A-F]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
}
function escapeName(name) {
    return (name
        .replace(/[%<>:"|?*\\\u0001-\u001f]/g, escapeCharacter)
        .replace(/[. ]$/, escapeCharacter)
        .replace(windowsDevice, (device) => escapeCharacter(device) + device.slice(1)));
}
function escapeCharacter(text) {
    return `%${text.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}


/***/ }),

/***/ 63851:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  G: () => (/* binding */ openStorage)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./build/content/progress.js
const silent = {
    group() { },
    line() { },
    warn() { },
    debug() { },
    expect() { },
    advance() { },
};

// EXTERNAL MODULE: ./build/storage/filesystem.js + 1 modules
var filesystem = __webpack_require__(36120);
;// CONCATENATED MODULE: ./build/storage/open.js



async function openStorage(location, options, progress = silent) {
    if (location.kind === 'file')
        return new filesystem/* FilesystemStorage */.N((0,external_node_path_.resolve)(options.directory, location.path));
    const { S3Storage } = await Promise.all(/* import() */[__webpack_require__.e(765), __webpack_require__.e(130)]).then(__webpack_require__.bind(__webpack_require__, 71749));
    return new S3Storage(location, options, progress);
}


/***/ }),

/***/ 2029:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JY: () => (/* binding */ smallSize),
/* harmony export */   UD: () => (/* binding */ openSized),
/* harmony export */   Wu: () => (/* binding */ readSized)
/* harmony export */ });
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(57075);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19473);


const smallSize = 1024 * 1024;
async function openSized({ size, open }, key) {
    let seen = 0;
    let held;
    const sized = new node_stream__WEBPACK_IMPORTED_MODULE_0__.Transform({
        transform(chunk, _encoding, done) {
            seen += chunk.length;
            if (seen > size)
                return done(differs(key, size, seen));
            if (held)
                this.push(held);
            held = chunk;
            done();
        },
        flush(done) {
            if (seen < size)
                return done(differs(key, size, seen));
            if (held)
                this.push(held);
            done();
        },
    });
    return (0,node_stream__WEBPACK_IMPORTED_MODULE_0__.pipeline)(await open(), sized, () => { });
}
async function readSized({ size, open }, key) {
    const chunks = [];
    let seen = 0;
    for await (const chunk of (await open())) {
        seen += chunk.length;
        if (seen > size)
            throw differs(key, size, seen);
        chunks.push(chunk);
    }
    if (seen < size)
        throw differs(key, size, seen);
    return Buffer.concat(chunks);
}
function differs(key, size, seen) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .AlbaError */ .x6('source', `${key}: expected ${size} bytes, found ${seen > size ? 'more' : seen}`);
}


/***/ })

};
