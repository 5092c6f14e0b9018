export const id = 992;
export const ids = [992];
export const modules = {

/***/ 88740:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ retrying)
/* harmony export */ });
/* harmony import */ var node_events__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(78474);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(58500);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19473);



async function retrying(work, { retries, progress, signal, passesAfter, explain }) {
    (0,node_events__WEBPACK_IMPORTED_MODULE_0__.setMaxListeners)(0, signal);
    for (let attempt = 1;; attempt += 1) {
        try {
            return await work(attempt);
        }
        catch (failure) {
            const explained = explain ? explain(failure) : failure;
            const least = passesAfter(failure) ?? Number.POSITIVE_INFINITY;
            if (signal.aborted || attempt > retries.count || least > retries.longestDelay)
                throw explained;
            progress.warn(`retry ${attempt} of ${retries.count}: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(explained)}`);
            await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_1__.setTimeout)(least + backoff(attempt, retries), undefined, { signal }).catch(() => {
                throw explained;
            });
        }
    }
}
function backoff(attempt, { firstDelay, longestDelay }) {
    return Math.min(longestDelay, firstDelay * 2 ** (attempt - 1) * (1 + Math.random()));
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

/***/ 58865:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Sf: () => (/* binding */ isPrivateHost),
/* harmony export */   cW: () => (/* binding */ isLoopbackHost),
/* harmony export */   km: () => (/* binding */ publicLookup),
/* harmony export */   y0: () => (/* binding */ resolvesToPrivate)
/* harmony export */ });
/* harmony import */ var node_dns__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(40610);
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(77030);


const loopback = new node_net__WEBPACK_IMPORTED_MODULE_1__.BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');
const internal = new node_net__WEBPACK_IMPORTED_MODULE_1__.BlockList();
for (const [network, bits] of [
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
    ['192.168.0.0', 16],
]) {
    internal.addSubnet(network, bits);
}
internal.addAddress('::', 'ipv6');
internal.addAddress('::1', 'ipv6');
internal.addSubnet('fc00::', 7, 'ipv6');
internal.addSubnet('fe80::', 10, 'ipv6');
function isListed(list, address) {
    const family = (0,node_net__WEBPACK_IMPORTED_MODULE_1__.isIP)(address);
    return family !== 0 && list.check(address, family === 6 ? 'ipv6' : 'ipv4');
}
function bare(hostname) {
    return hostname.replace(/^\[|\]$/g, '');
}
function isLocalName(hostname) {
    return hostname === 'localhost' || hostname.endsWith('.localhost');
}
function isLoopbackHost(hostname) {
    return isLocalName(hostname) || isListed(loopback, bare(hostname));
}
function isPrivateHost(hostname) {
    return isLocalName(hostname) || isListed(internal, bare(hostname));
}
function resolvesToPrivate(hostname) {
    if (isPrivateHost(hostname))
        return Promise.resolve(true);
    return new Promise((resolve) => {
        (0,node_dns__WEBPACK_IMPORTED_MODULE_0__.lookup)(bare(hostname), { all: true }, (error, found) => {
            resolve(!error && found.some(({ address }) => isListed(internal, address)));
        });
    });
}
const publicLookup = (hostname, options, callback) => {
    (0,node_dns__WEBPACK_IMPORTED_MODULE_0__.lookup)(hostname, { ...options, all: true }, (error, found = []) => {
        const refused = found.find(({ address }) => isListed(internal, address));
        const failure = error ?? (refused && new Error(`${hostname} is ${refused.address}, an address in a private network`));
        const [first] = found;
        if (failure || !first)
            callback(failure ?? new Error(`${hostname} has no address`), '', 0);
        else if (options.all)
            callback(null, found);
        else
            callback(null, first.address, first.family);
    });
};


/***/ }),

/***/ 87281:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ trusting)
/* harmony export */ });
/* harmony import */ var node_tls__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(41692);

function trusting(ca) {
    return ca ? { ca: [...systemRoots(), ca] } : {};
}
function systemRoots() {
    const ask = node_tls__WEBPACK_IMPORTED_MODULE_0__.getCACertificates;
    return ask?.('default') ?? node_tls__WEBPACK_IMPORTED_MODULE_0__.rootCertificates;
}


/***/ }),

/***/ 88637:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ proxyFor)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _address_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(58865);


function proxyFor(url, { http, https, no = '' }) {
    const proxy = url.protocol === 'https:' ? https : http;
    if (!proxy || isDirect(url, no))
        return undefined;
    const text = proxy.includes('://') ? proxy : `http://${proxy}`;
    if (URL.canParse(text))
        return new URL(text);
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', 'the proxy is not a URL: expected http://host:port');
}
function isDirect(url, noProxy) {
    if ((0,_address_js__WEBPACK_IMPORTED_MODULE_1__/* .isLoopbackHost */ .cW)(url.hostname))
        return true;
    const port = url.port || (url.protocol === 'https:' ? '443' : '80');
    const names = noProxy
        .toLowerCase()
        .split(/[\s,]+/)
        .filter(Boolean);
    return names.some((name) => {
        const [host, only = port] = name.replace(/^\*?\./, '').split(':');
        return only === port && (host === '*' || `.${url.hostname}`.endsWith(`.${host}`));
    });
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

/***/ 92992:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openRegistry: () => (/* binding */ openRegistry)
});

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(70370);
// EXTERNAL MODULE: ./build/content/verify.js
var verify = __webpack_require__(34733);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/oci/media-type.js
var media_type = __webpack_require__(21507);
// EXTERNAL MODULE: ./build/oci/reference.js
var reference = __webpack_require__(20907);
// EXTERNAL MODULE: ./build/oci/referrer.js
var oci_referrer = __webpack_require__(34523);
// EXTERNAL MODULE: ./build/content/retry.js
var retry = __webpack_require__(88740);
// EXTERNAL MODULE: ./build/network/address.js
var address = __webpack_require__(58865);
;// CONCATENATED MODULE: ./build/repository/registry/challenge.js
const token = "[!#$%&'*+.^_`|~\\w-]+";
const parameter = new RegExp(`[\\s,]*(${token})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s,"]*))`, 'y');
const scheme = new RegExp(`[\\s,]*(${token})(?=[\\s,]|$)`, 'y');
function parseChallenges(header) {
    const challenges = [];
    let position = 0;
    const read = (pattern) => {
        pattern.lastIndex = position;
        const match = pattern.exec(header);
        if (match)
            position = pattern.lastIndex;
        return match;
    };
    for (;;) {
        const [, name, quoted, plain] = read(parameter) ?? [];
        if (name) {
            const value = quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '';
            challenges.at(-1)?.parameters.set(name.toLowerCase(), value);
            continue;
        }
        const [, next] = read(scheme) ?? [];
        if (!next)
            return challenges;
        challenges.push({ scheme: next.toLowerCase(), parameters: new Map() });
    }
}

