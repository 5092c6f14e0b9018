export const id = 317;
export const ids = [317];
export const modules = {

/***/ 74317:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  containerPush: () => (/* binding */ containerPush)
});

// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(70370);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(46466);
;// CONCATENATED MODULE: ./build/content/spool.js





class Spool {
    #directory;
    #files = 0;
    constructor(directory) {
        this.#directory = directory;
    }
    static async create(parent) {
        return new Spool(await (0,promises_.mkdtemp)((0,external_node_path_.join)(parent, 'alba-')));
    }
    async write(source, signal) {
        this.#files += 1;
        const path = (0,external_node_path_.join)(this.#directory, String(this.#files));
        const hash = (0,external_node_crypto_.createHash)('sha256');
        let size = 0;
        await (0,external_node_stream_promises_.pipeline)(source, async function* (chunks) {
            for await (const chunk of chunks) {
                hash.update(chunk);
                size += chunk.length;
                yield chunk;
            }
        }, (0,external_node_fs_.createWriteStream)(path), { signal });
        return { digest: `sha256:${hash.digest('hex')}`, size, open: () => (0,external_node_fs_.createReadStream)(path) };
    }
    async [Symbol.asyncDispose]() {
        await (0,promises_.rm)(this.#directory, { recursive: true, force: true });
    }
}

;// CONCATENATED MODULE: ./build/content/together.js
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

// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/oci/media-type.js
var media_type = __webpack_require__(21507);
// EXTERNAL MODULE: ./build/oci/platform.js
var oci_platform = __webpack_require__(44647);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
;// CONCATENATED MODULE: ./build/content/content.js
function leaf(blob) {
    return { ...blob, children: [] };
}

// EXTERNAL MODULE: ./build/oci/digest.js
var oci_digest = __webpack_require__(1564);
// EXTERNAL MODULE: ./build/oci/manifest.js
var oci_manifest = __webpack_require__(95669);
;// CONCATENATED MODULE: ./build/image/assemble.js





function assembleImage(image, layers, format) {
    const { origin, platform, config } = image;
    const configBlob = withMediaType(config, media_type/* mediaTypes */.Ib[format].config);
    const document = {
        schemaVersion: 2,
        mediaType: media_type/* mediaTypes */.Ib[format].manifest,
        config: configBlob.descriptor,
        layers: layers.map((layer) => layer.descriptor),
    };
    const manifest = documentNode(document, [configBlob, ...layers].map(leaf), platform);
    return { kind: 'sealed', origin, platform, manifest, attestations: [] };
}
function documentNode(document, children, platform) {
    const bytes = (0,oci_manifest/* formatDocument */.Tq)(document);
    const { mediaType } = document;
    return {
        descriptor: { mediaType, digest: (0,oci_digest/* digestOf */.ol)(bytes), size: bytes.length, ...(platform && { platform }) },
        open: () => external_node_stream_.Readable.from([bytes]),
        children,
    };
}
function withMediaType(blob, mediaType) {
    return { ...blob, descriptor: { ...blob.descriptor, mediaType } };
}

;// CONCATENATED MODULE: ./build/image/merge.js




function mergeImages(images, format) {
    const sorted = [...images].sort((a, b) => (0,oci_platform/* comparePlatforms */.UX)(a.platform, b.platform));
    const manifests = [
        ...sorted.map((image) => image.manifest),
        ...sorted.flatMap((image) => image.attestations),
    ];
    const index = {
        schemaVersion: 2,
        mediaType: media_type/* mediaTypes */.Ib[format].index,
        manifests: manifests.map((manifest) => entryOf(manifest.descriptor)),
    };
    return documentNode(index, manifests);
}
function checkPlatforms(images, wanted) {
    const faults = [...clashes(images), ...(wanted ? differences(images, wanted) : [])];
    if (faults.length > 0)
        throw new errors/* AlbaError */.x6('source', faults.join('; '));
}
function clashes(images) {
    const first = new Map();
    const faults = [];
    for (const image of images) {
        const key = (0,oci_platform/* platformKey */.Ng)(image.platform);
        const other = first.get(key);
        if (other) {
            faults.push(`two images for ${(0,oci_platform/* formatPlatform */.Bq)(image.platform)}: ${other.origin} and ${image.origin}; an index holds one of each platform`);
        }
        else
            first.set(key, image);
    }
    return faults;
}
function differences(images, wanted) {
    const missing = wanted.filter((platform) => !images.some((image) => (0,oci_platform/* isSamePlatform */.SW)(platform, image.platform)));
    const extra = images.filter((image) => !wanted.some((platform) => (0,oci_platform/* isSamePlatform */.SW)(platform, image.platform)));
    return [
        ...missing.map((platform) => `no artifact is for ${(0,oci_platform/* formatPlatform */.Bq)(platform)}, which "platforms" asks for`),
        ...extra.map(({ origin, platform }) => `${origin} is for ${(0,oci_platform/* formatPlatform */.Bq)(platform)}, which "platforms" does not name`),
    ];
}
function entryOf({ mediaType, digest, size, platform, annotations, ...rest }) {
    return {
        mediaType,
        digest,
        size,
        ...(annotations && { annotations }),
        ...(platform && { platform: platformEntry(platform) }),
        ...rest,
    };
}
function platformEntry({ architecture, os, variant, ...rest }) {
    return { architecture, os, ...rest, ...(variant && { variant }) };
}

// EXTERNAL MODULE: ./node_modules/tinyglobby/dist/index.mjs + 1 modules
var dist = __webpack_require__(73382);
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

;// CONCATENATED MODULE: ./build/source/platform-name.js



function platformInName(path) {
    const tokens = (0,external_node_path_.basename)(path)
        .toLowerCase()
        .split(/[^a-z0-9]+/);
    const at = tokens.findIndex((token, index) => oci_platform/* operatingSystems */.er.includes(token) && oci_platform/* architectures */.f2.includes(tokens[index + 1] ?? ''));
    const [os, architecture, variant] = at < 0 ? [] : tokens.slice(at);
    if (!os || !architecture)
        return undefined;
    const isVariant = variant !== undefined && oci_platform/* variants */.HI[architecture]?.includes(variant);
    const isVersion = /^\d/.test(tokens[at + 3] ?? '');
    return { os, architecture, ...(isVariant && !isVersion && { variant }) };
}
function checkName(path, images) {
    const named = platformInName(path);
    const other = named && images.find(({ platform }) => !agrees(named, platform));
    if (!other)
        return;
    throw new errors/* AlbaError */.x6('source', `${path} is named for ${(0,oci_platform/* formatPlatform */.Bq)(named)}, but the image in it is for ${(0,oci_platform/* formatPlatform */.Bq)(other.platform)}: rename the file or build for the other platform`);
}
function agrees(named, { os, architecture, variant }) {
    if (named.os !== os || named.architecture !== architecture)
        return false;
    if (!named.variant || (!variant && architecture !== 'arm'))
        return true;
    return (0,oci_platform/* platformKey */.Ng)(named) === (0,oci_platform/* platformKey */.Ng)({ os, architecture, ...(variant && { variant }) });
}

// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
;// CONCATENATED MODULE: ./build/source/compression.js



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
    throw new errors/* AlbaError */.x6('source', `${origin} is compressed with ${found[0]}, which is not supported: use gzip, zstd or no compression`);
}
async function* inflate(source, compression, origin) {
    try {
        if (compression === 'none')
            yield* source;
        else if (compression === 'gzip')
            yield* (0,external_node_stream_.pipeline)(source, external_node_zlib_.createGunzip({ chunkSize }), ignore);
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
            yield* (0,external_node_stream_.pipeline)(feed, decoder, ignore);
            chunk = chunk.subarray(chunk.length - (fed - decoder.bytesWritten));
            decoder.destroy();
        } while (chunk.length > 0);
    }
    finally {
        await chunks.return?.();
    }
}
function createDecoder(origin) {
    if (typeof external_node_zlib_.createZstdDecompress === 'function') {
        return external_node_zlib_.createZstdDecompress({ chunkSize, ...{ writableHighWaterMark: 1 } });
    }
    throw new errors/* AlbaError */.x6('source', `${origin} is compressed with zstd, which needs Node 22.15 or later; this is Node ${process.versions.node}`);
}
function explain(cause, compression, origin) {
    const code = (0,errors/* systemCode */.xU)(cause);
    if (cause instanceof errors/* AlbaError */.x6 || !code?.match(/^(Z_|ZSTD_)/))
        return cause;
    const what = code === 'Z_BUF_ERROR' ? 'truncated' : 'damaged';
    return new errors/* AlbaError */.x6('source', `${origin} is ${what}: ${compression} says "${(0,errors/* messageOf */.bD)(cause)}"`, {
        cause,
    });
}

// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var valibot_dist = __webpack_require__(77934);
// EXTERNAL MODULE: ./build/content/verify.js
var verify = __webpack_require__(34733);
;// CONCATENATED MODULE: ./build/source/members.js





function normalizeName(name) {
    return external_node_path_.posix.join('/', name).slice(1).replace(/\/$/, '');
}
async function readMember(member) {
    if (member.size > oci_manifest/* maxManifestSize */.NQ) {
        throw new errors/* AlbaError */.x6('source', `${member.origin} has ${member.size} bytes, more than the ${oci_manifest/* maxManifestSize */.NQ} of a document`);
    }
    return (0,verify/* readCapped */.EF)(member.open, member.origin);
}
function openBytes(bytes) {
    return () => external_node_stream_.Readable.from(bytes.length > 0 ? [bytes] : [], { objectMode: false });
}

;// CONCATENATED MODULE: ./build/source/sealed-image.js







function blobName(digest) {
    return `blobs/sha256/${(0,oci_digest/* hexOf */.ZD)(digest)}`;
}
async function findBlob(layout, { digest, size }) {
    const member = await layout.find(blobName(digest));
    if (!member)
        throw new errors/* AlbaError */.x6('source', `${layout.origin} is incomplete: ${blobName(digest)} is not in it`);
    const found = { size: member.size, digest: member.size === size ? await member.digest() : digest };
    (0,verify/* assertSame */.ZQ)({ digest, size }, found, member.origin);
    return member;
}
async function readManifest(layout, descriptor) {
    const member = await findBlob(layout, descriptor);
    const bytes = await readMember(member);
    return { descriptor, bytes, manifest: (0,oci_manifest/* parseManifest */.Ng)(bytes, member.origin) };
}
async function isComplete(layout, { manifest }) {
    for (const { digest, mediaType } of [manifest.config, ...manifest.layers]) {
        if (!(0,media_type/* isForeign */.jq)(mediaType) && !(await layout.find(blobName(digest))))
            return false;
    }
    return true;
}
async function readNode(layout, { descriptor, bytes, manifest }) {
    const children = [];
    for (const child of [manifest.config, ...manifest.layers]) {
        if ((0,media_type/* isForeign */.jq)(child.mediaType) && !(await layout.find(blobName(child.digest))))
            continue;
        const { open } = await findBlob(layout, child);
        children.push({ descriptor: child, open, children: [] });
    }
    return { descriptor: withoutNames(descriptor), open: openBytes(bytes), children };
}
async function readSealedImage(layout, found, attestations) {
    const member = await findBlob(layout, found.manifest.config);
    const config = (0,oci_manifest/* parseConfig */.o4)(await readMember(member), member.origin);
    checkLayers(config, found, layout.origin);
    const platform = platformOf(config, found.descriptor, layout.origin);
    const node = await readNode(layout, found);
    const manifest = { ...node, descriptor: { ...node.descriptor, platform } };
    return { kind: 'sealed', origin: layout.origin, platform, manifest, attestations };
}
function checkLayers({ diffIds }, { descriptor, manifest }, origin) {
    const { layers } = manifest;
    if (layers.length !== diffIds.length) {
        throw new errors/* AlbaError */.x6('source', `${origin}: manifest ${descriptor.digest} has ${layers.length} layers, its config ${diffIds.length}`);
    }
    const plain = [media_type/* mediaTypes */.Ib.oci.layer.none, media_type/* mediaTypes */.Ib.docker.layer.none];
    const wrong = layers.findIndex(({ mediaType, digest }, index) => plain.includes(mediaType) && digest !== diffIds[index]);
    if (wrong < 0)
        return;
    throw new errors/* AlbaError */.x6('source', `${origin}: layer ${layers[wrong]?.digest} does not match diffID ${diffIds[wrong]} of its config`);
}
function platformOf(config, { platform, digest }, origin) {
    if (!platform)
        return config.platform;
    if ((0,oci_platform/* isSamePlatform */.SW)(platform, { ...platform, ...config.platform }))
        return platform;
    throw new errors/* AlbaError */.x6('source', `${origin}: the index says that ${digest} is for ${(0,oci_platform/* formatPlatform */.Bq)(platform)}, its config says ${(0,oci_platform/* formatPlatform */.Bq)(config.platform)}`);
}
function withoutNames({ annotations, ...descriptor }) {
    const { 'org.opencontainers.image.ref.name': _reference, 'io.containerd.image.name': _name, ...rest } = annotations ?? {};
    return Object.keys(rest).length > 0 ? { ...descriptor, annotations: rest } : descriptor;
}

