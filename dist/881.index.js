export const id = 881;
export const ids = [881];
export const modules = {

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

/***/ 95669:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A1: () => (/* binding */ parseIndex),
/* harmony export */   NQ: () => (/* binding */ maxManifestSize),
/* harmony export */   Ng: () => (/* binding */ parseManifest),
/* harmony export */   Tq: () => (/* binding */ formatDocument),
/* harmony export */   o4: () => (/* binding */ parseConfig),
/* harmony export */   qF: () => (/* binding */ parseJson)
/* harmony export */ });
/* unused harmony export parseSuccessors */
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
    if (isIndex(mediaType))
        return parseIndex(bytes, where).manifests;
    if (!isManifest(mediaType))
        return [];
    const manifest = parseManifest(bytes, where);
    return [manifest.config, ...manifest.layers];
}
function formatDocument(document) {
    return Buffer.from(JSON.stringify(document));
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

/***/ 35881:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openStatic: () => (/* binding */ openStatic)
});

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: ./build/content/verify.js
var verify = __webpack_require__(34733);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/oci/digest.js
var digest = __webpack_require__(1564);
// EXTERNAL MODULE: ./build/oci/media-type.js
var media_type = __webpack_require__(21507);
// EXTERNAL MODULE: ./build/repository/embedded-media-type.js
var embedded_media_type = __webpack_require__(1495);
// EXTERNAL MODULE: ./build/oci/manifest.js
var manifest = __webpack_require__(95669);
;// CONCATENATED MODULE: ./build/repository/static-tree.js


const immutable = 'public, max-age=31536000, immutable, no-transform';
const changing = 'no-cache';
function treeOf(name) {
    const root = `v2/${name}`;
    return {
        blobs: `${root}/blobs/`,
        manifests: `${root}/manifests/`,
        referrers: `${root}/referrers/`,
        tagList: `${root}/tags/list`,
    };
}
function folderOf(tree, { mediaType }) {
    return (0,media_type/* isDocument */.wz)(mediaType) ? tree.manifests : tree.blobs;
}
function putBytes(storage, key, bytes, contentType, cacheControl) {
    const upload = { size: bytes.length, open: () => external_node_stream_.Readable.from([bytes], { objectMode: false }) };
    const headers = { contentType, cacheControl };
    return storage.put(key, upload, headers);
}
async function ensurePing(storage) {
    const ensure = async (key, bytes) => {
        if (await storage.head(key))
            return;
        await putBytes(storage, key, bytes, 'application/json', changing);
    };
    await Promise.all([ensure('v2/', Buffer.alloc(0)), ensure('v2/index.html', Buffer.from('{}'))]);
}

;// CONCATENATED MODULE: ./build/repository/static-referrers.js




const none = (0,manifest/* formatDocument */.Tq)({ schemaVersion: 2, mediaType: media_type/* mediaTypes */.Ib.oci.index, manifests: [] });
async function ensureReferrers(storage, tree, index) {
    const digests = askedAbout(index, tree.manifests);
    if (digests.size === 0)
        return;
    const present = new Set();
    for await (const { key } of storage.list(tree.referrers))
        present.add(key);
    for (const digest of digests) {
        const key = tree.referrers + digest;
        if (!present.has(key))
            await putBytes(storage, key, none, media_type/* mediaTypes */.Ib.oci.index, changing);
    }
}
function askedAbout(index, where) {
    const attestations = (0,manifest/* parseIndex */.A1)(index, where).manifests.filter(({ annotations }) => annotations?.['vnd.docker.reference.type'] === 'attestation-manifest');
    const subjects = attestations.flatMap(({ annotations }) => annotations?.['vnd.docker.reference.digest'] ?? []);
    return new Set([...attestations.map(({ digest }) => digest), ...subjects.filter(digest/* isDigest */.Bc)]);
}

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./build/oci/reference.js
var reference = __webpack_require__(20907);
;// CONCATENATED MODULE: ./build/repository/static-tag-list.js