;// CONCATENATED MODULE: ./build/repository/registry/host.js

function originOf(registry, plainHttp) {
    const host = registry === 'docker.io' ? 'registry-1.docker.io' : registry;
    const plain = plainHttp ?? (0,address/* isLoopbackHost */.cW)(new URL(`https://${host}`).hostname);
    return new URL(`${plain ? 'http' : 'https'}://${host}`);
}
function urlFrom(base, location) {
    if (!URL.canParse(location, base.href))
        return undefined;
    const url = new URL(location, base);
    if (base.protocol === 'https:' && url.protocol === 'http:' && url.hostname === base.hostname) {
        return new URL(`${base.origin}${url.pathname}${url.search}`);
    }
    return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined;
}
function shownUrl(url) {
    return `${url.origin}${url.pathname}`;
}

;// CONCATENATED MODULE: ./build/repository/registry/scope.js
function repositoryScope(name, access) {
    return `repository:${name}:${access === 'push' ? 'pull,push' : 'pull'}`;
}
function mergeScopes(scopes) {
    const actions = new Map();
    for (const scope of scopes) {
        const colon = scope.lastIndexOf(':');
        const resource = scope.slice(0, colon);
        const merged = actions.get(resource) ?? new Set();
        for (const action of scope.slice(colon + 1).split(','))
            merged.add(action);
        actions.set(resource, merged);
    }
    return [...actions].map(([resource, merged]) => `${resource}:${[...merged].join(',')}`);
}

// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(77934);
;// CONCATENATED MODULE: ./build/repository/registry/http.js
function contentLength(response) {
    const text = response.header('content-length');
    return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
async function readUpTo(response, limit, milliseconds) {
    const { body } = response;
    body.on('error', () => { });
    const late = new Error(`the answer was not complete after ${milliseconds} ms`);
    const timer = setTimeout(() => body.destroy(Object.assign(late, { code: 'ETIMEDOUT' })), milliseconds);
    const chunks = [];
    let size = 0;
    try {
        for await (const chunk of body) {
            chunks.push(chunk);
            size += chunk.length;
            if (size > limit)
                break;
        }
    }
    finally {
        clearTimeout(timer);
    }
    return Buffer.concat(chunks).subarray(0, limit + 1);
}
async function discard({ body }) {
    body.on('error', () => { });
    await body.dump({ limit: 64 * 1024, signal: AbortSignal.timeout(5_000) }).catch(() => { });
}

// EXTERNAL MODULE: ./build/repository/registry/secret-json.js
var secret_json = __webpack_require__(26324);
;// CONCATENATED MODULE: ./build/repository/registry/token.js



const tokenSchema = dist/* pipe */.FsL(dist/* object */.Ikc({
    token: dist/* nullish */.cl6(dist/* string */.YjP()),
    access_token: dist/* nullish */.cl6(dist/* string */.YjP()),
    expires_in: dist/* nullish */.cl6(dist/* number */.aig()),
    issued_at: dist/* nullish */.cl6(dist/* string */.YjP()),
}), dist/* check */.z6Y(({ token, access_token }) => Boolean(token || access_token), 'no token'));
const longestAnswer = 1024 * 1024;
const defaultLifetime = 60;
const longestMargin = 10;
function tokenRequest({ realm, service, scopes, credentials }) {
    if (credentials?.kind === 'identity') {
        const form = new URLSearchParams({
            grant_type: 'refresh_token',
            client_id: 'alba',
            refresh_token: credentials.token,
            scope: scopes.join(' '),
            ...(service !== undefined && { service }),
        });
        const headers = { 'content-type': 'application/x-www-form-urlencoded' };
        return { method: 'POST', url: realm, headers, body: Buffer.from(form.toString()) };
    }
    const url = new URL(realm);
    if (service !== undefined)
        url.searchParams.append('service', service);
    for (const scope of scopes)
        url.searchParams.append('scope', scope);
    return { method: 'GET', url, headers: credentials ? { authorization: basic(credentials) } : {} };
}
function basic({ username, password }) {
    return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
async function readToken(response, milliseconds) {
    const bytes = await readUpTo(response, longestAnswer, milliseconds);
    const { host } = response.request.url;
    const answer = (0,secret_json/* parseSecretJson */.g)(tokenSchema, bytes.toString('utf8'), `the token from ${host}`);
    const lifetime = answer.expires_in && answer.expires_in > 0 ? answer.expires_in : defaultLifetime;
    const left = lifetime - ageOf(answer.issued_at, response.header('date'));
    const margin = Math.min(longestMargin, lifetime / 10);
    return {
        value: answer.token || answer.access_token || '',
        expires: Date.now() + (left - margin) * 1_000,
    };
}
function ageOf(issuedAt, date) {
    const age = (Date.parse(date ?? '') - Date.parse(issuedAt ?? '')) / 1_000;
    return Number.isNaN(age) ? 0 : Math.max(age, 0);
}

;// CONCATENATED MODULE: ./build/repository/registry/authorizer.js






class Authorizer {
    #options;
    #tokens = new Map();
    #asked = new Map();
    #challenge;
    #credentials;
    #tried = 'no credentials';
    constructor(options) {
        this.#options = options;
    }
    get tried() {
        return this.#tried;
    }
    async header(scopes) {
        if (!this.#challenge)
            return undefined;
        if (this.#challenge.scheme === 'bearer')
            return `Bearer ${(await this.#token(scopes)).value}`;
        const credentials = await this.#find();
        return credentials?.kind === 'password' ? basic(credentials) : undefined;
    }
    async renew(response, scopes, rejected) {
        const challenges = parseChallenges(response.header('www-authenticate') ?? '');
        const find = (scheme) => challenges.find((challenge) => challenge.scheme === scheme);
        const challenge = find('bearer') ?? find('basic');
        if (!challenge)
            return undefined;
        const key = scopes.join(' ');
        this.#challenge = challenge;
        this.#asked.set(key, challenge.parameters.get('scope') ?? '');
        const known = this.#tokens.get(key);
        const token = await known?.catch(() => undefined);
        if (token && `Bearer ${token.value}` === rejected)
            this.#forget(key, known);
        const header = await this.header(scopes);
        return header === rejected ? undefined : header;
    }
    async #token(scopes) {
        const key = scopes.join(' ');
        const known = this.#tokens.get(key);
        if (known) {
            const token = await known;
            if (token.expires > Date.now())
                return token;
            this.#forget(key, known);
            return this.#token(scopes);
        }
        const fresh = this.#request(scopes, key);
        this.#tokens.set(key, fresh);
        fresh.catch(() => this.#forget(key, fresh));
        return fresh;
    }
    #forget(key, token) {
        if (this.#tokens.get(key) === token)
            this.#tokens.delete(key);
    }
    async #request(scopes, key) {
        const parameters = this.#challenge?.parameters;
        const asked = this.#asked.get(key)?.split(' ').filter(Boolean) ?? [];
        return this.#options.fetchToken({
            realm: this.#realm(parameters?.get('realm') ?? ''),
            service: parameters?.get('service'),
            scopes: mergeScopes([...scopes, ...asked]),
            credentials: await this.#find(),
        });
    }
    #realm(text) {
        const { registry, home } = this.#options;
        const realm = urlFrom(home, text);
        if (!realm || text === '') {
            throw new errors/* AlbaError */.x6('auth', `${registry} wants a token, but names no URL to get one from`);
        }
        if (home.protocol === 'https:' && realm.protocol !== 'https:' && !(0,address/* isLoopbackHost */.cW)(realm.hostname)) {
            const where = shownUrl(realm);
            throw new errors/* AlbaError */.x6('auth', `${registry} wants a token from ${where}: credentials are not sent over plain http`);
        }
        return realm;
    }
    async #find() {
        const { registry, credentials } = this.#options;
        this.#credentials ??= credentials(registry);
        const found = await this.#credentials;
        if (found)
            this.#tried = `the credentials from ${found.origin}`;
        return found;
    }
}

