export const id = 863;
export const ids = [863];
export const modules = {

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

/***/ 81033:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ compareText)
/* harmony export */ });
function compareText(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}


/***/ }),

/***/ 42470:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P7: () => (/* binding */ refName),
/* harmony export */   PF: () => (/* binding */ blobName),
/* harmony export */   UX: () => (/* binding */ layoutName),
/* harmony export */   mo: () => (/* binding */ indexName)
/* harmony export */ });
/* harmony import */ var _digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1564);

const indexName = 'index.json';
const layoutName = 'oci-layout';
const refName = 'org.opencontainers.image.ref.name';
function blobName(digest) {
    return `blobs/sha256/${(0,_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .hexOf */ .ZD)(digest)}`;
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

/***/ 34523:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LN: () => (/* binding */ referrersTag),
/* harmony export */   Xc: () => (/* binding */ parseReferrer),
/* harmony export */   _S: () => (/* binding */ parseReferrers),
/* harmony export */   a3: () => (/* binding */ formatReferrers),
/* harmony export */   vB: () => (/* binding */ mergeReferrers),
/* harmony export */   zb: () => (/* binding */ isReferrersTag)
/* harmony export */ });
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(77934);
/* harmony import */ var _compare_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(81033);
/* harmony import */ var _descriptor_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(46937);
/* harmony import */ var _digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1564);
/* harmony import */ var _manifest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(95669);
/* harmony import */ var _media_type_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(21507);






const schema = valibot__WEBPACK_IMPORTED_MODULE_4__/* .looseObject */ ._H3({
    artifactType: valibot__WEBPACK_IMPORTED_MODULE_4__/* .exactOptional */ .yqP(valibot__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP()),
    config: valibot__WEBPACK_IMPORTED_MODULE_4__/* .exactOptional */ .yqP(valibot__WEBPACK_IMPORTED_MODULE_4__/* .looseObject */ ._H3({ mediaType: valibot__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP() })),
    subject: valibot__WEBPACK_IMPORTED_MODULE_4__/* .exactOptional */ .yqP(_descriptor_js__WEBPACK_IMPORTED_MODULE_0__/* .descriptorSchema */ .TM),
    annotations: valibot__WEBPACK_IMPORTED_MODULE_4__/* .exactOptional */ .yqP(valibot__WEBPACK_IMPORTED_MODULE_4__/* .record */ .g1P(valibot__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP())),
});
const listSchema = valibot__WEBPACK_IMPORTED_MODULE_4__/* .looseObject */ ._H3({
    schemaVersion: valibot__WEBPACK_IMPORTED_MODULE_4__/* .literal */ .euz(2),
    mediaType: valibot__WEBPACK_IMPORTED_MODULE_4__/* .exactOptional */ .yqP(valibot__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP()),
    manifests: valibot__WEBPACK_IMPORTED_MODULE_4__/* .nullish */ .cl6(valibot__WEBPACK_IMPORTED_MODULE_4__/* .array */ .YOg(_descriptor_js__WEBPACK_IMPORTED_MODULE_0__/* .descriptorSchema */ .TM), []),
});
function parseReferrer({ mediaType, digest, size }, bytes, where) {
    const { subject, config, annotations, ...rest } = (0,_manifest_js__WEBPACK_IMPORTED_MODULE_2__/* .parseJson */ .qF)(schema, bytes, where);
    if (!subject)
        return undefined;
    const artifactType = rest.artifactType || config?.mediaType;
    const descriptor = {
        ...{ mediaType, digest, size },
        ...(artifactType && { artifactType }),
        ...(annotations && { annotations }),
    };
    return { subject: subject.digest, descriptor };
}
function parseReferrers(bytes, where) {
    return (0,_manifest_js__WEBPACK_IMPORTED_MODULE_2__/* .parseJson */ .qF)(listSchema, bytes, where);
}
function referrersTag(subject) {
    return `sha256-${(0,_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .hexOf */ .ZD)(subject)}`;
}
function isReferrersTag(tag) {
    return /^sha256-[0-9a-f]{64}/.test(tag);
}
function mergeReferrers(...lists) {
    const byDigest = new Map();
    for (const descriptor of lists.flat()) {
        if (!byDigest.has(descriptor.digest))
            byDigest.set(descriptor.digest, descriptor);
    }
    return [...byDigest.values()];
}
function formatReferrers(descriptors) {
    const manifests = [...descriptors].sort((a, b) => (0,_compare_js__WEBPACK_IMPORTED_MODULE_5__/* .compareText */ .n)(a.digest, b.digest));
    return (0,_manifest_js__WEBPACK_IMPORTED_MODULE_2__/* .formatDocument */ .Tq)({ schemaVersion: 2, mediaType: _media_type_js__WEBPACK_IMPORTED_MODULE_3__/* .mediaTypes */ .Ib.oci.index, manifests });
}