;// CONCATENATED MODULE: ./build/source/oci-layout.js






const indexName = 'index.json';
const layoutName = 'oci-layout';
async function readLayout(layout, progress, { partial = false } = {}) {
    const marker = await readRequired(layout, layoutName);
    (0,oci_manifest/* parseJson */.qF)(layoutSchema, marker, `${layout.origin} (${layoutName})`);
    const root = (0,oci_manifest/* parseIndex */.A1)(await readRequired(layout, indexName), `${layout.origin} (${indexName})`);
    const walk = { layout, progress, partial, found: new Map() };
    await flatten(walk, root.manifests, 0);
    return toImages(walk);
}
const layoutSchema = valibot_dist/* looseObject */._H3({
    imageLayoutVersion: valibot_dist/* pipe */.FsL(valibot_dist/* string */.YjP(), valibot_dist/* regex */.yGV(/^1\./, 'expected version 1.0.0')),
});
const maxDepth = 8;
async function flatten(walk, descriptors, depth) {
    const { layout, partial, found } = walk;
    if (depth > maxDepth) {
        throw new errors/* AlbaError */.x6('source', `${layout.origin} nests its indexes more than ${maxDepth} deep`);
    }
    for (const descriptor of descriptors) {
        const { digest, mediaType } = descriptor;
        if (found.has(digest))
            continue;
        found.set(digest, undefined);
        if (partial && depth > 0 && !(await layout.find(blobName(digest))))
            continue;
        if ((0,media_type/* isIndex */.nw)(mediaType))
            await flattenIndex(walk, descriptor, depth);
        else if ((0,media_type/* isManifest */.Yh)(mediaType))
            await addManifest(walk, descriptor);
        else
            leaveOut(walk, digest, mediaType);
    }
}
async function flattenIndex(walk, descriptor, depth) {
    const member = await findBlob(walk.layout, descriptor);
    const index = (0,oci_manifest/* parseIndex */.A1)(await readMember(member), member.origin);
    await flatten(walk, index.manifests, depth + 1);
}
async function addManifest(walk, descriptor) {
    const manifest = await readManifest(walk.layout, descriptor);
    if (walk.partial && !(await isComplete(walk.layout, manifest)))
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
            images.push(await readSealedImage(walk.layout, found, described));
        else
            leaveOut(walk, digest, found.manifest.artifactType ?? mediaType);
    }
    return images;
}
async function attestationsBySubject({ layout, found, progress }, manifests) {
    const bySubject = new Map();
    for (const attestation of manifests.filter(isAttestation)) {
        const subject = attestation.descriptor.annotations?.['vnd.docker.reference.digest'] ?? '';
        if (found.get(subject)) {
            bySubject.set(subject, [...(bySubject.get(subject) ?? []), await readNode(layout, attestation)]);
        }
        else {
            progress.warn(`${layout.origin}: left out an attestation of ${subject}, which is not there`);
        }
    }
    return bySubject;
}
function isAttestation({ descriptor }) {
    return descriptor.annotations?.['vnd.docker.reference.type'] === 'attestation-manifest';
}
function isImage({ manifest: { config, layers } }) {
    const configs = [media_type/* mediaTypes */.Ib.oci.config, media_type/* mediaTypes */.Ib.docker.config];
    const layer = /^application\/vnd\.(oci\.image\.layer|docker\.image\.rootfs)\./;
    return configs.includes(config.mediaType) && layers.every(({ mediaType }) => layer.test(mediaType));
}
function leaveOut({ layout, progress }, digest, type) {
    progress.warn(`${layout.origin}: left out ${digest}, which is no image but ${type}`);
}
async function readRequired(layout, name) {
    const member = await layout.find(name);
    if (member)
        return readMember(member);
    throw new errors/* AlbaError */.x6('source', `${layout.origin} is no complete OCI layout: ${name} is not in it`);
}

;// CONCATENATED MODULE: ./build/source/ranges.js




function openFile(path, range = {}) {
    return (0,external_node_fs_.createReadStream)(path, { ...range, highWaterMark: 512 * 1024 });
}
function readFailure(path, cause) {
    return cause instanceof errors/* AlbaError */.x6
        ? cause
        : new errors/* AlbaError */.x6('source', `cannot read ${path}: ${(0,errors/* messageOf */.bD)(cause)}`, { cause });
}
class FileRanges {
    #path;
    constructor(path) {
        this.#path = path;
    }
    open(offset, size) {
        if (size === 0)
            return external_node_stream_.Readable.from([], { objectMode: false });
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
        return external_node_stream_.Readable.from(this.#read(offset, size), { objectMode: false });
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
        this.#chunks = inflate(openFile(path), compression, path);
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
        throw new errors/* AlbaError */.x6('source', `${this.#path} changed while it was read: it is shorter than it was`);
    }
}

;// CONCATENATED MODULE: ./build/source/sniff.js
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
        const found = await (0,promises_.stat)(path);
        if (!found.isDirectory())
            return 'file';
        return (await exists((0,external_node_path_.join)(path, layoutName))) ? 'layout' : 'folder';
    }
    catch (cause) {
        if (!['ENOENT', 'ENOTDIR', 'ELOOP'].includes((0,errors/* systemCode */.xU)(cause) ?? ''))
            throw readFailure(path, cause);
        return (await exists(path)) ? 'dangling' : 'missing';
    }
}
async function looksLikeArchive(path) {
    if (/\.(tar|tgz|tzst|tar\.[a-z0-9]+)$/i.test(path))
        return true;
    const head = await readHead(path, 512);
    return compressionOf(head) !== 'none' || head.subarray(257, 262).toString('latin1') === 'ustar';
}
async function readCompression(path) {
    const head = await readHead(path, magicSize);
    refuseForeign(head, path);
    return compressionOf(head);
}
async function readHead(path, size) {
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const file = __addDisposableResource(env_1, await (0,promises_.open)(path), true);
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
        throw readFailure(path, cause);
    }
}
async function exists(path) {
    return (0,promises_.lstat)(path).then(() => true, () => false);
}

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
    const kind = await kindOf(path);
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
        const kind = await kindOf(path);
        if (kind === 'dangling')
            throw dangling(path);
        if (kept.some((layout) => path.startsWith(layout + external_node_path_.sep)))
            continue;
        if (kind === 'layout' || (kind === 'file' && (await looksLikeArchive(path))))
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
    const [left, right] = [platformInName(a), platformInName(b)];
    return !left || !right || (0,oci_platform/* formatPlatform */.Bq)(left) === (0,oci_platform/* formatPlatform */.Bq)(right);
}
function dangling(path) {
    return new errors/* AlbaError */.x6('source', `${path} is a symbolic link to something that is missing`);
}