;// CONCATENATED MODULE: ./build/repository/registry/error.js

class RegistryError extends errors/* AlbaError */.x6 {
    status;
    transient;
    retryAfter;
    constructor(code, message, failure = {}) {
        super(code, message, 'cause' in failure ? { cause: failure.cause } : {});
        this.status = failure.status;
        this.transient = failure.transient ?? false;
        this.retryAfter = failure.retryAfter ?? 0;
    }
}
function passesAfter(thrown) {
    return thrown instanceof RegistryError && thrown.transient ? thrown.retryAfter : undefined;
}
function statusOf(thrown) {
    return thrown instanceof RegistryError ? thrown.status : undefined;
}

;// CONCATENATED MODULE: ./build/repository/registry/options.js
const defaultTimeouts = {
    connect: 15_000,
    answer: 60_000,
    upload: 300_000,
    body: 60_000,
};
const defaultRetries = { count: 5, firstDelay: 1_000, longestDelay: 120_000 };

;// CONCATENATED MODULE: ./build/repository/registry/redirect.js


const mostHops = 5;
async function follow(send, request) {
    let response = await send(request);
    for (let hops = 0; hops < mostHops; hops++) {
        const next = redirected(response);
        if (!next)
            break;
        await discard(response);
        response = await send(next);
    }
    return response;
}
function redirected({ request, status, header }) {
    const keepsMethod = status === 307 || status === 308;
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!keepsMethod && !(isRead && [301, 302, 303].includes(status)))
        return undefined;
    const location = header('location');
    const url = location === undefined ? undefined : urlFrom(request.url, location);
    if (!url)
        return undefined;
    const { authorization: _, ...anonymous } = request.headers;
    return { ...request, url, headers: url.origin === request.url.origin ? request.headers : anonymous };
}

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(37067);
;// CONCATENATED MODULE: ./build/repository/registry/hint.js

const untrusted = [
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_GET_ISSUER_CERT',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
];
const elastic = /^(?:public\.ecr\.aws|.+\.dkr\.ecr(?:-fips)?\..+\.amazonaws\.com(?:\.cn)?)$/;
function connectionHint(cause, url, registry) {
    const code = (0,errors/* systemCode */.xU)(cause) ?? '';
    if (code.startsWith('ERR_SSL') || code === 'EPROTO') {
        return 'if the registry speaks plain http, add ?plain-http=true';
    }
    if (untrusted.includes(code))
        return 'give the certificate of its authority as ca-certificate';
    if (code === 'ECONNREFUSED')
        return `is a server listening at ${url.host}?`;
    if (code === 'ENOTFOUND')
        return 'check the name of the registry';
    if (elastic.test(registry))
        return 'on ECR the repository has to exist before it is pushed to';
    return '';
}
function statusHint(status, said, context) {
    const { registry, repository, access, tried } = context;
    if (/HTTP request (?:to an|was sent to) HTTPS/i.test(said)) {
        return 'the registry speaks https: remove plain-http, or add ?plain-http=false for a loopback host';
    }
    if (status === 401) {
        return tried === 'no credentials'
            ? `tried with ${tried}: give username and password, or log in with docker login ${registry}`
            : `tried with ${tried}: check that they are right, for this registry, and not expired`;
    }
    if (status === 403 && registry === 'ghcr.io') {
        return access === 'push'
            ? `a workflow needs "permissions: packages: write", and a package that exists has to let this repository write (package settings, Manage Actions access); tried with ${tried}`
            : `a workflow needs "permissions: packages: read"; tried with ${tried}`;
    }
    if (status === 403)
        return `to ${access} ${repository} needs more rights; tried with ${tried}`;
    if (status === 404 && elastic.test(registry)) {
        return `on ECR the repository has to exist: aws ecr create-repository --repository-name ${repository}`;
    }
    if (status === 404 && /^$|NAME_UNKNOWN/i.test(said)) {
        return `is there a repository ${repository} on ${registry}, and may it be seen with ${tried}?`;
    }
    if (status === 413)
        return 'the registry, or a proxy before it, limits the size of an upload';
    if (status >= 300 && status < 400)
        return 'redirects that lead nowhere';
    return '';
}