/***/ }),

/***/ 5863:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openLayout: () => (/* binding */ openLayout)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/content/verify.js
var verify = __webpack_require__(34733);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/oci/layout.js
var layout = __webpack_require__(42470);
// EXTERNAL MODULE: ./build/oci/manifest.js
var manifest = __webpack_require__(95669);
// EXTERNAL MODULE: ./build/oci/media-type.js
var media_type = __webpack_require__(21507);
// EXTERNAL MODULE: ./build/oci/referrer.js
var oci_referrer = __webpack_require__(34523);
// EXTERNAL MODULE: ./build/storage/bytes.js
var storage_bytes = __webpack_require__(48473);
// EXTERNAL MODULE: ./build/storage/file-error.js
var file_error = __webpack_require__(73073);
// EXTERNAL MODULE: ./build/storage/filesystem.js
var filesystem = __webpack_require__(99531);
// EXTERNAL MODULE: ./build/storage/key-path.js
var key_path = __webpack_require__(99417);
// EXTERNAL MODULE: ./build/storage/place.js
var place = __webpack_require__(37477);
;// CONCATENATED MODULE: ./build/repository/layout-index.js


const emptyIndex = { schemaVersion: 2, mediaType: media_type/* mediaTypes */.Ib.oci.index, manifests: [] };
function tagOf({ annotations }) {
    return annotations?.[layout/* refName */.P7];
}
function withoutUnnamed(index, digests) {
    const manifests = index.manifests.filter((entry) => entry.annotations || !digests.has(entry.digest));
    return { ...index, manifests };
}
function withTags(index, manifest, tags) {
    const { mediaType, digest, size, platform } = manifest;
    const plain = { mediaType, digest, size, ...(platform && { platform }) };
    if (tags.length === 0) {
        const isListed = index.manifests.some((entry) => entry.digest === digest);
        return isListed ? index : { ...index, manifests: [...index.manifests, plain] };
    }
    const kept = index.manifests.filter((entry) => {
        const isUnnamedTwin = entry.digest === digest && !entry.annotations;
        return !isUnnamedTwin && !(tags.includes(tagOf(entry) ?? '') && entry.digest !== digest);
    });
    const missing = tags.filter((tag) => !kept.some((entry) => tagOf(entry) === tag));
    const added = missing.map((tag) => ({ ...plain, annotations: { [layout/* refName */.P7]: tag } }));
    return { ...index, manifests: [...kept, ...added] };
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(58500);
;// CONCATENATED MODULE: ./build/repository/layout-lock.js
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




const staleAfter = 10_000;
const giveUpAfter = 30_000;
async function withLock(path, work) {
    const token = await acquire(path);
    try {
        return await work();
    }
    finally {
        const lock = await lookAt(path);
        if (lock?.token === token)
            await remove(path, lock);
    }
}
async function acquire(path) {
    const token = (0,external_node_crypto_.randomUUID)();
    const end = Date.now() + giveUpAfter;
    while (!(await isMade(path, token))) {
        if (Date.now() > end) {
            throw new errors/* AlbaError */.x6('target', `${path} is held by another writer: delete it if there is none`);
        }
        const lock = await lookAt(path);
        if (lock && Date.now() - lock.made > staleAfter)
            await remove(path, lock);
        await (0,external_node_timers_promises_.setTimeout)(2 + Math.random() * 10);
    }
    return token;
}
async function isMade(path, content) {
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const file = __addDisposableResource(env_1, await (0,promises_.open)(path, 'wx'), true);
            await file.writeFile(content);
            return true;
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
    catch (thrown) {
        if (['EEXIST', 'EPERM', 'EBUSY'].includes((0,errors/* systemCode */.xU)(thrown) ?? ''))
            return false;
        throw thrown;
    }
}
async function lookAt(path) {
    try {
        const [token, { mtimeMs }] = await Promise.all([(0,promises_.readFile)(path, 'utf8'), (0,promises_.stat)(path)]);
        return { token, made: mtimeMs };
    }
    catch {
        return undefined;
    }
}
async function remove(path, { token, made }) {
    const claim = `${path}-${token}`;
    if (!(await isMade(claim, '')))
        return;
    const found = await lookAt(path);
    if (found?.token === token && found.made === made)
        await (0,promises_.rm)(path, { force: true });
    await (0,promises_.rm)(claim, { force: true });
}

// EXTERNAL MODULE: ./build/oci/compare.js
var compare = __webpack_require__(81033);
;// CONCATENATED MODULE: ./build/repository/layout-referrers.js





const mostDocuments = 10_000;
async function findReferrers(entries, subject, read, where) {
    const found = [];
    const seen = new Set();
    const waiting = [...entries];
    for (let entry = waiting.pop(); entry; entry = waiting.pop()) {
        const { digest, mediaType } = entry;
        if (seen.has(digest) || !(0,media_type/* isDocument */.wz)(mediaType))
            continue;
        seen.add(digest);
        if (seen.size > mostDocuments) {
            const limit = `more than ${mostDocuments} manifests`;
            throw new errors/* AlbaError */.x6('target', `${where} holds ${limit}: too many to look for referrers`);
        }
        const bytes = await read(entry);
        if (!bytes)
            continue;
        const referrer = (0,oci_referrer/* parseReferrer */.Xc)(entry, bytes, digest);
        if (referrer?.subject === subject)
            found.push(referrer.descriptor);
        if ((0,media_type/* isIndex */.nw)(mediaType))
            waiting.push(...(0,manifest/* parseIndex */.A1)(bytes, digest).manifests);
    }
    return found.sort((a, b) => (0,compare/* compareText */.n)(a.digest, b.digest));
}

;// CONCATENATED MODULE: ./build/repository/layout.js















const marker = Buffer.from('{"imageLayoutVersion":"1.0.0"}');
function openLayout(directory) {
    return new LayoutRepository(directory);
}
class LayoutRepository {
    url;
    closed = false;
    #directory;
    #files;
    constructor(directory) {
        this.url = `oci:${directory}`;
        this.#directory = directory;
        this.#files = new filesystem/* FilesystemStorage */.N(directory);
    }
    reference(tag, digest) {
        return `${this.url}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`;
    }
    async exists(descriptor) {
        return (await this.#files.head((0,layout/* blobName */.PF)(descriptor.digest)))?.size === descriptor.size;
    }
    async fetch(descriptor) {
        const stream = await this.#files.get((0,layout/* blobName */.PF)(descriptor.digest));
        if (stream)
            return stream;
        throw new errors/* AlbaError */.x6('target', `${this.url} has no ${descriptor.digest}: it is no complete OCI layout`);
    }
    async push(blob) {
        const { descriptor } = blob;
        if (!(0,media_type/* isDocument */.wz)(descriptor.mediaType))
            return this.#put(blob);
        const bytes = await (0,verify/* readDocument */.u0)(blob, descriptor.digest);
        await this.#write((0,layout/* blobName */.PF)(descriptor.digest), bytes);
        if ((0,oci_referrer/* parseReferrer */.Xc)(descriptor, bytes, descriptor.digest)) {
            await this.#changeIndex((index) => withTags(index, descriptor, []));
        }
    }
    async #put({ descriptor, open }) {
        const { digest, size } = descriptor;
        await this.#files.put((0,layout/* blobName */.PF)(digest), { size, open: (0,verify/* openVerified */.p_)(open, descriptor, digest) });
    }
    async resolve(tag) {
        const entry = (await this.#readIndex()).manifests.findLast((found) => tagOf(found) === tag || found.digest === tag);
        if (!entry)
            return undefined;
        const { mediaType, digest, size, platform } = entry;
        return { mediaType, digest, size, ...(platform && { platform }) };
    }
    async tag(manifest, tags) {
        if (!(await this.exists(manifest.descriptor)))
            await this.push(manifest);
        const children = await this.#childrenOf(manifest.descriptor);
        await this.#changeIndex((index) => withTags(withoutUnnamed(index, children), manifest.descriptor, tags));
    }
    async referrers(digest) {
        const { manifests } = await this.#readIndex();
        return findReferrers(manifests, digest, (entry) => this.#readHeld(entry), this.url);
    }
    async tags() {
        const tags = (await this.#readIndex()).manifests.flatMap((entry) => tagOf(entry) ?? []);
        return [...new Set(tags)].filter((tag) => !(0,oci_referrer/* isReferrersTag */.zb)(tag)).sort();
    }
    async close() { }
    async #readIndex() {
        const bytes = await (0,storage_bytes/* readBytes */.io)(this.#files, layout/* indexName */.mo);
        return bytes ? (0,manifest/* parseIndex */.A1)(bytes, (0,external_node_path_.join)(this.#directory, layout/* indexName */.mo)) : emptyIndex;
    }
    async #readHeld(descriptor) {
        const stream = await this.#files.get((0,layout/* blobName */.PF)(descriptor.digest));
        const where = `${this.url} (${descriptor.digest})`;
        return stream && (0,verify/* readDocument */.u0)({ descriptor, open: () => stream }, where, 'target');
    }
    async #childrenOf(descriptor) {
        const bytes = (0,media_type/* isIndex */.nw)(descriptor.mediaType) ? await this.#readHeld(descriptor) : undefined;
        const children = bytes ? (0,manifest/* parseIndex */.A1)(bytes, descriptor.digest).manifests : [];
        return new Set(children.map(({ digest }) => digest));
    }
    async #changeIndex(change) {
        await this.#locked(async () => {
            const changed = change(await this.#readIndex());
            if (!(await this.#files.head(layout/* layoutName */.UX)))
                await this.#write(layout/* layoutName */.UX, marker);
            await this.#write(layout/* indexName */.mo, (0,manifest/* formatDocument */.Tq)(changed));
        });
    }
    #write(name, bytes) {
        return (0,storage_bytes/* putBytes */.h0)(this.#files, name, bytes, {});
    }
    async #locked(work) {
        const lock = (0,external_node_path_.join)(this.#directory, `${key_path/* temporaryPrefix */.wd}lock`);
        try {
            await (0,place/* makeDirectory */.Oh)(this.#directory);
            await withLock(lock, work);
        }
        catch (cause) {
            throw (0,file_error/* fileError */.z)('write', this.#directory, cause);
        }
    }
}


/***/ }),

/***/ 48473:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h0: () => (/* binding */ putBytes),
/* harmony export */   ie: () => (/* binding */ whereIs),
/* harmony export */   io: () => (/* binding */ readBytes)
/* harmony export */ });
/* harmony import */ var _content_content_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49215);
/* harmony import */ var _content_verify_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(34733);


function whereIs(storage, key) {
    return `${storage.url.replace(/\/$/, '')}/${key}`;
}
async function readBytes(storage, key, limit) {
    const stream = await storage.get(key);
    return stream && (0,_content_verify_js__WEBPACK_IMPORTED_MODULE_1__/* .readCapped */ .EF)(() => stream, whereIs(storage, key), 'target', limit);
}
function putBytes(storage, key, bytes, headers) {
    return storage.put(key, { size: bytes.length, open: (0,_content_content_js__WEBPACK_IMPORTED_MODULE_0__/* .openBytes */ .o)(bytes) }, headers);
}


/***/ })

};