;// CONCATENATED MODULE: ./build/source/fingerprint.js




async function fingerprint(path, progress) {
    try {
        const found = await (0,promises_.stat)(path);
        if (found.isDirectory())
            return undefined;
        progress.expect(found.size);
        const hash = (0,external_node_crypto_.createHash)('sha256');
        await (0,external_node_stream_promises_.pipeline)(openFile(path), async (chunks) => {
            for await (const chunk of chunks) {
                hash.update(chunk);
                progress.advance(chunk.length);
            }
        });
        return `sha256:${hash.digest('hex')}`;
    }
    catch (cause) {
        throw readFailure(path, cause);
    }
}

// EXTERNAL MODULE: ./node_modules/tar-stream/index.js
var tar_stream = __webpack_require__(56118);
;// CONCATENATED MODULE: ./build/content/tar.js



const block = 512;
async function* readTar(input, origin) {
    const extractor = (0,tar_stream.extract)();
    const watch = new Watch(input);
    const fed = (0,external_node_stream_promises_.pipeline)(watch, extractor).catch(() => undefined);
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
        throw new errors/* AlbaError */.x6('source', `${origin} is truncated: it ends at byte ${watch.size} without an end-of-archive marker`);
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
    if (cause instanceof errors/* AlbaError */.x6)
        return cause;
    const message = (0,errors/* messageOf */.bD)(cause);
    if (message.startsWith('Unexpected end') && size >= block) {
        return new errors/* AlbaError */.x6('source', `${origin} is truncated: it ends at byte ${size}, inside an entry`, {
            cause,
        });
    }
    if (/invalid|header|unexpected/i.test(message)) {
        const what = end === 0 ? 'is not a tar' : `is damaged: no valid tar header at byte ${end}`;
        return new errors/* AlbaError */.x6('source', `${origin} ${what}`, { cause });
    }
    return cause;
}
function roundUp(size) {
    return Math.ceil(size / block) * block;
}

;// CONCATENATED MODULE: ./build/source/archive.js








const maxEntries = 100_000;
const maxNameLength = 4096;
const maxLinks = 16;
const maxDocuments = 32 * 1024 * 1024;
async function readArchive(path, compression, progress) {
    const listing = new Listing(path);
    const bytes = inflate(readFile(path, progress), compression, path);
    try {
        for await (const entry of readTar(bytes, path))
            await listing.add(entry);
    }
    catch (cause) {
        throw readFailure(path, cause);
    }
    return listing.over(compression === 'none' ? new FileRanges(path) : new InflatedRanges(path, compression, listing.end));
}
async function* readFile(path, progress) {
    for await (const chunk of openFile(path)) {
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
        const name = normalizeName(entry.name);
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
                open: document ? openBytes(document) : () => ranges.open(offset, size),
            });
        }
        return { origin: this.#path, find: async (name) => members.get(this.#follow(normalizeName(name))) };
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
            if (head.length < magicSize) {
                head = Buffer.concat([head, chunk.subarray(0, magicSize)]);
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
            compression: compressionOf(head),
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
    return normalizeName(type === 'symlink' ? external_node_path_.posix.join(external_node_path_.posix.dirname(name), linkname) : linkname);
}

;// CONCATENATED MODULE: ./build/source/docker-archive.js











const manifestName = 'manifest.json';
const manifestSchema = valibot_dist/* pipe */.FsL(valibot_dist/* array */.YOg(valibot_dist/* looseObject */._H3({ Config: valibot_dist/* string */.YjP(), Layers: valibot_dist/* nullish */.cl6(valibot_dist/* array */.YOg(valibot_dist/* string */.YjP()), []) })), valibot_dist/* nonEmpty */.hq('it lists no image'));
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
    return (0,oci_manifest/* parseJson */.qF)(manifestSchema, await readMember(manifest), manifest.origin);
}
async function readImage(archive, entry, known) {
    const member = await required(archive, entry.Config);
    const bytes = await readMember(member);
    const descriptor = { mediaType: media_type/* mediaTypes */.Ib.oci.config, digest: (0,oci_digest/* digestOf */.ol)(bytes), size: bytes.length };
    const named = digestInName(entry.Config);
    if (named)
        (0,verify/* assertSame */.ZQ)({ ...descriptor, digest: named }, descriptor, member.origin);
    const { platform, diffIds } = (0,oci_manifest/* parseConfig */.o4)(bytes, member.origin);
    if (entry.Layers.length !== diffIds.length) {
        throw new errors/* AlbaError */.x6('source', `${archive.origin} lists ${entry.Layers.length} layers, its config ${entry.Config} ${diffIds.length}`);
    }
    const layers = [];
    for (const [index, diffId] of diffIds.entries()) {
        const member = await required(archive, entry.Layers[index] ?? '');
        const layer = known.get(member) ?? (await readLayer(member, diffId));
        if (layer.diffId !== diffId)
            throw mismatch(member.origin, layer.diffId, diffId);
        known.set(member, layer);
        layers.push(layer);
    }
    return {
        kind: 'loose',
        origin: archive.origin,
        platform,
        config: { descriptor, open: openBytes(bytes) },
        layers,
    };
}
async function readLayer(member, diffId) {
    const digest = await member.digest();
    const { size, open, compression = 'none', origin } = member;
    if (digest === diffId)
        return { diffId, size, open };
    if (compression === 'none')
        throw mismatch(origin, digest, diffId);
    const openInflated = async () => external_node_stream_.Readable.from(inflate(await open(), compression, origin), { objectMode: false });
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
        throw readFailure(file, cause);
    }
}
function toMember(file, size, progress) {
    let digest;
    return {
        origin: file,
        size,
        open: () => openFile(file),
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
        for await (const chunk of openFile(file)) {
            hash.update(chunk);
            progress.advance(chunk.length);
        }
    }
    catch (cause) {
        throw readFailure(file, cause);
    }
    return `sha256:${hash.digest('hex')}`;
}

