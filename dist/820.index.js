export const id = 820;
export const ids = [820];
export const modules = {

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

/***/ 1495:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ embeddedMediaType)
/* harmony export */ });
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(77934);
/* harmony import */ var _oci_manifest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(95669);
/* harmony import */ var _oci_media_type_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(21507);



const schema = valibot__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H3({
    mediaType: valibot__WEBPACK_IMPORTED_MODULE_2__/* .exactOptional */ .yqP(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP()),
    manifests: valibot__WEBPACK_IMPORTED_MODULE_2__/* .exactOptional */ .yqP(valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_2__/* .unknown */ .L5J())),
});
function embeddedMediaType(bytes, where) {
    const { mediaType, manifests } = (0,_oci_manifest_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(schema, bytes, where);
    return mediaType ?? (manifests ? _oci_media_type_js__WEBPACK_IMPORTED_MODULE_1__/* .mediaTypes */ .Ib.oci.index : _oci_media_type_js__WEBPACK_IMPORTED_MODULE_1__/* .mediaTypes */ .Ib.oci.manifest);
}


/***/ }),

/***/ 2820:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  serve: () => (/* binding */ serve)
});

// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(78474);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(37067);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(77934);
// EXTERNAL MODULE: ./build/oci/manifest.js
var manifest = __webpack_require__(95669);
// EXTERNAL MODULE: ./build/oci/reference.js
var reference = __webpack_require__(20907);
// EXTERNAL MODULE: ./build/storage/key-path.js
var key_path = __webpack_require__(99417);
;// CONCATENATED MODULE: ./build/serve/offers.js






const tagListSchema = dist/* object */.Ikc({ tags: dist/* nullable */.mee(dist/* array */.YOg(dist/* string */.YjP())) });
const maxFolders = 1000;
const maxNames = 20;
const maxTags = 3;
const partsOfRepository = ['blobs', 'manifests', 'referrers', 'tags', '_referrers'];
const offers_images = {
    tree: 'v2',
    list: 'tags/list',
    folder: 'manifests',
    isBelow: (entry) => !partsOfRepository.includes(entry),
};
const downloads = {
    tree: 'df-dist-v1',
    list: key_path/* selfName */.Yh,
    folder: undefined,
    isBelow: (entry, tags) => !tags.includes(entry),
};
async function offersOf(root, url) {
    const { host } = new URL(url);
    const pulls = (await findNames(root, offers_images)).map((found) => linesOf(found, (tag) => `docker pull ${host}/${found.name}:${tag}`, `${host}/${found.name}@sha256:…`));
    const links = (await findNames(root, downloads)).map(async (found) => {
        const folder = `${url}/${downloads.tree}/${found.name}`;
        const page = (await isFile((0,external_node_path_.join)(root, downloads.tree, found.name, 'index.html'))) ? [`${folder}/`] : [];
        return [...page, ...linesOf(found, (tag) => `${folder}/${tag}/SHA256SUMS`, folder)];
    });
    const all = [...pulls, ...(await Promise.all(links))];
    const shown = all.slice(0, maxNames).flat();
    if (all.length === 0)
        return ['nothing that a file:// target of alba has made'];
    return all.length > maxNames ? [...shown, `and ${all.length - maxNames} more`] : shown;
}
function linesOf({ tags }, lineOf, untagged) {
    if (tags.length === 0)
        return [untagged];
    const lines = tags.slice(0, maxTags).map(lineOf);
    return tags.length > maxTags ? [...lines, `and ${tags.length - maxTags} more`] : lines;
}
async function findNames(root, kind) {
    const found = [];
    const waiting = [''];
    for (let looked = 0; looked < maxFolders; looked += 1) {
        const name = waiting.shift();
        if (name === undefined)
            break;
        const folder = (0,external_node_path_.join)(root, kind.tree, name);
        const tags = await readTags((0,external_node_path_.join)(folder, kind.list));
        const folders = await foldersIn(folder);
        const isHere = tags !== undefined || (kind.folder !== undefined && folders.includes(kind.folder));
        if (isHere && (0,reference/* isName */.Eo)(name))
            found.push({ name, tags: tags ?? [] });
        const below = folders.filter((entry) => !isHere || kind.isBelow(entry, tags ?? []));
        waiting.push(...below.map((entry) => (name ? `${name}/${entry}` : entry)));
    }
    return found;
}
async function foldersIn(folder) {
    const entries = await (0,promises_.readdir)(folder, { withFileTypes: true }).catch(() => []);
    return entries
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .sort();
}
async function readTags(path) {
    try {
        if ((await (0,promises_.stat)(path)).size > manifest/* maxManifestSize */.NQ)
            return undefined;
        const parsed = dist/* safeParse */.xLC(tagListSchema, JSON.parse(await (0,promises_.readFile)(path, 'utf8')));
        return parsed.success ? (parsed.output.tags ?? []).filter(reference/* isTag */.dz) : undefined;
    }
    catch {
        return undefined;
    }
}
async function isFile(path) {
    return (0,promises_.stat)(path).then((found) => found.isFile(), () => false);
}

// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(46466);
// EXTERNAL MODULE: ./build/oci/digest.js
var digest = __webpack_require__(1564);
// EXTERNAL MODULE: ./build/repository/embedded-media-type.js
var embedded_media_type = __webpack_require__(1495);
// EXTERNAL MODULE: ./build/storage/encode-key.js
var encode_key = __webpack_require__(71968);
// EXTERNAL MODULE: ./node_modules/mime/dist/src/index.js + 3 modules
var src = __webpack_require__(15086);
;// CONCATENATED MODULE: ./build/serve/content-type.js



function isDocumentKey(key) {
    return /^v2\/.+\/(manifests|referrers)\/[^/]+$/.test(key);
}
function contentTypeOf(key, file) {
    if (/^v2\/.+\/blobs\/[^/]+$/.test(key))
        return 'application/octet-stream';
    const isJson = /^v2\/.+\/tags\/list$/.test(key) || (0,external_node_path_.basename)(file) === key_path/* selfName */.Yh;
    if (isJson)
        return 'application/json';
    if ((0,external_node_path_.basename)(file) === 'SHA256SUMS')
        return 'text/plain; charset=utf-8';
    const type = src/* default */.A.getType(file) ?? 'application/octet-stream';
    return type.startsWith('text/') ? `${type}; charset=utf-8` : type;
}

// EXTERNAL MODULE: ./build/storage/file-tree.js
var file_tree = __webpack_require__(69943);
;// CONCATENATED MODULE: ./build/serve/find-file.js





const indexName = 'index.html';
async function findFile(root, key) {
    const path = pathBelow(root, key);
    if (path === undefined)
        return undefined;
    if (key !== '' && !key.endsWith('/')) {
        const found = await (0,file_tree/* findObject */.Z)(path);
        if (found)
            return fileWithin(root, found.path);
        return (await hasIndex(path)) ? { redirect: `/${key}/` } : undefined;
    }
    return (await hasIndex(path)) ? fileWithin(root, (0,external_node_path_.join)(path, indexName)) : undefined;
}
async function hasIndex(folder) {
    return (await (0,file_tree/* statIfThere */.CL)((0,external_node_path_.join)(folder, indexName)))?.isFile() ?? false;
}
async function fileWithin(root, path) {
    const real = await (0,promises_.realpath)(path);
    const inside = root.endsWith(external_node_path_.sep) ? root : root + external_node_path_.sep;
    return real.startsWith(inside) ? { file: real } : undefined;
}
function pathBelow(root, key) {
    if (key === '')
        return root;
    try {
        return (0,external_node_path_.join)(root, (0,key_path/* pathOfKey */.Uk)(key, process.platform));
    }
    catch (thrown) {
        if (thrown instanceof errors/* AlbaError */.x6)
            return undefined;
        throw thrown;
    }
}

;// CONCATENATED MODULE: ./build/serve/range.js
function parseRange(header, size) {
    const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
    if (first === undefined || last === undefined || first + last === '')
        return undefined;
    if (first === '')
        return within({ start: Math.max(0, size - Number(last)), end: size - 1 });
    const end = last === '' ? size - 1 : Number(last);
    if (last !== '' && end < Number(first))
        return undefined;
    return within({ start: Number(first), end: Math.min(end, size - 1) });
}
function within(range) {
    return range.start <= range.end ? range : 'unsatisfiable';
}

;// CONCATENATED MODULE: ./build/serve/respond.js
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