const rounds = 40;
const referrersTag = /^sha256-[0-9a-f]{64}/;
async function findTags(storage, tree) {
    const tags = [];
    for await (const { key } of storage.list(tree.manifests)) {
        const tag = key.slice(tree.manifests.length);
        if ((0,reference/* isTag */.dz)(tag) && !referrersTag.test(tag))
            tags.push(tag);
    }
    return tags;
}
async function rebuildTagList(storage, tree, name) {
    for (let round = 0; round < rounds; round += 1) {
        const list = Buffer.from(JSON.stringify({ name, tags: await findTags(storage, tree) }));
        if (list.equals(await readList(storage, tree)))
            return;
        if (round === 0)
            await ensurePing(storage);
        else
            await (0,promises_.setTimeout)(Math.random() * Math.min(20 * round, 500));
        await putBytes(storage, tree.tagList, list, 'application/json', changing);
    }
    const remedy = 'other publishers keep changing it; publish again';
    throw new errors/* AlbaError */.x6('target', `${storage.url}: ${tree.tagList} did not settle in ${rounds} rounds: ${remedy}`);
}
async function readList(storage, tree) {
    const stream = await storage.get(tree.tagList);
    return stream ? (0,verify/* readCapped */.EF)(() => stream, `${storage.url}/${tree.tagList}`, 'target') : Buffer.alloc(0);
}

;// CONCATENATED MODULE: ./build/repository/static.js









function openStatic(storage, name) {
    return new StaticRepository(storage, name);
}
class StaticRepository {
    url;
    closed = false;
    #storage;
    #name;
    #tree;
    #sizes = new Map();
    #ping;
    constructor(storage, name) {
        this.url = storage.url;
        this.#storage = storage;
        this.#name = name;
        this.#tree = treeOf(name);
    }
    reference(tag, digest) {
        return `${this.url}/${this.#name}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`;
    }
    async exists(descriptor) {
        const folder = folderOf(this.#tree, descriptor);
        const sizes = this.#sizes.get(folder) ?? this.#list(folder);
        this.#sizes.set(folder, sizes);
        return (await sizes).get(folder + descriptor.digest) === descriptor.size;
    }
    async fetch(descriptor) {
        const key = this.#keyOf(descriptor);
        const stream = await this.#storage.get(key);
        if (stream)
            return stream;
        throw new errors/* AlbaError */.x6('target', `${this.url} has no ${key}: it was never published or is deleted`);
    }
    async push(blob) {
        const { descriptor } = blob;
        if ((0,media_type/* isDocument */.wz)(descriptor.mediaType))
            return this.#pushDocument(blob);
        const open = async () => (0,external_node_stream_.pipeline)(await blob.open(), (0,verify/* verify */.MX)(descriptor, descriptor.digest), () => { });
        await this.#storage.put(this.#keyOf(descriptor), { size: descriptor.size, open }, { contentType: 'application/octet-stream', cacheControl: immutable });
    }
    async resolve(tag) {
        const key = this.#tree.manifests + tag;
        const stream = await this.#storage.get(key);
        if (!stream)
            return undefined;
        const where = `${this.url}/${key}`;
        const bytes = await (0,verify/* readCapped */.EF)(() => stream, where, 'target');
        return { mediaType: (0,embedded_media_type/* embeddedMediaType */.T)(bytes, where), digest: (0,digest/* digestOf */.ol)(bytes), size: bytes.length };
    }
    async tag(manifest, tags) {
        if (tags.length === 0)
            return;
        const { digest, mediaType } = manifest.descriptor;
        const bytes = await (0,verify/* readDocument */.u0)(manifest, digest);
        if ((0,media_type/* isIndex */.nw)(mediaType))
            await ensureReferrers(this.#storage, this.#tree, bytes);
        const { manifests } = this.#tree;
        await Promise.all(tags.map((tag) => putBytes(this.#storage, manifests + tag, bytes, mediaType, changing)));
        await rebuildTagList(this.#storage, this.#tree, this.#name);
    }
    async tags() {
        return findTags(this.#storage, this.#tree);
    }
    async close() {
        await this.#storage.close();
    }
    async #pushDocument(blob) {
        const { descriptor } = blob;
        const bytes = await (0,verify/* readDocument */.u0)(blob, descriptor.digest);
        this.#ping ??= ensurePing(this.#storage);
        await this.#ping;
        if ((0,media_type/* isIndex */.nw)(descriptor.mediaType))
            await ensureReferrers(this.#storage, this.#tree, bytes);
        await putBytes(this.#storage, this.#keyOf(descriptor), bytes, descriptor.mediaType, immutable);
    }
    async #list(folder) {
        const sizes = new Map();
        for await (const { key, size } of this.#storage.list(folder))
            sizes.set(key, size);
        return sizes;
    }
    #keyOf(descriptor) {
        return folderOf(this.#tree, descriptor) + descriptor.digest;
    }
}


/***/ })

};