;// CONCATENATED MODULE: ./build/source/open.js









async function readArtifact(path, progress) {
    const found = await (0,promises_.stat)(path).catch((cause) => {
        throw readFailure(path, cause);
    });
    const images = found.isDirectory()
        ? await readFolder(path, progress)
        : await open_readFile(path, found.size, progress);
    if (images.length === 0)
        throw new errors/* AlbaError */.x6('source', `${path} holds no image`);
    checkName(path, images);
    return images;
}
async function readFolder(path, progress) {
    const folder = openFolder(path, progress);
    if (await folder.find(layoutName))
        return readLayout(folder, progress);
    throw new errors/* AlbaError */.x6('source', `${path} is a folder, but no OCI layout: ${layoutName} is not in it`);
}
async function open_readFile(path, size, progress) {
    progress.expect(size);
    const archive = await readArchive(path, await readCompression(path), progress);
    const [docker, layout] = [await archive.find(manifestName), await archive.find(indexName)];
    if (docker && layout && (await archive.find(layoutName)))
        return readBoth(archive, progress);
    if (docker)
        return readDockerArchive(archive);
    if (layout)
        return readLayout(archive, progress);
    throw new errors/* AlbaError */.x6('source', `${path} is no image archive: it has neither ${manifestName} (docker archive) nor ${indexName} (OCI layout)`);
}
async function readBoth(archive, progress) {
    const sealed = await readLayout(archive, progress, { partial: true });
    const configs = sealed.map(({ manifest }) => manifest.children[0]?.descriptor.digest);
    const listed = await readConfigDigests(archive);
    const isWhole = listed.every((digest) => configs.includes(digest));
    return isWhole && sealed.every(isCompressed) ? sealed : readDockerArchive(archive);
}
function isCompressed({ manifest }) {
    const [, ...layers] = manifest.children;
    return layers.every(({ descriptor }) => /[.+](gzip|zstd)$/.test(descriptor.mediaType));
}

// EXTERNAL MODULE: ./build/commands/format.js
var format = __webpack_require__(56956);
;// CONCATENATED MODULE: ./build/commands/once.js
function once(work) {
    let result;
    return () => {
        result ??= work();
        return result;
    };
}

;// CONCATENATED MODULE: ./build/commands/recall.js

function toKnown(image) {
    const { platform } = image;
    if (image.kind === 'sealed') {
        return {
            kind: 'sealed',
            platform,
            manifest: knownNode(image.manifest),
            attestations: image.attestations.map(knownNode),
        };
    }
    const layers = image.layers.map(({ diffId, size, compressed }) => ({
        diffId,
        size,
        ...(compressed && { compressed: compressed.descriptor }),
    }));
    return { kind: 'loose', platform, config: image.config.descriptor, layers };
}
function recall(known, origin, read) {
    const { platform } = known;
    const blob = (descriptor) => ({
        descriptor,
        open: recall_opener(origin, descriptor.digest, read),
    });
    if (known.kind === 'loose') {
        const layers = known.layers.map(({ diffId, size, compressed }) => ({
            diffId,
            size,
            open: recall_opener(origin, diffId, read),
            ...(compressed && { compressed: blob(compressed) }),
        }));
        return { kind: 'loose', origin, platform, config: blob(known.config), layers };
    }
    const node = ({ descriptor, children }) => ({
        ...blob(descriptor),
        children: children.map(node),
    });
    return {
        kind: 'sealed',
        origin,
        platform,
        manifest: node(known.manifest),
        attestations: known.attestations.map(node),
    };
}
function knownNode({ descriptor, children }) {
    return { descriptor, children: children.map(knownNode) };
}
function recall_opener(origin, digest, read) {
    return async () => {
        for (const image of await read()) {
            const open = find(image, digest);
            if (open)
                return open();
        }
        throw new errors/* AlbaError */.x6('source', `${origin} does not hold ${digest}, as an earlier run remembered it to`);
    };
}
function find(image, digest) {
    return image.kind === 'loose' ? findLoose(image, digest) : findSealed(image, digest);
}
function findLoose({ config, layers }, digest) {
    if (config.descriptor.digest === digest)
        return config.open;
    const layer = layers.find(({ diffId, compressed }) => diffId === digest || compressed?.descriptor.digest === digest);
    return layer?.diffId === digest ? layer.open : layer?.compressed?.open;
}
function findSealed({ manifest, attestations }, digest) {
    const search = (node) => node.descriptor.digest === digest
        ? node.open
        : node.children.map(search).find((open) => open !== undefined);
    return [manifest, ...attestations].map(search).find((open) => open !== undefined);
}

;// CONCATENATED MODULE: ./build/commands/artifact.js








async function openArtifact(path, directory, knowledge, progress) {
    const inside = (0,external_node_path_.relative)(directory, path);
    const origin = inside.startsWith('..') ? path : inside;
    const digest = await fingerprint(path, progress);
    const known = digest && knowledge.imagesOf(digest);
    const read = once(() => readArtifact(path, progress));
    const images = known ? known.map((image) => recall(image, origin, read)) : await read();
    if (known)
        checkName(path, images);
    else if (digest)
        knowledge.learnImages(digest, images.map(toKnown));
    for (const image of images)
        progress.line(`${origin} -> ${describe(image)}${known ? ', unchanged' : ''}`);
    return { images, isKnown: known !== undefined };
}
function describe(image) {
    const count = image.kind === 'loose' ? image.layers.length : image.manifest.children.length - 1;
    return `${(0,oci_platform/* formatPlatform */.Bq)(image.platform)}, ${(0,format/* formatCount */.B)(count, 'layer')}`;
}

// EXTERNAL MODULE: ./build/commands/connect.js + 5 modules
var connect = __webpack_require__(80006);
// EXTERNAL MODULE: ./build/cache/knowledge.js
var cache_knowledge = __webpack_require__(1365);
;// CONCATENATED MODULE: ./build/commands/learn.js


async function loadKnowledge(store, now, progress) {
    const knowledge = new cache_knowledge/* Knowledge */.v(now);
    try {
        const bytes = await store?.load();
        if (bytes && !knowledge.read(bytes)) {
            progress.warn('the cache is damaged or of another version: it is not used, and made anew');
        }
    }
    catch (failure) {
        progress.warn(`the cache cannot be read: ${(0,errors/* messageOf */.bD)(failure)}`);
    }
    return knowledge;
}
async function saveKnowledge(knowledge, store, progress) {
    if (!store || !knowledge.isChanged)
        return;
    try {
        const latest = await store.load();
        if (latest)
            knowledge.read(latest);
        await store.save(knowledge.format());
    }
    catch (failure) {
        progress.warn(`the cache cannot be saved: ${(0,errors/* messageOf */.bD)(failure)}`);
    }
}