;// CONCATENATED MODULE: ./build/repository/registry/retry-after.js
const units = {
    ns: 1e-6,
    µs: 1e-3,
    μs: 1e-3,
    us: 1e-3,
    ms: 1,
    s: 1e3,
    m: 60e3,
    h: 3_600e3,
};
const duration = '(?:\\d+(?:\\.\\d+)?(?:ns|us|µs|μs|ms|s|m|h))+';
function parseRetryAfter(header, message, now) {
    const text = header?.trim() ?? '';
    if (/^\d+(\.\d+)?$/.test(text))
        return Number(text) * 1_000;
    const date = text === '' ? Number.NaN : Date.parse(text);
    if (!Number.isNaN(date))
        return Math.max(0, date - now);
    const [, told] = new RegExp(`retry-after:\\s*(${duration})`, 'i').exec(message) ?? [];
    return told === undefined ? undefined : milliseconds(told);
}
function milliseconds(text) {
    let sum = 0;
    for (const [, amount, unit = ''] of text.matchAll(/([\d.]+)([a-zµμ]+)/gi)) {
        sum += Number(amount) * (units[unit.toLowerCase()] ?? 0);
    }
    return sum;
}

;// CONCATENATED MODULE: ./build/repository/registry/status-error.js







const errorsSchema = dist/* object */.Ikc({
    errors: dist/* optional */.lqM(dist/* array */.YOg(dist/* object */.Ikc({ code: dist/* optional */.lqM(dist/* string */.YjP(), ''), message: dist/* nullish */.cl6(dist/* string */.YjP(), '') }))),
    details: dist/* optional */.lqM(dist/* string */.YjP()),
});
const longestBody = 16 * 1024;
const longestText = 300;
const transientStatuses = [408, 429, 500, 502, 503, 504];
const secondaryLimitDelay = 60_000;
const tooEarly = /MANIFEST_BLOB_UNKNOWN/;
async function statusError(response, context, options) {
    const { request, status } = response;
    const body = await readUpTo(response, longestBody, options.milliseconds).catch(() => Buffer.alloc(0));
    const said = printable(describe(body.toString('utf8')));
    const isLimit = status === 403 && /rate limit/i.test(said);
    const isTooEarly = request.method === 'PUT' && tooEarly.test(said);
    const retryAfter = parseRetryAfter(response.header('retry-after'), said, Date.now()) ??
        (isLimit ? secondaryLimitDelay : undefined);
    const hint = isLimit ? 'too many requests' : statusHint(status, said, context);
    const wait = retryAfter && retryAfter >= 1_000 ? `it asks to wait ${Math.ceil(retryAfter / 1_000)} s` : '';
    const answer = `${request.method} ${shownUrl(request.url)} answered ${status} ${external_node_http_.STATUS_CODES[status] ?? ''}`;
    return new RegistryError(faultOf(status, isLimit, context), [said ? `${answer.trim()}: ${said}` : answer.trim(), hint, wait].filter(Boolean).join('; '), {
        status,
        transient: isLimit || isTooEarly || [...transientStatuses, ...options.transient].includes(status),
        ...(retryAfter !== undefined && { retryAfter }),
    });
}
function faultOf(status, isLimit, { access }) {
    if (!isLimit && (status === 401 || status === 403))
        return 'auth';
    return access === 'pull' ? 'source' : 'target';
}
function describe(body) {
    const parsed = dist/* safeParse */.xLC(errorsSchema, jsonOf(body));
    if (parsed.success) {
        const { errors = [], details = '' } = parsed.output;
        const texts = errors.slice(0, 3).map(({ code, message }) => [code, message].filter(Boolean).join(': '));
        return texts.join('; ') || details;
    }
    return body.startsWith('<') ? '' : (body.trim().split('\n')[0] ?? '');
}
function jsonOf(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
function printable(text) {
    const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
    return line.length > longestText ? `${line.slice(0, longestText)}…` : line;
}

// EXTERNAL MODULE: ./build/network/certificates.js
var certificates = __webpack_require__(87281);
// EXTERNAL MODULE: ./build/network/proxy.js
var network_proxy = __webpack_require__(88637);
;// CONCATENATED MODULE: ./build/repository/registry/transport.js







const maxConnections = 64;
const transientCodes = [
    ...['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'HPE_INVALID_EOF_STATE'],
    ...['UND_ERR_SOCKET', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'],
];
class Transport {
    #options;
    #dispatchers = new Map();
    #isHomePrivate;
    constructor(options) {
        this.#options = options;
    }
    async send(request) {
        const { timeouts } = this.#options;
        const { method, url, headers, body } = request;
        const size = body && sizeOf(body);
        const [{ request: dispatch }, dispatcher] = await Promise.all([
            __webpack_require__.e(/* import() */ 752).then(__webpack_require__.t.bind(__webpack_require__, 46752, 19)),
            this.#dispatcherFor(url),
        ]);
        try {
            const { statusCode, headers: given, ...answer } = await dispatch(url, {
                dispatcher,
                method,
                headers: { ...headers, ...(size !== undefined && { 'content-length': `${size}` }) },
                ...(body && { body: body instanceof Uint8Array ? body : await body.open() }),
                headersTimeout: body ? timeouts.upload : timeouts.answer,
                bodyTimeout: timeouts.body,
                reset: false,
            });
            const header = (name) => {
                const value = given[name];
                return Array.isArray(value) ? value.join(', ') : value;
            };
            return { request, status: statusCode, body: answer.body, header };
        }
        catch (cause) {
            throw this.failure(request, cause);
        }
    }
    failure({ method, url, body }, cause) {
        if (cause instanceof errors/* AlbaError */.x6)
            return cause;
        const code = (0,errors/* systemCode */.xU)(cause) ?? '';
        const what = `${method} ${shownUrl(url)}`;
        if (code === 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH' && body) {
            return new errors/* AlbaError */.x6('source', `${what}: what was to be sent is not ${sizeOf(body)} bytes long`, {
                cause,
            });
        }
        const hint = connectionHint(cause, url, this.#options.registry);
        const why = (0,errors/* messageOf */.bD)(cause).replace(/\s+/g, ' ').trim();
        return new RegistryError(this.#options.fault, `${what} failed: ${why}${code && ` (${code})`}${hint && `; ${hint}`}`, { cause, transient: transientCodes.includes(code) });
    }
    async close() {
        const dispatchers = [...this.#dispatchers.values()];
        this.#dispatchers.clear();
        await Promise.all(dispatchers.map((dispatcher) => dispatcher.then((made) => made.destroy(), () => { })));
    }
    async #dispatcherFor(url) {
        const guarded = url.origin !== this.#options.home.origin && !(await this.#homeIsPrivate());
        if (guarded && (0,address/* isPrivateHost */.Sf)(url.hostname)) {
            const { registry, fault } = this.#options;
            throw new RegistryError(fault, `${registry} leads to ${shownUrl(url)}, inside a private network: not followed`);
        }
        const proxy = (0,network_proxy/* proxyFor */.i)(url, this.#options.proxies);
        const key = `${proxy} ${guarded}`;
        const known = this.#dispatchers.get(key) ?? this.#connect(proxy, guarded);
        this.#dispatchers.set(key, known);
        return known;
    }
    #homeIsPrivate() {
        this.#isHomePrivate ??= (0,address/* resolvesToPrivate */.y0)(this.#options.home.hostname);
        return this.#isHomePrivate;
    }
    async #connect(proxy, guarded) {
        const { ca, timeouts } = this.#options;
        const { Agent, ProxyAgent } = await __webpack_require__.e(/* import() */ 752).then(__webpack_require__.t.bind(__webpack_require__, 46752, 19));
        const trust = { timeout: timeouts.connect, ...(0,certificates/* trusting */.h)(ca) };
        const connections = maxConnections;
        if (!proxy) {
            return new Agent({ connections, connect: { ...trust, ...(guarded && { lookup: address/* publicLookup */.km }) } });
        }
        const uri = proxy.href;
        return new ProxyAgent({ uri, connections, proxyTunnel: false, requestTls: trust, proxyTls: trust });
    }
}
function sizeOf(body) {
    return body instanceof Uint8Array ? body.length : body.size;
}

;// CONCATENATED MODULE: ./build/repository/registry/client.js











class Client {
    fault;
    #timeouts;
    #retryOptions;
    #reference;
    #options;
    #home;
    #transport;
    #authorizer;
    #send;
    constructor(reference, options) {
        const { registry } = reference;
        const { credentials, progress, signal, proxies = {}, ca } = options;
        this.#reference = reference;
        this.#options = options;
        this.#home = originOf(registry, options.plainHttp);
        this.fault = options.access === 'pull' ? 'source' : 'target';
        this.#timeouts = { ...defaultTimeouts, ...options.timeouts };
        const retries = { ...defaultRetries, ...options.retries };
        this.#retryOptions = { progress, signal, retries, passesAfter: passesAfter };
        this.#transport = new Transport({
            ...{ home: this.#home, registry, fault: this.fault },
            ...{ ca, proxies, timeouts: this.#timeouts },
        });
        this.#send = (request) => this.#transport.send(request);
        const fetchToken = (request) => this.#fetchToken(request);
        this.#authorizer = new Authorizer({ registry, home: this.#home, credentials, fetchToken });
    }
    call(call) {
        return this.retry(() => this.attempt(call));
    }
    retry(work) {
        return (0,retry/* retrying */.R)(work, this.#retryOptions);
    }
    async attempt(call) {
        const scopes = this.#scopes(call.from);
        const request = this.#requestOf(call);
        const authorization = this.#isHome(request.url) ? await this.#authorizer.header(scopes) : undefined;
        const first = await follow(this.#send, signed(request, authorization));
        if (first.status !== 401 || !this.#isHome(request.url) || !this.#isHome(first.request.url)) {
            return this.#checked(first, call);
        }
        const renewed = await this.#authorizer.renew(first, scopes, authorization);
        if (renewed === undefined)
            return this.#checked(first, call);
        await discard(first);
        return this.#checked(await follow(this.#send, signed(request, renewed)), call);
    }
    readUpTo(response, limit) {
        return readUpTo(response, limit, this.#timeouts.body).catch((cause) => {
            throw this.failure(response, cause);
        });
    }
    failure(response, cause) {
        return this.#transport.failure(response.request, cause);
    }
    close() {
        return this.#transport.close();
    }
    async #checked(response, { accept = [], transient = [] }) {
        const { status } = response;
        if ((status >= 200 && status < 300) || accept.includes(status))
            return response;
        throw await statusError(response, this.#context(), { transient, milliseconds: this.#timeouts.body });
    }
    async #fetchToken(wanted) {
        const request = this.#withAgent(tokenRequest(wanted));
        const { method, url: to } = request;
        const answer = method === 'GET' ? await follow(this.#send, request) : await this.#send(request);
        const response = await this.#checked(answer, { method, to });
        return readToken(response, this.#timeouts.body).catch((cause) => {
            throw this.failure(response, cause);
        });
    }
    #requestOf({ method, to, headers = {}, body }) {
        const url = to instanceof URL ? to : new URL(`/v2/${this.#reference.repository}/${to}`, this.#home);
        return this.#withAgent({ method, url, headers, ...(body && { body }) });
    }
    #withAgent(request) {
        return { ...request, headers: { 'user-agent': 'alba', ...request.headers } };
    }
    #scopes(from) {
        const own = repositoryScope(this.#reference.repository, this.#options.access);
        return from === undefined ? [own] : [own, repositoryScope(from, 'pull')];
    }
    #isHome(url) {
        return url.origin === this.#home.origin;
    }
    #context() {
        const { registry, repository } = this.#reference;
        return { registry, repository, access: this.#options.access, tried: this.#authorizer.tried };
    }
}
function signed(request, authorization) {
    return authorization === undefined
        ? request
        : { ...request, headers: { ...request.headers, authorization } };
}

// EXTERNAL MODULE: ./build/oci/digest.js
var oci_digest = __webpack_require__(1564);
// EXTERNAL MODULE: ./build/oci/manifest.js
var manifest = __webpack_require__(95669);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
;// CONCATENATED MODULE: ./build/repository/registry/upload.js






const sessionGone = 404;
function uploadBlob(client, blob, exists) {
    return client.retry(async (attempt) => {
        if (attempt > 1 && (await exists()))
            return;
        const response = await client.attempt({
            method: 'PUT',
            to: withDigest(await startUpload(client), blob.descriptor.digest),
            headers: { 'content-type': 'application/octet-stream' },
            body: { size: blob.descriptor.size, open: upload_opener(blob) },
            transient: [sessionGone],
        });
        await discard(response);
        checkDigest(client, response, blob.descriptor.digest);
    });
}
async function streamBlob(client, source) {
    const upload = await startUpload(client);
    const hash = (0,external_node_crypto_.createHash)('sha256');
    let size = 0;
    const passing = async function* () {
        for await (const chunk of source) {
            hash.update(chunk);
            size += chunk.length;
            yield chunk;
        }
    };
    const body = toStream(passing());
    const patched = await client.attempt({
        method: 'PATCH',
        to: upload,
        headers: { 'content-type': 'application/octet-stream' },
        body: { open: () => body },
    });
    await discard(patched);
    const digest = `sha256:${hash.digest('hex')}`;
    const response = await client.attempt({
        method: 'PUT',
        to: withDigest(locationOf(client, patched), digest),
        body: new Uint8Array(),
    });
    await discard(response);
    checkDigest(client, response, digest);
    return { digest, size };
}
function upload_opener({ open, chunks }) {
    return chunks ? () => toStream(chunks()) : open;
}
function toStream(chunks) {
    return external_node_stream_.Readable.from(chunks, { objectMode: false, highWaterMark: 1 });
}
async function mountBlob(client, digest, from) {
    const query = new URLSearchParams({ mount: digest, from });
    try {
        const response = await client.call({ method: 'POST', to: `blobs/uploads/?${query}`, from });
        await discard(response);
        if (response.status !== 201)
            return false;
        checkDigest(client, response, digest);
        return true;
    }
    catch (error) {
        if (statusOf(error) !== undefined && passesAfter(error) === undefined)
            return false;
        throw error;
    }
}
function checkDigest(client, response, digest) {
    const last = response.header('location')?.split(/[?#]/)[0]?.split('/').at(-1) ?? '';
    const told = [response.header('docker-content-digest') ?? '', last.replace(/^sha256%3a/i, 'sha256:')];
    const other = told.find((text) => (0,oci_digest/* isDigest */.Bc)(text) && text !== digest);
    if (!other)
        return;
    const { method, url } = response.request;
    throw new RegistryError(client.fault, `${method} ${shownUrl(url)}: the registry stored ${other}, but ${digest} was sent`);
}
async function startUpload(client) {
    const response = await client.attempt({ method: 'POST', to: 'blobs/uploads/' });
    await discard(response);
    return locationOf(client, response);
}
function locationOf(client, response) {
    const location = response.header('location');
    const { method, url } = response.request;
    const next = location === undefined ? undefined : urlFrom(url, location);
    if (next)
        return next;
    throw new RegistryError(client.fault, `${method} ${shownUrl(url)} answered ${response.status} without the Location of an upload`);
}
function withDigest(upload, digest) {
    const url = new URL(upload);
    url.search = `${url.search ? `${url.search}&` : '?'}digest=${encodeURIComponent(digest)}`;
    return url;
}

;// CONCATENATED MODULE: ./build/repository/registry/manifest.js







const { oci, docker } = media_type/* mediaTypes */.Ib;
const accept = [oci.index, oci.manifest, docker.index, docker.manifest].join(', ');
async function resolveTag(client, tag) {
    const call = { to: `manifests/${tag}`, headers: { accept }, accept: [404] };
    const head = await client.call({ ...call, method: 'HEAD' });
    await discard(head);
    if (head.status === 404)
        return undefined;
    const digest = head.header('docker-content-digest') ?? '';
    const size = contentLength(head);
    const mediaType = mediaTypeOf(head);
    if ((0,oci_digest/* isDigest */.Bc)(digest) && size !== undefined && mediaType)
        return { mediaType, digest, size };
    return client.retry(async () => {
        const response = await client.attempt({ ...call, method: 'GET' });
        const bytes = await readManifest(client, response);
        return response.status === 404 ? undefined : manifest_describe(client, response, bytes);
    });
}
async function putManifest(client, descriptor, bytes, under) {
    const response = await client.call({
        method: 'PUT',
        to: `manifests/${under}`,
        headers: { 'content-type': descriptor.mediaType },
        body: bytes,
    });
    await discard(response);
    checkDigest(client, response, descriptor.digest);
    return response.header('oci-subject') !== undefined;
}
async function readManifest(client, response) {
    const bytes = await client.readUpTo(response, manifest/* maxManifestSize */.NQ);
    if (bytes.length <= manifest/* maxManifestSize */.NQ)
        return bytes;
    const where = shownUrl(response.request.url);
    throw new RegistryError(client.fault, `GET ${where}: longer than ${manifest/* maxManifestSize */.NQ} bytes, so it is no manifest`);
}
function manifest_describe(client, response, bytes) {
    const mediaType = mediaTypeOf(response);
    if (mediaType)
        return { mediaType, digest: (0,oci_digest/* digestOf */.ol)(bytes), size: bytes.length };
    const where = shownUrl(response.request.url);
    throw new RegistryError(client.fault, `GET ${where} answered without the Content-Type of a manifest`);
}
function mediaTypeOf(response) {
    return response.header('content-type')?.split(';')[0]?.trim() ?? '';
}

// EXTERNAL MODULE: ./build/storage/until-it-stands.js
var until_it_stands = __webpack_require__(2962);
;// CONCATENATED MODULE: ./build/repository/registry/pages.js




const mostPages = 1_000;
async function readPages(client, call, what, parse) {
    const items = [];
    let next = call.to;
    for (let page = 0; next !== undefined; page++) {
        if (page === mostPages) {
            throw new RegistryError(client.fault, `${what} does not end after ${mostPages} pages`);
        }
        const { found, following } = await readPage(client, { ...call, to: next }, parse);
        for (const item of found)
            items.push(item);
        next = following;
    }
    return items;
}
function readPage(client, call, parse) {
    return client.retry(async () => {
        const response = await client.attempt(call);
        if (call.accept?.includes(response.status)) {
            await discard(response);
            return { found: [], following: undefined };
        }
        const bytes = await client.readUpTo(response, manifest/* maxManifestSize */.NQ);
        return { found: parse(bytes, response), following: nextPage(response) };
    });
}
function nextPage(response) {
    const link = response.header('link') ?? '';
    const [, target] = /<([^>]*)>\s*;[^,<]*\brel="?next"?/i.exec(link) ?? [];
    return target === undefined ? undefined : urlFrom(response.request.url, target);
}

;// CONCATENATED MODULE: ./build/repository/registry/referrers.js










const mediaType = media_type/* mediaTypes */.Ib.oci.index;
const unsupported = [404, 400, 405, 406, 501];
async function listReferrers(client, subject) {
    const call = { method: 'GET', to: `referrers/${subject}`, headers: { accept: mediaType } };
    const what = `the list of what refers to ${subject}`;
    const listed = await readPages(client, { ...call, accept: unsupported }, what, (bytes, response) => {
        if (mediaTypeOf(response) !== mediaType)
            return [];
        return (0,oci_referrer/* parseReferrers */._S)(bytes, `${what} at ${shownUrl(response.request.url)}`).manifests;
    });
    if (listed.length > 0)
        return (0,oci_referrer/* mergeReferrers */.vB)(listed);
    const { response, bytes } = await readTag(client, subject);
    if (response.status === 404 || mediaTypeOf(response) !== mediaType)
        return [];
    return (0,oci_referrer/* mergeReferrers */.vB)((0,oci_referrer/* parseReferrers */._S)(bytes, shownUrl(response.request.url)).manifests);
}
async function givesReferrers(client, subject) {
    const call = { method: 'GET', to: `referrers/${subject}`, headers: { accept: mediaType } };
    const response = await client.call({ ...call, accept: unsupported });
    await discard(response);
    return mediaTypeOf(response) === mediaType && !unsupported.includes(response.status);
}
async function tagReferrer(client, { subject, descriptor }) {
    await (0,until_it_stands/* untilItStands */.L)(`the tag ${(0,oci_referrer/* referrersTag */.LN)(subject)}`, async () => {
        const index = await readTagged(client, subject);
        if (index.manifests.some(({ digest }) => digest === descriptor.digest))
            return 'stands';
        const bytes = (0,manifest/* formatDocument */.Tq)({ ...index, manifests: [...index.manifests, descriptor] });
        const list = { mediaType, digest: (0,oci_digest/* digestOf */.ol)(bytes), size: bytes.length };
        await putManifest(client, list, bytes, (0,oci_referrer/* referrersTag */.LN)(subject));
        return 'written';
    });
}
async function readTagged(client, subject) {
    const { response, bytes } = await readTag(client, subject);
    if (response.status === 404)
        return { schemaVersion: 2, mediaType, manifests: [] };
    const where = shownUrl(response.request.url);
    if (mediaTypeOf(response) === mediaType)
        return (0,oci_referrer/* parseReferrers */._S)(bytes, where);
    throw new RegistryError(client.fault, `${where} is no index (${mediaTypeOf(response)}): this tag should list what refers to ${subject}; delete it`);
}
function readTag(client, subject) {
    return client.retry(async () => {
        const call = { to: `manifests/${(0,oci_referrer/* referrersTag */.LN)(subject)}`, headers: { accept: mediaType } };
        const response = await client.attempt({ ...call, method: 'GET', accept: [404] });
        if (response.status !== 404)
            return { response, bytes: await readManifest(client, response) };
        await discard(response);
        return { response, bytes: Buffer.alloc(0) };
    });
}

;// CONCATENATED MODULE: ./build/repository/registry/tags.js





const pageSchema = dist/* object */.Ikc({ tags: dist/* nullish */.cl6(dist/* array */.YOg(dist/* string */.YjP()), []) });
async function listTags(client) {
    const call = { method: 'GET', to: 'tags/list?n=1000', accept: [404] };
    const tags = await readPages(client, call, 'the tag list', (bytes, { request }) => {
        return (0,manifest/* parseJson */.qF)(pageSchema, bytes, `the tag list at ${shownUrl(request.url)}`).tags;
    });
    return [...new Set(tags)].filter((tag) => !(0,oci_referrer/* isReferrersTag */.zb)(tag));
}

;// CONCATENATED MODULE: ./build/repository/registry/registry.js














const refusals = [400, 403, 409, 412];
function openRegistry(reference, options) {
    return new RegistryRepository(reference, options);
}
class RegistryRepository {
    url;
    closed = true;
    #registry;
    #repository;
    #client;
    #oneByOne = (0,p_limit/* default */.A)(1);
    #isAnswered;
    constructor({ registry, repository }, options) {
        this.url = `docker://${registry}/${repository}`;
        this.#registry = registry;
        this.#repository = repository;
        this.#client = new Client({ registry, repository }, options);
    }
    reference(tag, digest) {
        const place = { registry: this.#registry, repository: this.#repository };
        return (0,reference/* formatReference */.FH)({ ...place, ...(tag && { tag }), ...(digest && { digest }) });
    }
    exists(descriptor) {
        return this.#client.retry(() => this.#existsNow(descriptor));
    }
    async fetch(descriptor) {
        const response = await this.#client.call({ ...lookAt(descriptor), method: 'GET', accept: [404] });
        if (response.status === 404) {
            await discard(response);
            throw new errors/* AlbaError */.x6(this.#client.fault, `${this.url} has no ${descriptor.digest} (${descriptor.mediaType})`);
        }
        const { body } = response;
        const checked = new external_node_stream_.PassThrough();
        body.once('error', (cause) => checked.destroy(this.#client.failure(response, cause)));
        checked.once('close', () => body.destroy());
        return body.pipe(checked);
    }
    async push(blob) {
        const { descriptor } = blob;
        if (!(0,media_type/* isDocument */.wz)(descriptor.mediaType)) {
            return uploadBlob(this.#client, blob, () => this.#existsNow(descriptor));
        }
        const bytes = await (0,verify/* readDocument */.u0)(blob, `manifest ${descriptor.digest}`);
        const referrer = (0,oci_referrer/* parseReferrer */.Xc)(descriptor, bytes, descriptor.digest);
        const isNoted = await putManifest(this.#client, descriptor, bytes, descriptor.digest);
        if (!referrer || (isNoted && (await this.#givesReferrers(referrer.subject))))
            return;
        await this.#oneByOne(() => tagReferrer(this.#client, referrer));
    }
    receive(source) {
        return streamBlob(this.#client, source);
    }
    async mount({ descriptor, heldBy }) {
        if ((0,media_type/* isDocument */.wz)(descriptor.mediaType))
            return false;
        if (heldBy?.registry !== this.#registry || heldBy.repository === this.#repository)
            return false;
        return mountBlob(this.#client, descriptor.digest, heldBy.repository);
    }
    resolve(tag) {
        return resolveTag(this.#client, tag);
    }
    referrers(digest) {
        return listReferrers(this.#client, digest);
    }
    async tag(manifest, tags) {
        const bytes = await (0,verify/* readDocument */.u0)(manifest, `manifest ${manifest.descriptor.digest}`);
        for (const tag of tags)
            await this.#tag(manifest.descriptor, bytes, tag);
    }
    tags() {
        return listTags(this.#client);
    }
    close() {
        return this.#client.close();
    }
    #givesReferrers(subject) {
        this.#isAnswered ??= givesReferrers(this.#client, subject);
        return this.#isAnswered;
    }
    async #tag(descriptor, bytes, tag) {
        if (await this.#names(tag, descriptor))
            return;
        try {
            await putManifest(this.#client, descriptor, bytes, tag);
        }
        catch (error) {
            if (!refusals.includes(statusOf(error)))
                throw error;
            if (!(await this.#names(tag, descriptor)))
                throw error;
        }
    }
    async #names(tag, { digest }) {
        const found = await this.resolve(tag).catch(() => undefined);
        return found?.digest === digest;
    }
    async #existsNow(descriptor) {
        const response = await this.#client.attempt({ ...lookAt(descriptor), method: 'HEAD', accept: [404] });
        await discard(response);
        if (response.status === 404)
            return false;
        const size = contentLength(response);
        return size === undefined || size === descriptor.size;
    }
}
function lookAt({ digest, mediaType }) {
    return (0,media_type/* isDocument */.wz)(mediaType)
        ? { to: `manifests/${digest}`, headers: { accept: mediaType } }
        : { to: `blobs/${digest}` };
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


/***/ }),

/***/ 70370:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  A: () => (/* binding */ pLimit)
});

// UNUSED EXPORTS: limitFunction

;// CONCATENATED MODULE: ./node_modules/yocto-queue/index.js
/*
How it works:
`this.#head` is an instance of `Node` which keeps track of its current value and nests another instance of `Node` that keeps the value that comes after it. When a value is provided to `.enqueue()`, the code needs to iterate through `this.#head`, going deeper and deeper to find the last value. However, iterating through every single item is slow. This problem is solved by saving a reference to the last value as `this.#tail` so that it can reference it to add a new value.
*/

class Node {
	value;
	next;

	constructor(value) {
		this.value = value;
	}
}

class Queue {
	#head;
	#tail;
	#size;

	constructor() {
		this.clear();
	}

	enqueue(value) {
		const node = new Node(value);

		if (this.#head) {
			this.#tail.next = node;
			this.#tail = node;
		} else {
			this.#head = node;
			this.#tail = node;
		}

		this.#size++;
	}

	dequeue() {
		const current = this.#head;
		if (!current) {
			return;
		}

		this.#head = this.#head.next;
		this.#size--;

		// Clean up tail reference when queue becomes empty
		if (!this.#head) {
			this.#tail = undefined;
		}

		return current.value;
	}

	peek() {
		if (!this.#head) {
			return;
		}

		return this.#head.value;

		// TODO: Node.js 18.
		// return this.#head?.value;
	}

	clear() {
		this.#head = undefined;
		this.#tail = undefined;
		this.#size = 0;
	}

	get size() {
		return this.#size;
	}

	* [Symbol.iterator]() {
		let current = this.#head;

		while (current) {
			yield current.value;
			current = current.next;
		}
	}

	* drain() {
		while (this.#head) {
			yield this.dequeue();
		}
	}
}

;// CONCATENATED MODULE: ./node_modules/p-limit/index.js


function pLimit(concurrency) {
	let rejectOnClear = false;

	if (typeof concurrency === 'object') {
		({concurrency, rejectOnClear = false} = concurrency);
	}

	validateConcurrency(concurrency);

	if (typeof rejectOnClear !== 'boolean') {
		throw new TypeError('Expected `rejectOnClear` to be a boolean');
	}

	const queue = new Queue();
	let activeCount = 0;

	const resumeNext = () => {
		// Process the next queued function if we're under the concurrency limit
		if (activeCount < concurrency && queue.size > 0) {
			activeCount++;
			queue.dequeue().run();
		}
	};

	const next = () => {
		activeCount--;
		resumeNext();
	};

	const run = async (function_, resolve, arguments_) => {
		// Execute the function and capture the result promise
		const result = (async () => function_(...arguments_))();

		// Resolve immediately with the promise (don't wait for completion)
		resolve(result);

		// Wait for the function to complete (success or failure)
		// We catch errors here to prevent unhandled rejections,
		// but the original promise rejection is preserved for the caller
		try {
			await result;
		} catch {}

		// Decrement active count and process next queued function
		next();
	};

	const enqueue = (function_, resolve, reject, arguments_) => {
		const queueItem = {reject};

		// Queue the internal resolve function instead of the run function
		// to preserve the asynchronous execution context.
		new Promise(internalResolve => { // eslint-disable-line promise/param-names
			queueItem.run = internalResolve;
			queue.enqueue(queueItem);
		}).then(run.bind(undefined, function_, resolve, arguments_)); // eslint-disable-line promise/prefer-await-to-then

		// Start processing immediately if we haven't reached the concurrency limit
		if (activeCount < concurrency) {
			resumeNext();
		}
	};

	const generator = (function_, ...arguments_) => new Promise((resolve, reject) => {
		enqueue(function_, resolve, reject, arguments_);
	});

	Object.defineProperties(generator, {
		activeCount: {
			get: () => activeCount,
		},
		pendingCount: {
			get: () => queue.size,
		},
		clearQueue: {
			value() {
				if (!rejectOnClear) {
					queue.clear();
					return;
				}

				const abortError = AbortSignal.abort().reason;

				while (queue.size > 0) {
					queue.dequeue().reject(abortError);
				}
			},
		},
		concurrency: {
			get: () => concurrency,

			set(newConcurrency) {
				validateConcurrency(newConcurrency);
				concurrency = newConcurrency;

				queueMicrotask(() => {
					// eslint-disable-next-line no-unmodified-loop-condition
					while (activeCount < concurrency && queue.size > 0) {
						resumeNext();
					}
				});
			},
		},
		map: {
			async value(iterable, function_) {
				const promises = [];

				try {
					Array.from(iterable, (value, index) => {
						const promise = generator(function_, value, index);
						promises.push(promise);
						return promise;
					});
				} catch (error) {
					// The iterable threw, so `Promise.all` never observes the already scheduled promises. Observe them here to avoid unhandled rejections.
					for (const promise of promises) {
						promise.catch(() => {}); // eslint-disable-line promise/prefer-await-to-then
					}

					throw error;
				}

				return Promise.all(promises);
			},
		},
	});

	return generator;
}

function limitFunction(function_, options) {
	const limit = pLimit(options);

	const limitedFunction = (...arguments_) => limit(() => function_(...arguments_));
	Object.defineProperty(limitedFunction, 'clearQueue', {
		value: limit.clearQueue,
	});

	return limitedFunction;
}

function validateConcurrency(concurrency) {
	if (!((Number.isInteger(concurrency) || concurrency === Number.POSITIVE_INFINITY) && concurrency > 0)) {
		throw new TypeError('Expected `concurrency` to be a number from 1 and up');
	}
}


/***/ })

};