async function respond(root, offers, request, response) {
    response.setHeader('Docker-Distribution-Api-Version', 'registry/2.0');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
        response.setHeader('Allow', 'GET, HEAD');
        return sendError(response, 405, 'UNSUPPORTED', `${request.method} is not supported: this server only reads`);
    }
    const key = keyOf(request.url ?? '');
    if (key === undefined)
        return sendError(response, 400, 'UNSUPPORTED', 'the path is malformed');
    if (key === 'v2' || key === 'v2/')
        return sendBytes(response, 200, 'application/json', Buffer.from('{}'));
    const answer = await findFile(root, key);
    if (!answer && key === '')
        return sendOffers(response, await offers());
    if (!answer)
        return sendError(response, 404, unknownCode(key), `there is no ${key}`);
    if ('file' in answer)
        return sendFile(request, response, key, answer.file);
    response.setHeader('Location', (0,encode_key/* encodeKey */.g)(answer.redirect));
    sendBytes(response, 301, 'text/plain', Buffer.alloc(0));
}
function keyOf(target) {
    const path = target.replace(/^https?:\/\/[^/]*/i, '').replace(/[?#].*$/s, '');
    try {
        return path.startsWith('/') ? decodeURIComponent(path.slice(1)) : undefined;
    }
    catch {
        return undefined;
    }
}
function sendOffers(response, offers) {
    const text = ['alba serves what a file:// target made. To be had here:', '', ...offers, ''].join('\n');
    sendBytes(response, 200, 'text/plain; charset=utf-8', Buffer.from(text));
}
async function sendFile(request, response, key, path) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const file = __addDisposableResource(env_1, await (0,promises_.open)(path), true);
        const { size } = await file.stat();
        if (isDocumentKey(key) && size <= manifest/* maxManifestSize */.NQ)
            return sendDocument(response, key, await file.readFile());
        response.setHeader('Content-Type', contentTypeOf(key, path));
        response.setHeader('Accept-Ranges', 'bytes');
        const range = parseRange(request.headers.range, size);
        if (range === 'unsatisfiable') {
            response.setHeader('Content-Range', `bytes */${size}`);
            return sendError(response, 416, 'UNSUPPORTED', `${key} has ${size} bytes`);
        }
        const { start, end } = range ?? { start: 0, end: size - 1 };
        if (range)
            response.setHeader('Content-Range', `bytes ${start}-${end}/${size}`);
        response.writeHead(range ? 206 : 200, { 'Content-Length': end - start + 1 });
        if (request.method === 'HEAD' || size === 0)
            response.end();
        else
            await (0,external_node_stream_promises_.pipeline)(file.createReadStream({ start, end, autoClose: false }), response);
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
function sendDocument(response, key, bytes) {
    response.setHeader('Docker-Content-Digest', (0,digest/* digestOf */.ol)(bytes));
    sendBytes(response, 200, typeOfDocument(bytes, key), bytes);
}
const documentType = /^application\/[\w.+-]+$/;
function typeOfDocument(bytes, key) {
    try {
        const type = (0,embedded_media_type/* embeddedMediaType */.T)(bytes, key);
        if (documentType.test(type))
            return type;
    }
    catch {
    }
    return 'application/octet-stream';
}
function unknownCode(key) {
    if (/^v2\/.+\/manifests\//.test(key))
        return 'MANIFEST_UNKNOWN';
    return /^v2\/.+\/blobs\//.test(key) ? 'BLOB_UNKNOWN' : 'NAME_UNKNOWN';
}
function sendError(response, status, code, message) {
    const bytes = Buffer.from(JSON.stringify({ errors: [{ code, message }] }));
    sendBytes(response, status, 'application/json', bytes);
}
function sendBytes(response, status, contentType, bytes) {
    response.writeHead(status, { 'Content-Type': contentType, 'Content-Length': bytes.length });
    response.end(bytes);
}

;// CONCATENATED MODULE: ./build/serve/serve.js






const host = '127.0.0.1';
async function serve(directory, { port }) {
    const root = await rootOf(directory);
    const server = (0,external_node_http_.createServer)({ headersTimeout: 15_000, requestTimeout: 30_000 }, (request, response) => {
        respond(root, offers, request, response).catch(() => {
            if (response.headersSent)
                response.destroy();
            else
                sendError(response, 500, 'UNKNOWN', 'the file cannot be read');
        });
    });
    server.maxConnections = 512;
    server.setTimeout(60_000);
    await listen(server, port);
    const url = `http://${host}:${server.address().port}`;
    const offers = () => offersOf(root, url);
    return {
        url,
        offers,
        close: () => serve_close(server),
    };
}
async function rootOf(directory) {
    try {
        if ((await (0,promises_.stat)(directory)).isDirectory())
            return await (0,promises_.realpath)(directory);
    }
    catch (cause) {
        const why = (0,errors/* systemCode */.xU)(cause) === 'ENOENT' ? 'it does not exist' : (0,errors/* messageOf */.bD)(cause);
        throw new errors/* AlbaError */.x6('usage', `cannot serve ${directory}: ${why}`, { cause });
    }
    throw new errors/* AlbaError */.x6('usage', `cannot serve ${directory}: expected a directory`);
}
async function listen(server, port) {
    server.listen(port, host);
    try {
        await (0,external_node_events_.once)(server, 'listening');
    }
    catch (cause) {
        const why = (0,errors/* systemCode */.xU)(cause) === 'EADDRINUSE' ? 'it is in use, choose another' : (0,errors/* messageOf */.bD)(cause);
        throw new errors/* AlbaError */.x6('usage', `cannot serve at port ${port}: ${why}`, { cause });
    }
}
async function serve_close(server) {
    const closed = new Promise((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
}


/***/ }),

/***/ 71968:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ encodeKey)
/* harmony export */ });
function encodeKey(key) {
    return encodeURIComponent(key)
        .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
        .replaceAll('%2F', '/');
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

/***/ 99417:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bs: () => (/* binding */ isReserved),
/* harmony export */   Uk: () => (/* binding */ pathOfKey),
/* harmony export */   Yh: () => (/* binding */ selfName),
/* harmony export */   ah: () => (/* binding */ nameOnDisk),
/* harmony export */   wd: () => (/* binding */ temporaryPrefix)
/* harmony export */ });
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


/***/ })

};