;// CONCATENATED MODULE: ./build/content/count.js

function counted(open, advance) {
    let told = 0;
    return async () => {
        let seen = 0;
        const counter = new external_node_stream_.Transform({
            transform(chunk, _encoding, done) {
                seen += chunk.length;
                if (seen > told) {
                    advance(seen - told);
                    told = seen;
                }
                done(null, chunk);
            },
        });
        return (0,external_node_stream_.pipeline)(await open(), counter, () => { });
    };
}

;// CONCATENATED MODULE: ./build/content/copy.js



class Copier {
    #destination;
    #options;
    #limit;
    #copies = new Map();
    #existence = new Map();
    constructor(destination, options) {
        this.#destination = destination;
        this.#options = options;
        this.#limit = (0,p_limit/* default */.A)(options.concurrency);
    }
    copy(node) {
        const { digest } = node.descriptor;
        const copy = this.#copies.get(digest) ?? this.#copy(node);
        this.#copies.set(digest, copy);
        return copy;
    }
    async has(node) {
        if (!(await this.#exists(node.descriptor)))
            return false;
        if (this.#destination.closed)
            return true;
        return (await Promise.all(node.children.map((child) => this.has(child)))).every(Boolean);
    }
    async obtain(blob) {
        return (await this.#exists(blob.descriptor)) || (await this.#mount(blob));
    }
    async #copy(node) {
        const { descriptor, children } = node;
        if (this.#destination.closed && children.length > 0 && (await this.#exists(descriptor))) {
            return this.#skip(node);
        }
        await Promise.all(children.map((child) => this.copy(child)));
        if ((0,media_type/* isForeign */.jq)(descriptor.mediaType) || (await this.#exists(descriptor))) {
            this.#options.onCopied(descriptor, 'skipped');
        }
        else if (!(await this.#mount(node))) {
            await this.#push(node);
        }
    }
    #exists(descriptor) {
        const { digest } = descriptor;
        const existence = this.#existence.get(digest) ?? this.#run(() => this.#destination.exists(descriptor));
        this.#existence.set(digest, existence);
        return existence;
    }
    async #mount(blob) {
        const { descriptor, heldBy } = blob;
        const mount = this.#destination.mount?.bind(this.#destination);
        if (!mount || !heldBy || this.#options.dryRun || !(await this.#run(() => mount(blob))))
            return false;
        this.#existence.set(descriptor.digest, Promise.resolve(true));
        this.#copies.set(descriptor.digest, Promise.resolve());
        this.#options.onCopied(descriptor, 'mounted');
        return true;
    }
    async #push({ descriptor, open }) {
        const { dryRun, progress, onCopied } = this.#options;
        if (!dryRun) {
            progress.expect(descriptor.size);
            const blob = { descriptor, open: counted(open, progress.advance) };
            await this.#run(() => this.#destination.push(blob));
        }
        onCopied(descriptor, 'pushed');
    }
    #run(work) {
        return this.#limit(() => {
            this.#options.signal.throwIfAborted();
            return work();
        });
    }
    #skip(node) {
        this.#options.onCopied(node.descriptor, 'skipped');
        for (const child of node.children) {
            if (this.#copies.has(child.descriptor.digest))
                continue;
            this.#copies.set(child.descriptor.digest, Promise.resolve());
            this.#skip(child);
        }
    }
}

;// CONCATENATED MODULE: ./build/commands/publication.js





class Publication {
    #lanes;
    #labels = new Map();
    #abort;
    #dryRun;
    #progress;
    constructor(destinations, { concurrency, dryRun, progress, abort }) {
        this.#abort = abort;
        this.#dryRun = dryRun;
        this.#progress = progress;
        this.#lanes = destinations.map((destination) => {
            const fates = new Map();
            const onCopied = (descriptor, fate) => {
                fates.set(descriptor.digest, { fate, size: descriptor.size });
                progress.line(this.#lineOf(descriptor, fate, destination));
            };
            const copier = new Copier(destination.repository, {
                concurrency,
                dryRun,
                progress,
                onCopied,
                signal: abort.signal,
            });
            return { destination, copier, fates };
        });
    }
    get destinations() {
        return this.#lanes.map(({ destination }) => destination);
    }
    async send(node, label) {
        this.#name(node, label ?? '');
        await this.#everywhere(({ copier }) => copier.copy(node));
    }
    async has(node) {
        const answers = this.#lanes.map(({ copier }) => copier.has(node));
        return (await together(answers, this.#abort)).every(Boolean);
    }
    async obtain(blob, label) {
        this.#labels.set(blob.descriptor.digest, label);
        const answers = this.#lanes.map(({ copier }) => copier.obtain(blob));
        return (await together(answers, this.#abort)).every(Boolean);
    }
    async tag(index) {
        await this.#everywhere(async ({ destination: { repository, tags } }) => {
            if (tags.length > 0 && !this.#dryRun)
                await repository.tag(index, tags);
            for (const tag of tags)
                this.#progress.line(`[tag] ${repository.reference(tag, index.descriptor.digest)}`);
        });
    }
    references(digest) {
        return this.#lanes.flatMap(({ destination: { repository, tags } }) => tags.length > 0
            ? tags.map((tag) => repository.reference(tag, digest))
            : [repository.reference(undefined, digest)]);
    }
    isPushed(digest) {
        return this.#lanes.some(({ fates }) => fates.get(digest)?.fate === 'pushed');
    }
    report() {
        return this.#lanes.map(({ destination, fates }) => {
            const bytes = (wanted) => [...fates.values()].reduce((sum, { fate, size }) => sum + (fate === wanted ? size : 0), 0);
            return {
                url: destination.repository.url,
                pushedBytes: bytes('pushed'),
                skippedBytes: bytes('skipped') + bytes('mounted'),
            };
        });
    }
    async [Symbol.asyncDispose]() {
        await Promise.allSettled(this.#lanes.map(({ destination }) => destination.repository.close()));
    }
    async #everywhere(work) {
        await together(this.#lanes.map(work), this.#abort);
    }
    #name(node, label) {
        const { digest, mediaType, platform } = node.descriptor;
        const owner = platform ? (0,oci_platform/* formatPlatform */.Bq)(platform) : '';
        if (!this.#labels.has(digest)) {
            const kind = (0,media_type/* isIndex */.nw)(mediaType) ? 'index' : `manifest ${owner || 'of an attestation'}`;
            this.#labels.set(digest, label || kind);
        }
        node.children.forEach((child, position) => {
            const role = position === 0 ? 'config' : 'layer';
            this.#name(child, child.children.length > 0 ? '' : `${role} ${owner}`);
        });
    }
    #lineOf({ digest, size }, fate, { repository }) {
        const what = `[${this.#labels.get(digest) ?? 'blob'}] ${digest} (${(0,format/* formatBytes */.z)(size)})`;
        const fates = {
            pushed: this.#dryRun ? 'would be sent' : 'sent',
            mounted: 'taken over from another repository',
            skipped: 'already there',
        };
        return `${what} -> ${repository.url}: ${fates[fate]}`;
    }
}

