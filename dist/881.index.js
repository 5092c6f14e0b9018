export const id = 881;
export const ids = [881];
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

/***/ 71392:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ isAttestation),
/* harmony export */   W: () => (/* binding */ attestedBy)
/* harmony export */ });
function isAttestation({ annotations }) {
    return annotations?.['vnd.docker.reference.type'] === 'attestation-manifest';
}
function attestedBy({ annotations }) {
    return annotations?.['vnd.docker.reference.digest'];
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

// EXTERNAL MODULE: ./build/content/verify.js
var verify = __webpack_require__(34733);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/oci/digest.js
var oci_digest = __webpack_require__(1564);
// EXTERNAL MODULE: ./build/oci/media-type.js
var media_type = __webpack_require__(21507);
// EXTERNAL MODULE: ./build/oci/referrer.js
var oci_referrer = __webpack_require__(34523);
// EXTERNAL MODULE: ./build/storage/bytes.js
var storage_bytes = __webpack_require__(48473);
// EXTERNAL MODULE: ./build/repository/embedded-media-type.js
var embedded_media_type = __webpack_require__(1495);
// EXTERNAL MODULE: ./node_modules/p-map/index.js
var p_map = __webpack_require__(606);
// EXTERNAL MODULE: ./build/oci/attestation.js
var oci_attestation = __webpack_require__(71392);
// EXTERNAL MODULE: ./build/oci/manifest.js
var manifest = __webpack_require__(95669);
// EXTERNAL MODULE: ./build/storage/until-it-stands.js
var until_it_stands = __webpack_require__(2962);
;// CONCATENATED MODULE: ./build/repository/static-tree.js


const immutable = 'public, max-age=31536000, immutable, no-transform';
const changing = 'no-cache';
function treeOf(name) {
    const root = `v2/${name}`;
    return {
        blobs: `${root}/blobs/`,
        manifests: `${root}/manifests/`,
        referrers: `${root}/referrers/`,
        marks: `${root}/_referrers/`,
        tagList: `${root}/tags/list`,
    };
}
function folderOf(tree, { mediaType }) {
    return (0,media_type/* isDocument */.wz)(mediaType) ? tree.manifests : tree.blobs;
}
async function ensurePing(storage) {
    const ensure = async (key, bytes) => {
        if (await storage.head(key))
            return;
        await (0,storage_bytes/* putBytes */.h0)(storage, key, bytes, { contentType: 'application/json', cacheControl: changing });
    };
    await Promise.all([ensure('v2/', Buffer.alloc(0)), ensure('v2/index.html', Buffer.from('{}'))]);
}

;// CONCATENATED MODULE: ./build/repository/static-referrers.js










const concurrency = 8;
const none = (0,oci_referrer/* formatReferrers */.a3)([]);
const listHeaders = { contentType: media_type/* mediaTypes */.Ib.oci.index, cacheControl: changing };
async function readReferrers(storage, tree, subject) {
    for (const key of listKeys(tree, subject)) {
        const entries = await readEntries(storage, key);
        if (entries.length > 0)
            return [...entries];
    }
    return [];
}
async function markReferrer(storage, tree, referrer) {
    const key = `${tree.marks}${referrer.subject}/${referrer.descriptor.digest}`;
    await (0,storage_bytes/* putBytes */.h0)(storage, key, Buffer.alloc(0), { cacheControl: changing });
}
async function rebuildReferrers(storage, tree, subject) {
    const keys = listKeys(tree, subject);
    await (0,until_it_stands/* untilItStands */.L)((0,storage_bytes/* whereIs */.ie)(storage, keys[0]), async () => {
        const lists = await Promise.all(keys.map((key) => (0,storage_bytes/* readBytes */.io)(storage, key)));
        const listed = (0,oci_referrer/* mergeReferrers */.vB)(...lists.map((bytes, at) => entriesOf(bytes, (0,storage_bytes/* whereIs */.ie)(storage, keys[at] ?? ''))));
        const unlisted = await findUnlisted(storage, tree, subject, listed);
        const wanted = (0,oci_referrer/* formatReferrers */.a3)((0,oci_referrer/* mergeReferrers */.vB)(listed, unlisted));
        const stale = keys.filter((_, at) => !lists[at]?.equals(wanted));
        if (stale.length === 0)
            return 'stands';
        await Promise.all(stale.map((key) => (0,storage_bytes/* putBytes */.h0)(storage, key, wanted, listHeaders)));
        return 'written';
    });
}
async function ensureReferrers(storage, tree, digests) {
    if (digests.size === 0)
        return;
    const present = await keysBelow(storage, tree.referrers);
    const missing = [...digests].filter((digest) => !present.has(digest));
    if (missing.length === 0)
        return;
    const put = (digest) => (0,storage_bytes/* putBytes */.h0)(storage, tree.referrers + digest, none, listHeaders);
    await (0,p_map/* default */.Ay)(missing, put, { concurrency });
    const marked = new Set([...(await keysBelow(storage, tree.marks))].map((key) => key.split('/')[0]));
    for (const digest of missing)
        if (marked.has(digest))
            await rebuildReferrers(storage, tree, digest);
}
function attested(index, where) {
    const attestations = (0,manifest/* parseIndex */.A1)(index, where).manifests.filter(oci_attestation/* isAttestation */.H);
    const subjects = attestations.flatMap((attestation) => (0,oci_attestation/* attestedBy */.W)(attestation) ?? []);
    return new Set([...attestations.map(({ digest }) => digest), ...subjects.filter(oci_digest/* isDigest */.Bc)]);
}
function listKeys(tree, subject) {
    return [tree.referrers + subject, tree.manifests + (0,oci_referrer/* referrersTag */.LN)(subject)];
}
async function findUnlisted(storage, tree, subject, listed) {
    const known = new Set(listed.map(({ digest }) => digest));
    const marked = await keysBelow(storage, `${tree.marks}${subject}/`);
    const unlisted = [...marked].filter((digest) => !known.has(digest));
    const read = async (digest) => {
        const key = tree.manifests + digest;
        const bytes = await (0,storage_bytes/* readBytes */.io)(storage, key);
        if (!bytes || (0,oci_digest/* digestOf */.ol)(bytes) !== digest)
            return [];
        const where = (0,storage_bytes/* whereIs */.ie)(storage, key);
        const plain = { mediaType: (0,embedded_media_type/* embeddedMediaType */.T)(bytes, where), digest: (0,oci_digest/* digestOf */.ol)(bytes), size: bytes.length };
        const referrer = (0,oci_referrer/* parseReferrer */.Xc)(plain, bytes, where);
        return referrer?.subject === subject ? [referrer.descriptor] : [];
    };
    return (await (0,p_map/* default */.Ay)(unlisted, read, { concurrency })).flat();
}
async function keysBelow(storage, prefix) {
    const keys = new Set();
    for await (const { key } of storage.list(prefix))
        keys.add(key.slice(prefix.length));
    return keys;
}
async function readEntries(storage, key) {
    return entriesOf(await (0,storage_bytes/* readBytes */.io)(storage, key), (0,storage_bytes/* whereIs */.ie)(storage, key));
}
function entriesOf(bytes, where) {
    return bytes ? (0,oci_referrer/* parseReferrers */._S)(bytes, where).manifests : [];
}

// EXTERNAL MODULE: ./build/oci/reference.js
var reference = __webpack_require__(20907);
;// CONCATENATED MODULE: ./build/repository/static-tag-list.js





async function findTags(storage, tree) {
    const tags = [];
    for await (const { key } of storage.list(tree.manifests)) {
        const tag = key.slice(tree.manifests.length);
        if ((0,reference/* isTag */.dz)(tag) && !(0,oci_referrer/* isReferrersTag */.zb)(tag))
            tags.push(tag);
    }
    return tags;
}
async function rebuildTagList(storage, tree, name) {
    await (0,until_it_stands/* untilItStands */.L)((0,storage_bytes/* whereIs */.ie)(storage, tree.tagList), async () => {
        const list = Buffer.from(JSON.stringify({ name, tags: await findTags(storage, tree) }));
        if ((await (0,storage_bytes/* readBytes */.io)(storage, tree.tagList))?.equals(list))
            return 'stands';
        await ensurePing(storage);
        await (0,storage_bytes/* putBytes */.h0)(storage, tree.tagList, list, { contentType: 'application/json', cacheControl: changing });
        return 'written';
    });
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
        const open = (0,verify/* openVerified */.p_)(blob.open, descriptor, descriptor.digest);
        await this.#storage.put(this.#keyOf(descriptor), { size: descriptor.size, open }, { contentType: 'application/octet-stream', cacheControl: immutable });
    }
    async resolve(tag) {
        const key = this.#tree.manifests + tag;
        const bytes = await (0,storage_bytes/* readBytes */.io)(this.#storage, key);
        if (!bytes)
            return undefined;
        const mediaType = (0,embedded_media_type/* embeddedMediaType */.T)(bytes, (0,storage_bytes/* whereIs */.ie)(this.#storage, key));
        return { mediaType, digest: (0,oci_digest/* digestOf */.ol)(bytes), size: bytes.length };
    }
    async referrers(digest) {
        return readReferrers(this.#storage, this.#tree, digest);
    }
    async tag(manifest, tags) {
        if (tags.length === 0)
            return;
        const { digest, mediaType } = manifest.descriptor;
        const bytes = await (0,verify/* readDocument */.u0)(manifest, digest);
        if ((0,media_type/* isIndex */.nw)(mediaType))
            await ensureReferrers(this.#storage, this.#tree, attested(bytes, digest));
        await Promise.all(tags.map((tag) => this.#putTag(tag, bytes, mediaType)));
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
        const { digest, mediaType } = descriptor;
        const bytes = await (0,verify/* readDocument */.u0)(blob, digest);
        const referrer = (0,oci_referrer/* parseReferrer */.Xc)(descriptor, bytes, digest);
        this.#ping ??= ensurePing(this.#storage);
        await this.#ping;
        if ((0,media_type/* isIndex */.nw)(mediaType))
            await ensureReferrers(this.#storage, this.#tree, attested(bytes, digest));
        if (referrer)
            await markReferrer(this.#storage, this.#tree, referrer);
        const headers = { contentType: mediaType, cacheControl: immutable };
        await (0,storage_bytes/* putBytes */.h0)(this.#storage, this.#keyOf(descriptor), bytes, headers);
        if (referrer)
            await this.#listReferrer(referrer);
    }
    async #listReferrer({ subject, descriptor }) {
        await rebuildReferrers(this.#storage, this.#tree, subject);
        await ensureReferrers(this.#storage, this.#tree, new Set([descriptor.digest]));
    }
    async #putTag(tag, bytes, mediaType) {
        const key = this.#tree.manifests + tag;
        const present = await (0,storage_bytes/* readBytes */.io)(this.#storage, key);
        if (present?.equals(bytes))
            return;
        await (0,storage_bytes/* putBytes */.h0)(this.#storage, key, bytes, { contentType: mediaType, cacheControl: changing });
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


/***/ }),

/***/ 2962:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ untilItStands)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(58500);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19473);


const rounds = 40;
async function untilItStands(what, round) {
    for (let count = 0; count < rounds; count += 1) {
        if (count > 1)
            await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(Math.random() * Math.min(20 * count, 500));
        if ((await round()) === 'stands')
            return;
    }
    const remedy = 'other publishers keep changing it; publish again';
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .AlbaError */ .x6('target', `${what} did not settle in ${rounds} rounds: ${remedy}`);
}


/***/ })

};