// EXTERNAL MODULE: ./node_modules/semver/index.js
var semver = __webpack_require__(62088);
;// CONCATENATED MODULE: ./build/commands/published.js





const maxManifests = 32;
async function readPublished(bases, progress) {
    const layers = new Map();
    const read = async (base) => {
        try {
            await readBase(base, layers);
        }
        catch (failure) {
            progress.debug(`nothing is learned from ${base.repository.url}: ${(0,errors/* messageOf */.bD)(failure)}`);
        }
    };
    await Promise.all(bases.map(read));
    return layers;
}
async function readBase(base, layers) {
    const root = await findRelease(base);
    if (!root)
        return;
    const read = (descriptor) => readFrom(base.repository, descriptor);
    const manifests = (0,media_type/* isIndex */.nw)(root.mediaType) ? (0,oci_manifest/* parseIndex */.A1)(await read(root), root.digest).manifests : [root];
    const images = manifests.filter(({ mediaType, platform }) => (0,media_type/* isManifest */.Yh)(mediaType) && platform?.os !== 'unknown');
    await Promise.all(images.slice(0, maxManifests).map(async (descriptor) => {
        const { config, layers: blobs } = (0,oci_manifest/* parseManifest */.Ng)(await read(descriptor), descriptor.digest);
        const { diffIds } = (0,oci_manifest/* parseConfig */.o4)(await read(config), config.digest);
        if (diffIds.length !== blobs.length)
            return;
        blobs.forEach((blob, index) => {
            const diffId = diffIds[index];
            const heldBy = base.reference && { heldBy: base.reference };
            if (diffId)
                layers.set(diffId, { descriptor: blob, ...heldBy });
        });
    }));
}
async function findRelease({ repository, tags }) {
    for (const tag of tags) {
        const found = await repository.resolve(tag);
        if (found)
            return found;
    }
    const newest = newestTag(await repository.tags());
    return newest === undefined ? undefined : repository.resolve(newest);
}
function newestTag(tags) {
    const named = tags.filter((tag) => !/^sha256-[0-9a-f]{64}/.test(tag)).sort();
    const versions = named.filter((tag) => semver.valid(tag, { loose: true }));
    return versions.sort((a, b) => semver.compare(a, b, { loose: true })).at(-1) ?? named.at(-1);
}
function readFrom(repository, descriptor) {
    const open = () => repository.fetch(descriptor);
    return (0,verify/* readDocument */.u0)({ descriptor, open }, `${repository.url} (${descriptor.digest})`, 'target');
}

;// CONCATENATED MODULE: ./build/layer/gzip.js


const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
async function* gzip(source, level) {
    let checksum = 0;
    let size = 0;
    async function* measured() {
        for await (const chunk of source) {
            checksum = (0,external_node_zlib_.crc32)(chunk, checksum);
            size += chunk.length;
            yield chunk;
        }
    }
    yield header;
    yield* (0,external_node_stream_.pipeline)(external_node_stream_.Readable.from(measured()), (0,external_node_zlib_.createDeflateRaw)({ level, chunkSize: 128 * 1024 }), () => { });
    const trailer = Buffer.alloc(8);
    trailer.writeUInt32LE(checksum, 0);
    trailer.writeUInt32LE(size % 2 ** 32, 4);
    yield trailer;
}

;// CONCATENATED MODULE: ./build/layer/prepare.js




function settingsOf({ compressionLevel }) {
    return `gzip-${compressionLevel}`;
}
function asLayer(blob, format) {
    const { mediaType, digest, size } = blob.descriptor;
    const compression = (0,media_type/* compressionOf */.MB)(mediaType);
    return { ...blob, descriptor: { mediaType: media_type/* mediaTypes */.Ib[format].layer[compression], digest, size } };
}
function asFound({ compressed }, format) {
    return compressed && asLayer(compressed, format);
}
async function prepareLayer(layer, origin, options) {
    const { format, compressionLevel, spool, progress, signal } = options;
    progress.expect(layer.size);
    const tar = verified(layer, origin, progress);
    const { digest, size, open } = await spool.write(gzip(tar, compressionLevel), signal);
    return { descriptor: { mediaType: media_type/* mediaTypes */.Ib[format].layer.gzip, digest, size }, open };
}
async function* verified(layer, origin, progress) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    for await (const chunk of await layer.open()) {
        hash.update(chunk);
        progress.advance(chunk.length);
        yield chunk;
    }
    const found = `sha256:${hash.digest('hex')}`;
    if (found !== layer.diffId) {
        throw new errors/* AlbaError */.x6('source', `${origin} changed while it was read: its layer ${layer.diffId} is now ${found}`);
    }
}

;// CONCATENATED MODULE: ./build/commands/seal.js









async function sealImages(images, options, publication, abort) {
    const guesses = images.map((image) => guess(image, options));
    const known = guesses.filter((image) => image !== undefined);
    const isComplete = known.length === images.length && (await publication.has(mergeImages(known, options.format)));
    const sealer = new Sealer(options, publication, abort);
    const seal = async (image, guessed) => {
        if (guessed && (isComplete || image.kind === 'sealed' || (await publication.has(guessed.manifest)))) {
            return { image: guessed, made: 0 };
        }
        return image.kind === 'sealed' ? { image, made: 0 } : sealer.seal(image);
    };
    return together(images.map((image, index) => seal(image, guesses[index])), abort);
}
function guess(image, { knowledge, format, ...settings }) {
    if (image.kind === 'sealed')
        return image;
    const layers = image.layers.map((layer) => {
        const found = asFound(layer, format);
        const descriptor = found?.descriptor ?? knowledge.layerOf(layer.diffId, settingsOf(settings));
        return descriptor && asLayer({ descriptor, open: found?.open ?? gone(descriptor) }, format);
    });
    return layers.every((layer) => layer !== undefined) ? assembleImage(image, layers, format) : undefined;
}
class Sealer {
    #options;
    #publication;
    #abort;
    #limit;
    #layers = new Map();
    constructor(options, publication, abort) {
        this.#options = options;
        this.#publication = publication;
        this.#abort = abort;
        this.#limit = (0,p_limit/* default */.A)(options.parallelism);
    }
    async seal(image) {
        const layers = await together(image.layers.map((layer) => this.#prepareOnce(layer, image)), this.#abort);
        const blobs = layers.map(({ blob }) => blob);
        return {
            image: assembleImage(image, blobs, this.#options.format),
            made: layers.filter(({ isMade }) => isMade).length,
        };
    }
    #prepareOnce(layer, image) {
        const prepared = this.#layers.get(layer.diffId) ?? this.#prepare(layer, image);
        this.#layers.set(layer.diffId, prepared);
        return prepared;
    }
    async #prepare(layer, { origin, platform }) {
        const label = `layer ${(0,oci_platform/* formatPlatform */.Bq)(platform)}`;
        const { knowledge, format, ...settings } = this.#options;
        const found = asFound(layer, format);
        const known = found ?? (await this.#findPublished(layer, label));
        const blob = known ?? (await this.#make(layer, origin));
        knowledge.learnLayer(layer.diffId, settingsOf(settings), blob.descriptor);
        if (found || !known)
            await this.#publication.send(leaf(blob), label);
        return { blob, isMade: !known };
    }
    async #findPublished({ diffId }, label) {
        const published = (await this.#options.published()).get(diffId);
        if (!published || (0,media_type/* compressionOf */.MB)(published.descriptor.mediaType) !== 'gzip')
            return undefined;
        const blob = asLayer({ ...published, open: gone(published.descriptor) }, this.#options.format);
        return (await this.#publication.obtain(blob, label)) ? blob : undefined;
    }
    #make(layer, origin) {
        const { signal } = this.#abort;
        return this.#limit(() => {
            signal.throwIfAborted();
            return prepareLayer(layer, origin, { ...this.#options, signal });
        });
    }
}
function gone({ digest }) {
    return () => {
        throw new errors/* AlbaError */.x6('target', `${digest} was there a moment ago and is no longer: run this once more`);
    };
}

;// CONCATENATED MODULE: ./build/commands/container-push.js
var container_push_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var container_push_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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













async function containerPush(request, progress) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const abort = new AbortController();
        const knowledge = await loadKnowledge(request.store, request.now, progress);
        progress.group('Read artifacts');
        const artifacts = await openArtifacts(request, knowledge, progress, abort);
        const images = artifacts.flatMap((artifact) => artifact.images);
        checkPlatforms(images, request.platforms);
        progress.group(request.dryRun ? 'Compare with the targets' : 'Publish');
        const spool = container_push_addDisposableResource(env_1, await Spool.create(request.temporaryDirectory), true);
        const publication = container_push_addDisposableResource(env_1, await openPublication(request, progress, abort), true);
        const published = once(() => readBases(request, publication, progress));
        const sealed = await sealImages(images, { ...request, knowledge, published, spool, progress }, publication, abort);
        const index = mergeImages(sealed.map(({ image }) => image), request.format);
        await publication.send(index);
        await publication.tag(index);
        if (!request.dryRun)
            await saveKnowledge(knowledge, request.store, progress);
        return resultOf(sealed, cacheHitOf(artifacts, sealed), index.descriptor, request, publication);
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = container_push_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
async function openArtifacts({ artifacts, directory, parallelism }, knowledge, progress, abort) {
    const paths = await findArtifacts(artifacts, directory);
    const limit = (0,p_limit/* default */.A)(parallelism);
    const open = (path) => limit(() => {
        abort.signal.throwIfAborted();
        return openArtifact(path, directory, knowledge, progress);
    });
    return together(paths.map(open), abort);
}
async function openPublication(request, progress, abort) {
    const open = async ({ place, tags }) => ({
        repository: await (0,connect/* openPlace */.Q)(place, request.connection, progress),
        tags,
    });
    return new Publication(await together(request.targets.map(open), abort), { ...request, progress, abort });
}
async function readBases({ cacheFrom, connection }, publication, progress) {
    const others = await Promise.all(cacheFrom.map(async ({ place, tag, digest }) => ({
        repository: await (0,connect/* openPlace */.Q)(place, connection, progress),
        tags: tag ? [tag] : digest ? [digest] : [],
        ...(place.kind === 'registry' && { reference: place.reference }),
    })));
    const layers = await readPublished([...others, ...publication.destinations], progress);
    await Promise.allSettled(others.map(({ repository }) => repository.close()));
    return layers;
}
function cacheHitOf(artifacts, sealed) {
    const isWhole = artifacts.every(({ isKnown }) => isKnown) && sealed.every(({ made }) => made === 0);
    if (isWhole)
        return 'true';
    const isPartial = artifacts.some(({ isKnown }) => isKnown) ||
        sealed.some(({ image, made }) => made < image.manifest.children.length - 1);
    return isPartial ? 'partial' : 'false';
}
function resultOf(sealed, cacheHit, index, request, publication) {
    const manifests = [...sealed]
        .sort((a, b) => (0,oci_platform/* comparePlatforms */.UX)(a.image.platform, b.image.platform))
        .map(({ made, image: { origin, platform, manifest: { descriptor, children }, }, }) => ({
        platform: (0,oci_platform/* formatPlatform */.Bq)(platform),
        digest: descriptor.digest,
        size: sum(children.map((child) => child.descriptor.size)),
        layers: children.length - 1,
        made,
        pushed: publication.isPushed(descriptor.digest),
        source: origin,
    }));
    const targets = publication.report();
    return {
        digest: index.digest,
        mediaType: index.mediaType,
        size: index.size,
        references: publication.references(index.digest),
        platforms: Object.fromEntries(manifests.map(({ platform, digest }) => [platform, digest])),
        manifests,
        tags: [...new Set(request.targets.flatMap((target) => target.tags))],
        targets,
        pushedBytes: sum(targets.map((target) => target.pushedBytes)),
        skippedBytes: sum(targets.map((target) => target.skippedBytes)),
        cacheHit,
        dryRun: request.dryRun,
    };
}
function sum(numbers) {
    return numbers.reduce((total, number) => total + number, 0);
}


/***/ }),

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


/***/ })

};
